//! Runs of the boosting lesson: what they learn, their checkpoints and their models.

#![cfg(feature = "trees")]

use super::support::{auc, lab_model, material, open, open_with, own, run};
use emberbook::lab::{Ask, Lab};
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};

/// What the page says of the leak, on the first 4 of its 20 splits.
#[test]
fn the_leak_is_worth_what_the_page_says() {
    let mean = |settings: Value| {
        let of_seed = |seed: u64| {
            let mut settings = settings.clone();
            settings["seed"] = json!(seed);
            let mut lab = open(settings);
            run(&mut lab);
            auc(&mut lab, "test")
        };
        (1..=4).map(of_seed).sum::<f64>() / 4.0
    };
    let with = mean(json!({}));
    let without = mean(json!({"drop_columns": ["duration"]}));
    println!("with duration {with:.4}, without {without:.4}");
    assert!((0.87..0.93).contains(&with), "{with}");
    assert!((0.70..0.76).contains(&without), "{without}");
}

#[test]
fn seeds_up_to_the_largest_draw_and_go_to_lightgbm_as_it_takes_them() {
    let trees = |seed: u32| {
        let mut lab = open(
            json!({"num_iterations": 3, "bagging_fraction": 0.5, "bagging_freq": 1, "feature_fraction": 0.5, "seed": seed}),
        );
        run(&mut lab);
        let code = block_on(lab.inspect("code", Ask::from(Value::Null))).unwrap()["python"].to_string();
        let model = String::from_utf8(block_on(lab.export_model("lightgbm")).unwrap()).unwrap();
        (model.split("end of trees").next().unwrap().to_string(), code)
    };
    let (largest, code) = trees(u32::MAX);
    assert_eq!(largest, trees(u32::MAX).0);
    assert!(code.contains(r#"\"seed\": -1"#), "{code}");
    for seed in [2_000_000_001, 2_147_483_647, 2_147_483_648, u32::MAX - 1] {
        assert_ne!(trees(seed).0, largest, "{seed}");
    }
}

#[test]
fn a_checkpoint_goes_on_to_the_same_end() {
    let settings =
        json!({"num_iterations": 30, "bagging_fraction": 0.7, "bagging_freq": 1, "feature_fraction": 0.5});
    let mut whole = open(settings.clone());
    run(&mut whole);
    let mut first = open(settings.clone());
    block_on(first.train(Budget::steps(11))).unwrap();
    let checkpoint = block_on(first.checkpoint()).unwrap();
    let mut second = open(settings);
    block_on(second.restore(&checkpoint)).unwrap();
    assert_eq!(second.progress().step, 11);
    run(&mut second);
    assert_eq!(second.history(0), whole.history(0));
    let text = |lab: &mut Box<dyn Lab>| block_on(lab.export_model("lightgbm")).unwrap();
    assert_eq!(text(&mut second), text(&mut whole));
    // Back again, and forth.
    block_on(second.restore(&checkpoint)).unwrap();
    assert_eq!(second.progress().step, 11);
}

#[test]
fn a_checkpoint_beyond_the_end_of_the_run_is_refused_and_changes_nothing() {
    let settings = json!({"num_iterations": 200, "learning_rate": 0.5, "early_stopping_round": 5});
    let mut ended = open(settings.clone());
    run(&mut ended);
    let progress = ended.progress();
    let rounds = progress.step;
    assert!(rounds < 200, "it stops early");
    assert_eq!((progress.total_steps, progress.epoch, progress.total_epochs), (rounds, rounds, 200));
    let note = |lab: &mut Box<dyn Lab>| -> Value {
        serde_json::from_slice(&block_on(lab.checkpoint()).unwrap()).unwrap()
    };
    let whole = note(&mut ended);
    let mut early = open(settings.clone());
    block_on(early.train(Budget::steps(3))).unwrap();
    let mut loaded = open(settings);
    let progress = loaded.progress();
    assert_eq!((progress.step, progress.total_steps, progress.epoch), (0, 200, 1));
    block_on(loaded.import_model(&block_on(ended.export_model("lightgbm")).unwrap())).unwrap();
    for lab in [&mut ended, &mut early, &mut loaded] {
        let before = (lab.progress(), lab.history(0), note(lab), auc(lab, "valid"));
        for beyond in [rounds + 1, 201, u64::MAX] {
            let mut forged = whole.clone();
            forged["rounds"] = json!(beyond);
            let error = block_on(lab.restore(forged.to_string().as_bytes())).unwrap_err();
            assert_eq!(error.code, "bad_checkpoint");
            assert_eq!((lab.progress(), lab.history(0), note(lab), auc(lab, "valid")), before);
        }
        block_on(lab.restore(whole.to_string().as_bytes())).unwrap();
        assert_eq!((lab.progress().step, note(lab)), (rounds, whole.clone()));
    }
}

/// The same run in tests/browser/cases/boosting.mjs, in every browser.
#[test]
fn trees_are_the_same_bytes_as_in_a_browser() {
    let mut lab = open(json!({"num_iterations": 12, "num_leaves": 15, "seed": 3}));
    run(&mut lab);
    let hash = block_on(lab.export_model("lightgbm"))
        .unwrap()
        .into_iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    assert_eq!(format!("{hash:x}"), "d2730a7c878a978c");
}

#[test]
fn a_model_is_written_read_and_refused() {
    let mut lab = open(json!({"num_iterations": 5}));
    run(&mut lab);
    let model = block_on(lab.export_model("lightgbm")).unwrap();
    let before = auc(&mut lab, "valid");
    let mut other = open(json!({"num_iterations": 50}));
    block_on(other.import_model(&model)).unwrap();
    assert_eq!(auc(&mut other, "valid"), before);
    assert!(other.progress().finished);
    let mut cut = model.clone();
    cut.truncate(model.len() / 2);
    let error = block_on(other.import_model(&cut)).unwrap_err();
    assert_eq!(error.code, "bad_model_file");
    assert_eq!(auc(&mut other, "valid"), before, "a refused file changes nothing");
    let mut fewer = open(json!({"drop_columns": ["age"]}));
    // The model finds the columns it needs in the table, whatever the settings leave out.
    block_on(fewer.import_model(&model)).unwrap();
    assert_eq!(auc(&mut fewer, "valid"), before);
}

#[test]
fn rows_are_predicted_in_their_order_by_the_names_of_their_columns() {
    let mut lab = open(json!({"dataset": "products", "num_iterations": 20}));
    run(&mut lab);
    let csv = "城市,年龄,商品ID\n上海,24,P01\n沈阳,70,P01\n上海,24,P01\n";
    let answer = block_on(lab.predict(json!({"csv": csv}).into())).unwrap();
    let answers: Vec<f64> =
        answer["predictions"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
    assert_eq!(answers[0], answers[2]);
    assert!(answers[0] > 2.0 * answers[1], "{answers:?}");
    let raw = block_on(lab.predict(json!({"csv": csv, "raw_score": true}).into())).unwrap();
    let contributions = block_on(lab.predict(json!({"csv": csv, "pred_contrib": true}).into())).unwrap();
    let sum: f64 =
        contributions["predictions"][0].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).sum();
    assert!((sum - raw["predictions"][0].as_f64().unwrap()).abs() < 1e-9);
    let error = block_on(lab.predict(json!({"csv": "年龄,城市\n24,上海\n"}).into())).unwrap_err();
    assert_eq!(error.code, "columns_do_not_fit");
}

#[test]
fn lightgbm_s_other_names_and_newer_ways_train() {
    let rounds = |lab: &mut Box<dyn Lab>| {
        run(lab);
        lab.progress().step
    };
    let mut aliases = open(json!({"n_estimators": 4, "eta": 0.3, "boosting_type": "gbrt", "app": "binary"}));
    assert_eq!(rounds(&mut aliases), 4);
    let settings = lab_model(&mut aliases);
    assert!(settings.contains("[learning_rate: 0.3]") && settings.contains("[boosting: gbdt]"), "{settings}");
    let forest =
        json!({"num_iterations": 5, "boosting": "random_forest", "bagging_fraction": 0.5, "bagging_freq": 1});
    let mut forest = open(forest);
    assert_eq!(rounds(&mut forest), 5);
    assert!(lab_model(&mut forest).contains("\naverage_output\n"));
    assert!(auc(&mut forest, "valid") > 0.7);
    let mut extra = open(json!({"num_iterations": 5, "extra_trees": true, "feature_fraction_bynode": 0.5}));
    assert_eq!(rounds(&mut extra), 5);
    let balanced = json!({"num_iterations": 5, "neg_bagging_fraction": 0.2, "bagging_freq": 1});
    assert_eq!(rounds(&mut open(balanced)), 5);
}

#[test]
fn an_objective_fits_the_label_or_is_refused() {
    let error =
        open_with(&material(), json!({"objective": "poisson"})).err().expect("a label of two classes");
    assert_eq!(error.code, "contradictory_parameters");
    let counts: String = (0..200).map(|row| format!("{},{}\n", row % 17, row % 17 * 3 + row % 7)).collect();
    let material = own(&format!("day,calls\n{counts}"));
    for (objective, first) in
        [("auto", "regression"), ("mae", "regression_l1"), ("huber", "huber"), ("poisson", "poisson")]
    {
        let settings = json!({"label_column": "calls", "objective": objective, "num_iterations": 5});
        let mut lab = open_with(&material, settings).unwrap();
        run(&mut lab);
        assert!(lab_model(&mut lab).contains(&format!("\nobjective={first}\n")), "{objective}");
    }
}

/// With a share of the rows drawn anew, a round in which nothing can be split is not the last.
#[test]
fn a_round_without_a_tree_counts_where_others_are_drawn() {
    let few = json!({"num_iterations": 30, "min_data_in_leaf": 1290, "bagging_fraction": 0.96, "bagging_freq": 1, "dataset": "rare_buyers"});
    let mut lab = open(few);
    run(&mut lab);
    let trees = lab_model(&mut lab).matches("\nTree=").count() as u64;
    assert_eq!(lab.progress().step, 30);
    assert!(trees < 30, "{trees} trees");
    let log = block_on(lab.inspect("job", json!({}).into())).unwrap();
    assert_eq!(log["rounds"], json!(30));
}
