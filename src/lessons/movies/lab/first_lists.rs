//! First lists: the model of a run trained again without a fifth of the users, who then come new, give ten ratings and are
//! shown ten films; what they rated later judges these, and a list by popularity beside them. Then it is the turn of the
//! next fifth, until everybody has come new once. In pieces of work that leave the page alive.

use super::judged_lists::{Compared, JudgedLists, ListsSoFar};
use super::loaded::Loaded;
use super::newcomer;
use super::run::MoviesRun;
use super::who::Who;
use crate::classic::recommend::Recommender;
use crate::classic::recommend::popularity::Popular;
use crate::controls::Settings;
use crate::data::ratings::Ratings;
use crate::data::ratings::newcomers::{Newcomer, Newcomers, PARTS};
use crate::error::LabError;
use crate::lab::Lab;
use crate::lessons::movies::lab::rows::too_few_ratings;
use crate::lessons::movies::settings::MoviesSettings;
use crate::progress::Budget;
use crate::ranking::metrics::without_duplicates;
use crate::ranking::{RankingFigures, Top};
use async_trait::async_trait;
use burn::tensor::Device;
use std::rc::Rc;
use web_time::Instant;

/// Ratings that a newcomer gives.
pub const GIVEN: usize = 10;
/// Films of a first list.
pub const LIST: usize = 10;
/// Milliseconds that a network trains before the clock is asked again.
const STRETCH: f64 = 100.0;

/// First lists while they are judged.
pub struct FirstLists {
    declared: Settings,
    settings: MoviesSettings,
    device: Device,
    /// All ratings; what learns is given those of a part alone.
    table: Rc<Ratings>,
    part: Part,
    /// Of each newcomer who was judged so far: by the model, and by popularity.
    figures: Vec<[RankingFigures; 2]>,
}

/// One part of the users who come new.
struct Part {
    number: usize,
    /// The model, with the settings of the run; its table has no rating of a newcomer.
    run: MoviesRun,
    popular: Popular,
    newcomers: Vec<Newcomer>,
    /// Newcomers who were looked at: none is judged whose later films nobody else rated.
    met: usize,
}

impl FirstLists {
    /// Before the first step.
    ///
    /// # Errors
    /// `too_few_ratings` where too few have enough of them to come new, or too little is left to learn from.
    pub fn new(run: &MoviesRun) -> Result<Self, LabError> {
        let (declared, settings) = (run.declared.clone(), run.settings.clone());
        let (device, table) = (run.device.clone(), run.ratings.clone());
        let part = Part::new(0, &declared, &settings, &device, &table)?;
        Ok(Self { declared, settings, device, table, part, figures: Vec::new() })
    }

    /// Means over the newcomers judged so far; none before the first.
    fn compared(&self) -> Option<Compared> {
        let count = self.figures.len() as f64;
        let mut means = [RankingFigures::default(); 2];
        for both in &self.figures {
            means.iter_mut().zip(both).for_each(|(mean, figures)| mean.add(figures, 1.0 / count));
        }
        let [model, popular] = means;
        let mean = model.ndcg - popular.ndcg;
        let squares = self.figures.iter().map(|[model, popular]| (model.ndcg - popular.ndcg - mean).powi(2));
        let error = (squares.sum::<f64>() / (count - 1.0).max(1.0) / count).sqrt();
        (!self.figures.is_empty()).then_some(Compared { model, popular, error })
    }

    fn is_over(&self) -> bool {
        self.part.is_over() && self.part.number + 1 == PARTS
    }
}

#[async_trait(?Send)]
impl JudgedLists for FirstLists {
    async fn advance(&mut self, milliseconds: f64) -> Result<(), LabError> {
        let begin = Instant::now();
        while !self.is_over() {
            if self.part.is_over() {
                let next = self.part.number + 1;
                self.part = Part::new(next, &self.declared, &self.settings, &self.device, &self.table)?;
            }
            self.figures.extend(self.part.piece().await?);
            if begin.elapsed().as_secs_f64() * 1000.0 >= milliseconds {
                break;
            }
        }
        Ok(())
    }

    fn so_far(&self) -> ListsSoFar {
        ListsSoFar {
            newcomers: self.part.newcomers.len(),
            learned: self.part.run.rows.learned.len(),
            judged: self.figures.len(),
            share: (self.part.number as f64 + self.part.share()) / PARTS as f64,
            finished: self.is_over(),
            compared: self.compared(),
        }
    }

    #[cfg(test)]
    fn others(&self) -> &Ratings {
        &self.part.run.ratings
    }
}

impl Part {
    fn new(
        number: usize,
        declared: &Settings,
        settings: &MoviesSettings,
        device: &Device,
        table: &Ratings,
    ) -> Result<Self, LabError> {
        let Newcomers { others, taken } = Newcomers::new(table, GIVEN, number);
        if taken.is_empty() {
            return Err(too_few_ratings(others.len(), 0));
        }
        let loaded = Loaded { ratings: Rc::new(others), truth: None };
        let run = MoviesRun::of(declared.clone(), settings.clone(), loaded, device.clone())?;
        let popular = Popular::fit(&run.rows.learned);
        Ok(Self { number, run, popular, newcomers: taken, met: 0 })
    }

    fn is_over(&self) -> bool {
        self.met == self.newcomers.len()
    }

    /// Trains some more, or judges the next newcomer.
    async fn piece(&mut self) -> Result<Option<[RankingFigures; 2]>, LabError> {
        if !self.run.is_finished() {
            self.run.train(Budget { steps: u64::MAX, milliseconds: STRETCH }).await?;
            return Ok(None);
        }
        let Newcomer { given, later } = &self.newcomers[self.met];
        let who = Who::new(&self.run, None, Some(given))?;
        let model = newcomer::recommender(&mut self.run, &who).await?;
        let learned = &self.run.rows.learned;
        let is_ranked = |film: usize| !learned.film(film).is_empty();
        let mut relevant = without_duplicates(later);
        relevant.retain(|film| is_ranked(*film as usize));
        self.met += 1;
        if relevant.is_empty() {
            return Ok(None);
        }
        let asker = who.asker(learned);
        let seen = asker.rated.among(learned.films());
        let mut scores = vec![0.0; learned.films()];
        let mut figures = |model: &dyn Recommender| {
            model.scores(&asker, &mut scores);
            let top = Top::new(&scores, LIST, |film| !seen[film] && is_ranked(film));
            let ties = top.ties(|film| relevant.contains(&(film as u32)));
            RankingFigures::at(LIST, &ties, relevant.len())
        };
        Ok(Some([figures(&*model), figures(&self.popular)]))
    }

    /// How much of the work is done, 0 to 1: training is taken for most of it.
    fn share(&self) -> f64 {
        const TRAINING: f64 = 0.8;
        let progress = self.run.progress();
        let trained = match self.run.is_finished() {
            true => 1.0,
            false => progress.step as f64 / progress.total_steps.max(1) as f64,
        };
        TRAINING * trained + (1.0 - TRAINING) * self.met as f64 / self.newcomers.len() as f64
    }
}
