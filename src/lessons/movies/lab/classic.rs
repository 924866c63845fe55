//! A method without a network as a run of steps.

use crate::classic::recommend::methods::{Configs, Learning, Method, Training};
use crate::classic::recommend::{Recommender, judge};
use crate::data::ratings::{Interactions, Ratings};
use crate::lessons::movies::settings::{Model, MoviesSettings};
use crate::lessons::run::refit::Steps;
use crate::progress::Progress;
use crate::ranking::Protocol;
use std::rc::Rc;

/// What a method is judged by while it trains.
pub struct Valid {
    learned: Rc<Interactions>,
    protocol: Protocol,
    pairs: Vec<(u32, u32)>,
    given: Vec<f64>,
}

impl Valid {
    /// Some rows of a table; none of them judge nothing.
    pub fn new(ratings: &Ratings, learned: &Rc<Interactions>, valid: &[u32]) -> Self {
        let (pairs, given) = judged(ratings, valid);
        Self { protocol: Protocol::new(ratings, learned, valid), learned: learned.clone(), pairs, given }
    }
}

/// User and film of some rows, and the stars that were given.
pub fn judged(ratings: &Ratings, rows: &[u32]) -> (Vec<(u32, u32)>, Vec<f64>) {
    let rows = || rows.iter().map(|row| *row as usize);
    let pairs = rows().map(|row| (ratings.users[row], ratings.rated[row])).collect();
    (pairs, rows().map(|row| ratings.stars(row)).collect())
}

/// A method while it is trained.
pub struct ClassicRun {
    method: Method,
    /// Taken when nothing is left to do.
    training: Option<Training>,
    model: Option<Rc<dyn Recommender>>,
    made: u64,
    valid: Rc<Valid>,
}

impl ClassicRun {
    /// Of which no step has been made. `fit` are the rows that are learned from: those of `valid.learned`.
    pub fn new(
        method: Method,
        settings: &MoviesSettings,
        ratings: &Rc<Ratings>,
        fit: &Rc<[u32]>,
        valid: Rc<Valid>,
    ) -> Self {
        let (table, rows, train) = (ratings.clone(), fit.clone(), valid.learned.clone());
        let learning = Learning { table, rows, without: None, train };
        let training = Training::new(method, &learning, &configs(settings), settings.seed);
        Self { method, training: Some(training), model: None, made: 0, valid }
    }

    /// The trained model; before the last step that of a method that takes no training, or of a factorisation as it is.
    pub fn model(&self) -> Option<Rc<dyn Recommender>> {
        match &self.training {
            None => self.model.clone(),
            Some(Training::Ready(model)) => Some(model.clone()),
            Some(Training::Factorisation(fit)) => Some(Rc::new(fit.model().clone())),
            Some(_) => None,
        }
    }

    /// Progress with an estimate of all steps, which are known only at the end.
    pub fn in_parts(&self, progress: Progress) -> Progress {
        let done = self.training.as_ref().map_or(1.0, Training::progress);
        let total = match done {
            _ if self.training.is_none() => self.made,
            0.0 => self.made + 1,
            done => ((self.made as f64 / done).round() as u64).max(self.made + 1),
        };
        Progress { total_steps: total, total_epochs: total, epoch: progress.epoch.max(1), ..progress }
    }

    /// What is recorded of a model.
    fn judged(&self, model: &dyn Recommender) -> Option<Vec<f64>> {
        let valid = &*self.valid;
        if valid.pairs.is_empty() {
            return None;
        }
        if !self.method.gives_stars() {
            let totals = judge::ranking(model, &valid.learned, &valid.learned, &valid.protocol);
            return totals.at(10).map(|figures| vec![figures.ndcg]);
        }
        let errors = judge::star_errors(model, &valid.learned, &valid.pairs, &valid.given)?;
        errors.rmse().map(|rmse| vec![rmse])
    }
}

/// What the settings say of the methods; the rest is what `valid` chose on latest-small.
pub fn configs(settings: &MoviesSettings) -> Configs {
    let mut configs = Configs::default();
    match settings.model {
        Model::Svd => configs.svd_factors = settings.embedding_size,
        Model::Mf => {
            configs.factorisation.factors = settings.embedding_size;
            configs.factorisation.passes = settings.passes;
            configs.factorisation.learning_rate = settings.learning_rate as f32;
        }
        _ => {}
    }
    for neighbours in [&mut configs.users, &mut configs.films] {
        neighbours.neighbours = settings.neighbours;
        neighbours.star_neighbours = settings.neighbours;
    }
    configs
}

impl Steps for ClassicRun {
    fn metrics(&self) -> Vec<&'static str> {
        vec![if self.method.gives_stars() { "valid_rmse" } else { "valid_ndcg@10" }]
    }

    fn made(&self) -> u64 {
        self.made
    }

    fn finished(&self) -> bool {
        self.training.is_none()
    }

    /// How many there are turns out at the end.
    fn most_steps(&self) -> u64 {
        match self.training {
            Some(_) => u64::from(u32::MAX),
            None => self.made,
        }
    }

    fn step(&mut self) -> Option<Vec<f64>> {
        let mut training = self.training.take()?;
        let more = training.step();
        self.made += 1;
        if more {
            // What is not finished can be judged only where each pass leaves a whole model.
            let judged = match &training {
                Training::Factorisation(fit) => self.judged(fit.model()),
                _ => None,
            };
            self.training = Some(training);
            return judged;
        }
        let model = training.finish();
        let judged = self.judged(&*model);
        self.model = Some(model);
        judged
    }
}
