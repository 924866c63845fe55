//! A look inside: the network's table, its pictures, and what it takes them for.

use super::super::lab::run::VisionLab;
use super::super::lab::{answers, cost};
use crate::error::LabError;
use crate::nn::objective::metric::largest;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Most pictures that are sent at once.
const MOST_PICTURES: usize = 64;

/// The layers as Keras' `summary` lists them.
pub fn summary(lab: &VisionLab) -> Value {
    let config = &lab.config;
    json!({
        "input": [config.height, config.width, config.channels],
        "layers": config.layers(),
        "parameters": config.parameters(),
        "multiplications": config.multiplications(),
        "training_bytes": cost::training_bytes(&lab.settings, lab.classes.len()),
    })
}

#[derive(Deserialize)]
struct PicturesOptions {
    split: String,
    #[serde(default)]
    from: usize,
    #[serde(default = "sixteen")]
    count: usize,
    #[serde(default)]
    order: Order,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Order {
    /// As they stand.
    #[default]
    Order,
    /// As many of each class, one class after the other, as in the document's four by four.
    Classes,
}

fn sixteen() -> usize {
    16
}

/// Pictures of a part with their classes, and how many of each class there are.
///
/// # Errors
/// `unknown_split`, `bad_input`.
pub fn pictures(lab: &VisionLab, options: Value) -> Result<Value, LabError> {
    let PicturesOptions { split, from, count, order } = read(options)?;
    let rows = lab.split_rows(&split)?;
    if count > MOST_PICTURES {
        return Err(LabError::bad_input(format!("at most {MOST_PICTURES} pictures")));
    }
    let shown: Vec<usize> = match order {
        Order::Order => rows.iter().skip(from).take(count).copied().collect(),
        Order::Classes => of_each_class(lab, &rows, from, count),
    };
    let pictures: Vec<Value> = shown
        .iter()
        .map(|&row| {
            let index = row - rows[0];
            let more =
                json!({ "index": index, "label": lab.pictures.labels[row], "origin": origin(lab, row) });
            answers::picture_with(&lab.pictures.picture(row), more)
        })
        .collect();
    Ok(json!({
        "total": rows.len(),
        "counts": { "train": counts(lab, "train")?, "test": counts(lab, "test")? },
        "pictures": pictures,
    }))
}

fn of_each_class(lab: &VisionLab, rows: &[usize], from: usize, count: usize) -> Vec<usize> {
    let each = (count / lab.classes.len()).max(1);
    let first = from / lab.classes.len();
    (0..lab.classes.len() as u32)
        .flat_map(|class| {
            let of_class = rows.iter().filter(move |row| lab.pictures.labels[**row] == class);
            of_class.skip(first).take(each).copied()
        })
        .collect()
}

/// Icon or path a picture comes from.
fn origin(lab: &VisionLab, row: usize) -> &str {
    lab.pictures.origins.get(row).map_or("", String::as_str)
}

fn counts(lab: &VisionLab, split: &str) -> Result<Vec<u32>, LabError> {
    let mut counts = vec![0; lab.classes.len()];
    lab.split_rows(split)?.iter().for_each(|row| counts[lab.pictures.labels[*row] as usize] += 1);
    Ok(counts)
}

#[derive(Deserialize)]
struct JudgedOptions {
    split: String,
    #[serde(default = "sixteen")]
    count: usize,
}

/// A picture and what the network takes it for.
struct Judged {
    row: usize,
    label: usize,
    predicted: usize,
    certainty: f32,
}

async fn judged(lab: &VisionLab, split: &str) -> Result<Vec<Judged>, LabError> {
    let rows = lab.split_rows(split)?;
    let certainty = lab.certainty(&rows).await?;
    let judge = |(row, certainty): (usize, &[f32])| {
        let predicted = largest(certainty);
        Judged { row, label: lab.pictures.labels[row] as usize, predicted, certainty: certainty[predicted] }
    };
    Ok(rows.iter().copied().zip(certainty.chunks_exact(lab.classes.len())).map(judge).collect())
}

/// Pictures taken for another class than their own, those the network is surest of first.
///
/// # Errors
/// `unknown_split`, `bad_input`, `device_lost`.
pub async fn mistakes(lab: &VisionLab, options: Value) -> Result<Value, LabError> {
    let JudgedOptions { split, count } = read(options)?;
    if count > MOST_PICTURES {
        return Err(LabError::bad_input(format!("at most {MOST_PICTURES} pictures")));
    }
    let mut wrong = judged(lab, &split).await?;
    let rows = wrong.len();
    wrong.retain(|picture| picture.label != picture.predicted);
    wrong.sort_by(|one, other| other.certainty.total_cmp(&one.certainty));
    let first = lab.split_rows(&split)?[0];
    let pictures: Vec<Value> = wrong
        .iter()
        .take(count)
        .map(|Judged { row, label, predicted, certainty }| {
            let more = json!({
                "index": row - first,
                "label": label,
                "predicted": predicted,
                "certainty": certainty,
                "origin": origin(lab, *row),
            });
            answers::picture_with(&lab.pictures.picture(*row), more)
        })
        .collect();
    Ok(json!({ "split": split, "rows": rows, "mistakes": wrong.len(), "pictures": pictures }))
}

/// Counts of the pictures of a part by true and by predicted class, `counts[true][predicted]`.
///
/// # Errors
/// `unknown_split`, `bad_input`, `device_lost`.
pub async fn confusion(lab: &VisionLab, options: Value) -> Result<Value, LabError> {
    let JudgedOptions { split, .. } = read(options)?;
    let mut counts = vec![vec![0u32; lab.classes.len()]; lab.classes.len()];
    let judged = judged(lab, &split).await?;
    judged.iter().for_each(|picture| counts[picture.label][picture.predicted] += 1);
    let mistakes = judged.iter().filter(|picture| picture.label != picture.predicted).count();
    Ok(json!({
        "split": split,
        "rows": judged.len(),
        "counts": counts,
        "mistakes": mistakes,
        "mistaken_rows": [],
        "certainty_is": "probability",
    }))
}

fn read<T: DeserializeOwned>(options: Value) -> Result<T, LabError> {
    serde_json::from_value(options).map_err(|error| LabError::bad_input(error.to_string()))
}
