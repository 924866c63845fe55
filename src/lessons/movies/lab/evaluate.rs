//! What the public contract calls `evaluate`: errors of stars, and how good the lists are.

use super::classic::judged;
use super::run::{MoviesRun, Trained};
use crate::classic::recommend::judge;
use crate::classic::recommend::recovery::recovery;
use crate::data::ratings::Interactions;
use crate::error::LabError;
use crate::ranking::protocol::LENGTHS;
use crate::ranking::{Protocol, RankingFigures};
use serde_json::{Map, Value, json};
use std::rc::Rc;

/// Figures of a split: `rmse` and `mae` in stars where the model gives stars, of all rows; beside `train`, hit rate,
/// recall, precision, NDCG and MRR at 5, 10 and 20 by full ranking over the films of the training part
/// ([`Protocol`]), and what the lists of ten show; of a made world, how much of its tastes was found ([`recovery`]).
///
/// # Errors
/// `unknown_split`, `not_trained`, `device_lost`.
pub async fn evaluate(run: &mut MoviesRun, split: &str) -> Result<Map<String, Value>, LabError> {
    let has_valid = !run.rows.valid.is_empty();
    let rows: Vec<u32> = match split {
        "train" => run.rows.fit.to_vec(),
        "valid" if has_valid => run.rows.valid.clone(),
        "test" => run.rows.test.clone(),
        other if has_valid => return Err(LabError::unknown_split(other, &["train", "valid", "test"])),
        other => return Err(LabError::unknown_split(other, &["train", "test"])),
    };
    let model = run.recommender().await?;
    let mut figures = Map::new();
    let (pairs, given) = judged(&run.ratings, &rows);
    if let Some(errors) = judge::star_errors(&*model, &run.rows.learned, &pairs, &given) {
        figures.insert("rmse".into(), json!(errors.rmse()));
        figures.insert("mae".into(), json!(errors.mae()));
    }
    figures.insert("rows".into(), json!(rows.len()));
    if split == "train" {
        return Ok(figures);
    }
    // Films that a run was judged by are as seen as those it learned from, unless they are what is to be found.
    let seen: &Rc<Interactions> = if split == "valid" { &run.rows.learned } else { &run.rows.seen };
    let protocol = Protocol::new(&run.ratings, seen, &rows);
    let totals = judge::ranking(&*model, &run.rows.learned, seen, &protocol);
    for k in LENGTHS {
        for (name, value) in totals.at(k).iter().flat_map(RankingFigures::named) {
            figures.insert(format!("{name}@{k}"), json!(value));
        }
    }
    let exposure = totals.exposure();
    figures.insert("users".into(), json!(totals.users()));
    figures.insert("unrankable".into(), json!(protocol.unrankable));
    figures.insert("films_shown".into(), json!(exposure.films_shown()));
    figures.insert("gini".into(), json!(exposure.gini(|film| protocol.ranked[film])));
    figures.insert("mean_popularity".into(), json!(exposure.mean_popularity()));
    if let Trained::Ranking(stages) = &run.model {
        figures.insert("mispredicted_time".into(), json!(stages.mispredicted(&rows).await?));
    }
    if let Some(truth) = &run.truth {
        let found = recovery(&*model, &run.rows.learned, truth);
        figures.insert("taste_found".into(), json!(found.taste));
        figures.insert("truth_rmse".into(), json!(found.rmse));
    }
    Ok(figures)
}
