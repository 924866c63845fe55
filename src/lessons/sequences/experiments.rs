//! The experiments of the lesson: those that the document reports, on one split, and what it asks itself.

use super::settings::{Model, SequencesSettings};
use crate::controls::Control;
use crate::lessons::experiment::{
    Choice, Experiment, ExperimentGoal, GoalCondition, Keep, Measure, MeasureSource, Values, Variant,
};
use serde_json::{Value, json};

/// Figures of the test places; the first is the headline.
const FIGURES: [&str; 6] = ["mrr@20", "hr@20", "ndcg@20", "mrr@5", "hr@5", "ndcg@5"];
/// Settings of the data, which all experiments keep.
const DATA: [&str; 6] =
    ["dataset", "users", "order_strength", "image_strength", "text_strength", "max_history"];
/// Shares of items without a modality.
const MISSING: [f64; 6] = [0.0, 0.1, 0.3, 0.5, 0.7, 0.9];

/// The experiments that the declared settings allow.
pub fn experiments(_: &SequencesSettings, controls: &[Control]) -> Vec<Experiment> {
    let of = |id, variants, seconds| experiment(id, variants, seconds);
    [
        of("models", models(), 4_000.0),
        of("missing", missing(), 6_000.0),
        of("aggregators", aggregators(), 2_500.0),
        of("orders", orders(), 2_000.0),
        of("codes", codes(), 3_500.0),
        of("pooling", one_by_one("pooling", &["last", "mean"]), 800.0),
        of("node_info", one_by_one("node_info", &["both", "position", "type", "none"]), 1_500.0),
        Experiment {
            goal: Some(ExperimentGoal { id: "scaled_dot_product", condition: GoalCondition::Answered }),
            seeds: 3,
            seed_counts: vec![3, 1, 5],
            ..of("scaling", one_by_one("score_scale", &["none", "root"]), 500.0)
        },
    ]
    .into_iter()
    .filter_map(|experiment| experiment.with(controls))
    .collect()
}

fn experiment(id: &'static str, variants: Vec<Variant>, seconds: f64) -> Experiment {
    let measure =
        |metric: &'static str| Measure::new(metric, MeasureSource::Figure { split: "test", metric });
    Experiment {
        id,
        seeds: 5,
        seed_counts: vec![5, 1],
        choice: None::<Choice>,
        variants,
        keep: Keep::Only { names: DATA.into_iter().chain(["dim", "epochs"]).collect() },
        measures: FIGURES.map(measure).to_vec(),
        selection: None,
        goal: None,
        curves: None,
        seconds,
    }
}

fn values<const N: usize>(of: [(&str, Value); N]) -> Values {
    of.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

/// Every model.
fn models() -> Vec<Variant> {
    let variant = |(id, _): (&'static str, Model)| Variant::new(id, values([("model", json!(id))]));
    Model::ALL.into_iter().filter(|(_, model)| !is_aggregator(*model)).map(variant).collect()
}

/// Layers that are compared with HAN-GNN alone.
fn is_aggregator(model: Model) -> bool {
    matches!(model, Model::GcnPlain | Model::Rgat | Model::KeyValue)
}

/// What nodes hear their neighbours by.
fn aggregators() -> Vec<Variant> {
    ["gcn", "gcn_plain", "gat", "rgat", "key_value", "concat", "mmsr"]
        .map(|id| Variant::new(id, values([("model", json!(id))])))
        .to_vec()
}

/// Both orders, the gate, and what else of HAN-GNN can be switched.
fn orders() -> Vec<Variant> {
    vec![
        Variant::new("gate", values([("order", json!("gate"))])),
        Variant::new("ho_he", values([("order", json!("ho_he"))])),
        Variant::new("he_ho", values([("order", json!("he_ho"))])),
        Variant::new("invasive", values([("invasive", json!("on"))])),
        Variant::new("code", values([("mode", json!("code"))])),
    ]
}

/// Codes against features, and how many clusters and codes.
fn codes() -> Vec<Variant> {
    let codes = |id, clusters: u32, codes: u32| {
        Variant::new(id, values([("clusters", json!(clusters)), ("codes_per_item", json!(codes))]))
    };
    vec![
        Variant::new("features", values([("modality", json!("features"))])),
        codes("c5_k1", 5, 1),
        codes("c20_k1", 20, 1),
        codes("c20_k3", 20, 3),
        codes("c60_k1", 60, 1),
        codes("c60_k3", 60, 3),
        codes("c150_k1", 150, 1),
    ]
}

/// Models with pictures and words where some of them are missing.
fn missing() -> Vec<Variant> {
    const IDS: [[&str; 6]; 4] = [
        ["mmsr_0", "mmsr_10", "mmsr_30", "mmsr_50", "mmsr_70", "mmsr_90"],
        ["early_0", "early_10", "early_30", "early_50", "early_70", "early_90"],
        ["late_0", "late_10", "late_30", "late_50", "late_70", "late_90"],
        ["gcn_0", "gcn_10", "gcn_30", "gcn_50", "gcn_70", "gcn_90"],
    ];
    let of = |(model, ids): (&'static str, [&'static str; 6])| {
        ids.into_iter().zip(MISSING).map(move |(id, missing)| {
            Variant::new(id, values([("model", json!(model)), ("missing", json!(missing))]))
        })
    };
    let mut variants: Vec<Variant> =
        ["mmsr", "early", "late", "gcn"].into_iter().zip(IDS).flat_map(of).collect();
    variants.push(Variant::new("id_only", values([("model", json!("id_only"))])));
    variants
}

fn one_by_one(setting: &str, options: &[&'static str]) -> Vec<Variant> {
    options.iter().map(|option| Variant::new(option, values([(setting, json!(option))]))).collect()
}
