//! What a file of weights says of its model beside the tensors: enough to use it without the page. A lab writes it into
//! the metadata of safetensors, and compares it with its own note when a file is brought back. Nothing else is taken
//! from it.

use crate::error::LabError;
use serde_json::{Value, json};

/// Version of the note. Files of earlier builds have none, and say lesson, settings and step alone.
pub const FORMAT: u64 = 1;

/// Most bytes of a note that is read: a table with the longest names of columns and classes has less.
const MOST_BYTES: usize = 4 << 20;
/// Most names of a refusal, and most signs of each.
const MOST_NAMES: usize = 12;
const MOST_SIGNS: usize = 40;

/// Compares the note of a file with the lab's own. The answer is what the reader should know though the weights are
/// taken: `other_ranges`, with the column and both ranges.
///
/// # Errors
/// `other_classes` and `other_columns` with what was `found` and `expected`, `bad_model` for another lesson, for a
/// model that computes otherwise from the same tensors, and for a note that cannot be read.
pub fn compare(note: &str, own: &Value) -> Result<Option<LabError>, LabError> {
    if note.is_empty() {
        return Ok(None);
    }
    if note.len() > MOST_BYTES {
        return Err(bad(format!("its metadata have {} bytes; at most {MOST_BYTES} are read", note.len())));
    }
    let said: Value = serde_json::from_str(note)
        .map_err(|error| bad(format!("its metadata `emberbook` are not JSON ({error})")))?;
    let differs = |place: &str| said.pointer(place) != own.pointer(place);
    if differs("/lesson") {
        return Err(bad("it comes from another lesson".into()));
    }
    match &said["format"] {
        Value::Null => return Ok(None),
        format if *format == json!(FORMAT) => {}
        _ => return Err(bad(format!("its metadata are of another format than {FORMAT}"))),
    }
    if differs("/classes") {
        return Err(otherwise("other_classes", "classes", &said["classes"], &own["classes"]));
    }
    let columns =
        |note: &Value| Value::from_iter(list(&note["input"]["columns"]).iter().map(|c| c["name"].clone()));
    let (found, expected) = (columns(&said), columns(own));
    if found != expected {
        return Err(otherwise("other_columns", "columns", &found, &expected));
    }
    // Sizes are those of the tensors, which are compared by themselves.
    for (place, what) in [
        ("/model/kind", "kind of model"),
        ("/model/activation", "activation"),
        ("/input/steps", "preparation of the input"),
    ] {
        if differs(place) {
            return Err(bad(format!("the {what} is another one")));
        }
    }
    let ranges = list(&said["input"]["columns"]).iter().zip(list(&own["input"]["columns"]));
    let mut others = ranges.filter(|(found, own)| ["min", "max"].iter().any(|end| found[*end] != own[*end]));
    Ok(others.next().map(|(found, own)| other_range(found, own)))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn bad(reason: String) -> LabError {
    LabError::bad_model(reason)
}

fn otherwise(code: &str, what: &str, found: &Value, expected: &Value) -> LabError {
    let (found, expected) = (names(found), names(expected));
    let message = format!("The file's model has the {what} {found}; this lab has {expected}.");
    LabError::new(code, message).with("found", found).with("expected", expected)
}

/// Names for a sentence: a file may hold any number of any length.
fn names(value: &Value) -> String {
    let cut = |name: &str| name.chars().take(MOST_SIGNS).collect::<String>();
    let all = list(value);
    let mut names: Vec<String> = all.iter().take(MOST_NAMES).filter_map(Value::as_str).map(cut).collect();
    if all.len() > names.len() || names.is_empty() {
        names.push("…".into());
    }
    names.join(", ")
}

fn other_range(found: &Value, own: &Value) -> LabError {
    let range = |column: &Value| match (column["min"].as_f64(), column["max"].as_f64()) {
        (Some(min), Some(max)) => format!("{min} … {max}"),
        _ => "…".into(),
    };
    let (found, expected, column) = (range(found), range(own), names(&json!([own["name"]])));
    let message = format!(
        "The file's model was trained with {column} from {found}; here it is scaled from {expected}: the answers are others."
    );
    LabError::new("other_ranges", message)
        .with("column", column)
        .with("found", found)
        .with("expected", expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> Value {
        json!({
            "format": FORMAT,
            "lesson": "iris",
            "settings": { "seed": 1 },
            "step": 3,
            "model": { "kind": "mlp", "activation": "tanh" },
            "input": { "columns": [{ "name": "a", "min": 0.1, "max": 1e300 }, { "name": "b", "min": -0.0, "max": 2.5 }] },
            "classes": ["x", "y"],
        })
    }

    fn changed(place: &str, value: Value) -> String {
        let mut note = own();
        *note.pointer_mut(place).unwrap() = value;
        note.to_string()
    }

    fn code(note: &str) -> String {
        compare(note, &own()).unwrap_err().code.clone()
    }

    #[test]
    fn the_own_note_and_those_of_earlier_builds_are_taken() {
        let earlier = r#"{"lesson":"iris","settings":{"seed":7},"step":12}"#;
        for taken in [
            "",
            earlier,
            &own().to_string(),
            &changed("/step", json!(99)),
            &changed("/settings", json!(null)),
        ] {
            assert_eq!(compare(taken, &own()), Ok(None), "{taken}");
        }
    }

    #[test]
    fn what_another_model_was_trained_on_is_named() {
        let classes = compare(&changed("/classes", json!(["y", "x"])), &own()).unwrap_err();
        assert_eq!((&*classes.code, &classes.details["found"]), ("other_classes", &json!("y, x")));
        let columns = compare(&changed("/input/columns/0/name", json!("c")), &own()).unwrap_err();
        assert_eq!((&*columns.code, &columns.details["found"]), ("other_columns", &json!("c, b")));
        assert_eq!(columns.details["expected"], "a, b");
        assert_eq!(code(&changed("/input/columns", json!([]))), "other_columns");
        assert_eq!(code(&changed("/model/activation", json!("relu"))), "bad_model");
        assert_eq!(code(&changed("/lesson", json!("vision"))), "bad_model");
        assert_eq!(code(&changed("/format", json!(FORMAT + 1))), "bad_model");
    }

    #[test]
    fn other_ranges_are_said_and_taken() {
        let said = compare(&changed("/input/columns/1/max", json!(2.500_000_000_000_000_4)), &own())
            .unwrap()
            .unwrap();
        assert_eq!((&*said.code, &said.details["column"]), ("other_ranges", &json!("b")));
        assert_eq!(said.details["found"], "-0 … 2.5000000000000004");
    }

    #[test]
    fn hostile_notes_are_refused_in_few_words() {
        let deep = "[".repeat(100_000);
        let long = "x".repeat(MOST_BYTES + 1);
        let many = changed("/classes", json!(vec!["z".repeat(1_000); 1_000]));
        let odd = changed("/classes", json!({ "0": [1, null] }));
        for note in [&*deep, &*long, "[]", "7", "{}", "\"\"", "{\"lesson\":", &*many, &*odd] {
            let error = compare(note, &own()).unwrap_err();
            assert!(error.message.len() < 1_000, "{}", error.code);
        }
        for columns in [json!(7), json!([7, "a"]), json!([{ "name": 3 }, {}])] {
            assert_eq!(code(&changed("/input/columns", columns)), "other_columns");
        }
        // Names that fit, with ranges that are none.
        let odd = json!([{ "name": "a", "min": "x", "max": [] }, { "name": "b" }]);
        assert_eq!(compare(&changed("/input/columns", odd), &own()).unwrap().unwrap().code, "other_ranges");
    }
}
