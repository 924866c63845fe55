//! A run put away and taken up again: weights, optimiser, place in the epoch and history in one container.

use super::{Best, Runner, Weights};
use crate::data::batch::LoaderState;
use crate::history::Track;
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::{self, floats};
use crate::nn::objective::figures::Figures;
use crate::nn::run::container::{Container, Values};
use crate::nn::run::examples::Examples;
use burn::tensor::{ExecutionError, TensorData};
use serde::{Deserialize, Serialize};

/// Names of the tracks, in their order; `accuracies` are the running figures.
const TRACKS: [&str; 3] = ["losses", "accuracies", "evaluations"];

/// What a checkpoint says beside its tensors.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    step: u64,
    stopped: bool,
    diverged: bool,
    running: Running,
    loader: LoaderState,
    optimizer_steps: u64,
    best: Option<(u64, f64)>,
}

/// Figures of this epoch so far.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Running {
    /// Sum and weight of each.
    Sums(Vec<(f64, f64)>),
    /// Rows that were correct, and of how many: how runs that tell classes apart were put away when they counted
    /// nothing else. The page keeps such runs.
    Correct(f64, f64),
}

impl Running {
    /// Takes the sums up.
    ///
    /// # Errors
    /// When they are those of another objective, or no sums.
    fn restore(self, figures: &mut Figures) -> Result<(), String> {
        let sums = match self {
            Self::Sums(sums) => sums,
            Self::Correct(correct, counted) => {
                let sum_of = |name| if name == "accuracy" { (correct, counted) } else { (0.0, 0.0) };
                figures.names().map(sum_of).collect()
            }
        };
        figures.restore(&sums)
    }
}

impl<N: Network, E: Examples<Input = N::Input>> Runner<N, E> {
    /// Puts everything needed to go on into a container.
    ///
    /// # Errors
    /// When the device is lost.
    pub async fn checkpoint(&mut self) -> Result<Container, ExecutionError> {
        self.read_losses().await?;
        let note = Note {
            step: self.step,
            stopped: self.stopped,
            diverged: self.diverged,
            running: Running::Sums(self.running.sums()),
            loader: self.loader.state(),
            optimizer_steps: self.optimizer.steps(),
            best: self.best(),
        };
        let mut container = Container::new(serde_json::to_string(&note).expect("a note is plain data"));
        let network = self.network(Weights::Last);
        for tensor in parameters::read(network).await? {
            container.push_tensor("model.", tensor);
        }
        if let Some(best) = &self.best {
            for tensor in parameters::read(&best.network).await? {
                container.push_tensor("best.", tensor);
            }
        }
        let names = parameters::shapes(network);
        for ((name, _), moments) in names.iter().zip(self.optimizer.moments()) {
            for (moment, mean) in self.optimizer.rule().moments().iter().zip(moments) {
                let values = floats(mean.clone().into_data_async().await?);
                container.push(format!("optimizer.{moment}.{name}"), Values::F32(values));
            }
        }
        for (name, track) in TRACKS.into_iter().zip(self.tracks()) {
            container.push(format!("history.{name}.steps"), Values::U32(track.steps().to_vec()));
            container.push(format!("history.{name}.epochs"), Values::U32(track.epochs().to_vec()));
            container.push(format!("history.{name}.values"), Values::F64(track.values().to_vec()));
        }
        Ok(container)
    }

    /// Goes to a checkpoint of a run with the same settings.
    ///
    /// # Errors
    /// What does not fit; this run is then as it was.
    pub fn restore(&mut self, container: &Container) -> Result<(), String> {
        let note: Note = serde_json::from_str(&container.note)
            .map_err(|error| format!("its note cannot be read ({error})"))?;
        if note.step > self.total_steps() {
            return Err(format!("it stands at step {} of {}", note.step, self.total_steps()));
        }
        let network = parameters::write(self.network(Weights::Last).clone(), &container.tensors("model."))?;
        let best = match note.best {
            None => None,
            Some((step, value)) => {
                let network = parameters::write(network.clone(), &container.tensors("best."))?;
                Some(Best { value, step, network })
            }
        };
        let moments = self.read_moments(container, &network, note.optimizer_steps)?;
        let [losses, running_figures, evaluations] = self.tracks();
        let read = |index: usize, track: &Track| read_track(container, TRACKS[index], &track.metrics);
        let losses = read(0, losses)?;
        let running_figures = read(1, running_figures)?;
        let evaluations = read(2, evaluations)?;
        if losses.len() as u64 != note.step {
            return Err(format!("it holds {} losses for {} steps", losses.len(), note.step));
        }
        let mut running = self.running.clone();
        note.running.restore(&mut running)?;
        self.loader.restore(note.loader)?;
        self.optimizer.restore(note.optimizer_steps, moments, &self.device);
        self.network = Some(network);
        self.best = best;
        self.step = note.step;
        self.stopped = note.stopped;
        self.diverged = note.diverged;
        self.running = running;
        self.losses = losses;
        self.running_figures = running_figures;
        self.evaluations = evaluations;
        self.unread.clear();
        Ok(())
    }

    fn read_moments(
        &self,
        container: &Container,
        network: &N,
        steps: u64,
    ) -> Result<Vec<Vec<TensorData>>, String> {
        let names = self.optimizer.rule().moments();
        if steps == 0 || names.is_empty() {
            return Ok(Vec::new());
        }
        let one = |moment: &str, name: &str, length: usize| {
            let key = format!("optimizer.{moment}.{name}");
            match container.values(&key) {
                Some(Values::F32(values)) if values.len() == length => {
                    Ok(TensorData::new(values.clone(), [length]))
                }
                _ => Err(format!("`{key}` is missing or of another length")),
            }
        };
        parameters::shapes(network)
            .iter()
            .map(|(name, shape)| names.iter().map(|m| one(m, name, shape.iter().product())).collect())
            .collect()
    }
}

fn read_track(container: &Container, name: &str, metrics: &[&'static str]) -> Result<Track, String> {
    let part = |part: &str| container.values(&format!("history.{name}.{part}"));
    let (Some(Values::U32(steps)), Some(Values::U32(epochs)), Some(Values::F64(values))) =
        (part("steps"), part("epochs"), part("values"))
    else {
        return Err(format!("its history of {name} is missing"));
    };
    if epochs.len() != steps.len() || values.len() != steps.len() * metrics.len() || !steps.is_sorted() {
        return Err(format!("its history of {name} is damaged"));
    }
    let mut track = Track::new(metrics);
    for (index, (step, epoch)) in steps.iter().zip(epochs).enumerate() {
        let values = &values[index * metrics.len()..][..metrics.len()];
        track.push(u64::from(*step), u64::from(*epoch), values);
    }
    Ok(track)
}
