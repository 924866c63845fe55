//! People in the order of their scores.

use crate::error::LabError;
use crate::lessons::boosting::dataset::alphabetical;
use crate::lessons::boosting::lab::features::engine_error;
use crate::lessons::boosting::lab::run::BoostingRun;
use gbdt::Table;
use gbdt::number::descending;
use serde::{Deserialize, Serialize};

/// Most people a ranking names.
const MOST_RANKED: usize = 200;

/// How many people are ranked, and for what.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct RankingOptions {
    /// The product that is offered; its number as in the table. Each person's own where there is none.
    #[cfg_attr(test, ts(optional = nullable))]
    product: Option<String>,
    top: usize,
}

/// People by their score, best first.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Ranking {
    /// Names of the columns of the table.
    columns: Vec<String>,
    /// Products that can be offered, where people are asked for one.
    products: Option<Vec<String>>,
    people: Vec<Person>,
}

/// A test row.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Person {
    answer: f64,
    cells: Vec<String>,
    label: String,
}

/// People by their score, best first. Where products are offered, every person of the test rows is asked for the one
/// chosen.
///
/// # Errors
/// `bad_input` for a product that is not in the table.
pub fn ranking(run: &BoostingRun, options: RankingOptions) -> Result<Ranking, LabError> {
    let rows = run.rows("test")?;
    let table = match &options.product {
        None => run.table()?.selected(rows),
        Some(product) => offered(run, rows, product)?,
    };
    let model = run.model();
    let (answers, classes) = (model.answers(&table), model.trees_per_round);
    let of_first_class: Vec<f64> = answers.iter().copied().step_by(classes).collect();
    let columns = &run.data.table.columns;
    let person = |place: usize| Person {
        answer: answers[place * classes],
        cells: (0..columns.len()).map(|column| run.cell_text(column, rows[place])).collect(),
        label: run.label_text(rows[place]),
    };
    let best = descending(&of_first_class).into_iter().take(options.top.min(MOST_RANKED));
    let products = columns[0].categories.as_ref().filter(|_| run.has_products());
    let in_order =
        |texts: &Vec<String>| alphabetical(texts).into_iter().map(|place| texts[place].clone()).collect();
    Ok(Ranking {
        columns: columns.iter().map(|column| column.name.clone()).collect(),
        products: products.map(in_order),
        people: best.map(|place| person(place as usize)).collect(),
    })
}

/// The rows with one product offered to all.
fn offered(run: &BoostingRun, rows: &[usize], product: &String) -> Result<Table, LabError> {
    let place = run.features.texts.iter().enumerate().find_map(|(index, texts)| {
        let code = texts.as_ref()?.iter().position(|text| text == product)?;
        Some((index, code))
    });
    let (index, code) =
        place.ok_or_else(|| LabError::bad_input(format!("a product of the table, not `{product}`,")))?;
    let mut columns = run.table()?.selected(rows).columns().to_vec();
    columns[index].values = vec![code as f64; rows.len()].into();
    Table::new(columns).map_err(engine_error)
}
