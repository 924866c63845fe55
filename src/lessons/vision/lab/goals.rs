//! The exercises of the document, judged by the run itself.

use super::super::task::Task;
use crate::controls::Settings;
use crate::history::Track;
use crate::progress::GoalStatus;

/// The exercise asks for fewer than 20 epochs.
const MNIST_EPOCHS: u64 = 20;

/// Goals of a task by its recorded epochs: `accuracy` is the running training accuracy, `validation` loss and accuracy
/// on what is held out (or on what the document takes for it).
pub fn goals(settings: &Settings, accuracy: &Track, validation: &Track) -> Vec<GoalStatus> {
    let goal = |id: &str, value: Option<f64>, passed: bool| GoalStatus { id: id.into(), passed, value };
    let training = accuracy.column(0).reduce(f64::max);
    let held_out = validation.column(1).reduce(f64::max);
    match Task::of(settings) {
        Task::Filters => Vec::new(),
        Task::Mnist => {
            let layers = settings.counts("filters").len();
            let soon = accuracy.column(0).take(MNIST_EPOCHS as usize - 1).reduce(f64::max);
            let convolution = soon.filter(|_| layers == 1);
            let forward = held_out.filter(|_| layers == 0);
            vec![
                goal("mnist_998", convolution, convolution.is_some_and(|value| value > 0.998)),
                goal("mnist_feed_forward", forward, forward.is_some_and(|value| value >= 0.95)),
            ]
        }
        Task::HorseOrHuman => {
            let honest = held_out.filter(|_| settings.text("validation") == "held_out");
            vec![goal("horse_or_human", honest, honest.is_some_and(|value| value >= 0.9))]
        }
        Task::HappyOrSad => {
            vec![goal("happy_or_sad", training, training.is_some_and(|value| value > 0.999))]
        }
    }
}
