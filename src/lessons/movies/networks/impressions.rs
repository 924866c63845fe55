//! Films that were shown to a user: one of each page was watched, the others were not (Covington et al. 2016, §4).

use super::next_film::Background;
use super::quantiles::Quantiles;
use super::ranking_net::RankingInput;
use super::tower::Bags;
use super::watches::{Example, Watches};
use crate::data::ratings::{Interactions, Ratings};
use crate::nn::layers::embedding::numbers;
use crate::nn::objective::weighted_logistic::Weighed;
use crate::nn::run::examples::{Examples, Minibatch};
use crate::random::{Purpose, Random};
use burn::tensor::{Device, Tensor, TensorData};
use std::rc::Rc;

/// Films of a page: the one that was watched, and those that were not.
pub const PAGE: usize = 5;
/// Draws from the background before a page has one film less.
const MOST_DRAWS: usize = 100;
/// Numbers that stand as quantiles.
const MEASURES: usize = 5;
/// Training rows from which quantiles are read at most.
const MOST_MEASURED: usize = 20_000;

/// What a film that was watched weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The stars it was given.
    Stars,
    /// Minutes it was watched, which are invented: the more of the film, the more stars.
    Time,
}

/// A film that is shown to a user.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// The user.
    pub user: u32,
    /// How many films they have watched before; where it is all that are known, the network is served.
    pub place: u32,
    /// The film.
    pub film: u32,
    /// What it weighs, if it was watched.
    pub watched: Option<f32>,
}

/// What has been shown to the users of a table.
#[derive(Debug, Clone)]
pub struct Impressions {
    ratings: Rc<Ratings>,
    watches: Rc<Watches>,
    learned: Rc<Interactions>,
    users: Rc<Vec<Vec<f32>>>,
    background: Rc<Background>,
    weight: Weight,
    /// Minutes of each film, invented.
    lengths: Rc<[f32]>,
    quantiles: Rc<[Quantiles]>,
    /// Seconds between two films of a user, in the middle.
    pause: f32,
    seed: u64,
    /// The rows.
    pub shown: Rc<[Shown]>,
}

/// What the pages are made of.
pub struct Sources {
    /// The table.
    pub ratings: Rc<Ratings>,
    /// Films by time, of the rows that are learned from.
    pub watches: Rc<Watches>,
    /// The same rows.
    pub learned: Rc<Interactions>,
    /// What is known of each user, from 0 to 1.
    pub users: Rc<Vec<Vec<f32>>>,
    /// Where films that are not watched are drawn from.
    pub background: Rc<Background>,
    /// What a film that was watched weighs.
    pub weight: Weight,
    /// Fixes what is drawn.
    pub seed: u64,
}

impl Impressions {
    /// A page for each of these places of the users, without any rows held out.
    pub fn new(sources: Sources, places: impl Iterator<Item = (u32, u32)>) -> Self {
        let Sources { ratings, watches, learned, users, background, weight, seed } = sources;
        let mut random = Random::new(seed, Purpose::Impressions);
        let lengths = (0..ratings.films.len()).map(|_| random.uniform(80.0, 150.0) as f32).collect();
        let mut made = Self {
            ratings,
            watches,
            learned,
            users,
            background,
            weight,
            lengths,
            quantiles: Rc::new([]),
            pause: 0.0,
            seed,
            shown: Rc::new([]),
        };
        let mut shown = Vec::new();
        for (user, place) in places {
            let row = made.watches.row(user, place);
            let seen = made.learned.user(user as usize).ids;
            made.page((user, place, row), &|film| seen.contains(&film), &mut random, &mut shown);
        }
        made.shown = shown.into();
        made.measure();
        made
    }

    /// Reads the distributions of what is measured off some training rows.
    fn measure(&mut self) {
        let every = self.shown.len().div_ceil(MOST_MEASURED).max(1);
        let rows: Vec<[f32; MEASURES]> =
            self.shown.iter().step_by(every).map(|shown| self.measures(shown)).collect();
        let column = |column: usize| Quantiles::new(rows.iter().map(|row| row[column]).collect());
        self.quantiles = (0..MEASURES).map(column).collect();
        self.pause = self.quantiles[0].middle();
    }

    /// A page for each of some rows of the table that were held out, as the network is served: with all that is known of
    /// the user before. Films that the user rated anywhere in the table are not shown.
    pub fn held_out(&self, rows: &[u32]) -> Vec<Shown> {
        let mut rated = vec![Vec::new(); self.ratings.user_ids.len()];
        for (user, film) in self.ratings.users.iter().zip(&self.ratings.rated) {
            rated[*user as usize].push(*film);
        }
        let mut random = Random::at_place(self.seed, Purpose::Impressions, 1 << 32);
        let mut shown = Vec::new();
        for row in rows {
            let user = self.ratings.users[*row as usize];
            let place = self.watches.count(user);
            let seen = &rated[user as usize];
            self.page((user, place, *row), &|film| seen.contains(&film), &mut random, &mut shown);
        }
        shown
    }

    /// The same rows and these behind them.
    pub fn and(self, more: &[Shown]) -> Self {
        Self { shown: self.shown.iter().chain(more).copied().collect(), ..self }
    }

    /// One page: the film of a row, which the user watched at a place, and films that they are not said to know.
    fn page(
        &self,
        (user, place, row): (u32, u32, u32),
        knows: &dyn Fn(u32) -> bool,
        random: &mut Random,
        into: &mut Vec<Shown>,
    ) {
        let (stars, film) = (self.ratings.stars(row as usize) as f32, self.ratings.rated[row as usize]);
        let watched = match self.weight {
            Weight::Stars => stars,
            Weight::Time => {
                let share = (stars / 5.0 + random.normal(0.0, 0.15) as f32).clamp(0.05, 1.0);
                share * self.lengths[film as usize]
            }
        };
        into.push(Shown { user, place, film, watched: Some(watched) });
        let mut draws = MOST_DRAWS;
        let mut others = PAGE - 1;
        while others > 0 && draws > 0 {
            let film = self.background.draw(1, random)[0];
            if !knows(film) {
                into.push(Shown { user, place, film, watched: None });
                others -= 1;
            }
            draws -= 1;
        }
    }

    /// A film shown to a user with all that is known of them.
    pub fn serving(&self, user: u32, film: u32) -> Shown {
        Shown { user, place: self.watches.count(user), film, watched: None }
    }

    /// Seconds since the user's last film; how many films of one of its genres they have watched, and seconds since the
    /// last of these; how many other users have rated it; years since it came out. What is not known is no number.
    fn measures(&self, shown: &Shown) -> [f32; MEASURES] {
        let films = &self.ratings.films;
        let (before, times) = self.watches.before(shown.user, shown.place);
        let now = self.watches.time(shown.user, shown.place).map_or_else(
            || times.last().map_or(f64::NAN, |last| f64::from(*last) + f64::from(self.pause)),
            f64::from,
        );
        let since = |time: Option<&u32>| time.map_or(f32::NAN, |time| (now - f64::from(*time)) as f32);
        let genres = films.genre_sets[shown.film as usize];
        let shares = |film: &&u32| films.genre_sets[**film as usize] & genres != 0;
        let same = before.iter().filter(shares).count();
        let last_same = before.iter().rposition(|film| films.genre_sets[*film as usize] & genres != 0);
        let raters = self.learned.film(shown.film as usize).len();
        // Whoever watched it does not count: of a film that is not watched nobody is taken off.
        let others = raters - usize::from(self.learned.user(shown.user as usize).ids.contains(&shown.film));
        let year = films.years[shown.film as usize].map_or(f64::NAN, f64::from);
        [
            since(times.last()),
            same as f32,
            since(last_same.map(|place| &times[place])),
            others as f32,
            (now / (365.25 * 86_400.0) + 1970.0 - year) as f32,
        ]
    }

    /// Columns of the features.
    pub fn columns(&self) -> usize {
        3 * MEASURES + 1 + self.users.first().map_or(0, Vec::len)
    }

    /// What the network is given of some rows.
    pub fn input(&self, shown: &[Shown], device: &Device) -> RankingInput {
        let mut features = Vec::with_capacity(shown.len() * self.columns());
        for row in shown {
            for (value, quantiles) in self.measures(row).into_iter().zip(&*self.quantiles) {
                features.extend(quantiles.powers(value));
            }
            features.push(self.watches.age(Example { user: row.user, place: row.place }));
            features.extend(self.users.get(row.user as usize).into_iter().flatten());
        }
        let history = |row: &Shown| self.watches.latest_before(row.user, row.place);
        RankingInput {
            films: numbers(shown.iter().map(|row| row.film), device),
            last: Bags::new(
                &shown
                    .iter()
                    .map(|row| history(row).last().copied().into_iter().collect())
                    .collect::<Vec<_>>(),
                device,
            ),
            watched: Bags::new(&shown.iter().map(|row| history(row).to_vec()).collect::<Vec<_>>(), device),
            features: Tensor::from_data(TensorData::new(features, [shown.len(), self.columns()]), device),
        }
    }
}

impl Examples for Impressions {
    type Input = RankingInput;
    type Target = Weighed;

    fn minibatch(&self, rows: &[usize], device: &Device) -> Minibatch<RankingInput, Weighed> {
        let shown: Vec<Shown> = rows.iter().map(|row| self.shown[*row]).collect();
        let weighed = shown.iter().map(|row| (row.watched.is_some(), row.watched.unwrap_or(1.0))).collect();
        Minibatch { input: self.input(&shown, device), target: Weighed::new(weighed, device) }
    }
}

/// The share of watch time that a network mispredicts (§4.3): over pairs of a film that was watched and one of the same
/// page that was not, the time of those whose film that was not watched has the larger score, over the time of all.
/// Equal scores count one half. None where there are no pairs.
///
/// # Panics
/// If there is not one score for each row.
pub fn mispredicted(shown: &[Shown], scores: &[f32]) -> Option<f64> {
    assert_eq!(shown.len(), scores.len(), "a score for each film shown");
    let (mut wrong, mut all) = (0.0, 0.0);
    let mut watched = None;
    for (row, score) in shown.iter().zip(scores) {
        match (row.watched, watched) {
            (Some(time), _) => watched = Some((f64::from(time), *score)),
            (None, Some((time, of_watched))) => {
                all += time;
                wrong += match score.total_cmp(&of_watched) {
                    std::cmp::Ordering::Greater => time,
                    std::cmp::Ordering::Equal => time / 2.0,
                    std::cmp::Ordering::Less => 0.0,
                };
            }
            (None, None) => {}
        }
    }
    (all > 0.0).then(|| wrong / all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ratings::made::{World, WorldConfig};

    fn impressions(weight: Weight) -> Impressions {
        let config = WorldConfig { users: 30, films: 80, density: 0.2, ..WorldConfig::default() };
        let ratings = Rc::new(World::new(&config, 2).ratings);
        let rows: Vec<u32> = (0..ratings.len() as u32).collect();
        let learned = Rc::new(Interactions::new(&ratings, &rows));
        let watches = Rc::new(Watches::new(&ratings, &rows));
        let raters = (0..learned.films()).map(|film| learned.film(film).len());
        let sources = Sources {
            background: Rc::new(Background::new(raters)),
            users: Rc::new(vec![vec![0.5]; 30]),
            ratings,
            watches: watches.clone(),
            learned,
            weight,
            seed: 1,
        };
        let places = (0..30).flat_map(|user| (1..watches.count(user)).map(move |place| (user, place)));
        Impressions::new(sources, places.collect::<Vec<_>>().into_iter())
    }

    #[test]
    fn a_page_has_the_film_that_was_watched_and_others_that_the_user_never_did() {
        for weight in [Weight::Stars, Weight::Time] {
            let made = impressions(weight);
            assert!(made.shown.len() > 500);
            for page in made.shown.chunk_by(|_, next| next.watched.is_none()) {
                let (first, others) = page.split_first().unwrap();
                let row = made.watches.row(first.user, first.place) as usize;
                assert_eq!(first.film, made.ratings.rated[row]);
                let (time, stars) = (first.watched.unwrap(), made.ratings.stars(row) as f32);
                match weight {
                    Weight::Stars => assert_eq!(time, stars),
                    Weight::Time => assert!((4.0..=150.0).contains(&time)),
                }
                assert_eq!(others.len(), PAGE - 1);
                for other in others {
                    assert_eq!((other.user, other.place), (first.user, first.place));
                    assert!(!made.learned.user(first.user as usize).ids.contains(&other.film));
                }
            }
        }
    }

    #[test]
    fn features_lie_between_0_and_1_and_are_of_what_came_before() {
        let made = impressions(Weight::Stars);
        let features: Vec<f32> =
            made.input(&made.shown, &Device::flex()).features.into_data().try_into_vec().unwrap();
        assert_eq!(features.len(), made.shown.len() * made.columns());
        assert!(features.iter().all(|value| (0.0..=1.0).contains(value)));
        let (user, place) = (3, 4);
        let shown = Shown { user, place, film: 7, watched: None };
        let [since, same, since_same, raters, years] = made.measures(&shown);
        let genres = |film: u32| made.ratings.films.genre_sets[film as usize];
        let (before, times) = made.watches.before(user, place);
        let now = made.watches.time(user, place).unwrap();
        assert_eq!(since, (now - times[3]) as f32);
        let of_genre: Vec<usize> = (0..4).filter(|at| genres(before[*at]) & genres(7) != 0).collect();
        assert_eq!(same as usize, of_genre.len());
        match of_genre.last() {
            Some(at) => assert_eq!(since_same, (now - times[*at]) as f32),
            None => assert!(since_same.is_nan()),
        }
        // Whoever is shown it does not count among its raters.
        let users = made.learned.film(7);
        let others = users.ids.iter().filter(|other| **other != user).count();
        assert_eq!(raters as usize, others);
        assert!(years > -80.0 && years < 80.0);
        // Behind the last film the user is served: as if the usual time had passed.
        let serving = made.measures(&made.serving(user, 7));
        assert!((serving[0] - made.pause).abs() < 1.0);
    }

    #[test]
    fn the_share_of_watch_time_is_that_of_pairs_in_the_wrong_order() {
        let shown = |watched: Option<f32>| Shown { user: 0, place: 1, film: 0, watched };
        // Two pages: one of 60 minutes with one of two above it, and one of 20 with one of two equal.
        let rows = [Some(60.0), None, None, Some(20.0), None, None].map(shown);
        let scores = [1.0, 2.0, 0.5, 0.0, 0.0, -1.0];
        let found = mispredicted(&rows, &scores).unwrap();
        assert!((found - (60.0 + 10.0) / (120.0 + 40.0)).abs() < 1e-12, "{found}");
        assert_eq!(mispredicted(&rows[..1], &scores[..1]), None);
    }
}
