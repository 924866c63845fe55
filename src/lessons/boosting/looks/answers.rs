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
    /// Where the AUC of ever more rows of this kind may lie, with 95 %, by the method of DeLong, DeLong and
    /// Clarke-Pearson (1988); null where a class has less than two rows.
    auc_interval: Option<[f64; 2]>,
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
    let auc_interval = delong(&groups, positives, negatives);
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
    let scores = model.judged_scores(&table);
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
        auc_interval,
        average_precision: measure(Metric::AveragePrecision),
        empty: positives == 0.0 || negatives == 0.0,
        roc: curve(&|found, wrong| [share(wrong, negatives), share(found, positives)]),
        precision_recall,
        lift: curve(&|found, wrong| [share(found + wrong, rows), share(found, positives)]),
        thresholds: thresholds.collect(),
        calibration: calibration(&answers, &labels),
    })
}

/// The interval of 95 % around an AUC. Of each positive row the share of negative rows below it is taken, of each
/// negative row the share of positive rows above it; the variances of both are those of the AUC.
fn delong(groups: &[(f64, f64, f64)], positives: f64, negatives: f64) -> Option<[f64; 2]> {
    /// Standard errors to each side.
    const WIDTH: f64 = 1.959_963_984_540_054;
    if positives < 2.0 || negatives < 2.0 {
        return None;
    }
    let (mut found, mut wrong) = (0.0, 0.0);
    let shares: Vec<[f64; 4]> = groups
        .iter()
        .map(|(_, positive, negative)| {
            let below = (negatives - wrong - negative / 2.0) / negatives;
            let above = (found + positive / 2.0) / positives;
            found += positive;
            wrong += negative;
            [*positive, below, *negative, above]
        })
        .collect();
    let auc = shares.iter().map(|[positive, below, ..]| positive * below).sum::<f64>() / positives;
    let (mut of_positives, mut of_negatives) = (0.0, 0.0);
    for [positive, below, negative, above] in shares {
        of_positives += positive * (below - auc).powi(2);
        of_negatives += negative * (above - auc).powi(2);
    }
    let variance =
        of_positives / (positives - 1.0) / positives + of_negatives / (negatives - 1.0) / negatives;
    let half = WIDTH * variance.sqrt();
    Some([(auc - half).max(0.0), (auc + half).min(1.0)])
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

#[cfg(test)]
mod tests {
    use super::*;
    use gbdt::Link;

    /// Worked out by hand from the definition.
    #[test]
    fn an_interval_around_an_auc_is_delong_s() {
        let scores = [0.9, 0.8, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];
        let labels = [1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0];
        let groups = descending_groups(&scores, &labels, None);
        let [low, high] = delong(&groups, 5.0, 5.0).unwrap();
        // Shares of the positive rows: 1, .9, .8, .6, .2; of the negative ones: .3, .6, .8, .8, 1.
        assert!(((low + high) / 2.0 - 0.7).abs() < 1e-12 || high == 1.0, "{low} {high}");
        let variance: f64 =
            (0.09 + 0.04 + 0.01 + 0.01 + 0.25) / 20.0 + (0.16 + 0.01 + 0.01 + 0.01 + 0.09) / 20.0;
        assert!((low - (0.7 - 1.959_963_984_540_054 * variance.sqrt())).abs() < 1e-12, "{low}");
        assert_eq!(high, (0.7 + 1.959_963_984_540_054 * variance.sqrt()).min(1.0));
        assert_eq!(delong(&groups, 1.0, 5.0), None);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..Default::default() })]

        /// Around the AUC itself, within 0 and 1, and the other way round for negated scores.
        #[test]
        fn an_interval_holds_its_auc(rows in proptest::collection::vec((-4_i32..5, 0_u8..2), 4..80)) {
            let labels: Vec<f32> = rows.iter().map(|row| f32::from(row.1)).collect();
            let positives = labels.iter().map(|label| f64::from(*label)).sum::<f64>();
            let negatives = rows.len() as f64 - positives;
            let link = Link { objective: gbdt::Objective::Binary, sigmoid: 1.0, alpha: 0.9 };
            let told = |sign: f64| {
                let scores: Vec<f64> = rows.iter().map(|row| sign * f64::from(row.0)).collect();
                let groups = descending_groups(&scores, &labels, None);
                (Metric::Auc.measure(link, &scores, &labels, None), delong(&groups, positives, negatives))
            };
            let ((auc, interval), (_, negated)) = (told(1.0), told(-1.0));
            let Some([low, high]) = interval else {
                proptest::prop_assert!(positives < 2.0 || negatives < 2.0);
                return Ok(());
            };
            proptest::prop_assert!(0.0 <= low && low <= auc + 1e-12 && auc <= high + 1e-12 && high <= 1.0);
            let [other_low, other_high] = negated.unwrap();
            proptest::prop_assert!((low + other_high - 1.0).abs() < 1e-9 && (high + other_low - 1.0).abs() < 1e-9);
        }
    }
}
