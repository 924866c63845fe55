//! Looks inside: the table, a tree as it grows, what matters, and why a row has its score.

mod answers;
pub(super) mod batch;
mod exact_search;
mod growth;
mod job;
mod replay;
mod rules;

use crate::error::LabError;
use crate::lessons::boosting::lab::features::engine_error;
use crate::lessons::boosting::lab::lab::BoostingLab;
use crate::lessons::boosting::lab::predict;
use gbdt::model_text;
use gbdt::number::descending;
use serde::Deserialize;
use serde_json::{Value, json};

/// What can be looked at.
const INSPECTIONS: [&str; 16] = [
    "data",
    "growth",
    "importance",
    "answers",
    "contributions",
    "trees",
    "rules",
    "ranking",
    "batch_file",
    "batch",
    "job",
    "exact_search",
    "replay",
    "model_text",
    "table_csv",
    "code",
];
/// Rows of the table that are shown.
const SAMPLE: usize = 8;
/// Most people a ranking names.
const MOST_RANKED: usize = 200;

/// Answers a look inside.
///
/// # Errors
/// `unknown_inspection`, `bad_input`.
pub(super) fn inspect(lab: &BoostingLab, what: &str, options: Value) -> Result<Value, LabError> {
    match what {
        "data" => Ok(data(lab)),
        "growth" => growth::growth(lab, options),
        "importance" => Ok(importance(lab)),
        "answers" => answers::answers(lab, options),
        "contributions" => contributions(lab, options),
        "trees" => trees(lab, options),
        "rules" => rules::rules(lab, options),
        "ranking" => ranking(lab, options),
        "job" => job::log(lab),
        "exact_search" => exact_search::compare(lab, options),
        "replay" => replay::replay(options),
        "model_text" => Ok(json!({ "text": model_text::to_text(&lab.model()) })),
        "table_csv" => table_csv(lab),
        other => Err(LabError::unknown_inspection(other, &INSPECTIONS)),
    }
}

fn data(lab: &BoostingLab) -> Value {
    let table = &lab.data.table;
    let binned = lab.booster.data();
    let columns: Vec<Value> = table
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let seen = lab.features.from.iter().position(|from| *from == index);
            let feature = seen.and_then(|seen| binned.features.iter().find(|feature| feature.column == seen));
            let role = match (column.name == lab.data.label, seen, feature) {
                (true, ..) => "label",
                (_, None, _) => "left_out",
                (_, Some(_), None) => "useless",
                (_, Some(_), Some(_)) => "feature",
            };
            let filled = || column.values.iter().copied().filter(|value| !value.is_nan());
            let mut told = json!({
                "name": column.name,
                "kind": if column.categories.is_some() { "category" } else { "number" },
                "role": role,
                "missing": column.missing,
                "bins": feature.map(|feature| feature.mapper.bins),
            });
            match &column.categories {
                Some(names) => told["distinct"] = json!(names.len()),
                None => {
                    let count = filled().count().max(1) as f64;
                    told["min"] = json!(filled().fold(f64::INFINITY, f64::min));
                    told["max"] = json!(filled().fold(f64::NEG_INFINITY, f64::max));
                    told["mean"] = json!(filled().sum::<f64>() / count);
                }
            }
            told
        })
        .collect();
    let counts = |rows: &[usize]| {
        let mut counts = vec![0; lab.data.classes.len()];
        rows.iter().for_each(|row| {
            if let Some(count) = counts.get_mut(lab.data.labels[*row] as usize) {
                *count += 1;
            }
        });
        json!({ "rows": rows.len(), "classes": counts })
    };
    let sample: Vec<Vec<String>> = (0..SAMPLE.min(table.rows))
        .map(|row| (0..table.columns.len()).map(|column| predict::cell_text(lab, column, row)).collect())
        .collect();
    json!({
        "file": table.file,
        "rows": table.rows,
        "label": lab.data.label,
        "classes": lab.data.classes,
        "columns": columns,
        "parts": {
            "train": counts(&lab.parts.train),
            "valid": counts(&lab.parts.valid),
            "test": counts(&lab.parts.test),
        },
        "total_bins": binned.total_bins,
        "sample": sample,
        "products": predict::has_products(lab),
    })
}

fn importance(lab: &BoostingLab) -> Value {
    let model = lab.model();
    let importance = model.importance();
    let feature = |column: u32| {
        let column = column as usize;
        json!({
            "name": model.feature_names[column],
            "split": importance.split[column],
            "gain": importance.gain[column],
        })
    };
    json!({
        "features": descending(&importance.gain).into_iter().map(feature).collect::<Vec<_>>(),
        "trees": model.trees.len(),
        "curiosities": growth::curiosities(&model, &lab.parameters),
        "best_round": lab.best_round(),
        "milliseconds": lab.milliseconds(),
    })
}

#[derive(Deserialize)]
struct RowOptions {
    #[serde(default = "valid")]
    split: String,
    /// Place in the part.
    #[serde(default)]
    row: usize,
    /// Class whose score is explained.
    #[serde(default)]
    class: usize,
}

fn valid() -> String {
    "valid".into()
}

fn contributions(lab: &BoostingLab, options: Value) -> Result<Value, LabError> {
    let options: RowOptions = serde_json::from_value(options)
        .map_err(|_| LabError::bad_input("a split, and the place of a row in it"))?;
    let rows = lab.rows(&options.split)?;
    let row = *rows
        .get(options.row)
        .ok_or_else(|| LabError::bad_input(format!("a row from 0 to {}", rows.len() - 1)))?;
    let model = lab.model();
    if options.class >= model.trees_per_round {
        return Err(LabError::bad_input(format!("a class from 0 to {}", model.trees_per_round - 1)));
    }
    let table = lab.features.table.selected(&[row]);
    let width = model.feature_names.len() + 1;
    let all = model.contributions(&table).remove(0);
    let of_class = &all[options.class * width..(options.class + 1) * width];
    let values = model.feature_names.iter().enumerate().map(|(index, name)| {
        json!({
            "name": name,
            "text": predict::cell_text(lab, lab.features.from[index], row),
            "contribution": of_class[index],
        })
    });
    Ok(json!({
        "row": options.row,
        "rows": rows.len(),
        "base": of_class[width - 1],
        "score": model.raw_scores(&table)[options.class],
        "answer": model.answers(&table)[options.class],
        "label": label_text(lab, row),
        "values": values.collect::<Vec<_>>(),
    }))
}

fn label_text(lab: &BoostingLab, row: usize) -> String {
    let label = lab.data.labels[row];
    lab.data.classes.get(label as usize).cloned().unwrap_or_else(|| label.to_string())
}

#[derive(Deserialize)]
struct TreeOptions {
    #[serde(default)]
    tree: usize,
}

fn trees(lab: &BoostingLab, options: Value) -> Result<Value, LabError> {
    let TreeOptions { tree } =
        serde_json::from_value(options).map_err(|_| LabError::bad_input("the number of a tree"))?;
    let model = lab.model();
    let Some(shown) = model.trees.get(tree) else {
        return Ok(json!({ "trees": model.trees.len(), "tree": null }));
    };
    let leaves: Vec<Value> = shown
        .leaves
        .iter()
        .zip(shown.depths())
        .enumerate()
        .map(|(number, (leaf, depth))| {
            json!({ "leaf": number, "value": leaf.value, "rows": leaf.count, "depth": depth, "hessian": leaf.weight })
        })
        .collect();
    Ok(json!({
        "trees": model.trees.len(),
        "tree": tree,
        "shrinkage": shown.shrinkage,
        "nodes": growth::nodes(lab, shown),
        "leaves": leaves,
    }))
}

#[derive(Deserialize)]
struct RankingOptions {
    /// The product that is offered; its number as in the table.
    product: Option<String>,
    top: usize,
}

/// People by their score, best first. Where products are offered, every person of the test rows is asked for the one
/// chosen.
fn ranking(lab: &BoostingLab, options: Value) -> Result<Value, LabError> {
    let options: RankingOptions = serde_json::from_value(options)
        .map_err(|_| LabError::bad_input("how many people, and a product or none"))?;
    let rows = lab.rows("test")?;
    let mut table = lab.features.table.selected(rows);
    if let Some(product) = &options.product {
        let index = lab
            .features
            .texts
            .iter()
            .position(|texts| texts.as_ref().is_some_and(|texts| texts.contains(product)));
        let index =
            index.ok_or_else(|| LabError::bad_input(format!("a product of the table, not `{product}`,")))?;
        let code = lab.features.texts[index]
            .as_ref()
            .and_then(|texts| texts.iter().position(|text| text == product));
        let mut columns = table.columns().to_vec();
        columns[index].values = vec![code.expect("just found") as f64; rows.len()].into();
        table = gbdt::Table::new(columns).map_err(engine_error)?;
    }
    let answers = lab.model().answers(&table);
    let classes = lab.model().trees_per_round;
    let of_first_class: Vec<f64> = answers.iter().copied().step_by(classes).collect();
    let people: Vec<Value> = descending(&of_first_class)
        .into_iter()
        .map(|place| place as usize)
        .take(options.top.min(MOST_RANKED))
        .map(|place| {
            let cells: Vec<String> =
                (0..lab.data.table.columns.len()).map(|column| predict::cell_text(lab, column, rows[place])).collect();
            json!({ "answer": answers[place * classes], "cells": cells, "label": label_text(lab, rows[place]) })
        })
        .collect();
    let mut products = lab.data.table.columns[0].categories.clone().filter(|_| predict::has_products(lab));
    if let Some(products) = &mut products {
        products.sort();
    }
    Ok(json!({
        "columns": lab.data.table.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>(),
        "products": products,
        "people": people,
    }))
}

/// The table with the part each row stands in: what the programs of the code view read.
fn table_csv(lab: &BoostingLab) -> Result<Value, LabError> {
    let failed =
        |error: csv::Error| LabError::new("export_failed", format!("The table cannot be written: {error}."));
    let mut part = vec![""; lab.data.table.rows];
    for split in ["train", "valid", "test"] {
        lab.rows(split)?.iter().for_each(|row| part[*row] = split);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = lab.data.table.columns.iter().map(|column| column.name.as_str());
    writer.write_record(names.chain(["part"])).map_err(failed)?;
    for (row, part) in part.iter().enumerate() {
        let cells = (0..lab.data.table.columns.len()).map(|column| predict::cell_text(lab, column, row));
        writer.write_record(cells.chain([part.to_string()])).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.into_error().into()))?;
    Ok(json!({ "file": "campaign.csv", "text": String::from_utf8(bytes).expect("text was written") }))
}
