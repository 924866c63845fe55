//! A batch transform over rows of the boosting lesson.

#![cfg(feature = "trees")]

use super::support::{open, run};
use emberbook::lab::Lab;
use pollster::block_on;
use serde_json::{Value, json};

#[test]
fn a_batch_transform_loses_the_last_line_as_the_document_s_does() {
    let mut lab = open(json!({"num_iterations": 3}));
    run(&mut lab);
    block_on(lab.inspect("batch_file", json!({"source": "test"}).into())).unwrap();
    let mut job = |options: Value| block_on(lab.inspect("batch", options.into())).unwrap();
    let whole = job(json!({}));
    assert_eq!((&whole["records"], &whole["lines"], &whole["lost"]), (&json!(904), &json!(904), &json!(0)));
    assert_eq!(whole["request_count"], 1);
    // Joined by lines the job fails when an answer is missing; without a join a person is silently lost.
    let cut = job(json!({"ends_with_line": false}));
    assert_eq!(cut["failed"], "answers_missing");
    let silent = job(json!({"ends_with_line": false, "join_source": "None", "output_filter": "$"}));
    assert_eq!((&silent["lost"], &silent["failed"]), (&json!(1), &Value::Null));
    let mended = job(json!({"ends_with_line": false, "drops_last_line": false}));
    assert_eq!(mended["lost"], 0);
    let single = job(json!({"strategy": "SingleRecord", "max_concurrent_transforms": 4}));
    assert_eq!((&single["request_count"], &single["waves"]), (&json!(904), &json!(226)));
    assert_eq!(single["output"], whole["output"]);
    assert_eq!(job(json!({"max_payload": 0.00001}))["failed"], "payload_too_large");
    assert_eq!(job(json!({"output_filter": "$[0:2]"}))["failed"], "bad_filter");
    // In parts, as the page asks with its progress bar: the same output.
    let (mut next, mut output, mut parts) = (json!(0), String::new(), 0);
    while !next.is_null() {
        let part = job(json!({"strategy": "SingleRecord", "from_request": next, "most_records": 100}));
        output.push_str(part["output"].as_str().unwrap());
        next = part["next"].clone();
        parts += 1;
    }
    assert_eq!((parts, json!(output)), (10, whole["output"].clone()));
}

#[test]
fn the_four_functions_of_a_batch_transform_can_be_changed() {
    let mut lab = open(json!({"num_iterations": 5}));
    run(&mut lab);
    block_on(lab.inspect("batch_file", json!({"source": "test"}).into())).unwrap();
    let mut job = |options: Value| block_on(lab.inspect("batch", options.into())).unwrap();
    let first = |outcome: &Value| outcome["output"].as_str().unwrap().lines().next().unwrap().to_string();
    let alone = json!({"join_source": "None", "output_filter": "$"});
    let with = |change: Value| {
        let mut options = alone.clone();
        options.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        options
    };
    let probability: f64 = first(&job(alone.clone())).parse().unwrap();
    let raw: f64 = first(&job(with(json!({"answer": "raw_score"})))).parse().unwrap();
    assert!((1.0 / (1.0 + (-raw).exp()) - probability).abs() < 1e-12);
    assert_eq!(first(&job(with(json!({"answer": "label", "threshold": 0.0})))), "yes");
    assert_eq!(first(&job(with(json!({"answer": "label", "threshold": 1.0})))), "no");
    assert_eq!(first(&job(with(json!({"decimals": 3})))), format!("{probability:.3}"));
    assert_ne!(first(&job(with(json!({"num_iteration": 1})))), first(&job(alone.clone())));
    assert_eq!(job(with(json!({"separator": ";"})))["failed"], "bad_record");
    assert_eq!(job(with(json!({"model_file": "modle.txt"})))["failed"], "no_model");
    // The first version of the document's output_fn: one line a request, which cannot be joined to the records.
    let line = job(with(json!({"form": "one_line"})));
    assert_eq!((&line["lines"], first(&line).split(',').count()), (&json!(1), 904));
    assert_eq!(job(json!({"form": "one_line"}))["failed"], "answers_missing");
    assert_eq!(
        block_on(lab.inspect("batch", json!({"answer": "all"}).into())).unwrap_err().code,
        "bad_input"
    );
}

#[test]
fn a_batch_transform_runs_over_a_file_of_one_s_own() {
    let mut lab = open(json!({"num_iterations": 3}));
    run(&mut lab);
    let all = block_on(lab.inspect("batch_file", json!({"source": "all"}).into())).unwrap();
    assert_eq!(all["records"], 4521);
    let table = block_on(lab.inspect("table_csv", json!({}).into())).unwrap();
    let text: String =
        table["text"].as_str().unwrap().lines().take(31).map(|line| format!("{line}\n")).collect();
    let own = |text: &str| json!({"source": "own", "name": "people.csv", "text": text});
    assert_eq!(block_on(lab.inspect("batch_file", own(&text).into())).unwrap()["records"], 30);
    let outcome = block_on(lab.inspect("batch", json!({}).into())).unwrap();
    assert_eq!((&outcome["lines"], &outcome["next"]), (&json!(30), &Value::Null));
    for (bad, reason) in [("age,job\n30,admin\n", "missing_column"), (&text[..text.len() - 30], "row_length")]
    {
        let error = block_on(lab.inspect("batch_file", own(bad).into())).unwrap_err();
        assert_eq!((error.code.as_str(), &error.details["reason"]), ("bad_table", &json!(reason)));
    }
    // The file chosen before is still there.
    assert_eq!(block_on(lab.inspect("batch", json!({}).into())).unwrap()["lines"], 30);
}

/// What a worker had is gone when it is replaced: the lab that takes over says so, and runs over no other rows.
#[test]
fn a_batch_transform_whose_file_is_not_there_is_refused() {
    let settings = json!({"num_iterations": 3});
    let mut lab = open(settings.clone());
    run(&mut lab);
    let refused = |lab: &mut Box<dyn Lab>, options: Value| {
        let error = block_on(lab.inspect("batch", options.into())).unwrap_err();
        assert_eq!(error.code, "no_batch_file");
    };
    refused(&mut lab, json!({}));
    let table = block_on(lab.inspect("table_csv", json!({}).into())).unwrap();
    let text: String =
        table["text"].as_str().unwrap().lines().take(31).map(|line| format!("{line}\n")).collect();
    let own = json!({"source": "own", "name": "people.csv", "text": text});
    let ready = block_on(lab.inspect("batch_file", own.clone().into())).unwrap();
    let named = json!({"file": ready["file"]});
    let whole = block_on(lab.inspect("batch", named.clone().into())).unwrap();
    assert_eq!(whole["lines"], 30);

    let mut fresh = open(settings);
    block_on(fresh.restore(&block_on(lab.checkpoint()).unwrap())).unwrap();
    refused(&mut fresh, named.clone());
    refused(&mut fresh, json!({}));
    // With the file in the request a fresh lab needs nothing else, and goes on by its name.
    let brought = block_on(fresh.inspect("batch", own.into())).unwrap();
    assert_eq!((&brought["output"], &brought["file"]), (&whole["output"], &ready["file"]));
    assert_eq!(block_on(fresh.inspect("batch", named.clone().into())).unwrap()["lines"], 30);
    // Another file has taken its place.
    block_on(fresh.inspect("batch_file", json!({"source": "test"}).into())).unwrap();
    refused(&mut fresh, named);
    let error = block_on(fresh.inspect("batch", json!({"source": "own"}).into())).unwrap_err();
    assert_eq!((error.code.as_str(), &error.details["option"]), ("bad_input", &json!("text")));
}
