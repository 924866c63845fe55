//! The lesson's goals, judged by the run itself or by an experiment.

use super::run::BoostingRun;
use crate::lessons::boosting::dataset::Dataset;
use crate::lessons::boosting::settings::StoppingRows;
use crate::lessons::run::refit::Steps;
use crate::progress::GoalStatus;

/// Mean test AUC of the defaults without the leaking column over the splits of seeds 1 to 20, .7299, rounded: what has
/// to be beaten (`tests/boosting/lab.rs` measures it).
const USUAL_AUC: f64 = 0.73;
/// The column that is known only after the call.
const LEAK: &str = "duration";
/// Leaves of the small model.
const SMALL: usize = 8;

/// Which goals this run has reached. The test rows are read once, when a run is over.
pub(super) fn goals(run: &BoostingRun) -> Vec<GoalStatus> {
    let settings = &run.settings;
    if settings.dataset != Dataset::Bank {
        return Vec::new();
    }
    let over = run.training.loaded.is_none() && run.training.finished();
    let auc = over.then(|| run.figures("test").ok()).flatten().and_then(|figures| figures["auc"].as_f64());
    let honest = settings.early_stopping_on == StoppingRows::Valid;
    let without_leak = settings.drop_columns.iter().any(|name| name == LEAK);
    let goal = |id: &str, value: Option<f64>, passed: bool| GoalStatus { id: id.into(), passed, value };
    let fair = auc.filter(|_| without_leak && honest);
    // Found when it is left out, and nothing else that could have been meant.
    let found = without_leak && settings.drop_columns.len() == 1;
    let small = fair.filter(|_| settings.num_leaves <= SMALL);
    vec![
        goal("boosting_auc", fair, fair.is_some_and(|auc| auc > USUAL_AUC)),
        goal("boosting_leak", None, over && found),
        goal("boosting_small", small, small.is_some_and(|auc| auc >= USUAL_AUC)),
    ]
}
