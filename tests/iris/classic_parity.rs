//! Softmax regression and support vector machines on iris against scikit-learn (`tests/oracles/iris_classic.py`).

use emberbook::classic::rows::{LabelledRows, Rows};
use emberbook::classic::softmax_regression::{MOST_ITERATIONS, SoftmaxRegressionFit};
use emberbook::classic::svm::{Kernel, SupportVectorFit, SvmConfig, gamma_scale};
use emberbook::data::iris::iris;
use emberbook::data::scale::MinMax;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Fixture {
    softmax: Vec<SoftmaxCase>,
    svm: Vec<SvmCase>,
    gamma_scale: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct SoftmaxCase {
    features: String,
    name: String,
    c: f64,
    weights: Vec<Vec<f64>>,
    intercepts: Vec<f64>,
    objective: f64,
    mean_cross_entropy: f64,
    accuracy: f64,
    probes: Vec<Probe>,
}

#[derive(Deserialize)]
struct Probe {
    row: Vec<f64>,
    class: usize,
    probabilities: Vec<f64>,
    stopped_early: Vec<f64>,
}

#[derive(Deserialize)]
struct SvmCase {
    features: String,
    name: String,
    kernel: String,
    c: f64,
    gamma: Option<Gamma>,
    support: Vec<usize>,
    decisions: Vec<Vec<f64>>,
    predictions: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Gamma {
    Value(f64),
    Rule(String),
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../fixtures/iris_classic.json")).unwrap()
}

/// All 150 rows with the features a case is fitted on.
fn examples(features: &str) -> LabelledRows {
    let table = iris();
    let rows = match features {
        "scaled" => {
            let ranges = MinMax::of(&table.rows);
            table.rows.iter().map(|row| ranges.scale(row).into_iter().map(f64::from).collect()).collect()
        }
        "petal" => table.select(&["petal_length", "petal_width"]).rows,
        other => panic!("the oracle has no features called {other}"),
    };
    LabelledRows::new(Rows::of(&rows).unwrap(), table.labels, 3).unwrap()
}

fn largest_difference<'a>(
    found: impl IntoIterator<Item = &'a f64>,
    expected: impl IntoIterator<Item = &'a f64>,
) -> f64 {
    let mut expected = expected.into_iter();
    let worst = found
        .into_iter()
        .map(|found| (found - expected.next().expect("as many values as the oracle has")).abs())
        // Unlike `f64::max`, this lets no NaN pass.
        .fold(0.0, |worst: f64, difference| if difference <= worst { worst } else { difference });
    assert!(expected.next().is_none(), "as many values as the oracle has");
    worst
}

fn fit_softmax(case: &SoftmaxCase, examples: &LabelledRows) -> SoftmaxRegressionFit {
    let mut fit = SoftmaxRegressionFit::new(examples, case.c);
    while !fit.step() {}
    assert!(fit.iterations() < MOST_ITERATIONS, "{}: the minimum was not reached", case.name);
    fit
}

#[test]
fn softmax_regression_reaches_the_minimum_of_scikit_learn() {
    let cases = fixture().softmax;
    assert_eq!(cases.iter().map(|case| case.c).collect::<Vec<_>>(), [1.0, 500.0, 500.0]);
    for case in cases {
        let examples = examples(&case.features);
        let fit = fit_softmax(&case, &examples);
        let objective = (fit.objective() - case.objective).abs() / case.objective;
        let model = fit.model();
        // Absolute differences: the weights are of size 0.1 to 30, the intercepts of size 1 to 40.
        let weights = largest_difference(model.weights.iter().flatten(), case.weights.iter().flatten());
        let intercepts = largest_difference(&model.intercepts, &case.intercepts);
        println!(
            "{}: {} iterations; objective {objective:.1e} relative, weights {weights:.1e}, intercepts {intercepts:.1e}",
            case.name,
            fit.iterations()
        );
        assert!(objective < 1e-5, "{}: objective {objective:e}", case.name);
        let allowed = if case.c > 1.0 { 1e-3 } else { 1e-2 };
        assert!(weights < allowed && intercepts < allowed, "{}: {weights:e}, {intercepts:e}", case.name);
        let loss = (model.mean_cross_entropy(&examples) - case.mean_cross_entropy).abs();
        assert!(loss < 1e-5 * case.mean_cross_entropy, "{}: loss {loss:e}", case.name);
        let pairs = examples.rows().iter().zip(examples.labels());
        let right = pairs.filter(|(row, label)| model.predict(row) == **label as usize).count();
        assert_eq!(right as f64 / 150.0, case.accuracy, "{}", case.name);
    }
}

#[test]
fn the_document_s_flower_is_class_2_with_its_probabilities() {
    let case = fixture().softmax.pop().unwrap();
    assert_eq!(case.accuracy, 0.96);
    let fit = fit_softmax(&case, &examples(&case.features));
    let probe = &case.probes[0];
    assert_eq!((probe.row.as_slice(), probe.class), (&[5.0, 2.0][..], 2));
    assert_eq!(fit.model().predict(&probe.row), 2);
    let found = fit.model().probabilities(&probe.row);
    for (found, expected) in found.iter().zip(&probe.probabilities) {
        assert!((found - expected).abs() < 1e-3 * expected, "{found:e} instead of {expected:e}");
    }
    // The document's own figures come from an optimiser that stopped short of the minimum: a little apart.
    let document = [4.9e-12, 0.0126, 0.9874];
    assert!(largest_difference(&probe.stopped_early, &document) < 5e-5);
    assert!(largest_difference(&found, &document) < 1e-3);
}

#[test]
fn support_vector_machines_decide_as_scikit_learn_does() {
    let fixture = fixture();
    assert_eq!(fixture.svm.len(), 8);
    for case in fixture.svm {
        let examples = examples(&case.features);
        let kernel = match (case.kernel.as_str(), &case.gamma) {
            ("linear", None) => Kernel::Linear,
            ("rbf", Some(Gamma::Value(gamma))) => Kernel::Rbf { gamma: *gamma },
            ("rbf", Some(Gamma::Rule(rule))) if rule == "scale" => {
                Kernel::Rbf { gamma: gamma_scale(examples.rows()) }
            }
            _ => panic!("{}: no such kernel", case.name),
        };
        let mut fit = SupportVectorFit::new(&examples, SvmConfig { c: case.c, kernel });
        while !fit.step() {}
        let machine = fit.machine();
        assert_eq!(case.decisions.len(), 150);
        let decisions: Vec<Vec<f64>> = examples.rows().iter().map(|row| machine.decisions(row)).collect();
        let worst = largest_difference(decisions.iter().flatten(), case.decisions.iter().flatten());
        let support = machine.support();
        println!("{}: decisions {worst:.1e}, {} support vectors", case.name, support.len());
        assert!(worst < 1e-3, "{}: decisions {worst:e}", case.name);
        assert_eq!(support.len(), case.support.len(), "{}: support vectors", case.name);
        let predictions: Vec<usize> = examples.rows().iter().map(|row| machine.predict(row)).collect();
        assert_eq!(predictions, case.predictions, "{}", case.name);
    }
}

#[test]
fn gamma_scale_is_scikit_learn_s() {
    for (features, expected) in fixture().gamma_scale {
        let found = gamma_scale(examples(&features).rows());
        assert!((found - expected).abs() < 1e-6 * expected, "{features}: {found} instead of {expected}");
    }
}
