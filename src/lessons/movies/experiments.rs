//! The arena: all methods on one split and by one protocol.

use super::settings::Model;
use crate::controls::Control;
use crate::lessons::experiment::{Experiment, Keep, Measure, MeasureSource, Values, Variant};
use serde_json::json;

/// The experiments that the declared settings allow.
pub fn experiments(controls: &[Control]) -> Vec<Experiment> {
    [arena()].into_iter().filter_map(|experiment| experiment.with(controls)).collect()
}

/// Every method learns from all training ratings of the split and is judged by its test ratings.
fn arena() -> Experiment {
    let variant = |(id, _): &(&'static str, Model)| Variant {
        id,
        settings: Values::from_iter([("model".into(), json!(id)), ("valid".into(), json!("none"))]),
    };
    Experiment {
        id: "arena",
        seeds: 5,
        // Candidates are compared with the other methods; ranking orders what they find.
        variants: Model::ALL.iter().filter(|(_, model)| *model != Model::Ranking).map(variant).collect(),
        keep: Keep::Only { names: vec!["dataset", "split"] },
        measures: [
            "ndcg@10",
            "hr@10",
            "recall@10",
            "mrr@10",
            "rmse",
            "mae",
            "films_shown",
            "gini",
            "mean_popularity",
        ]
        .map(|metric| Measure { id: metric, source: MeasureSource::Figure { split: "test", metric } })
        .to_vec(),
        selection: None,
        goal: None,
        curves: None,
        seconds: 360.0,
    }
}
