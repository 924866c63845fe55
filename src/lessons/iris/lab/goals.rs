//! The goals that a single run can reach.

use super::run::IrisRun;
use crate::progress::GoalStatus;

/// The goal `plateau`: the mean loss of an epoch that ends by this step is below this figure.
const PLATEAU_GOAL: (u64, f64) = (200, 0.9);

/// Which goals the run has reached.
pub fn goals(run: &IrisRun) -> Vec<GoalStatus> {
    let steps_per_epoch = run.split.train.len().div_ceil(run.settings.batch_size) as u64;
    let early = run.network().ok().and_then(|runner| {
        runner
            .epoch_losses()
            .zip(1u64..)
            .take_while(|(_, epoch)| epoch * steps_per_epoch <= PLATEAU_GOAL.0)
            .map(|(loss, _)| loss)
            .reduce(f64::min)
    });
    vec![GoalStatus {
        id: "plateau".into(),
        passed: early.is_some_and(|loss| loss < PLATEAU_GOAL.1),
        value: early,
    }]
}
