//! Which classes the model takes for which, with the rows behind its mistakes.

use super::super::lab::classical::Fitted;
use super::super::lab::run::{IrisRun, Model};
use crate::error::LabError;
use crate::lessons::run::confusion::{CertaintyKind, Confusion, ConfusionOptions, MistakenRow};
use crate::nn::objective::metric::largest;

/// Most misclassified rows that are sent to be listed.
const MOST_MISTAKES_SHOWN: usize = 200;

/// A row the model takes for another class than its own.
struct Mistake {
    row: usize,
    predicted: usize,
    certainty: f32,
}

/// Counts of the rows of a part by true and by predicted class, and the misclassified rows, of which those the model
/// was surest of come first.
///
/// # Errors
/// `bad_input`, `unknown_split`, `device_lost`.
pub async fn confusion(run: &IrisRun, options: ConfusionOptions) -> Result<Confusion, LabError> {
    let ConfusionOptions { split } = options;
    let rows = run.split_rows(&split)?;
    let table = &run.table;
    let classes = table.classes.len();
    let mut counts = vec![vec![0u32; classes]; classes];
    let mut mistakes = Vec::new();
    for (&row, certainty) in rows.iter().zip(certainty(run, rows).await?.chunks_exact(classes)) {
        let predicted = largest(certainty);
        counts[table.labels[row] as usize][predicted] += 1;
        if predicted != table.labels[row] as usize {
            mistakes.push(Mistake { row, predicted, certainty: certainty[predicted] });
        }
    }
    mistakes.sort_by(|one, other| other.certainty.total_cmp(&one.certainty));
    let listed = mistakes.iter().take(MOST_MISTAKES_SHOWN).map(|mistake| MistakenRow {
        row: table.number(mistake.row),
        features: table.rows[mistake.row].clone(),
        label: table.labels[mistake.row],
        predicted: mistake.predicted,
        certainty: mistake.certainty.into(),
    });
    Ok(Confusion {
        split,
        rows: rows.len(),
        counts,
        mistakes: mistakes.len(),
        mistaken_rows: listed.collect(),
        certainty_is: certainty_kind(run),
    })
}

/// Row-major `[rows.len(), classes]`; nothing is asked of the model for a part without rows.
async fn certainty(run: &IrisRun, rows: &[usize]) -> Result<Vec<f32>, LabError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let values: Vec<Vec<f64>> = rows.iter().map(|&row| run.table.rows[row].clone()).collect();
    run.certainty(&values).await
}

fn certainty_kind(run: &IrisRun) -> CertaintyKind {
    match &run.model {
        Model::Classical(classical) if matches!(classical.fitted(), Fitted::Svm(_)) => CertaintyKind::Margin,
        _ => CertaintyKind::Probability,
    }
}
