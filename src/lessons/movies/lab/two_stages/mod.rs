//! YouTube's two networks as one run: first the candidate network is trained, then the ranking network.

mod networks;
mod served;

pub use networks::Networks;
pub use served::{CANDIDATES, candidates};

use super::candidate;
use super::rows::Rows;
use crate::classic::recommend::{Asker, Recommender};
use crate::controls::RateChanges;
use crate::data::ratings::{Interactions, Ratings};
use crate::error::LabError;
use crate::history::Track;
use crate::lessons::movies::networks::candidate::Candidate;
use crate::lessons::movies::networks::impressions::{Impressions, Shown, Sources, Weight, mispredicted};
use crate::lessons::movies::networks::next_film::NextFilm;
use crate::lessons::movies::networks::ranking_net::RankingNet;
use crate::lessons::movies::settings::{AdamForm, MoviesSettings, WatchWeight};
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::floats;
use crate::nn::objective::weighted_logistic::WeightedLogistic;
use crate::nn::optim::optimizer::{Constants, Rule};
use crate::nn::run::container::Container;
use crate::nn::run::runner::{Cadence, KeepBest, Runner, RunnerConfig, Weights, device_lost};
use crate::progress::{Budget, Progress};
use burn::module::Module;
use burn::tensor::Device;
use served::Funnel;
use std::rc::Rc;
use web_time::Instant;

/// Learning rate of the ranking network, and films scored at once.
const LEARNING_RATE: f64 = 1e-3;
const ROWS_AT_ONCE: usize = 4_096;
/// Names in a checkpoint.
const PREFIXES: [&str; 2] = ["candidates.", "ranking."];

/// Both networks.
pub struct TwoStages {
    /// The first stage.
    pub candidates: Runner<Candidate, NextFilm>,
    /// The second.
    pub ranking: Runner<RankingNet, Impressions>,
    /// Whether it began from weights of a file.
    loaded: bool,
    /// Losses and evaluations of the second stage, at steps behind those of the first.
    tracks: [Track; 2],
}

/// What the second stage learns from.
fn impressions(
    settings: &MoviesSettings,
    ratings: &Rc<Ratings>,
    rows: &Rows,
    examples: &NextFilm,
) -> Impressions {
    let sources = Sources {
        ratings: ratings.clone(),
        watches: examples.watches.clone(),
        learned: rows.learned.clone(),
        users: examples.users.clone(),
        background: examples.background.clone(),
        weight: match settings.watch_weight {
            WatchWeight::Stars => Weight::Stars,
            WatchWeight::Time => Weight::Time,
        },
        seed: settings.seed,
    };
    Impressions::new(sources, examples.examples.iter().map(|example| (example.user, example.place)))
}

impl TwoStages {
    /// A run of which no step has been made.
    pub fn new(
        settings: &MoviesSettings,
        ratings: &Rc<Ratings>,
        rows: &Rows,
        examples: NextFilm,
        networks: Option<Networks>,
        device: &Device,
    ) -> Self {
        let impressions = impressions(settings, ratings, rows, &examples);
        let loaded = networks.is_some();
        let networks = networks.unwrap_or_else(|| {
            Networks::init(settings, ratings, &examples, &impressions, &device.clone().autodiff())
        });
        let fit = impressions.shown.len();
        let held_out = impressions.held_out(&rows.valid);
        let config = RunnerConfig {
            epochs: settings.ranking_passes,
            batch_size: settings.batch_size,
            rule: Rule::Adam,
            constants: Constants::Keras,
            learning_rate: LEARNING_RATE,
            rate_changes: RateChanges::default(),
            lazy_tables: settings.adam == AdamForm::Sparse,
            shuffle_buffer: usize::MAX,
            evaluation: Cadence::EveryEpoch,
            evaluation_metrics: &["valid_ranking_loss"],
            keep_best: Some(KeepBest { metric: "loss", largest: false, beyond: f64::INFINITY }),
            running: &[],
            stop: None,
            seed: settings.seed,
        };
        let (train, valid) = ((0..fit).collect(), (fit..fit + held_out.len()).collect());
        let impressions = impressions.and(&held_out);
        Self {
            candidates: candidate::start(settings, examples, networks.candidates, device),
            ranking: Runner::new(
                networks.ranking,
                WeightedLogistic,
                impressions,
                train,
                valid,
                config,
                device,
            ),
            loaded,
            tracks: [Track::new(&["ranking_loss"]), Track::new(&["valid_ranking_loss"])],
        }
    }

    /// How far both have come.
    pub fn progress(&self) -> Progress {
        let (first, second) = (self.candidates.progress(), self.ranking.progress());
        let mut metrics = first.metrics;
        for track in &self.tracks {
            let last = track.last().map(|(_, values)| values[0]);
            metrics.extend(last.map(|value| (track.metrics[0].to_string(), value.into())));
        }
        Progress {
            step: first.step + second.step,
            total_steps: first.total_steps + second.total_steps,
            epoch: if first.finished { first.total_epochs + second.epoch } else { first.epoch },
            total_epochs: first.total_epochs + second.total_epochs,
            metrics,
            finished: first.diverged || first.finished && second.finished,
            diverged: first.diverged || second.diverged,
        }
    }

    /// Goes on until the budget is used or both are trained.
    ///
    /// # Errors
    /// `device_lost`.
    pub async fn train(&mut self, budget: Budget) -> Result<Progress, LabError> {
        let begin = Instant::now();
        let before = self.candidates.progress().step;
        if !self.candidates.finished() {
            self.candidates.train(budget).await?;
        }
        let left = Budget {
            steps: budget.steps - (self.candidates.progress().step - before),
            milliseconds: budget.milliseconds - 1e3 * begin.elapsed().as_secs_f64(),
        };
        let first = self.candidates.progress();
        if first.finished && !first.diverged && left.steps > 0 && left.milliseconds > 0.0 {
            self.ranking.train(left).await?;
        }
        self.record();
        Ok(self.progress())
    }

    /// Takes what the second stage recorded over, behind the first.
    fn record(&mut self) {
        let steps = self.candidates.progress().step;
        let epochs = self.candidates.progress().total_epochs;
        let of = [self.ranking.losses(), self.ranking.evaluations()];
        for (track, of) in self.tracks.iter_mut().zip(of) {
            for place in track.len()..of.len() {
                let (step, epoch) = (of.steps()[place], of.epochs()[place]);
                track.push(steps + u64::from(step), epochs + u64::from(epoch), &of.values()[place..=place]);
            }
        }
    }

    /// What is recorded of both.
    pub fn tracks(&self) -> Vec<&Track> {
        let [loss, valid] = &self.tracks;
        vec![self.candidates.losses(), self.candidates.evaluations(), loss, valid]
    }

    /// Both runs in one container.
    ///
    /// # Errors
    /// `device_lost`.
    pub async fn checkpoint(&mut self) -> Result<Container, LabError> {
        let first = self.candidates.checkpoint().await.map_err(device_lost)?;
        let second = self.ranking.checkpoint().await.map_err(device_lost)?;
        Ok(Container::of(PREFIXES, [first, second]))
    }

    /// Goes to a checkpoint of a run with the same settings.
    ///
    /// # Errors
    /// `bad_checkpoint` with what does not fit, `device_lost`; both runs are then as they were.
    pub async fn restore(&mut self, container: &Container) -> Result<(), LabError> {
        let bad = LabError::bad_checkpoint;
        let [first, second] = container.apart(PREFIXES).map_err(bad)?;
        let before = self.candidates.checkpoint().await.map_err(device_lost)?;
        self.candidates.restore(&first).map_err(bad)?;
        if let Err(reason) = self.ranking.restore(&second) {
            self.candidates.restore(&before).map_err(bad)?;
            return Err(bad(reason));
        }
        self.tracks = [Track::new(&["ranking_loss"]), Track::new(&["valid_ranking_loss"])];
        self.record();
        Ok(())
    }

    /// The networks with the weights that a result is judged by.
    pub fn networks(&self) -> Networks {
        Networks {
            candidates: self.candidates.network(Weights::BestDev).clone(),
            ranking: self.ranking.network(Weights::BestDev).clone(),
        }
    }

    /// Whether the second stage has learned anything.
    pub fn ranks(&self) -> bool {
        self.loaded || self.ranking.progress().step > 0
    }

    /// The logits of films that are shown.
    ///
    /// # Errors
    /// `device_lost`.
    pub async fn logits(&self, shown: &[Shown]) -> Result<Vec<f32>, LabError> {
        let network = self.ranking.network(Weights::BestDev).valid();
        let mut logits = Vec::with_capacity(shown.len());
        for rows in shown.chunks(ROWS_AT_ONCE) {
            let input = self.ranking.examples().input(rows, self.ranking.device());
            let output = network.forward(input).into_data_async().await.map_err(device_lost)?;
            logits.extend(floats(output));
        }
        Ok(logits)
    }

    /// The share of watch time of some rows that the second stage mispredicts ([`mispredicted`]).
    ///
    /// # Errors
    /// `device_lost`.
    pub async fn mispredicted(&self, rows: &[u32]) -> Result<Option<f64>, LabError> {
        let shown = self.ranking.examples().held_out(rows);
        Ok(mispredicted(&shown, &self.logits(&shown).await?))
    }

    /// What is recommended by: the [`CANDIDATES`] films with the largest dot products, in the order of the second stage.
    ///
    /// # Errors
    /// `device_lost`.
    pub async fn recommender(&self, learned: &Interactions) -> Result<Rc<dyn Recommender>, LabError> {
        let vectors = candidate::vectors(&self.candidates).await?;
        if !self.ranks() {
            return Ok(Rc::new(vectors));
        }
        let mut scores = vec![0.0; learned.films()];
        let mut shown = Vec::new();
        for user in 0..learned.users() {
            vectors.scores(&Asker::known(learned, user), &mut scores);
            let films = candidates(&scores, learned, user);
            shown.extend(films.map(|film| self.ranking.examples().serving(user as u32, film)));
        }
        let logits = self.logits(&shown).await?;
        let mut ranked = vec![Vec::new(); learned.users()];
        for (row, logit) in shown.iter().zip(logits) {
            ranked[row.user as usize].push((row.film, logit));
        }
        Ok(Rc::new(Funnel { vectors, ranked }))
    }
}
