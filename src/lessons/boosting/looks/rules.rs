//! Rules or learning: what a person would write down, beside the model on the same rows.

use crate::error::LabError;
use crate::lessons::boosting::lab::run::BoostingRun;
use gbdt::number::descending;
use serde::{Deserialize, Serialize};

/// Most conditions of a rule.
const MOST_CONDITIONS: usize = 12;
/// Share of the people who can be called.
const SHARE: f64 = 0.1;

/// A condition on a column.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
struct Condition {
    column: String,
    relation: Relation,
    /// A number, or the text of a category.
    value: String,
}

/// How a cell is compared.
#[derive(Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
enum Relation {
    Above,
    Below,
    Is,
}

/// A rule.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct RulesOptions {
    conditions: Vec<Condition>,
    /// Whether one condition is enough.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    any: bool,
}

/// A rule beside the model on the validation rows.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RuleJudged {
    rows: usize,
    buyers: usize,
    /// A tenth of the rows.
    tenth: usize,
    rule: Chosen,
    /// Buyers in a tenth of the rows, drawn blindly among those the rule chooses.
    rule_in_tenth: f64,
    /// As many rows as the rule chooses, those with the best scores.
    model_as_many: Chosen,
    model_tenth: Chosen,
}

/// Rows that were chosen, and buyers among them.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Chosen {
    chosen: usize,
    buyers: usize,
}

/// Buyers among those the rule chooses, and among as many that the model would.
///
/// # Errors
/// `bad_input` for a column that is not there, a value that is not a number, or a label that is not one of two classes.
pub fn rules(run: &BoostingRun, options: RulesOptions) -> Result<RuleJudged, LabError> {
    let RulesOptions { conditions, any } = options;
    run.needs_two_classes()?;
    if conditions.len() > MOST_CONDITIONS {
        return Err(LabError::bad_input(format!("at most {MOST_CONDITIONS} conditions")));
    }
    let rows = run.rows("valid")?;
    let checks = conditions.iter().map(|condition| check(run, condition)).collect::<Result<Vec<_>, _>>()?;
    let holds = |row: usize| match any {
        true => checks.iter().any(|check| check(row)),
        false => checks.iter().all(|check| check(row)),
    };
    let bought = |row: &usize| run.data.labels[*row] > 0.0;
    let by_rule: Vec<usize> = rows.iter().copied().filter(|row| !checks.is_empty() && holds(*row)).collect();
    let (table, _) = run.split("valid")?;
    let answers = run.model().answers(&table);
    let by_model: Vec<usize> = descending(&answers).into_iter().map(|index| rows[index as usize]).collect();
    let tenth = (rows.len() as f64 * SHARE).round() as usize;
    let buyers = |rows: &[usize]| rows.iter().filter(|row| bought(row)).count();
    let chosen = |rows: &[usize]| Chosen { chosen: rows.len(), buyers: buyers(rows) };
    // A rule gives no order: of more people than can be called it is worth what a blind draw among them is.
    let rule_buyers = buyers(&by_rule) as f64;
    let rule_in_tenth =
        if by_rule.len() > tenth { rule_buyers * tenth as f64 / by_rule.len() as f64 } else { rule_buyers };
    Ok(RuleJudged {
        rows: rows.len(),
        buyers: buyers(rows),
        tenth,
        rule: chosen(&by_rule),
        rule_in_tenth,
        model_as_many: chosen(&by_model[..by_rule.len()]),
        model_tenth: chosen(&by_model[..tenth]),
    })
}

type Check<'a> = Box<dyn Fn(usize) -> bool + 'a>;

fn check<'a>(run: &'a BoostingRun, condition: &'a Condition) -> Result<Check<'a>, LabError> {
    let index = run.data.table.columns.iter().position(|column| column.name == condition.column);
    let index = index.filter(|_| condition.column != run.data.label);
    let index = index
        .ok_or_else(|| LabError::bad_input(format!("a column of the table, not `{}`,", condition.column)))?;
    let column = &run.data.table.columns[index];
    let number = || {
        condition
            .value
            .trim()
            .parse::<f64>()
            .map_err(|_| LabError::bad_input(format!("a number for `{}`", column.name)))
    };
    Ok(match condition.relation {
        Relation::Above => {
            let limit = number()?;
            Box::new(move |row| column.values[row] > limit)
        }
        Relation::Below => {
            let limit = number()?;
            Box::new(move |row| column.values[row] < limit)
        }
        Relation::Is => Box::new(move |row| run.cell_text(index, row) == condition.value),
    })
}
