//! Rules or learning: what a person would write down, held against the model on the same rows.

use crate::error::LabError;
use crate::lessons::boosting::lab::lab::BoostingLab;
use crate::lessons::boosting::lab::predict::cell_text;
use gbdt::number::descending;
use serde::Deserialize;
use serde_json::{Value, json};

/// Most conditions of a rule.
const MOST_CONDITIONS: usize = 12;
/// Share of the people who can be called.
const SHARE: f64 = 0.1;

#[derive(Deserialize)]
struct Condition {
    column: String,
    /// `above`, `below` or `is`.
    relation: String,
    /// A number, or the text of a category.
    value: String,
}

#[derive(Deserialize)]
struct Options {
    conditions: Vec<Condition>,
    /// Whether one condition is enough.
    #[serde(default)]
    any: bool,
}

/// Buyers among those the rule chooses, and among as many that the model would.
///
/// # Errors
/// `bad_input` for a column that is not there or a value that is no number.
pub(super) fn rules(lab: &BoostingLab, options: Value) -> Result<Value, LabError> {
    let Options { conditions, any } =
        serde_json::from_value(options).map_err(|_| LabError::bad_input("a list of conditions"))?;
    if conditions.len() > MOST_CONDITIONS {
        return Err(LabError::bad_input(format!("at most {MOST_CONDITIONS} conditions")));
    }
    let rows = lab.rows("valid")?.to_vec();
    let checks = conditions.iter().map(|condition| check(lab, condition)).collect::<Result<Vec<_>, _>>()?;
    let holds = |row: usize| match any {
        true => checks.iter().any(|check| check(row)),
        false => checks.iter().all(|check| check(row)),
    };
    let bought = |row: &usize| lab.data.labels[*row] > 0.0;
    let by_rule: Vec<usize> = rows.iter().copied().filter(|row| !checks.is_empty() && holds(*row)).collect();
    let (table, _) = lab.part("valid")?;
    let answers = lab.model().answers(&table);
    let by_model: Vec<usize> = descending(&answers).into_iter().map(|index| rows[index as usize]).collect();
    let tenth = (rows.len() as f64 * SHARE).round() as usize;
    let told = |chosen: &[usize]| {
        let buyers = chosen.iter().filter(|row| bought(row)).count();
        json!({ "chosen": chosen.len(), "buyers": buyers })
    };
    // A rule gives no order: of more people than can be called it is worth what a blind draw among them is.
    let rule_buyers = by_rule.iter().filter(|row| bought(row)).count() as f64;
    let rule_tenth =
        if by_rule.len() > tenth { rule_buyers * tenth as f64 / by_rule.len() as f64 } else { rule_buyers };
    Ok(json!({
        "rows": rows.len(),
        "buyers": rows.iter().filter(|row| bought(row)).count(),
        "tenth": tenth,
        "rule": told(&by_rule),
        "rule_in_tenth": rule_tenth,
        "model_as_many": told(&by_model[..by_rule.len()]),
        "model_tenth": told(&by_model[..tenth]),
    }))
}

type Check<'a> = Box<dyn Fn(usize) -> bool + 'a>;

fn check<'a>(lab: &'a BoostingLab, condition: &'a Condition) -> Result<Check<'a>, LabError> {
    let index = lab.data.table.columns.iter().position(|column| column.name == condition.column);
    let index = index.filter(|_| condition.column != lab.data.label);
    let index = index
        .ok_or_else(|| LabError::bad_input(format!("a column of the table, not `{}`,", condition.column)))?;
    let column = &lab.data.table.columns[index];
    let number = || {
        condition
            .value
            .trim()
            .parse::<f64>()
            .map_err(|_| LabError::bad_input(format!("a number for `{}`", column.name)))
    };
    Ok(match condition.relation.as_str() {
        "above" => {
            let limit = number()?;
            Box::new(move |row| column.values[row] > limit)
        }
        "below" => {
            let limit = number()?;
            Box::new(move |row| column.values[row] < limit)
        }
        "is" => Box::new(move |row| cell_text(lab, index, row) == condition.value),
        _ => return Err(LabError::bad_input("the relation above, below or is")),
    })
}
