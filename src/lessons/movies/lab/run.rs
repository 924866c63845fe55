//! A run: ratings, their split, and the model that learns from them.

use super::classic::{ClassicRun, Valid};
use super::cold_start::ColdTable;
use super::features::FeatureMeans;
use super::judged_lists::JudgedLists;
use super::loaded::{Loaded, load};
use super::rows::{Rows, demographics, rows};
use super::two_stages::TwoStages;
use super::vectors::Vectors;
use super::{candidate, fusion};
use crate::classic::recommend::Recommender;
use crate::classic::recommend::methods::Method;
use crate::controls::Settings;
use crate::data::ratings::made::Truth;
use crate::data::ratings::{Demographics, Ratings};
use crate::error::LabError;
use crate::lessons::Material;
use crate::lessons::movies::networks::candidate::Candidate;
use crate::lessons::movies::networks::examples::RatedPairs;
use crate::lessons::movies::networks::fusion::Fusion;
use crate::lessons::movies::networks::next_film::NextFilm;
use crate::lessons::movies::settings::{Model, MoviesSettings};
use crate::lessons::run::refit::Refit;
use crate::nn::run::runner::Runner;
use burn::tensor::Device;
use std::rc::Rc;

/// What is trained.
pub enum Trained {
    /// The document's network.
    Fusion(Box<Runner<Fusion, RatedPairs>>),
    /// YouTube's candidate network.
    Candidate(Box<Runner<Candidate, NextFilm>>),
    /// Both of YouTube's networks, one after the other.
    Ranking(Box<TwoStages>),
    /// A method without a network.
    Classic(Box<Refit<ClassicRun>>),
}

/// A run.
pub struct MoviesRun {
    /// The settings as they were declared and checked.
    pub declared: Settings,
    /// The same, read.
    pub settings: MoviesSettings,
    /// All ratings.
    pub ratings: Rc<Ratings>,
    /// What lies behind the ratings of a made world.
    pub truth: Option<Rc<Truth>>,
    /// Gender, age and occupation of the users, where the network is given them.
    pub demographics: Option<Rc<Demographics>>,
    /// What each rating is for.
    pub rows: Rows,
    /// The model.
    pub model: Trained,
    /// Where it computes.
    pub device: Device,
    /// What is known of cold start: of users, and of films.
    pub cold: [Option<Box<ColdTable>>; 2],
    /// What is known of the first lists of users who were taken out.
    pub first_lists: Option<Box<dyn JudgedLists>>,
    /// What the weights that recommend were made into.
    snapshot: Option<Snapshot>,
}

/// Weights that recommend: those kept as the best of a step, which training leaves as they are until it finds better ones,
/// or those after so many steps.
#[derive(Clone, Copy, PartialEq)]
enum Judged {
    Best(u64),
    Latest(u64),
}

/// What was made of some weights.
#[derive(Clone)]
struct Snapshot {
    weights: Judged,
    model: Rc<dyn Recommender>,
    /// The same of a network.
    vectors: Option<Rc<Vectors>>,
    /// Made when first asked for.
    means: Option<Rc<FeatureMeans>>,
}

impl MoviesRun {
    /// A run of which no step has been made.
    ///
    /// # Errors
    /// `data_missing`, `bad_data`, `too_few_ratings`.
    pub fn new(declared: Settings, device: Device, material: &Material) -> Result<Self, LabError> {
        let settings: MoviesSettings = declared.read();
        let loaded = load(&settings, material)?;
        Self::of(declared, settings, loaded, device)
    }

    /// The same from ratings that are there.
    ///
    /// # Errors
    /// `too_few_ratings`.
    pub fn of(
        declared: Settings,
        settings: MoviesSettings,
        loaded: Loaded,
        device: Device,
    ) -> Result<Self, LabError> {
        let rows = rows(&loaded.ratings, &settings)?;
        let demographics = demographics(&loaded.ratings, &rows.fit, &settings).map(Rc::new);
        let ratings = loaded.ratings;
        let model = match settings.model {
            Model::Fusion => {
                let network = fusion::config(&settings, &ratings, demographics.as_deref())
                    .init(settings.seed, &device.clone().autodiff());
                let run = fusion::start(&settings, &ratings, demographics.clone(), &rows, network, &device);
                Trained::Fusion(Box::new(run))
            }
            Model::Candidate => {
                let examples = candidate::examples(&settings, &ratings, demographics.as_deref(), &rows)?;
                let network = candidate::config(&settings, &examples, &ratings)
                    .init(settings.seed, &device.clone().autodiff());
                Trained::Candidate(Box::new(candidate::start(&settings, examples, network, &device)))
            }
            Model::Ranking => {
                let examples = candidate::examples(&settings, &ratings, demographics.as_deref(), &rows)?;
                Trained::Ranking(Box::new(TwoStages::new(
                    &settings, &ratings, &rows, examples, None, &device,
                )))
            }
            _ => Trained::Classic(Box::new(Refit::new(classic(&settings, &ratings, &rows)()))),
        };
        let truth = loaded.truth;
        Ok(Self {
            declared,
            settings,
            ratings,
            truth,
            demographics,
            rows,
            model,
            device,
            cold: [None, None],
            first_lists: None,
            snapshot: None,
        })
    }

    /// Makes a classic method of which no step has been made.
    pub(super) fn classic(&self) -> impl Fn() -> ClassicRun + use<> {
        classic(&self.settings, &self.ratings, &self.rows)
    }

    /// Steps made.
    pub fn step(&self) -> u64 {
        match &self.model {
            Trained::Fusion(run) => run.progress().step,
            Trained::Candidate(run) => run.progress().step,
            Trained::Ranking(run) => run.progress().step,
            Trained::Classic(run) => run.progress().step,
        }
    }

    /// What is recommended by, with the weights a result is judged by: those that were best on the rows held out, or the
    /// latest where none are.
    ///
    /// # Errors
    /// `not_trained` for a classic method before its last step, `device_lost`.
    pub async fn recommender(&mut self) -> Result<Rc<dyn Recommender>, LabError> {
        Ok(self.snapshot().await?.model.clone())
    }

    /// The vectors of a network, with the same weights; none of another model.
    ///
    /// # Errors
    /// `not_trained`, `device_lost`.
    pub async fn vectors(&mut self) -> Result<Option<Rc<Vectors>>, LabError> {
        Ok(self.snapshot().await?.vectors.clone())
    }

    /// The means of the fusion network's features, with the same weights; none of another model.
    ///
    /// # Errors
    /// `not_trained`, `device_lost`.
    pub async fn feature_means(&mut self) -> Result<Option<Rc<FeatureMeans>>, LabError> {
        let mut snapshot = self.snapshot().await?.clone();
        if let (Trained::Fusion(run), None) = (&self.model, &snapshot.means) {
            snapshot.means = Some(Rc::new(FeatureMeans::new(run).await?));
        }
        let means = snapshot.means.clone();
        self.snapshot = Some(snapshot);
        Ok(means)
    }

    fn judged(&self) -> Judged {
        let best = match &self.model {
            Trained::Fusion(run) => run.best(),
            Trained::Candidate(run) => run.best(),
            // Which of the two orders the films changes by step.
            Trained::Ranking(_) | Trained::Classic(_) => None,
        };
        best.map_or_else(|| Judged::Latest(self.step()), |(step, _)| Judged::Best(step))
    }

    async fn snapshot(&mut self) -> Result<&Snapshot, LabError> {
        let weights = self.judged();
        let snapshot = match self.snapshot.take().filter(|kept| kept.weights == weights) {
            Some(kept) => kept,
            None => {
                let vectors = match &self.model {
                    Trained::Fusion(run) => Some(Rc::new(fusion::vectors(run).await?)),
                    Trained::Candidate(run) => Some(Rc::new(candidate::vectors(run).await?)),
                    Trained::Ranking(run) => Some(Rc::new(candidate::vectors(&run.candidates).await?)),
                    Trained::Classic(_) => None,
                };
                let model: Rc<dyn Recommender> = match (&self.model, &vectors) {
                    (Trained::Ranking(run), _) => run.recommender(&self.rows.learned).await?,
                    (_, Some(vectors)) => vectors.clone(),
                    (Trained::Classic(run), None) => run.model().ok_or_else(not_trained)?,
                    _ => unreachable!("a network has vectors"),
                };
                Snapshot { weights, model, vectors, means: None }
            }
        };
        Ok(self.snapshot.insert(snapshot))
    }

    /// What is recommended by where it has been made already, for what cannot wait.
    pub fn made_recommender(&self) -> Option<Rc<dyn Recommender>> {
        let weights = self.judged();
        self.snapshot.as_ref().filter(|kept| kept.weights == weights).map(|kept| kept.model.clone())
    }

    /// Whether there is no step left to make.
    pub fn is_finished(&self) -> bool {
        match &self.model {
            Trained::Fusion(run) => run.finished(),
            Trained::Candidate(run) => run.finished(),
            Trained::Ranking(run) => run.progress().finished,
            Trained::Classic(run) => run.progress().finished,
        }
    }

    /// Forgets what was made of weights: those of the same step may be others now.
    pub(super) fn forget(&mut self) {
        self.snapshot = None;
    }
}

fn not_trained() -> LabError {
    LabError::new("not_trained", "This method answers once it has been trained: run it to its end first.")
}

fn classic(settings: &MoviesSettings, ratings: &Rc<Ratings>, rows: &Rows) -> impl Fn() -> ClassicRun + use<> {
    let method = Method::named(settings.model.name()).unwrap_or(Method::Popular);
    let (settings, ratings, fit) = (settings.clone(), ratings.clone(), rows.fit.clone());
    let valid = Rc::new(Valid::new(&ratings, &rows.learned, &rows.valid));
    move || ClassicRun::new(method, &settings, &ratings, &fit, valid.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Lab;
    use crate::lessons::movies::looks::test_support::made;
    use crate::progress::Budget;
    use pollster::block_on;
    use serde_json::json;

    #[test]
    fn what_recommends_is_made_anew_only_of_other_weights() {
        for settings in [vec![("eval_steps", json!(10))], vec![("model", json!("candidate"))]] {
            let mut run = made(&settings);
            let best = |run: &MoviesRun| match &run.model {
                Trained::Fusion(run) => run.best(),
                Trained::Candidate(run) => run.best(),
                _ => None,
            };
            let mut all: Vec<(_, Rc<dyn Recommender>)> = Vec::new();
            for step in 0..35 {
                block_on(run.train(Budget::steps(1))).unwrap();
                let model = block_on(run.recommender()).unwrap();
                assert!(Rc::ptr_eq(&run.made_recommender().unwrap(), &model));
                if let Some((before, kept)) = all.last() {
                    let is_same = best(&run).is_some() && *before == best(&run);
                    assert_eq!(Rc::ptr_eq(kept, &model), is_same, "{step}");
                }
                all.push((best(&run), model));
            }
            assert!(best(&run).is_some());
            run.forget();
            assert!(run.made_recommender().is_none());
        }
    }
}
