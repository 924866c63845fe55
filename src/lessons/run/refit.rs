//! A run that is put away as the number of its steps and taken up by making them again.

use crate::error::LabError;
use crate::history::Track;
use crate::progress::{Budget, Progress};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use std::ops::Deref;
use web_time::Instant;

/// A fit step by step that repeats to the bit, and is quick enough to be repeated.
pub trait Steps {
    /// Names of the recorded metrics.
    fn metrics(&self) -> Vec<&'static str>;

    /// Steps made so far.
    fn made(&self) -> u64;

    /// Whether there is no step left to make.
    fn finished(&self) -> bool;

    /// Steps of the whole run, or as many as it has at most where it ends by itself.
    fn most_steps(&self) -> u64;

    /// Makes the next step. Returns one value for each metric, or nothing where this step records none.
    fn step(&mut self) -> Option<Vec<f64>>;
}

/// A run of steps within budgets: what it recorded, how far it has come, and its checkpoints. It can be asked whatever
/// the steps themselves can be asked.
pub struct Refit<T> {
    steps: T,
    track: Track,
    milliseconds: f64,
}

/// What a checkpoint says.
#[derive(Serialize, Deserialize)]
struct Note {
    step: u64,
}

impl<T> Deref for Refit<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.steps
    }
}

impl<T: Steps> Refit<T> {
    /// A run of steps of which none has been made.
    pub fn new(steps: T) -> Self {
        Self { track: Track::new(&steps.metrics()), steps, milliseconds: 0.0 }
    }

    /// Goes on until the budget is used or the run has ended.
    pub fn train(&mut self, budget: Budget) -> Progress {
        let begin = Instant::now();
        let spent = || begin.elapsed().as_secs_f64() * 1000.0;
        let mut tried = 0;
        while tried < budget.steps && !self.steps.finished() && (tried == 0 || spent() < budget.milliseconds)
        {
            self.one_step();
            tried += 1;
        }
        self.milliseconds += spent();
        self.progress()
    }

    fn one_step(&mut self) {
        // Steps are counted from 0: this is the number of the one that is made now.
        let step = self.steps.made();
        if let Some(values) = self.steps.step() {
            self.track.push(step, step, &values);
        }
    }

    /// How far the run has come; every step is an epoch.
    pub fn progress(&self) -> Progress {
        let mut metrics = Map::new();
        if let Some((_, values)) = self.track.last() {
            metrics.extend(self.track.metrics.iter().zip(values).map(|(m, v)| (m.to_string(), json!(v))));
        }
        let (step, finished) = (self.steps.made(), self.steps.finished());
        let total = if finished { step } else { self.steps.most_steps().max(step + 1) };
        Progress {
            step,
            total_steps: total,
            epoch: step,
            total_epochs: total,
            metrics,
            finished,
            diverged: false,
        }
    }

    /// What was recorded.
    pub fn track(&self) -> &Track {
        &self.track
    }

    /// Milliseconds that training has taken.
    pub fn milliseconds(&self) -> f64 {
        self.milliseconds
    }

    /// What is to be put away: a note in JSON.
    pub fn checkpoint(&self) -> String {
        json!(Note { step: self.steps.made() }).to_string()
    }

    /// Goes to a checkpoint of a run with the same settings. `anew` makes steps of which none has been made.
    ///
    /// # Errors
    /// `bad_checkpoint`, and what `anew` answers; the run is then as it was.
    pub fn restore(&mut self, note: &str, anew: impl Fn() -> Result<T, LabError>) -> Result<(), LabError> {
        let Note { step } = serde_json::from_str(note)
            .map_err(|_| LabError::bad_checkpoint("it does not say its step".into()))?;
        self.go_to(step, anew)
    }

    /// Goes to the state after `step` steps: forwards it makes those that are missing, backwards all of them. `anew`
    /// makes steps of which none has been made.
    ///
    /// # Errors
    /// `bad_checkpoint` when the run ends before, and what `anew` answers; the run is then as it was.
    pub fn go_to(&mut self, step: u64, anew: impl Fn() -> Result<T, LabError>) -> Result<(), LabError> {
        let before = self.steps.made();
        let most = if self.steps.finished() { before } else { self.steps.most_steps().max(before) };
        let too_far = |steps: u64| {
            LabError::bad_checkpoint(format!("it stands at step {step}; the run has {steps} steps"))
        };
        if step > most {
            return Err(too_far(most));
        }
        if step < before {
            *self = Self::new(anew()?);
        }
        self.make_up_to(step);
        let made = self.steps.made();
        if made == step {
            return Ok(());
        }
        // The run ends by itself before that.
        *self = Self::new(anew()?);
        self.make_up_to(before);
        Err(too_far(made))
    }

    fn make_up_to(&mut self, step: u64) {
        while self.steps.made() < step && !self.steps.finished() {
            self.one_step();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Halves a number until it is odd, which takes an unknown number of steps; even steps are recorded.
    struct Halving {
        number: u64,
        made: u64,
        finished: bool,
    }

    impl Halving {
        fn of(number: u64) -> Self {
            Self { number, made: 0, finished: false }
        }
    }

    impl Steps for Halving {
        fn metrics(&self) -> Vec<&'static str> {
            vec!["number", "rest"]
        }

        fn made(&self) -> u64 {
            self.made
        }

        fn finished(&self) -> bool {
            self.finished
        }

        fn most_steps(&self) -> u64 {
            64
        }

        fn step(&mut self) -> Option<Vec<f64>> {
            if self.number % 2 == 1 {
                // It turns out only now that there is nothing left: this is no step.
                self.finished = true;
                return None;
            }
            self.number /= 2;
            self.made += 1;
            (self.made % 2 == 1).then(|| vec![self.number as f64, (self.number % 2) as f64])
        }
    }

    /// 160 is 5 after five steps.
    fn run(steps: u64) -> Refit<Halving> {
        let mut run = Refit::new(Halving::of(160));
        run.train(Budget::steps(steps));
        run
    }

    fn anew() -> Result<Halving, LabError> {
        Ok(Halving::of(160))
    }

    #[test]
    fn it_makes_no_more_steps_than_the_budget_has_and_ends_by_itself() {
        let mut run = run(3);
        let progress = run.progress();
        assert_eq!((progress.step, progress.total_steps, progress.finished), (3, 64, false));
        assert_eq!(progress.metrics["number"], 20.0);
        let progress = run.train(Budget { steps: 9, milliseconds: 0.0 });
        assert_eq!(progress.step, 4, "one step is made, however little time there is");
        let progress = run.train(Budget::steps(u64::MAX));
        assert_eq!((progress.step, progress.total_steps, progress.finished), (5, 5, true));
        assert_eq!(run.train(Budget::steps(7)).step, 5);
        assert_eq!(run.track().steps(), [0, 2, 4]);
        assert_eq!(
            (run.track().epochs(), run.track().values()),
            (&[0, 2, 4][..], &[80.0, 0.0, 20.0, 0.0, 5.0, 1.0][..])
        );
        assert_eq!(run.number, 5, "the steps can be asked");
    }

    #[test]
    fn a_checkpoint_is_taken_up_from_before_and_from_behind_it() {
        for step in [0, 2, 3, 5] {
            let note = run(step).checkpoint();
            for from in [0, 1, 3, 4, 6] {
                let mut other = run(from);
                other.restore(&note, anew).unwrap();
                assert_eq!((other.made, other.number), (step, 160 >> step));
                assert_eq!(other.track(), run(step).track(), "from {from} to {step}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_leaves_the_run_as_it_was() {
        for note in [
            r#"{"step":6}"#,
            r#"{"step":65}"#,
            r#"{"step":18446744073709551615}"#,
            "{}",
            r#"{"step":-1}"#,
            "",
        ] {
            for steps in [0, 2, 6] {
                let mut run = run(steps);
                let (progress, track) = (run.progress(), run.track().clone());
                assert_eq!(run.restore(note, anew).unwrap_err().code, "bad_checkpoint");
                assert_eq!((run.progress(), run.track()), (progress, &track), "{note} from {steps}");
            }
        }
        let mut run = run(3);
        let refused =
            run.restore(r#"{"step":1}"#, || Err(LabError::new("data_missing", "gone"))).unwrap_err();
        assert_eq!((refused.code.as_str(), run.made), ("data_missing", 3));
    }
}
