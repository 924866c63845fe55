//! What the network takes the pictures of a split for.

use super::super::lab::run::VisionRun;
use crate::error::LabError;
use crate::nn::objective::metric::largest;

/// A picture and what the network takes it for.
pub struct Judged {
    pub row: usize,
    pub label: usize,
    pub predicted: usize,
    pub certainty: f32,
}

/// Every picture of a split.
///
/// # Errors
/// `unknown_split`, `device_lost`.
pub async fn judged(run: &VisionRun, split: &str) -> Result<Vec<Judged>, LabError> {
    let rows = run.split_rows(split)?;
    let certainty = run.certainty(&rows).await?;
    let judge = |(row, certainty): (usize, &[f32])| {
        let predicted = largest(certainty);
        Judged { row, label: run.pictures.labels[row] as usize, predicted, certainty: certainty[predicted] }
    };
    Ok(rows.iter().copied().zip(certainty.chunks_exact(run.classes.len())).map(judge).collect())
}
