//! A run: histories, what is made of pictures and words, and the model that learns from them.

use super::counting::Counting;
use super::loaded::{Truth, load};
use super::missing::Missing;
use super::network::{self, NetworkRun};
use super::prepared::{catalogue, codes_config};
use crate::controls::Settings;
use crate::data::sequences::histories::{Histories, HistoryPart};
use crate::data::sequences::{Items, Sequences};
use crate::error::LabError;
use crate::lessons::run::refit::Refit;
use crate::lessons::sequences::dataset::Dataset;
use crate::lessons::sequences::edited::{Edited, EditedHistory};
use crate::lessons::sequences::graph::Step;
use crate::lessons::sequences::networks::any::{HistoryNet, HistoryNetConfig};
use crate::lessons::sequences::networks::examples::{AsInput, Catalogue};
use crate::lessons::sequences::preparation::{Preparation, Prepared};
use crate::lessons::sequences::settings::SequencesSettings;
use crate::lessons::{Files, Material};
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::floats;
use crate::nn::run::runner::{Weights, device_lost};
use crate::progress::{Budget, Progress};
use burn::module::Module;
use burn::tensor::Device;
use serde_json::Map;
use std::rc::Rc;
use web_time::Instant;

/// Histories that are scored at once.
const AT_ONCE: usize = 256;

/// What is trained.
pub enum Trained {
    /// A network whose pictures and words are still made into codes.
    Preparing(Box<Preparation>),
    /// A network.
    Network(Box<NetworkRun>),
    /// A model that counts.
    Counted(Box<Refit<Counting>>),
}

/// A run.
pub struct SequencesRun {
    /// The settings as they were declared and checked.
    pub declared: Settings,
    /// The same, read.
    pub settings: SequencesSettings,
    /// Items and histories.
    pub sequences: Rc<Sequences>,
    /// What each user took, in order.
    pub histories: Rc<Histories>,
    /// What the reader changed in a history to learn from.
    pub edited: Option<Rc<EditedHistory>>,
    /// What lies behind them where they were made.
    pub truth: Option<Rc<Truth>>,
    /// Which items lack what.
    pub missing: Missing,
    /// What was made of pictures and words; none before, and none of a model without them.
    pub prepared: Option<Rc<Prepared>>,
    /// The numbers of the nodes of each item.
    pub catalogue: Rc<Catalogue>,
    /// The model.
    pub model: Trained,
    /// Where it computes.
    pub device: Device,
    /// Where what was prepared is kept for the next lab.
    files: Files,
    /// What the reader took for the secret signal, and whether that was right.
    pub guess: Option<bool>,
    /// Whether late fusion was seen to lose by shuffling.
    pub late_lost: Option<f64>,
}

impl SequencesRun {
    /// A run of which no step has been made.
    ///
    /// # Errors
    /// `data_missing`, `bad_data`, `too_few_histories`, `edited_unfit`.
    pub fn new(declared: Settings, device: Device, material: &Material) -> Result<Self, LabError> {
        let settings: SequencesSettings = declared.read();
        let loaded = load(&settings, material)?;
        let histories = Rc::new(loaded.sequences.histories.clone());
        let items = loaded.sequences.items.len();
        let edited = Edited::read(&settings.edited).expect("a text that was checked");
        let edited = edited.map(|edited| edited.among(&histories, items)).transpose()?;
        let learned = network::places(&histories, edited.as_ref())[0].len();
        for (count, name) in [(learned, "train"), (histories.places(HistoryPart::Test).len(), "test")] {
            if count == 0 {
                let message =
                    format!("No history is long enough for `{name}`: bring some of at least four items.");
                return Err(LabError::new("too_few_histories", message).with("split", name));
            }
        }
        let mut run = Self {
            missing: Missing::draw(items, settings.missing, settings.seed),
            catalogue: Rc::new(catalogue(&settings, items, None)),
            model: Trained::Counted(Box::new(Refit::new(Counting::new(
                settings.model,
                items,
                histories.clone(),
            )))),
            declared,
            settings,
            sequences: loaded.sequences,
            histories,
            edited: edited.map(Rc::new),
            truth: loaded.truth,
            prepared: None,
            device,
            files: material.files.clone(),
            guess: None,
            late_lost: None,
        };
        if run.settings.model.has_modalities() {
            let kept = run.files.made::<Kept>(&prepared_for(&run.settings));
            if let Some(kept) = kept.filter(|kept| kept.is_of(&run)) {
                run.take(kept.prepared.clone());
                return Ok(run);
            }
            let items = run.sequences.items.clone().without(&run.missing.images, &run.missing.texts);
            let preparation = Preparation::begin(Rc::new(items), codes_config(&run.settings));
            run.model = Trained::Preparing(Box::new(preparation));
        } else if run.settings.model.is_network() {
            run.model = run.begun();
        }
        Ok(run)
    }

    /// Items there are.
    pub fn items(&self) -> &Items {
        &self.sequences.items
    }

    /// Sizes and switches of the network.
    pub fn config(&self) -> HistoryNetConfig {
        network::config(&self.settings, self.items().len(), self.prepared.as_deref())
    }

    fn begun(&self) -> Trained {
        let network = self.config().init(self.settings.seed, &self.device.clone().autodiff());
        Trained::Network(Box::new(self.starting(network)))
    }

    /// A run from some weights.
    pub fn starting(&self, network: HistoryNet) -> NetworkRun {
        let catalogue = self.catalogue.clone();
        network::start(&self.settings, &self.histories, self.edited.clone(), catalogue, network, &self.device)
    }

    /// How many examples are learned from.
    pub fn learned_from(&self) -> usize {
        network::places(&self.histories, self.edited.as_deref())[0].len()
    }

    /// Goes on with what has to be done before the first step, until that is done or the time is up. Whether it is done.
    fn prepare(&mut self, is_over: impl Fn() -> bool) -> bool {
        let Trained::Preparing(preparation) = &mut self.model else { return true };
        while !preparation.is_done() {
            preparation.advance();
            if is_over() {
                break;
            }
        }
        if !preparation.is_done() {
            return false;
        }
        let counted = Counting::new(self.settings.model, self.items().len(), self.histories.clone());
        let model = std::mem::replace(&mut self.model, Trained::Counted(Box::new(Refit::new(counted))));
        let Trained::Preparing(preparation) = model else { unreachable!("it was being prepared") };
        let prepared = Rc::new(preparation.finish());
        let kept = Kept { prepared: prepared.clone(), sequences: self.sequences.clone() };
        self.files.keep(&prepared_for(&self.settings), Rc::new(kept));
        self.take(prepared);
        true
    }

    /// Begins with what was prepared.
    fn take(&mut self, prepared: Rc<Prepared>) {
        self.catalogue = Rc::new(catalogue(&self.settings, self.items().len(), Some(&prepared)));
        self.prepared = Some(prepared);
        self.model = self.begun();
    }

    /// Does all that has to be done before the first step.
    pub fn ready(&mut self) {
        self.prepare(|| false);
    }

    /// Goes on until the budget is used or the run ends.
    ///
    /// # Errors
    /// `device_lost`.
    pub async fn train(&mut self, budget: Budget) -> Result<Progress, LabError> {
        let begin = Instant::now();
        let spent = || 1e3 * begin.elapsed().as_secs_f64();
        if !self.prepare(|| spent() >= budget.milliseconds) {
            return Ok(self.progress());
        }
        let budget = Budget { milliseconds: budget.milliseconds - spent(), ..budget };
        match &mut self.model {
            Trained::Network(run) => run.train(budget).await,
            Trained::Counted(run) => Ok(run.train(budget)),
            Trained::Preparing(_) => unreachable!("it is prepared"),
        }
    }

    /// How far the run has come.
    pub fn progress(&self) -> Progress {
        match &self.model {
            Trained::Network(run) => run.progress(),
            Trained::Counted(run) => run.progress(),
            Trained::Preparing(_) => {
                let rows = self.learned_from();
                let (epochs, batch) = (self.settings.epochs, self.settings.batch_size);
                Progress {
                    step: 0,
                    total_steps: (epochs * rows.div_ceil(batch)) as u64,
                    epoch: 1,
                    total_epochs: epochs as u64,
                    metrics: Map::new(),
                    finished: false,
                    diverged: false,
                }
            }
        }
    }

    /// Items as the steps of a history.
    pub fn steps(&self, items: &[u32]) -> Vec<Step<'_>> {
        self.catalogue.steps(items)
    }

    /// The scores of all items after each history, row-major, with the weights a result is judged by. A history has an
    /// item at least.
    ///
    /// # Errors
    /// `not_trained` for a model that has not counted yet, `device_lost`.
    pub async fn scores(&self, histories: &[Vec<Step<'_>>]) -> Result<Vec<f32>, LabError> {
        match &self.model {
            Trained::Network(run) => {
                let network = run.network(Weights::BestDev).valid();
                let mut scores = Vec::with_capacity(histories.len() * self.items().len());
                for some in histories.chunks(AT_ONCE) {
                    let input = run.examples().form.input(some, &[], None, run.device());
                    let output = network.forward(input).into_data_async().await.map_err(device_lost)?;
                    scores.extend(floats(output));
                }
                Ok(scores)
            }
            Trained::Counted(run) => {
                let model = run.model().ok_or_else(not_trained)?;
                let items = self.items().len();
                let mut scores = vec![0.0; histories.len() * items];
                for (history, scores) in histories.iter().zip(scores.chunks_exact_mut(items)) {
                    let history: Vec<u32> = history.iter().map(|step| step.item).collect();
                    model.scores(&history, scores);
                }
                Ok(scores)
            }
            Trained::Preparing(_) => Err(not_trained()),
        }
    }
}

/// What was prepared, and of what.
struct Kept {
    prepared: Rc<Prepared>,
    sequences: Rc<Sequences>,
}

impl Kept {
    /// Whether it was made of the same items: those of the site always are, for the same settings.
    fn is_of(&self, run: &SequencesRun) -> bool {
        run.settings.dataset != Dataset::Own || Rc::ptr_eq(&self.sequences, &run.sequences)
    }
}

/// The settings that what is prepared depends on.
fn prepared_for(settings: &SequencesSettings) -> String {
    let config = codes_config(settings);
    format!("sequences {:?} {:?} {:?}", settings.dataset, settings.missing, config)
}

fn not_trained() -> LabError {
    LabError::new("not_trained", "This model answers once it has counted: run it first.")
}
