//! Looks inside of the boosting lesson.

#![cfg(feature = "trees")]

use super::support::{auc, open, open_with, own, run};
use pollster::block_on;
use serde_json::{Value, json};

#[test]
fn the_document_s_shape_has_an_auc_that_means_nothing() {
    let mut lab = open(json!({"dataset": "rare_buyers"}));
    run(&mut lab);
    assert_eq!(auc(&mut lab, "test"), 1.0);
    let answers = block_on(lab.inspect("answers", json!({"split": "test"}).into())).unwrap();
    assert_eq!((&answers["empty"], &answers["positives"]), (&json!(true), &json!(0.0)));
    let log = block_on(lab.inspect("job", json!({}).into())).unwrap();
    let lines: Vec<&str> =
        log["lines"].as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap()).collect();
    // The document's own lines.
    assert_eq!(lines[0], "[LightGBM] [Info] Number of positive: 3, number of negative: 2376");
    assert_eq!(lines[3], "[LightGBM] [Info] [binary:BoostFromScore]: pavg=0.001261 -> initscore=-6.674561");
    assert!(lines.contains(&"[10]\tvalid_0's auc: 1"), "{lines:?}");
    let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
    assert_eq!(data["parts"]["train"]["classes"], json!([2376, 3]));
    assert_eq!(data["parts"]["test"]["classes"], json!([199, 0]));
}

#[test]
fn every_table_and_every_look_inside_answers() {
    for settings in [
        json!({"num_iterations": 3}),
        json!({"num_iterations": 3, "encoding": "one_hot"}),
        json!({"num_iterations": 3, "encoding": "ordinal", "grow_policy": "level_wise"}),
        json!({"num_iterations": 3, "dataset": "products"}),
        json!({"num_iterations": 3, "dataset": "rare_buyers", "boosting": "dart"}),
        json!({"num_iterations": 2, "dataset": "adult", "data_sample_strategy": "goss"}),
    ] {
        let mut lab = open(settings.clone());
        run(&mut lab);
        for (what, options) in [
            ("data", json!({})),
            ("growth", json!({"splits": 4})),
            ("growth", json!({"splits": 2, "policy": "level_wise"})),
            ("importance", json!({})),
            ("answers", json!({"split": "valid"})),
            ("contributions", json!({"row": 3})),
            ("trees", json!({"tree": 1})),
            ("rules", json!({"conditions": []})),
            ("ranking", json!({"top": 5})),
            ("form", json!({})),
            ("batch", json!({"source": "test"})),
            ("job", json!({})),
            ("model_text", json!({})),
            ("table_csv", json!({})),
            ("code", json!({})),
        ] {
            let answer = block_on(lab.inspect(what, options.into()));
            assert!(answer.is_ok(), "{settings} {what}: {:?}", answer.err());
        }
        for split in ["train", "valid", "test"] {
            assert!(auc(&mut lab, split).is_finite());
        }
    }
}

#[test]
fn all_trees_are_told_of_as_each_is_shown() {
    let mut lab = open(json!({"num_iterations": 4, "num_leaves": 7}));
    run(&mut lab);
    let mut ask = |tree: usize| block_on(lab.inspect("trees", json!({"tree": tree}).into())).unwrap();
    let all = ask(0)["all"].as_array().unwrap().clone();
    assert_eq!(all.len(), 4);
    for (tree, outline) in all.iter().enumerate() {
        let shown = ask(tree);
        let sum: f64 =
            shown["nodes"].as_array().unwrap().iter().map(|node| node["gain"].as_f64().unwrap()).sum();
        let leaves = shown["leaves"].as_array().unwrap();
        let deepest = leaves.iter().map(|leaf| leaf["depth"].as_u64().unwrap()).max().unwrap();
        assert_eq!((&outline["leaves"], &outline["depth"]), (&json!(leaves.len()), &json!(deepest)));
        assert!((outline["gain"].as_f64().unwrap() - sum).abs() <= 1e-6 * sum, "{outline} {sum}");
        assert!(deepest >= 3, "seven leaves are three splits deep at least");
    }
    let gains: Vec<f64> = all.iter().map(|outline| outline["gain"].as_f64().unwrap()).collect();
    assert!(gains[0] > gains[3], "the first tree gains most: {gains:?}");
}

/// Of a random forest LightGBM's `raw_score` and `pred_contrib` are sums over the trees; the answer, and on the page the
/// score it is made of, is the mean.
#[test]
fn the_score_of_a_forest_is_taken_apart_as_its_answer_is_made() {
    let mut lab = open(json!({
        "dataset": "products", "num_iterations": 8, "boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.7
    }));
    run(&mut lab);
    let csv = "城市,年龄,商品ID\n上海,24,P01\n";
    let mut ask = |form: &str| {
        let question = json!({"csv": csv, form: true});
        block_on(lab.predict(question.into())).unwrap()["predictions"][0].clone()
    };
    let sum = |list: &Value| list.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).sum::<f64>();
    let logistic = |score: f64| 1.0 / (1.0 + (-score).exp());
    let (raw, answer) = (ask("raw_score").as_f64().unwrap(), ask("lines").as_f64().unwrap());
    assert!((sum(&ask("pred_contrib")) - raw).abs() < 1e-9);
    assert!((logistic(raw / 8.0) - answer).abs() < 1e-12 && (logistic(raw) - answer).abs() > 1e-3);
    let told = block_on(lab.inspect("contributions", json!({"row": 1}).into())).unwrap();
    let number = |name: &str| told[name].as_f64().unwrap();
    let adds: Vec<Value> =
        told["values"].as_array().unwrap().iter().map(|value| value["contribution"].clone()).collect();
    assert!((number("base") + sum(&json!(adds)) - number("score")).abs() < 1e-9);
    assert!((logistic(number("score")) - number("answer")).abs() < 1e-12);
}

#[test]
fn an_unknown_option_of_a_look_is_refused_by_its_name() {
    let mut lab = open(json!({"num_iterations": 1}));
    for (what, options, option) in [
        ("growth", json!({"split": 3}), "split"),
        ("growth", json!({"policy": "breadth"}), "policy"),
        ("trees", json!({"number": 1}), "number"),
        ("batch", json!({"max_payloads": 1}), "max_payloads"),
        ("batch", json!({"threshold": 2}), "threshold"),
        ("data", json!({"rows": 3}), "rows"),
    ] {
        let error = block_on(lab.inspect(what, options.into())).unwrap_err();
        assert_eq!((error.code.as_str(), &error.details["option"]), ("bad_input", &json!(option)), "{what}");
    }
}

#[test]
fn looks_that_weigh_two_classes_refuse_other_labels() {
    let mut several = String::from("x,label\n");
    (0..300).for_each(|row| several.push_str(&format!("{},{}\n", row % 30, ["u", "v", "w"][row % 30 / 10])));
    let mut number = String::from("x,price\n");
    (0..300).for_each(|row| number.push_str(&format!("{},{}\n", row % 30, f64::from(row % 30) * 1.5 + 0.25)));
    for text in [several, number] {
        let mut lab = open_with(&own(&text), json!({"num_iterations": 2})).unwrap();
        run(&mut lab);
        for (what, options) in [("answers", json!({})), ("rules", json!({"conditions": []}))] {
            assert_eq!(block_on(lab.inspect(what, options.into())).unwrap_err().code, "bad_input", "{what}");
        }
    }
}

#[test]
fn a_leaf_that_cannot_be_split_has_an_empty_histogram_and_no_field_less() {
    // No leaf is split next at this depth; a feature is asked for by name all the same.
    let mut lab = open(json!({"num_iterations": 1, "max_depth": 1}));
    let growth = block_on(lab.inspect("growth", json!({"splits": 1, "feature": "age"}).into())).unwrap();
    assert_eq!(growth["next"], Value::Null);
    let names: Vec<&String> = growth["histogram"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["feature", "categorical", "bins", "tried", "order", "best"]);
    let tree = block_on(lab.inspect("trees", json!({"tree": 7}).into())).unwrap();
    assert_eq!(
        tree,
        json!({"trees": 0, "tree": null, "shrinkage": null, "nodes": [], "leaves": [], "all": []})
    );
}

#[test]
fn histograms_are_compared_with_exact_search() {
    let mut lab = open(json!({"drop_columns": ["duration"]}));
    let answer = block_on(lab.inspect("exact_search", json!({"rounds": 5}).into())).unwrap();
    let searches = answer["searches"].as_array().unwrap();
    let column = |name: &str| searches.iter().map(|one| one[name].as_f64().unwrap()).collect::<Vec<_>>();
    assert_eq!(
        searches.iter().map(|one| one["max_bin"].as_u64()).collect::<Vec<_>>(),
        [None, Some(255), Some(63), Some(15)]
    );
    assert!(column("places").is_sorted_by(|a, b| a > b), "{:?}", column("places"));
    assert!(column("bytes")[0] > column("bytes")[3]);
    assert!(column("valid").iter().all(|auc| (0.6..0.85).contains(auc)), "{:?}", column("valid"));
    assert!(block_on(lab.inspect("exact_search", json!({"rounds": 0}).into())).is_err());
}
