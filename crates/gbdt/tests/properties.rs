//! What holds for every metric and every model file, on drawn ones.

use gbdt::metric::descending_groups;
use gbdt::{Booster, Column, Dataset, Link, Metric, Objective, Parameters, Table, model_text};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Scores of a few values, so that many are equal, with labels of two classes and weights.
fn scored() -> impl Strategy<Value = Vec<(f64, f32, f32)>> {
    let score = prop_oneof![(-3_i32..4).prop_map(|step| f64::from(step) / 2.0), -30.0..30.0_f64];
    let weight = prop_oneof![Just(0.0_f32), Just(1.0), 0.01_f32..5.0];
    prop::collection::vec((score, (0_u8..2).prop_map(f32::from), weight), 1..60)
}

fn columns(rows: &[(f64, f32, f32)]) -> (Vec<f64>, Vec<f32>, Vec<f32>) {
    let scores = rows.iter().map(|row| row.0).collect();
    (scores, rows.iter().map(|row| row.1).collect(), rows.iter().map(|row| row.2).collect())
}

fn measured(
    metric: Metric,
    objective: Objective,
    scores: &[f64],
    labels: &[f32],
    weights: Option<&[f32]>,
) -> f64 {
    metric.measure(Link { objective, sigmoid: 1.0, alpha: 0.9 }, scores, labels, weights)
}

/// The weight of the pairs in which the positive row is above the negative one, ties by half, of all pairs.
fn counted(rows: &[(f64, f32, f32)]) -> Option<f64> {
    let (mut right, mut all) = (0.0, 0.0);
    for (score, _, weight) in rows.iter().filter(|row| row.1 > 0.0) {
        for (other, _, against) in rows.iter().filter(|row| row.1 == 0.0) {
            let pair = f64::from(*weight) * f64::from(*against);
            all += pair;
            right += pair
                * if score > other {
                    1.0
                } else if score == other {
                    0.5
                } else {
                    0.0
                };
        }
    }
    (all > 0.0).then(|| right / all)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn the_auc_is_the_share_of_pairs_in_order(rows in scored(), weighted: bool) {
        let (scores, labels, weights) = columns(&rows);
        let weights = weighted.then_some(&weights[..]);
        let one = |(score, label, weight): &(f64, f32, f32)| (*score, *label, if weighted { *weight } else { 1.0 });
        let auc = measured(Metric::Auc, Objective::Binary, &scores, &labels, weights);
        prop_assert!((0.0..=1.0).contains(&auc), "{auc}");
        let negated: Vec<f64> = scores.iter().map(|score| -score).collect();
        let other = measured(Metric::Auc, Objective::Binary, &negated, &labels, weights);
        match counted(&rows.iter().map(one).collect::<Vec<_>>()) {
            Some(share) => {
                prop_assert!((auc - share).abs() < 1e-9, "{auc} {share}");
                prop_assert!((auc + other - 1.0).abs() < 1e-9, "{auc} {other}");
            }
            // LightGBM's answer where there is nothing to compare.
            None => prop_assert_eq!((auc, other), (1.0, 1.0)),
        }
    }

    #[test]
    fn groups_of_equal_scores_hold_every_row_once_from_the_highest_down(rows in scored()) {
        let (scores, labels, weights) = columns(&rows);
        let groups = descending_groups(&scores, &labels, Some(&weights));
        prop_assert!(groups.windows(2).all(|pair| pair[0].0 > pair[1].0));
        for (score, positive, negative) in &groups {
            let sum = |label: f32| rows.iter().filter(|row| row.0 == *score && row.1 == label).map(|row| f64::from(row.2)).sum::<f64>();
            prop_assert!((sum(1.0) - positive).abs() < 1e-9 && (sum(0.0) - negative).abs() < 1e-9);
        }
    }

    #[test]
    fn losses_and_shares_stay_in_their_ranges(rows in scored()) {
        let (scores, labels, _) = columns(&rows);
        let of = |metric| measured(metric, Objective::Binary, &scores, &labels, None);
        let wrong = rows.iter().filter(|row| (row.0 > 0.0) != (row.1 > 0.0)).count();
        prop_assert_eq!(of(Metric::BinaryError), wrong as f64 / rows.len() as f64);
        prop_assert!((0.0..=1.0).contains(&of(Metric::AveragePrecision)));
        let loss = |(score, label, _): &(f64, f32, f32)| {
            let margin = if *label > 0.0 { -score } else { *score };
            margin.max(0.0) + (-margin.abs()).exp().ln_1p()
        };
        let mean = rows.iter().map(loss).sum::<f64>() / rows.len() as f64;
        let logloss = of(Metric::BinaryLogloss);
        prop_assert!(logloss >= 0.0 && (logloss - mean).abs() < 1e-2, "{logloss} {mean}");
        // A score the other way round for the other label is the same loss.
        let (flipped, other): (Vec<f64>, Vec<f32>) = rows.iter().map(|row| (-row.0, 1.0 - row.1)).unzip();
        let same = measured(Metric::BinaryLogloss, Objective::Binary, &flipped, &other, None);
        prop_assert!((same - logloss).abs() < 1e-2, "{same} {logloss}");
        for metric in [Metric::L1, Metric::L2, Metric::Rmse, Metric::Huber] {
            prop_assert!(measured(metric, Objective::Regression, &scores, &labels, None) >= 0.0);
        }
        let (l2, rmse) = (measured(Metric::L2, Objective::Regression, &scores, &labels, None), measured(Metric::Rmse, Objective::Regression, &scores, &labels, None));
        prop_assert!((rmse * rmse - l2).abs() <= 1e-9 * l2.max(1.0));
    }

    #[test]
    fn of_several_classes_an_error_is_a_row_whose_class_is_not_alone_at_the_top(
        rows in prop::collection::vec(([-3_i32..4, -3..4, -3..4], 0_u8..3), 1..40),
        ova: bool,
    ) {
        let labels: Vec<f32> = rows.iter().map(|row| f32::from(row.1)).collect();
        let scores: Vec<f64> = (0..3).flat_map(|class| rows.iter().map(move |row| f64::from(row.0[class]))).collect();
        let objective = if ova { Objective::MulticlassOva } else { Objective::Multiclass };
        let alone = |(scores, class): &&([i32; 3], u8)| {
            let class = usize::from(*class);
            (0..3).all(|other| other == class || scores[other] < scores[class])
        };
        let wrong = rows.len() - rows.iter().filter(alone).count();
        let error = measured(Metric::MultiError, objective, &scores, &labels, None);
        prop_assert_eq!(error, wrong as f64 / rows.len() as f64);
        prop_assert!(measured(Metric::MultiLogloss, objective, &scores, &labels, None) >= 0.0);
    }
}

/// A model of a drawn table, and the table.
fn model(numbers: &[(f64, u8, u8)], pairs: &[(&str, &str)]) -> (gbdt::Model, Table) {
    let parameters = Parameters::from_pairs(pairs.iter().copied()).unwrap();
    let table = Table::new(vec![
        Column::numeric("a number", numbers.iter().map(|row| row.0).collect()),
        Column::categorical("group", numbers.iter().map(|row| f64::from(row.1)).collect()),
    ])
    .unwrap();
    let labels = numbers.iter().map(|row| f32::from(row.2)).collect();
    let data = Dataset::new(&table, labels, None, &parameters).unwrap();
    let mut booster = Booster::new(data, parameters).unwrap();
    for _ in 0..3 {
        booster.train_one_round();
    }
    (booster.into_model(), table)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    /// What is written is read, is written the same again, and answers to the bit what it answered before.
    #[test]
    fn a_model_that_is_written_is_read_again(
        numbers in prop::collection::vec(
            (prop_oneof![Just(f64::NAN), -1e300..1e300_f64, -3.0..3.0_f64, Just(1e-36)], 0_u8..9, 0_u8..3),
            20..80,
        ),
        objective in prop::sample::select(vec!["regression", "multiclass", "poisson", "cross_entropy", "multiclassova"]),
        boosting in prop::sample::select(vec!["gbdt", "dart"]),
    ) {
        let most = if objective == "cross_entropy" { 1 } else { 2 };
        let numbers: Vec<_> = numbers.into_iter().map(|(a, b, c)| (a, b, c.min(most))).collect();
        prop_assume!(objective != "poisson" || numbers.iter().any(|row| row.2 > 0));
        let classes = if objective.starts_with("multi") { "3" } else { "1" };
        let pairs = [
            ("objective", objective), ("boosting", boosting), ("num_class", classes), ("min_data_in_leaf", "3"),
            ("num_leaves", "6"), ("min_data_per_group", "3"), ("cat_smooth", "1"), ("drop_rate", "0.5"),
        ];
        let (model, table) = model(&numbers, &pairs);
        let text = model_text::to_text(&model);
        let again = model_text::parse(&text).unwrap();
        prop_assert_eq!(model_text::to_text(&again), text);
        let bits = |values: Vec<f64>| values.into_iter().map(f64::to_bits).collect::<Vec<_>>();
        prop_assert_eq!(bits(again.answers(&table)), bits(model.answers(&table)));
        for (row, contributions) in model.contributions(&table).iter().enumerate() {
            for (class, part) in contributions.chunks(3).enumerate() {
                let score = model.raw_scores(&table)[class * table.rows() + row];
                prop_assert!((part.iter().sum::<f64>() - score).abs() < 1e-9 * score.abs().max(1.0));
            }
        }
    }

    /// Any text, and any line of a whole file changed for any other: refused with its line, or read.
    #[test]
    fn any_text_is_refused_or_read(text in any::<String>(), line in 0_usize..60, change in "[ -~]{0,30}|[-0-9. ]{0,40}") {
        let code = |text: &str| model_text::parse(text).map_or_else(|error| error.code, |_| "read");
        prop_assert_eq!(code(&text), "bad_model_file");
        let numbers: Vec<_> = (0..40).map(|row| (f64::from(row), (row % 5) as u8, u8::from(row > 20))).collect();
        let whole = model_text::to_text(&model(&numbers, &[("objective", "binary"), ("min_data_in_leaf", "3")]).0);
        let mut lines: Vec<&str> = whole.lines().collect();
        let place = line % lines.len();
        let value = lines[place].split_once('=').map_or_else(|| change.clone(), |(name, _)| format!("{name}={change}"));
        lines[place] = &value;
        prop_assert!(["bad_model_file", "linear_tree", "read"].contains(&code(&lines.join("\n"))));
    }
}
