//! The defaults of a task: what the document sets, or what fits a set of the reader's own pictures, chosen by how many
//! there are.

use super::task::Task;
use serde_json::{Map, Value, json};

/// With as many pictures to train on, the document's own settings learn.
const MANY: usize = 1_000;
/// Steps after which a small network has learned what a few dozen pictures teach it, augmented ones included.
const STEPS: usize = 400;

/// What the document sets for a task, or what stands in its place here.
pub(super) struct Usual {
    pub augment: bool,
    pub filters: &'static [i64],
    pub dense_units: i64,
    pub sides: &'static [&'static str],
    pub optimizers: [&'static str; 4],
    pub learning_rate: f64,
    pub batch_size: i64,
    pub epochs: i64,
    pub stop_at_accuracy: f64,
    pub train_size: (i64, i64, i64),
}

const ADAM_FIRST: [&str; 4] = ["adam", "rmsprop", "adagrad", "sgd"];
const RMSPROP_FIRST: [&str; 4] = ["rmsprop", "adam", "adagrad", "sgd"];

impl Usual {
    /// The defaults for the lesson's own pictures.
    pub(super) fn of(task: Task) -> Self {
        match task {
            Task::Filters | Task::Mnist => Self {
                augment: false,
                filters: &[16],
                dense_units: 128,
                sides: &["28"],
                optimizers: ADAM_FIRST,
                learning_rate: 0.001,
                batch_size: 32,
                epochs: 20,
                stop_at_accuracy: 0.998,
                train_size: (100, 60_000, 10_000),
            },
            Task::HorseOrHuman => Self {
                augment: false,
                filters: &[16, 32, 64, 64, 64],
                dense_units: 512,
                // The document has 300: hours on a CPU. At 128 the last maps still have something to show.
                sides: &["128", "94", "64", "150", "300"],
                optimizers: RMSPROP_FIRST,
                learning_rate: 0.001,
                batch_size: 128,
                epochs: 15,
                stop_at_accuracy: 1.0,
                train_size: (20, 2_000, 1_024),
            },
            Task::HappyOrSad => Self {
                augment: false,
                filters: &[32, 64, 64],
                dense_units: 512,
                // The document has 300 here too: 40 million parameters.
                sides: &["150", "94", "64"],
                optimizers: RMSPROP_FIRST,
                learning_rate: 0.001,
                batch_size: 16,
                epochs: 15,
                stop_at_accuracy: 0.999,
                train_size: (20, 400, 80),
            },
        }
    }

    /// The defaults for a set with `train` pictures to train on, in place of those of the task.
    pub(super) fn of_own(task: Task, train: usize) -> Self {
        let usual = Self::of(task);
        let train_size = (2, train.max(2) as i64, train.max(2) as i64);
        // A handful of pictures in one minibatch would make a step an epoch.
        let batch_size = (train / 8).next_power_of_two().clamp(8, usual.batch_size as usize);
        if train >= MANY {
            return Self { augment: true, batch_size: batch_size as i64, train_size, ..usual };
        }
        let batch_size = batch_size.min(16);
        let steps_of_epoch = train.div_ceil(batch_size).max(1);
        Self {
            augment: true,
            filters: &[16, 32, 32],
            dense_units: 64,
            sides: match task {
                Task::HappyOrSad => &["64", "94", "150"],
                _ => &["64", "94", "128", "150", "300"],
            },
            optimizers: ADAM_FIRST,
            learning_rate: 0.002,
            batch_size: batch_size as i64,
            epochs: STEPS.div_ceil(steps_of_epoch).clamp(15, 100) as i64,
            // Augmented pictures are never all known by heart, and what is known by heart says nothing of others.
            stop_at_accuracy: 1.0,
            train_size,
        }
    }

    /// The values that are others for pictures of the reader's own.
    pub(super) fn values(&self) -> Map<String, Value> {
        let values = json!({
            "image_size": self.sides[0],
            "augment": if self.augment { "on" } else { "off" },
            "filters": self.filters,
            "dense_units": self.dense_units,
            "optimizer": self.optimizers[0],
            "learning_rate": self.learning_rate,
            "batch_size": self.batch_size,
            "epochs": self.epochs,
            "stop_at_accuracy": self.stop_at_accuracy,
        });
        values.as_object().cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Side, size of minibatches and epochs for a number of pictures.
    fn fitted(train: usize) -> (&'static str, i64, i64) {
        let usual = Usual::of_own(Task::HorseOrHuman, train);
        assert!(usual.augment, "{train} pictures");
        assert_eq!(usual.train_size.2, train as i64);
        (usual.sides[0], usual.batch_size, usual.epochs)
    }

    #[test]
    fn few_pictures_make_small_minibatches_small_pictures_and_many_epochs() {
        assert_eq!(fitted(8), ("64", 8, 100));
        assert_eq!(fitted(30), ("64", 8, 100));
        assert_eq!(fitted(80), ("64", 16, 80));
        assert_eq!(fitted(400), ("64", 16, 16));
    }

    #[test]
    fn many_pictures_are_learned_from_as_the_document_does() {
        assert_eq!(fitted(2_000), ("128", 128, 15));
        assert_eq!(Usual::of_own(Task::HappyOrSad, 1_000).sides[0], "150");
    }

    #[test]
    fn a_run_on_fewer_pictures_than_the_documents_has_about_as_many_steps_whatever_their_number() {
        for train in [40, 80, 150, 400] {
            let usual = Usual::of_own(Task::HorseOrHuman, train);
            let steps = train.div_ceil(usual.batch_size as usize) * usual.epochs as usize;
            assert!((400..800).contains(&steps), "{train} pictures: {steps} steps");
        }
    }
}
