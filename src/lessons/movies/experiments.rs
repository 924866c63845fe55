//! The arena: all methods on one split and by one protocol.

use super::dataset::Dataset;
use super::settings::{Model, MoviesSettings};
use crate::controls::Control;
use crate::lessons::experiment::{Choice, Experiment, Keep, Measure, MeasureSource, Values, Variant};
use serde_json::json;

/// Figures of the lists, by length; the first is the headline.
const LISTS: [(&str, [&str; 4]); 3] = [
    ("at_10", ["ndcg@10", "hr@10", "recall@10", "mrr@10"]),
    ("at_5", ["ndcg@5", "hr@5", "recall@5", "mrr@5"]),
    ("at_20", ["ndcg@20", "hr@20", "recall@20", "mrr@20"]),
];
/// Figures of predicted stars, and of what is shown.
const OTHERS: [(&str, &[&str]); 2] =
    [("stars", &["rmse", "mae"]), ("exposure", &["films_shown", "gini", "mean_popularity"])];

/// The experiments that the declared settings allow.
pub fn experiments(settings: &MoviesSettings, controls: &[Control]) -> Vec<Experiment> {
    [arena(settings)].into_iter().filter_map(|experiment| experiment.with(controls)).collect()
}

/// Every method learns from all training ratings of the split and is judged by its test ratings.
fn arena(settings: &MoviesSettings) -> Experiment {
    // A made world is another one with each seed.
    let is_drawn = |model: Model| model.is_random() || settings.dataset == Dataset::Made;
    let variant = |(id, model): &(&'static str, Model)| Variant {
        id,
        settings: Values::from_iter([("model".into(), json!(id)), ("valid".into(), json!("none"))]),
        seeded: is_drawn(*model),
    };
    // Popularity is what the others are compared with.
    let (popular, others): (Vec<_>, Vec<_>) =
        Model::ALL.iter().partition(|(_, model)| *model == Model::Popular);
    let lists = LISTS.iter().map(|(group, metrics)| (*group, &metrics[..]));
    let measure = |group, metric: &&'static str| Measure {
        group: Some(group),
        ..Measure::new(metric, MeasureSource::Figure { split: "test", metric })
    };
    Experiment {
        id: "arena",
        seeds: 5,
        seed_counts: vec![1, 5],
        choice: Some(Choice {
            setting: "split",
            options: vec!["last_fifth", "random", "last_one", "one_date"],
        }),
        variants: popular.into_iter().chain(others).map(variant).collect(),
        keep: Keep::Only {
            names: vec![
                "dataset",
                "split",
                "users",
                "films",
                "tastes",
                "taste_strength",
                "noise",
                "density",
                "popularity_skew",
                "choosiness",
                "demographic_effect",
            ],
        },
        measures: lists
            .chain(OTHERS)
            .flat_map(|(group, metrics)| metrics.iter().map(move |metric| measure(group, metric)))
            .collect(),
        selection: None,
        goal: None,
        curves: None,
        seconds: 180.0,
    }
}
