//! A run put away and taken up again: weights, optimiser, place in the epoch and history in one container.

use super::{ACCURACY, Best, LOSS, Network, Runner, Weights};
use crate::data::batch::LoaderState;
use crate::history::Track;
use crate::nn::container::{Container, Values};
use crate::nn::examples::Examples;
use crate::nn::parameters::{self, floats};
use burn::tensor::{ExecutionError, TensorData};
use serde::{Deserialize, Serialize};

/// What a checkpoint says beside its tensors.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    step: u64,
    stopped: bool,
    diverged: bool,
    /// Rows of this epoch that were correct, of how many.
    running: (usize, usize),
    loader: LoaderState,
    optimizer_steps: u64,
    best: Option<(u64, f64)>,
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
            running: self.running.counts(),
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
        for (name, track) in ["losses", "accuracies", "evaluations"].into_iter().zip(self.tracks()) {
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
            Some((step, accuracy)) => {
                let network = parameters::write(network.clone(), &container.tensors("best."))?;
                Some(Best { accuracy, step, network })
            }
        };
        let moments = self.read_moments(container, &network, note.optimizer_steps)?;
        let losses = read_track(container, "losses", LOSS)?;
        let accuracies = read_track(container, "accuracies", ACCURACY)?;
        let evaluations = read_track(container, "evaluations", &self.config.evaluation_metrics)?;
        if losses.len() as u64 != note.step {
            return Err(format!("it holds {} losses for {} steps", losses.len(), note.step));
        }
        let mut running = self.running.clone();
        running.restore(note.running)?;
        self.loader.restore(note.loader)?;
        self.optimizer.restore(note.optimizer_steps, moments, &self.device);
        self.network = Some(network);
        self.best = best;
        self.step = note.step;
        self.stopped = note.stopped;
        self.diverged = note.diverged;
        self.running = running;
        self.losses = losses;
        self.accuracies = accuracies;
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
    for (index, values) in values.chunks_exact(metrics.len()).enumerate() {
        track.push(u64::from(steps[index]), u64::from(epochs[index]), values);
    }
    Ok(track)
}
