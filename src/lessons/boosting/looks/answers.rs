//! How good the answers are, seen from all sides: ROC, precision and recall, calibration, lift, thresholds.

use crate::error::LabError;
use crate::lessons::boosting::lab::run::BoostingRun;
use crate::lessons::run::maybe::MaybeNan;
use gbdt::Metric;
use gbdt::metric::descending_groups;
use gbdt::number::ascending;
use serde::{Deserialize, Serialize};

/// Points of a curve that are shown at most: more than a chart can tell apart.
const MOST_POINTS: usize = 200;
/// Groups of equal size in which answers are compared with labels.
const GROUPS: usize = 10;

/// Which rows are judged.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct AnswersOptions {
    #[cfg_attr(test, ts(type = "'train' | 'valid' | 'test'", optional))]
    split: String,
}

impl Default for AnswersOptions {
    fn default() -> Self {
        Self { split: "valid".into() }
    }
}

/// Curves over all thresholds.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AnswerCurves {
    split: String,
    rows: usize,
    /// Rows of the class that is looked for.
    positives: f64,
    auc: MaybeNan<f64>,
    average_precision: MaybeNan<f64>,
    /// Whether a class is absent: LightGBM answers 1 then, and nothing was measured.
    empty: bool,
    /// False positive rate and recall.
    roc: Vec<[f64; 2]>,
    /// Recall and precision.
    precision_recall: Vec<[f64; 2]>,
    /// Share of the rows chosen and recall.
    lift: Vec<[f64; 2]>,
    thresholds: Vec<ThresholdCounts>,
    calibration: Vec<CalibrationGroup>,
}

/// Rows by what is predicted at a threshold and what is true.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct ThresholdCounts {
    threshold: f64,
    true_positives: f64,
    false_positives: f64,
    false_negatives: f64,
    true_negatives: f64,
}

/// A group of rows with similar answers: the mean answer, and the share of positives.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct CalibrationGroup {
    answer: f64,
    share: f64,
    rows: usize,
}

/// The curves of a split.
///
/// # Errors
/// `unknown_split`, `bad_input` where the label is not one of two classes.
pub fn answers(
    run: &BoostingRun,
    AnswersOptions { split }: AnswersOptions,
) -> Result<AnswerCurves, LabError> {
    run.needs_two_classes()?;
    let (table, labels) = run.split(&split)?;
    let model = run.model();
    let answers = model.answers(&table);
    let groups = descending_groups(&answers, &labels, None);
    let (rows, positives) = (labels.len() as f64, labels.iter().filter(|label| **label > 0.0).count() as f64);
    let negatives = rows - positives;
    let (mut found, mut wrong) = (0.0, 0.0);
    let mut places = vec![(f64::INFINITY, 0.0, 0.0)];
    for (threshold, positive, negative) in groups {
        found += positive;
        wrong += negative;
        places.push((threshold, found, wrong));
    }
    let step = places.len().div_ceil(MOST_POINTS).max(1);
    let last = places.len() - 1;
    let shown: Vec<(f64, f64, f64)> = places
        .into_iter()
        .enumerate()
        .filter(|(index, _)| index % step == 0 || *index == last)
        .map(|(_, place)| place)
        .collect();
    let share = |some: f64, all: f64| if all > 0.0 { some / all } else { 0.0 };
    let scores = model.raw_scores(&table);
    let link = run.link(&model);
    let measure = |metric: Metric| MaybeNan(metric.measure(link, &scores, &labels, None));
    let curve = |point: &dyn Fn(f64, f64) -> [f64; 2]| -> Vec<[f64; 2]> {
        shown.iter().map(|(_, found, wrong)| point(*found, *wrong)).collect()
    };
    // Where nothing is chosen yet there is no precision.
    let mut precision_recall = curve(&|found, wrong| [share(found, positives), share(found, found + wrong)]);
    precision_recall.remove(0);
    let thresholds = shown.iter().skip(1).map(|(threshold, found, wrong)| ThresholdCounts {
        threshold: *threshold,
        true_positives: *found,
        false_positives: *wrong,
        false_negatives: positives - found,
        true_negatives: negatives - wrong,
    });
    Ok(AnswerCurves {
        split,
        rows: labels.len(),
        positives,
        auc: measure(Metric::Auc),
        average_precision: measure(Metric::AveragePrecision),
        empty: positives == 0.0 || negatives == 0.0,
        roc: curve(&|found, wrong| [share(wrong, negatives), share(found, positives)]),
        precision_recall,
        lift: curve(&|found, wrong| [share(found + wrong, rows), share(found, positives)]),
        thresholds: thresholds.collect(),
        calibration: calibration(&answers, &labels),
    })
}

fn calibration(answers: &[f64], labels: &[f32]) -> Vec<CalibrationGroup> {
    let order: Vec<usize> = ascending(answers).into_iter().map(|row| row as usize).collect();
    let group = |index: usize| {
        let rows = &order[index * order.len() / GROUPS..(index + 1) * order.len() / GROUPS];
        let count = rows.len().max(1) as f64;
        let mean = rows.iter().map(|row| answers[*row]).sum::<f64>() / count;
        let bought = rows.iter().filter(|row| labels[**row] > 0.0).count() as f64;
        CalibrationGroup { answer: mean, share: bought / count, rows: rows.len() }
    };
    (0..GROUPS).map(group).collect()
}
