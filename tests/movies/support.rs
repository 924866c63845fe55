//! The committed ratings, and how models are judged on them.

use emberbook::classic::recommend::{Asker, Recommender};
use emberbook::data::ratings::{Interactions, RatingSplit, Ratings, SplitRule, packed};
use emberbook::random::{Purpose, Random};
use emberbook::ranking::{Protocol, RankingTotals, StarErrors};
use std::io::Read;
use std::rc::Rc;
use std::sync::LazyLock;

/// MovieLens latest-small as the site holds it.
pub fn latest_small_pack() -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/movies/latest-small.bin.gz");
    let mut pack = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_end(&mut pack).unwrap();
    pack
}

static LATEST_SMALL: LazyLock<Ratings> = LazyLock::new(|| packed::read(&latest_small_pack()).unwrap());

/// MovieLens latest-small.
pub fn latest_small() -> &'static Ratings {
    &LATEST_SMALL
}

/// Latest-small, split.
pub struct Task {
    pub table: Rc<Ratings>,
    pub split: RatingSplit,
    pub train: Rc<Interactions>,
}

impl Task {
    pub fn new(rule: SplitRule) -> Self {
        let table = Rc::new(latest_small().clone());
        let split = RatingSplit::new(&table, rule, &mut Random::new(1, Purpose::Split));
        let train = Rc::new(Interactions::new(&table, &split.train));
        Self { table, split, train }
    }

    /// Full ranking of the test films.
    pub fn rank(&self, model: &dyn Recommender) -> RankingTotals {
        let protocol = Protocol::new(&self.table, &self.train, &self.split.test);
        let mut totals = RankingTotals::new(self.train.films());
        let mut scores = vec![0.0; self.train.films()];
        for judged in &protocol.users {
            model.scores(&Asker::known(&self.train, judged.user), &mut scores);
            totals.judge(&protocol, &self.train, judged, &scores);
        }
        totals
    }

    /// Errors of the stars of the test ratings.
    pub fn stars(&self, model: &dyn Recommender) -> StarErrors {
        let rows = self.split.test.iter().map(|row| *row as usize);
        let pairs: Vec<(u32, u32)> =
            rows.clone().map(|row| (self.table.users[row], self.table.rated[row])).collect();
        let mut errors = StarErrors::default();
        for (row, stars) in rows.zip(model.stars_of(&self.train, &pairs).unwrap()) {
            errors.add(f64::from(stars), self.table.stars(row));
        }
        errors
    }
}
