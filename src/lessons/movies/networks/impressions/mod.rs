//! Films that were shown to a user: one of each page was watched, the others were not (Covington et al. 2016, §4).

mod features;
mod mispredicted;

pub use mispredicted::mispredicted;

use super::next_film::Background;
use super::quantiles::Quantiles;
use super::ranking_net::RankingInput;
use super::watches::Watches;
use crate::data::ratings::{Interactions, Ratings};
use crate::nn::objective::weighted_logistic::Weighed;
use crate::nn::run::examples::{Examples, Minibatch};
use crate::random::{Purpose, Random};
use burn::tensor::Device;
use std::rc::Rc;

/// Films of a page: the one that was watched, and those that were not.
pub const PAGE: usize = 5;
/// Draws from the background before a page has one film less.
const MOST_DRAWS: usize = 100;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ratings::made::{World, WorldConfig};

    pub(super) fn impressions(weight: Weight) -> Impressions {
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
}
