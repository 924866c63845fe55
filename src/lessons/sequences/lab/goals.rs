//! The lesson's goals, judged by the run itself or by an experiment.

use super::run::SequencesRun;
use crate::lessons::sequences::settings::{Model, Signals};
use crate::progress::GoalStatus;

/// Which goals this run has reached.
pub(super) fn goals(run: &SequencesRun) -> Vec<GoalStatus> {
    let status = |id: &str, passed, value| GoalStatus { id: id.into(), passed, value };
    let lost = run.late_lost.filter(|_| run.settings.model == Model::Late);
    vec![
        status("find_hidden", run.settings.signals == Signals::OneSecret && run.guess == Some(true), None),
        status("late_loses", lost.is_some_and(|errors| errors > 2.0), lost),
        status("scaled_dot_product", false, None),
    ]
}
