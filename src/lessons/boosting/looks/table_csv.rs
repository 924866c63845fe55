//! The table as a file, with the split each row is in: what the programs of the code view read.

use super::batch::quoted;
use crate::error::LabError;
use crate::lessons::boosting::lab::run::{BoostingRun, SPLITS};
use crate::lessons::run::looks::NoOptions;
use serde::Serialize;

/// A file for the reader.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TableFile {
    file: &'static str,
    text: String,
}

/// The table with the split each row is in.
///
/// # Errors
/// `unknown_split`.
pub fn table_csv(run: &BoostingRun, _: NoOptions) -> Result<TableFile, LabError> {
    let mut split_of = vec![""; run.data.table.rows];
    for split in SPLITS {
        run.rows(split)?.iter().for_each(|row| split_of[*row] = split);
    }
    let columns = &run.data.table.columns;
    let mut text = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = String>, split: &str| {
        cells.for_each(|cell| text.extend([quoted(&cell).as_str(), ","]));
        text.extend([split, "\n"]);
    };
    line(&mut columns.iter().map(|column| column.name.clone()), "part");
    for (row, split) in split_of.iter().enumerate() {
        line(&mut (0..columns.len()).map(|column| run.cell_text(column, row)), split);
    }
    Ok(TableFile { file: "campaign.csv", text })
}
