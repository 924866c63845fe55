//! Item-based collaborative filtering (Sarwar et al. 2001): films that the same people rate as those the user rated.

use super::bias::Bias;
use super::knn::{KnnConfig, answer, inverse_root, residuals};
use super::{Asker, Recommender, Share, Source, on_scale};
use crate::data::order::grouped;
use crate::data::ragged::Ragged;
use crate::data::ratings::Interactions;
use emberbook_kernels::{add_at, add_scaled_at, nearest, scale};
use std::rc::Rc;

/// Films whose neighbours are found in one step.
const STEP: usize = 256;

/// Ranks by the cosine of who rated films at all; predicts stars by the cosine of what their ratings differ from the
/// biases.
#[derive(Debug, Clone)]
pub struct ItemKnn {
    train: Rc<Interactions>,
    bias: Rc<Bias>,
    config: KnnConfig,
    /// For each film the neighbours that vouch for it, and their cosines.
    neighbours: Ragged<u32>,
    cosines: Ragged<f32>,
    /// For each film those it vouches for, and the cosines.
    vouched: Ragged<u32>,
    weights: Ragged<f32>,
    /// For each user what their ratings differ by from the biases, in the order of the films.
    residuals: Ragged<f32>,
    /// One divided by the length of each film's residuals.
    per_length: Vec<f32>,
}

/// Item-based filtering while neighbours are looked for.
#[derive(Debug, Clone)]
pub struct ItemKnnFit {
    train: Rc<Interactions>,
    bias: Rc<Bias>,
    config: KnnConfig,
    neighbours: Ragged<u32>,
    cosines: Ragged<f32>,
    common: Vec<f32>,
    /// One divided by the root of how many users rated each film.
    per_count: Vec<f32>,
}

impl ItemKnnFit {
    /// Before the first film.
    pub fn new(train: Rc<Interactions>, bias: Rc<Bias>, config: KnnConfig) -> Self {
        let common = vec![0.0; train.films()];
        let per_count = (0..train.films()).map(|film| inverse_root(train.film(film).len() as f32)).collect();
        let (neighbours, cosines) = (Ragged::default(), Ragged::default());
        Self { train, bias, config, neighbours, cosines, common, per_count }
    }

    /// The neighbours of some hundred films. Returns whether more are to come.
    pub fn step(&mut self) -> bool {
        let first = self.neighbours.len();
        for film in first..self.train.films().min(first + STEP) {
            let raters = self.train.film(film).ids;
            self.common.fill(0.0);
            // Where no neighbours are asked for, as by predicted stars, nothing is counted.
            for user in raters.iter().filter(|_| self.config.neighbours > 0) {
                add_at(self.train.user(*user as usize).ids, 1.0, &mut self.common);
            }
            self.common[film] = 0.0;
            scale(&mut self.common, &self.per_count);
            let nearest = nearest(&self.common, self.config.neighbours);
            let (ids, cosines): (Vec<u32>, Vec<f32>) =
                nearest.into_iter().map(|(other, cosine)| (other, cosine * self.per_count[film])).unzip();
            self.neighbours.push(&ids);
            self.cosines.push(&cosines);
        }
        self.neighbours.len() < self.train.films()
    }

    /// Films done, and all.
    pub fn progress(&self) -> (usize, usize) {
        (self.neighbours.len(), self.train.films())
    }

    /// The model, once no step is to come.
    ///
    /// # Panics
    /// If one is.
    pub fn finish(self) -> ItemKnn {
        let Self { train, bias, config, neighbours, cosines, .. } = self;
        assert!(neighbours.len() == train.films(), "all films have their neighbours");
        let films: Vec<u32> = neighbours
            .iter()
            .enumerate()
            .flat_map(|(film, row)| row.iter().map(move |_| film as u32))
            .collect();
        let of_neighbour = |place: usize| neighbours.values()[place] as usize;
        let vouched = Ragged::sorted(train.films(), &of_neighbour, &films);
        let weights = Ragged::sorted(train.films(), &of_neighbour, cosines.values());
        let (residuals, per_length) = residuals(train.users(), train.films(), |user| {
            let rated = train.user(user);
            (rated.ids, rated.iter().map(|(film, stars)| bias.residual(user, film, stars)).collect())
        });
        ItemKnn { train, bias, config, neighbours, cosines, vouched, weights, residuals, per_length }
    }
}

impl ItemKnn {
    /// Finds the neighbours of all films.
    pub fn fit(train: Rc<Interactions>, bias: Rc<Bias>, config: KnnConfig) -> Self {
        let mut fit = ItemKnnFit::new(train, bias, config);
        while fit.step() {}
        fit.finish()
    }

    /// How many films there are.
    pub fn films(&self) -> usize {
        self.train.films()
    }

    /// The films that vouch for a film, the most alike first, with their cosines.
    ///
    /// # Panics
    /// If there is no such film.
    pub fn neighbours(&self, film: usize) -> impl ExactSizeIterator<Item = (u32, f32)> {
        self.neighbours.row(film).iter().copied().zip(self.cosines.row(film).iter().copied())
    }

    /// The likeness of every film to one, by what ratings differ from the biases.
    fn likeness(&self, film: usize) -> Vec<f32> {
        let mut likeness = vec![0.0; self.train.films()];
        for (user, stars) in self.train.film(film).iter() {
            let own = self.bias.residual(user, film, stars) * self.per_length[film];
            add_scaled_at(self.train.user(user).ids, self.residuals.row(user), own, &mut likeness);
        }
        scale(&mut likeness, &self.per_length);
        likeness[film] = 0.0;
        likeness
    }

    fn stars_by(&self, asker: &Asker, film: usize, likeness: &[f32]) -> f32 {
        let residuals = self.bias.residuals(asker);
        on_scale(self.bias.value(asker, film) + answer(&self.config, asker.rated.ids, &residuals, likeness))
    }
}

impl Recommender for ItemKnn {
    fn scores(&self, asker: &Asker, into: &mut [f32]) {
        into.fill(0.0);
        for film in asker.rated.ids {
            let film = *film as usize;
            add_scaled_at(self.vouched.row(film), self.weights.row(film), 1.0, into);
        }
    }

    fn stars(&self, asker: &Asker, film: usize) -> Option<f32> {
        Some(self.stars_by(asker, film, &self.likeness(film)))
    }

    fn stars_of(&self, train: &Interactions, pairs: &[(u32, u32)]) -> Option<Vec<f32>> {
        let mut stars = vec![0.0; pairs.len()];
        let films: Vec<u32> = pairs.iter().map(|pair| pair.1).collect();
        grouped(&films, &mut |film, places| {
            let likeness = self.likeness(film);
            for place in places {
                let asker = Asker::known(train, pairs[*place as usize].0 as usize);
                stars[*place as usize] = self.stars_by(&asker, film, &likeness);
            }
        });
        Some(stars)
    }

    /// The films the asker rated that vouch for the film, with their cosines.
    fn shares(&self, asker: &Asker, film: usize) -> Vec<Share> {
        let rated = self.neighbours(film).filter(|(other, _)| asker.rated.ids.contains(other));
        rated.map(|(other, cosine)| Share::new(Source::Film(other as usize), cosine)).collect()
    }
}
