//! The lesson's goals, judged by the run itself.

use super::run::MoviesRun;
use crate::progress::GoalStatus;

/// Which goals this run has reached.
pub(super) fn goals(_run: &MoviesRun) -> Vec<GoalStatus> {
    Vec::new()
}
