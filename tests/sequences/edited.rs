//! Learning with a history that the reader changed by hand.

use crate::common::open_lesson;
use crate::lab::{MODELS, material, small, train};
use emberbook::controls::{Layer, Source};
use emberbook::lab::{Ask, Lab};
use emberbook::lessons::find;
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};

fn graph(lab: &mut dyn Lab, options: Value) -> Value {
    block_on(lab.inspect("graph", Ask::from(options))).unwrap()
}

/// A user who took enough, with the items.
fn user() -> (usize, Vec<u64>) {
    let mut lab = small(json!({ "model": "popular" }));
    let of = |user: usize| graph(&mut *lab, json!({ "user": user }));
    let (user, shown) =
        (0..).map(of).enumerate().find(|(_, shown)| shown["history"].as_array().unwrap().len() > 6).unwrap();
    assert_eq!((&shown["first"], &shown["edited"]), (&json!(0), &json!(null)));
    (user, shown["history"].as_array().unwrap().iter().map(|step| step["item"].as_u64().unwrap()).collect())
}

fn history(settings: Value) -> Value {
    let mut lab = small(settings);
    train(&mut *lab);
    json!(lab.history(0))
}

#[test]
fn every_network_learns_otherwise_from_changed_steps_and_networks_over_graphs_from_changed_edges() {
    let (user, items) = user();
    let steps = format!("u{user}.s0.s2.s1.s3pw.s4");
    let edges = format!("u{user}.ci{}-i{}", items[0], items[1]);
    let own = format!("n{}.n{}.n{}", items[3], items[0], items[2]);
    for model in MODELS.into_iter().filter(|model| !["markov", "popular"].contains(model)) {
        let with = |edited: &str| history(json!({ "model": model, "epochs": 1, "edited": edited }));
        let plain = with("");
        for edited in [&steps, &own] {
            assert_ne!(with(edited), plain, "{model}: {edited}");
        }
        let has_edges = !["full_attention", "holistic", "early", "late", "id_only"].contains(&model);
        assert_eq!(with(&edges) != plain, has_edges, "{model}: {edges}");
    }
}

#[test]
fn what_is_held_out_is_not_learned_from_by_way_of_a_change() {
    let mut lab = small(json!({ "model": "popular" }));
    // The last step that is shown of somebody with two places that choose is one of these.
    let (user, steps) = (0..)
        .map(|user| (user, graph(&mut *lab, json!({ "user": user }))["history"].as_array().unwrap().len()))
        .find(|(_, steps)| *steps >= 9)
        .unwrap();
    let turned = format!("u{user}.f{}.s{}p", steps - 1, steps - 1);
    assert_eq!(history(json!({ "edited": turned })), history(json!({})));
}

#[test]
fn a_run_with_changes_that_is_taken_up_again_ends_as_the_one_that_went_through() {
    let (user, items) = user();
    let edited = format!("u{user}.s0.s2.s1.s3.n5.s4w.ci{}-i{}.dw1", items[0], items[2]);
    let settings = json!({ "edited": edited });
    let mut through = small(settings.clone());
    train(&mut *through);
    let mut first = small(settings.clone());
    block_on(first.train(Budget::steps(3))).unwrap();
    let checkpoint = block_on(first.checkpoint()).unwrap();
    let mut second = small(settings);
    block_on(second.restore(&checkpoint)).unwrap();
    train(&mut *second);
    assert_eq!(through.history(0), second.history(0));
    assert_eq!(block_on(through.checkpoint()).unwrap(), block_on(second.checkpoint()).unwrap());
    let shown = graph(&mut *second, json!({ "user": user }));
    assert_eq!(shown["edited"]["examples"], 5);
    assert!(shown["edited"]["learned"].as_u64().unwrap() > 100);
}

/// What the page does: the weights go from the run before to the one with the changes.
#[test]
fn a_run_goes_on_with_changes_from_the_weights_of_another_and_learns_the_changed_history() {
    let (_, items) = user();
    let own = [items[0], items[1], items[2], 7, 8].map(|item| format!("n{item}")).join(".");
    let mut before = small(json!({ "epochs": 8 }));
    train(&mut *before);
    let weights = block_on(before.export_model("safetensors")).unwrap();
    let ids = |lab: &mut dyn Lab| {
        let known = block_on(lab.inspect("items", Ask::from(json!({})))).unwrap();
        move |item: u64| known["items"][item as usize]["id"].clone()
    };
    let id = ids(&mut *before);
    let question = json!({ "history": [id(items[0]), id(items[1]), id(items[2]), id(7)], "next": id(8) });
    let loss = |lab: &mut dyn Lab| graph(lab, question.clone())["next"]["loss"].as_f64().unwrap();
    let mut after = small(json!({ "epochs": 8, "edited": own }));
    block_on(after.import_model(&weights)).unwrap();
    let unchanged = loss(&mut *before);
    assert_eq!(loss(&mut *after), unchanged);
    train(&mut *after);
    let mut plain = small(json!({ "epochs": 8 }));
    block_on(plain.import_model(&weights)).unwrap();
    train(&mut *plain);
    assert!(loss(&mut *after) < loss(&mut *plain), "{} {}", loss(&mut *after), loss(&mut *plain));
}

#[test]
fn a_text_that_cannot_be_read_gives_a_notice_and_one_of_other_histories_an_error() {
    let given = |text: &str| {
        let values = json!({ "users": 80, "edited": text }).as_object().unwrap().clone();
        find("sequences").unwrap().plan(vec![Layer { source: Source::Address, values }], None).unwrap()
    };
    assert!(given("u3.s0.s2.s1").resolved.notices.is_empty());
    for text in ["u3.s0.what", &"s0.".repeat(2_000)] {
        let resolved = given(text).resolved;
        let [notice] = &resolved.notices[..] else { panic!("one notice: {:?}", resolved.notices) };
        assert_eq!((notice.code, notice.setting.as_str()), ("setting_out_of_range", "edited"));
        assert_eq!(resolved.settings.text("edited"), "");
    }
    let of_others = json!({ "users": 80, "edited": "u3.s0.s900" });
    let error = open_lesson("sequences", of_others, &material()).err().unwrap();
    assert_eq!(error.code, "edited_unfit");
}
