//! Which classes the network takes for which.

use super::super::lab::run::VisionRun;
use super::judged::judged;
use crate::error::LabError;
use crate::lessons::run::confusion::{CertaintyKind, Confusion, ConfusionOptions};

/// Counts of the pictures of a split by true and by predicted class. Pictures are listed by `mistakes`, and no rows
/// here.
///
/// # Errors
/// `unknown_split`, `bad_input`, `device_lost`.
pub async fn confusion(run: &VisionRun, options: ConfusionOptions) -> Result<Confusion, LabError> {
    let ConfusionOptions { split } = options;
    let mut counts = vec![vec![0u32; run.classes.len()]; run.classes.len()];
    let judged = judged(run, &split).await?;
    judged.iter().for_each(|picture| counts[picture.label][picture.predicted] += 1);
    let mistakes = judged.iter().filter(|picture| picture.label != picture.predicted).count();
    Ok(Confusion {
        split,
        rows: judged.len(),
        counts,
        mistakes,
        mistaken_rows: Vec::new(),
        certainty_is: CertaintyKind::Probability,
    })
}
