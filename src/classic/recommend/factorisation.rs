//! Biased matrix factorisation by stochastic gradient descent: `μ + b_u + b_f + p_u · q_f` (Koren, Bell and Volinsky
//! 2009), the document's model-based family.

use super::dense::solve;
use super::{Asker, Recommender, Share, Source, on_scale};
use crate::data::ratings::{Rated, Ratings};
use crate::random::{Purpose, Random};
use emberbook_kernels::{Examples, FactorStep, Factors, descend, dot};

/// How a factorisation is trained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FactorisationConfig {
    /// Factors of each user and film.
    pub factors: usize,
    /// Passes over the ratings.
    pub passes: usize,
    /// Learning rate.
    pub learning_rate: f32,
    /// Weight decay of the biases.
    pub bias_decay: f32,
    /// Weight decay of the factors.
    pub factor_decay: f32,
}

impl Default for FactorisationConfig {
    /// What `valid` chooses on latest-small.
    fn default() -> Self {
        Self { factors: 16, passes: 25, learning_rate: 0.02, bias_decay: 0.05, factor_decay: 0.1 }
    }
}

/// Factors are kept in rows of a multiple of this; those beyond the number asked for stay 0.
const LANES: usize = 8;
/// Standard deviation of initial factors.
const INITIAL: f64 = 0.1;

/// Biases and factors of users and films.
#[derive(Debug, Clone, PartialEq)]
pub struct Factorisation {
    config: FactorisationConfig,
    width: usize,
    mean: f32,
    user_biases: Vec<f32>,
    film_biases: Vec<f32>,
    users: Vec<f32>,
    films: Vec<f32>,
}

/// A factorisation while it is trained, pass by pass.
#[derive(Debug, Clone)]
pub struct FactorisationFit {
    model: Factorisation,
    /// User, film and stars less their mean of every row of the table.
    users: Vec<u32>,
    films: Vec<u32>,
    targets: Vec<f32>,
    /// The rows that are learned from, and one of them that is not.
    rows: Vec<u32>,
    without: Option<u32>,
    random: Random,
    passes: usize,
    squares: f64,
}

impl FactorisationFit {
    /// Before the first pass. A rating may be left `without`: then everything else, also the order of the other ratings
    /// in each pass, is as with it, so that what changes comes from this rating alone.
    pub fn new(
        table: &Ratings,
        rows: &[u32],
        without: Option<u32>,
        config: FactorisationConfig,
        seed: u64,
    ) -> Self {
        let width = config.factors.next_multiple_of(LANES);
        let stars: f64 = rows.iter().map(|row| table.stars(*row as usize)).sum();
        let mean = (stars / rows.len().max(1) as f64) as f32;
        let mut random = Random::new(seed, Purpose::Weights);
        let mut factors = |count: usize| {
            let mut all = vec![0.0; count * width];
            for row in all.chunks_exact_mut(width.max(1)) {
                row[..config.factors]
                    .iter_mut()
                    .for_each(|factor| *factor = random.normal(0.0, INITIAL) as f32);
            }
            all
        };
        let (users, films) = (table.user_ids.len(), table.films.len());
        let model = Factorisation {
            config,
            width,
            mean,
            user_biases: vec![0.0; users],
            film_biases: vec![0.0; films],
            users: factors(users),
            films: factors(films),
        };
        Self {
            model,
            users: table.users.clone(),
            films: table.rated.clone(),
            targets: table.half_stars.iter().map(|stars| f32::from(*stars) / 2.0 - mean).collect(),
            rows: rows.to_vec(),
            without,
            random: Random::new(seed, Purpose::Batches),
            passes: 0,
            squares: 0.0,
        }
    }

    /// One pass over the ratings in random order. Returns whether another one is to come.
    pub fn step(&mut self) -> bool {
        let mut order = self.rows.clone();
        self.random.shuffle(&mut order);
        order.retain(|row| Some(*row) != self.without);
        let model = &mut self.model;
        let step = FactorStep {
            learning_rate: model.config.learning_rate,
            bias_decay: model.config.bias_decay,
            factor_decay: model.config.factor_decay,
        };
        let examples = Examples { users: &self.users, films: &self.films, targets: &self.targets };
        let mut factors = Factors {
            width: model.width,
            user_biases: &mut model.user_biases,
            film_biases: &mut model.film_biases,
            users: &mut model.users,
            films: &mut model.films,
        };
        self.squares = descend(&step, &order, examples, &mut factors) / order.len().max(1) as f64;
        self.passes += 1;
        self.passes < self.model.config.passes
    }

    /// Passes done, and all.
    pub fn progress(&self) -> (usize, usize) {
        (self.passes, self.model.config.passes)
    }

    /// Root of the mean squared error in stars over the latest pass, each rating as it was predicted before its step.
    pub fn train_rmse(&self) -> f64 {
        self.squares.sqrt()
    }

    /// The model as it stands.
    pub fn model(&self) -> &Factorisation {
        &self.model
    }
}

impl Factorisation {
    /// Trains to the last pass.
    pub fn fit(table: &Ratings, rows: &[u32], config: FactorisationConfig, seed: u64) -> Self {
        let mut fit = FactorisationFit::new(table, rows, None, config, seed);
        while fit.step() {}
        fit.model
    }

    /// How many factors.
    pub fn factors(&self) -> usize {
        self.config.factors
    }

    /// The factors of a film.
    ///
    /// # Panics
    /// If there is no such film.
    pub fn film(&self, film: usize) -> &[f32] {
        &self.films[film * self.width..][..self.config.factors]
    }

    /// The factors of a known user.
    ///
    /// # Panics
    /// If there is no such user.
    pub fn user(&self, user: usize) -> &[f32] {
        &self.users[user * self.width..][..self.config.factors]
    }

    /// Bias and factors of an asker. For somebody new, those that minimise the same sum of squares and decays while
    /// everything learned of the films is held fixed.
    fn asker(&self, asker: &Asker) -> (f32, Vec<f32>) {
        match asker.user {
            Some(user) => (self.user_biases[user], self.users[user * self.width..][..self.width].to_vec()),
            None => self.fold_in(asker.rated),
        }
    }

    fn fold_in(&self, rated: Rated) -> (f32, Vec<f32>) {
        let size = self.config.factors + 1;
        let mut matrix = vec![0.0; size * size];
        let mut right = vec![0.0; size];
        for (film, stars) in rated.iter() {
            let target = f64::from(stars - self.mean - self.film_biases[film]);
            let row: Vec<f64> =
                [1.0].into_iter().chain(self.film(film).iter().map(|q| f64::from(*q))).collect();
            for (i, a) in row.iter().enumerate() {
                right[i] += a * target;
                matrix[i * size..(i + 1) * size].iter_mut().zip(&row).for_each(|(sum, b)| *sum += a * b);
            }
        }
        // Each rating decays its user's bias and factors once.
        let ratings = rated.len().max(1) as f64;
        for i in 0..size {
            let decay = if i == 0 { self.config.bias_decay } else { self.config.factor_decay };
            matrix[i * size + i] += f64::from(decay) * ratings + 1e-9;
        }
        solve(&mut matrix, &mut right);
        let mut factors = vec![0.0; self.width];
        factors.iter_mut().zip(&right[1..]).for_each(|(factor, value)| *factor = *value as f32);
        (right[0] as f32, factors)
    }

    fn row(&self, film: usize) -> &[f32] {
        &self.films[film * self.width..(film + 1) * self.width]
    }
}

impl Recommender for Factorisation {
    fn scores(&self, asker: &Asker, into: &mut [f32]) {
        assert!(into.len() == self.film_biases.len(), "every film has a score");
        let (bias, factors) = self.asker(asker);
        let base = self.mean + bias;
        for (film, score) in into.iter_mut().enumerate() {
            *score = base + self.film_biases[film] + dot(&factors, self.row(film));
        }
    }

    fn stars(&self, asker: &Asker, film: usize) -> Option<f32> {
        let (bias, factors) = self.asker(asker);
        Some(on_scale(self.mean + bias + self.film_biases[film] + dot(&factors, self.row(film))))
    }

    fn film_vector(&self, film: usize) -> Option<&[f32]> {
        Some(self.film(film))
    }

    fn shares(&self, asker: &Asker, film: usize) -> Vec<Share> {
        let (bias, factors) = self.asker(asker);
        let products = factors.iter().zip(self.film(film)).enumerate();
        [
            Share::new(Source::Mean, self.mean),
            Share::new(Source::UserBias, bias),
            Share::new(Source::FilmBias, self.film_biases[film]),
        ]
        .into_iter()
        .chain(products.map(|(factor, (p, q))| Share::new(Source::Factor(factor), p * q)))
        .collect()
    }
}
