//! The boosting lesson on tables of the reader's own.

#![cfg(feature = "trees")]

use super::support::{auc, open_with, own, run};
use crate::common::own_table;
use pollster::block_on;
use serde_json::json;

#[test]
fn a_table_of_one_s_own_is_learned_from() {
    let mut text = String::from("name,size,kind,bought\n");
    for row in 0..400 {
        let kind = ["a", "b", ""][row % 3];
        text.push_str(&format!("p{row},{},{kind},{}\n", row % 17, if row % 17 > 8 { "yes" } else { "no" }));
    }
    let material = own(&text);
    let mut lab = open_with(&material, json!({"drop_columns": ["name"], "num_iterations": 5})).unwrap();
    run(&mut lab);
    assert_eq!(auc(&mut lab, "test"), 1.0);
    // Three classes, then a number.
    let mut text = String::from("x,label\n");
    (0..300).for_each(|row| text.push_str(&format!("{},{}\n", row % 30, ["u", "v", "w"][row % 30 / 10])));
    let mut lab = open_with(&own(&text), json!({"num_iterations": 5})).unwrap();
    run(&mut lab);
    assert_eq!(block_on(lab.evaluate("test")).unwrap()["multi_error"], json!(0.0));
    let mut text = String::from("x,price\n");
    (0..300).for_each(|row| text.push_str(&format!("{},{}\n", row % 30, f64::from(row % 30) * 1.5 + 0.25)));
    let mut lab = open_with(&own(&text), json!({"num_iterations": 5})).unwrap();
    run(&mut lab);
    assert!(block_on(lab.evaluate("test")).unwrap()["l2"].as_f64().unwrap() < 100.0);
}

#[test]
fn a_table_with_nothing_to_tell_is_refused_when_it_is_read() {
    for text in ["a,b\n1,x\n1,x\n", "a,b\n1,\n,2\n", "a,b\n1,2\n"] {
        let refused = own_table("boosting", "own.csv", text.as_bytes());
        assert_eq!(refused.unwrap_err().details["reason"], "nothing_to_tell", "{text}");
    }
}

#[test]
fn tables_that_cannot_be_learned_from_are_answered_with_the_column() {
    let many: String = (0..1200).map(|row| format!("n{row},{}\n", row % 2)).collect();
    for (text, settings, code, reason) in [
        (format!("a,b\n{many}"), json!({"drop_columns": []}), "bad_table", "too_many_categories"),
        ("a,b\n,0\n,1\n,0\n,1\n,1\n".to_string(), json!({"drop_columns": ["a"]}), "no_features", ""),
        ("a,b\n1,x\n2,y\n".to_string(), json!({"label_column": "b"}), "too_few_rows", ""),
        ("a,b\n1,x\n2,y\n3,x\n4,y\n".to_string(), json!({"label_column": "b"}), "too_few_rows", ""),
    ] {
        let Err(error) = open_with(&own(&text), settings) else { panic!("{text:.20} was taken") };
        assert_eq!(error.code, code, "{error}");
        if code == "bad_table" {
            assert_eq!(error.details["reason"], reason);
        }
    }
}

#[test]
fn columns_that_say_nothing_are_left_aside() {
    let mut text = String::from("constant,nothing,x,label\n");
    (0..60).for_each(|row| text.push_str(&format!("7,,{},{}\n", row % 10, row % 10 / 5)));
    let mut lab = open_with(&own(&text), json!({"num_iterations": 3, "min_data_in_leaf": 2})).unwrap();
    run(&mut lab);
    let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
    let roles: Vec<&str> =
        data["columns"].as_array().unwrap().iter().map(|column| column["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["useless", "useless", "feature", "label"]);
    assert_eq!(auc(&mut lab, "test"), 1.0);
}
