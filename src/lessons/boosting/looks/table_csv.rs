//! The table as a file, with the split each row is in: what the programs of the code view read.

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
/// `export_failed`.
pub fn table_csv(run: &BoostingRun, _: NoOptions) -> Result<TableFile, LabError> {
    let failed =
        |error: csv::Error| LabError::new("export_failed", format!("The table cannot be written: {error}."));
    let mut split_of = vec![""; run.data.table.rows];
    for split in SPLITS {
        run.rows(split)?.iter().for_each(|row| split_of[*row] = split);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = run.data.table.columns.iter().map(|column| column.name.as_str());
    writer.write_record(names.chain(["part"])).map_err(failed)?;
    for (row, split) in split_of.iter().enumerate() {
        let cells = (0..run.data.table.columns.len()).map(|column| run.cell_text(column, row));
        writer.write_record(cells.chain([split.to_string()])).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.into_error().into()))?;
    Ok(TableFile { file: "campaign.csv", text: String::from_utf8(bytes).expect("text was written") })
}
