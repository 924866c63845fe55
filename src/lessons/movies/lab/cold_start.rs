//! What the document claims of cold start, as a table: methods trained again with a fifth of the users, or films, left with few
//! ratings, in pieces of work that leave the page alive.

use super::classic::{configs, judged};
use super::fusion;
use super::rows::{Rows, demographics};
use crate::classic::recommend::methods::{Configs, Learning, Method, Training};
use crate::classic::recommend::{Asker, Recommender};
use crate::controls::{Settings, seed_control};
use crate::data::ratings::cold_start::{COLD_RATINGS, Cold, ColdStart};
use crate::data::ratings::{Interactions, Ratings};
use crate::error::LabError;
use crate::lessons::Material;
use crate::lessons::movies::networks::examples::RatedPairs;
use crate::lessons::movies::networks::fusion::Fusion;
use crate::lessons::movies::settings::{Model, MoviesSettings, controls};
use crate::nn::run::runner::Runner;
use crate::progress::Budget;
use crate::ranking::{Protocol, RankingTotals, StarErrors};
use burn::tensor::Device;
use std::rc::Rc;
use web_time::Instant;

/// Milliseconds that a network trains before the clock is asked again.
const STRETCH: f64 = 100.0;
/// Users whose lists are judged, and ratings that are, between two looks at the clock.
const AT_ONCE: usize = 16;
const PAIRS_AT_ONCE: usize = 256;

/// What a method reaches where whoever is cold has a number of ratings left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// In stars; none by a method that only ranks.
    pub rmse: Option<f64>,
    /// Of the lists of those judged; none where nobody is.
    pub ndcg: Option<f64>,
}

/// A table while it is computed.
pub struct ColdTable {
    settings: MoviesSettings,
    ratings: Rc<Ratings>,
    device: Device,
    /// What is left out of lists: films that were rated in training, those taken away too.
    seen: Rc<Interactions>,
    /// One for each number of ratings that are left.
    starts: Vec<Start>,
    protocol: Protocol,
    pairs: Vec<(u32, u32)>,
    given: Vec<f64>,
    cold: usize,
    rows: Vec<(Model, [Option<Cell>; COLD_RATINGS.len()])>,
    /// What is being computed: its row and column.
    work: Option<(usize, usize, Work)>,
}

/// What is learned from.
struct Start {
    rows: Rc<[u32]>,
    learned: Rc<Interactions>,
}

/// What is being done.
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
enum Work {
    Classic(Training),
    Fusion(Box<Runner<Fusion, RatedPairs>>),
    Judging(Judging),
}

struct Judging {
    model: Rc<dyn Recommender>,
    totals: RankingTotals,
    users: usize,
    errors: StarErrors,
    pairs: usize,
    gives_stars: bool,
}

impl ColdTable {
    /// A table without rows, of a run's ratings and split.
    pub fn new(
        settings: &MoviesSettings,
        ratings: &Rc<Ratings>,
        rows: &Rows,
        device: &Device,
        cold: Cold,
    ) -> Self {
        let start = |left| ColdStart::new(ratings, &rows.fit, &rows.test, cold, left, settings.seed);
        let starts: Vec<ColdStart> = COLD_RATINGS.into_iter().map(start).collect();
        let learned = &rows.learned;
        // Films that lost all their ratings are ranked too: the question is what a method makes of them.
        let ranked = (0..learned.films()).map(|film| !learned.film(film).is_empty()).collect();
        let (pairs, given) = judged(ratings, &starts[0].test);
        Self {
            settings: settings.clone(),
            device: device.clone(),
            seen: rows.seen.clone(),
            protocol: Protocol::with(ratings, learned, &starts[0].test, ranked, 0),
            pairs,
            given,
            cold: starts[0].cold.len(),
            starts: starts
                .into_iter()
                .map(|start| Start {
                    learned: Rc::new(Interactions::new(ratings, &start.train)),
                    rows: start.train.into(),
                })
                .collect(),
            ratings: ratings.clone(),
            rows: Vec::new(),
            work: None,
        }
    }

    /// How many users, or films, are cold; the ratings of theirs that judge, and the users whose lists do.
    pub fn counts(&self) -> [usize; 3] {
        [self.cold, self.pairs.len(), self.protocol.users.len()]
    }

    /// Steps that the fusion network takes for one cell, the one with the most ratings.
    pub fn fusion_steps(&self) -> usize {
        let settings = self.of_fusion();
        self.starts[COLD_RATINGS.len() - 1].rows.len().div_ceil(settings.batch_size) * settings.passes
    }

    /// Adds rows for methods that have none yet.
    pub fn ask(&mut self, methods: &[Model]) {
        for method in methods {
            if self.rows.iter().all(|(known, _)| known != method) {
                self.rows.push((*method, [None; COLD_RATINGS.len()]));
            }
        }
    }

    /// The rows, as far as they are known.
    pub fn rows(&self) -> &[(Model, [Option<Cell>; COLD_RATINGS.len()])] {
        &self.rows
    }

    /// Cells that are done, with the share of the one under way.
    pub fn done(&self) -> f64 {
        let cells = self.rows.iter().flat_map(|(_, cells)| cells).filter(|cell| cell.is_some()).count();
        cells as f64 + self.work.as_ref().map_or(0.0, |(.., work)| work.share(&self.protocol))
    }

    /// The method and the column under way.
    pub fn under_way(&self) -> Option<(Model, usize)> {
        self.work.as_ref().map(|(row, column, _)| (self.rows[*row].0, *column))
    }

    /// Whether every cell of every row is known.
    pub fn finished(&self) -> bool {
        self.next().is_none()
    }

    /// Goes on for some milliseconds, one piece of work at least.
    ///
    /// # Errors
    /// `device_lost`.
    pub async fn advance(&mut self, milliseconds: f64) -> Result<(), LabError> {
        let begin = Instant::now();
        while !self.finished() {
            self.piece().await?;
            if begin.elapsed().as_secs_f64() * 1000.0 >= milliseconds {
                break;
            }
        }
        Ok(())
    }

    fn next(&self) -> Option<(usize, usize)> {
        let missing = |(_, cells): &(Model, [Option<Cell>; 4])| cells.iter().position(Option::is_none);
        self.rows.iter().enumerate().find_map(|(row, cells)| Some((row, missing(cells)?)))
    }

    async fn piece(&mut self) -> Result<(), LabError> {
        let Some((row, column)) = self.next() else { return Ok(()) };
        let work = match self.work.take() {
            Some((.., work)) => work,
            None => self.begin(self.rows[row].0, column),
        };
        let work = match work {
            Work::Classic(mut training) => match training.step() {
                true => Work::Classic(training),
                false => self.judging(training.finish(), self.rows[row].0),
            },
            Work::Fusion(mut runner) => {
                let progress = runner.train(Budget { steps: u64::MAX, milliseconds: STRETCH }).await?;
                match progress.finished {
                    true => self.judging(Rc::new(fusion::vectors(&runner).await?), Model::Fusion),
                    false => Work::Fusion(runner),
                }
            }
            Work::Judging(mut judging) => match self.judge(&mut judging, column) {
                Some(cell) => {
                    self.rows[row].1[column] = Some(cell);
                    return Ok(());
                }
                None => Work::Judging(judging),
            },
        };
        self.work = Some((row, column, work));
        Ok(())
    }

    fn begin(&self, model: Model, column: usize) -> Work {
        let start = &self.starts[column];
        let Some(method) = Method::named(model.name()) else { return self.begin_fusion(start) };
        let own = self.settings.model == model;
        let configs = if own { configs(&self.settings) } else { Configs::default() };
        let learning = Learning::new(self.ratings.clone(), &start.rows, None);
        Work::Classic(Training::new(method, &learning, &configs, self.settings.seed))
    }

    fn begin_fusion(&self, start: &Start) -> Work {
        let settings = self.of_fusion();
        // Drawn anew, or what is invented would tell of the ratings that were taken away.
        let known = demographics(&self.ratings, &start.rows, &settings).map(Rc::new);
        let network = fusion::config(&settings, &self.ratings, known.as_deref())
            .init(settings.seed, &self.device.clone().autodiff());
        let rows = Rows {
            seen: start.learned.clone(),
            learned: start.learned.clone(),
            fit: start.rows.clone(),
            valid: Vec::new(),
            test: Vec::new(),
        };
        Work::Fusion(Box::new(fusion::start(&settings, &self.ratings, known, &rows, network, &self.device)))
    }

    /// The settings of the run where it is a fusion network, the defaults of one otherwise.
    fn of_fusion(&self) -> MoviesSettings {
        let own = &self.settings;
        if own.model == Model::Fusion {
            return own.clone();
        }
        let mut declared = vec![seed_control()];
        declared.extend(controls(&Material::default(), Some(Model::Fusion.name())));
        MoviesSettings {
            seed: own.seed,
            dataset: own.dataset,
            demographics: own.demographics,
            demographic_effect: own.demographic_effect,
            ..Settings::defaults(&declared).read()
        }
    }

    fn judging(&self, model: Rc<dyn Recommender>, method: Model) -> Work {
        Work::Judging(Judging {
            model,
            totals: RankingTotals::new(self.seen.films()),
            users: 0,
            errors: StarErrors::default(),
            pairs: 0,
            gives_stars: method.gives_stars(),
        })
    }

    /// Judges some more; the cell once all are judged.
    fn judge(&self, judging: &mut Judging, column: usize) -> Option<Cell> {
        let learned = &*self.starts[column].learned;
        let users = &self.protocol.users;
        if judging.users < users.len() {
            let end = users.len().min(judging.users + AT_ONCE);
            let mut scores = vec![0.0; self.seen.films()];
            for judged in &users[judging.users..end] {
                judging.model.scores(&Asker::known(learned, judged.user), &mut scores);
                judging.totals.judge(&self.protocol, &self.seen, judged, &scores);
            }
            judging.users = end;
            return None;
        }
        if judging.gives_stars && judging.pairs < self.pairs.len() {
            let end = self.pairs.len().min(judging.pairs + PAIRS_AT_ONCE);
            let some = judging.pairs..end;
            let stars = judging.model.stars_of(learned, &self.pairs[some.clone()]).unwrap_or_default();
            for (stars, given) in stars.iter().zip(&self.given[some]) {
                judging.errors.add(f64::from(*stars), *given);
            }
            judging.pairs = end;
            return None;
        }
        Some(Cell { rmse: judging.errors.rmse(), ndcg: judging.totals.at(10).map(|figures| figures.ndcg) })
    }
}

impl Work {
    /// How much of a cell is done, 0 to 1: training is taken for most of it.
    fn share(&self, protocol: &Protocol) -> f64 {
        const TRAINING: f64 = 0.7;
        match self {
            Self::Classic(training) => TRAINING * training.progress(),
            Self::Fusion(runner) => {
                let progress = runner.progress();
                TRAINING * progress.step as f64 / progress.total_steps.max(1) as f64
            }
            Self::Judging(judging) => {
                TRAINING + (1.0 - TRAINING) * judging.users as f64 / (protocol.users.len() + 1) as f64
            }
        }
    }
}
