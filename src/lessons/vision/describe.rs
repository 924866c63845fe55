//! What the vision page shows, task by task.

use super::experiments::experiments;
use super::settings::VisionSettings;
use super::task::{HELD_OUT_FACES, HELD_OUT_FIGURES, SMALL_MNIST, Task};
use crate::controls::Settings;
use crate::data::pictures::own::PictureFolder;
use crate::error::LabError;
use crate::lessons::{ALL_PARTS, Accepts, Chart, Description, Material, Metric, PicturesDescription};
use std::rc::Rc;

const METRICS: [Metric; 4] = [
    Metric { name: "loss", chart: "loss", split: "train" },
    Metric { name: "validation_loss", chart: "loss", split: "dev" },
    Metric { name: "accuracy", chart: "accuracy", split: "train" },
    Metric { name: "validation_accuracy", chart: "accuracy", split: "dev" },
];

const CHARTS: [Chart; 2] = [
    Chart { id: "loss", scale: "linear", range: None },
    Chart { id: "accuracy", scale: "linear", range: Some([0.0, 1.0]) },
];

/// Parts of the lab of filters: nothing is trained there.
const FILTER_PARTS: [&str; 4] = ["story", "settings", "inside", "share"];

/// What can be looked at, in the order shown: a network, or filters by themselves.
pub const INSIDE: [&str; 3] = ["maps", "filters", "filter_bench"];

/// Metrics, charts, pictures and goals of a task.
///
/// # Errors
/// `picture_too_small` for a network that shrinks its pictures to nothing.
pub fn describe(settings: &Settings, material: &Material) -> Result<Description, LabError> {
    let settings = &settings.read::<VisionSettings>();
    let task = settings.task;
    let trains = task.trains();
    Ok(Description {
        id: "vision",
        tensors: trains,
        small: !trains,
        longest_step: 600,
        metrics: if trains { METRICS.to_vec() } else { Vec::new() },
        charts: if trains { CHARTS.to_vec() } else { Vec::new() },
        headlines: Vec::new(),
        splits: if trains { vec!["train", "test"] } else { Vec::new() },
        table: None,
        accepts: Accepts::Pictures.described().filter(|_| task.takes_own()),
        own: None,
        inside: INSIDE.into_iter().filter(|view| trains != (*view == "filter_bench")).collect(),
        goals: match task {
            Task::Filters => vec![],
            Task::Mnist => vec!["mnist_998", "mnist_feed_forward"],
            Task::HorseOrHuman => vec!["horse_or_human"],
            Task::HappyOrSad => vec!["happy_or_sad"],
        },
        experiments: experiments(task),
        formats: vec!["safetensors", "burnpack"],
        presets: match task {
            Task::Filters => Vec::new(),
            Task::HappyOrSad => vec!["quick", "document", "course"],
            _ => vec!["quick", "document"],
        },
        parts: parts(task),
        pictures: trains.then(|| pictures(settings, material)),
        pipelines: if trains { 57 } else { 0 },
        #[cfg(feature = "networks")]
        cost: match trains {
            true => Some(super::lab::cost::cost(settings, classes(settings, material).len())?),
            false => None,
        },
        #[cfg(not(feature = "networks"))]
        cost: None,
    })
}

/// Parts of the lab that a task fills.
fn parts(task: Task) -> Vec<&'static str> {
    match task {
        Task::Filters => FILTER_PARTS.to_vec(),
        _ if experiments(task).is_empty() => {
            ALL_PARTS.into_iter().filter(|part| *part != "experiments").collect()
        }
        _ => ALL_PARTS.to_vec(),
    }
}

/// Names of the classes: the digits themselves, keys under `classes`, or folders of the reader's.
pub(super) fn classes(settings: &VisionSettings, material: &Material) -> Vec<String> {
    if let Some(own) = own(settings, material) {
        return own.classes.clone();
    }
    let names: &[&str] = match settings.task {
        Task::Filters => &[],
        Task::Mnist => &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        Task::HorseOrHuman => &["horses", "humans"],
        Task::HappyOrSad => &["happy", "sad"],
    };
    names.iter().map(ToString::to_string).collect()
}

/// The reader's own pictures, where they are learned from.
fn own<'a>(settings: &VisionSettings, material: &'a Material) -> Option<&'a Rc<PictureFolder>> {
    material.pictures().filter(|_| settings.is_own())
}

fn pictures(settings: &VisionSettings, material: &Material) -> PicturesDescription {
    let task = settings.task;
    let own = own(settings, material);
    let train = settings.train_size;
    let (test, origin) = match task {
        _ if own.is_some() => (own.map_or(0, |own| own.test), "own"),
        Task::Mnist if train > SMALL_MNIST => (10_000, "mnist"),
        Task::Mnist | Task::Filters => (2_000, "mnist"),
        Task::HorseOrHuman => (HELD_OUT_FIGURES, "composed"),
        Task::HappyOrSad => (HELD_OUT_FACES, "faces"),
    };
    let side = settings.side;
    PicturesDescription {
        classes: classes(settings, material),
        height: side,
        width: side,
        channels: if task == Task::Mnist { 1 } else { 3 },
        train,
        test,
        drawing: task == Task::Mnist,
        upload: true,
        own_name: own.map(|own| own.name.clone()),
        origin,
    }
}
