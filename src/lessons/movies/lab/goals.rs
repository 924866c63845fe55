//! The lesson's goals, judged by the run itself or by an experiment.

use super::run::MoviesRun;
use crate::classic::recommend::judge;
use crate::lessons::movies::dataset::Dataset;
use crate::lessons::movies::lab::classic::judged;
use crate::lessons::movies::settings::{Model, SplitName, ValidRows};
use crate::progress::GoalStatus;

/// Test RMSE of matrix factorisation with its defaults on the document's split of latest-small, in stars: the mean over the
/// seeds 1 to 5, from .8846 to .8867 (`tests/movies/lab.rs` measures it).
const FACTORISATION: f64 = 0.8852;

/// Which goals this run has reached. The test rows are read once, when a run is over.
pub(super) fn goals(run: &MoviesRun) -> Vec<GoalStatus> {
    if run.settings.dataset != Dataset::LatestSmall {
        return Vec::new();
    }
    let rmse = fusion_rmse(run);
    let compared = run.first_lists.as_deref().and_then(|lists| lists.so_far().result());
    vec![
        GoalStatus {
            id: "beat_mf".into(),
            passed: rmse.is_some_and(|rmse| rmse < FACTORISATION),
            value: rmse,
        },
        GoalStatus {
            id: "first_list".into(),
            passed: compared.is_some_and(|compared| compared.is_above()),
            value: compared.map(|compared| compared.model.ndcg - compared.popular.ndcg),
        },
        GoalStatus { id: "why_scale".into(), passed: false, value: None },
    ]
}

/// Test RMSE of a finished run of the fusion network that was judged fairly.
fn fusion_rmse(run: &MoviesRun) -> Option<f64> {
    let settings = &run.settings;
    let is_fair = settings.split == SplitName::Random && settings.valid != ValidRows::AsWritten;
    if settings.model != Model::Fusion || !is_fair || !run.is_finished() {
        return None;
    }
    let model = run.made_recommender()?;
    let (pairs, given) = judged(&run.ratings, &run.rows.test);
    judge::star_errors(&*model, &run.rows.learned, &pairs, &given)?.rmse()
}
