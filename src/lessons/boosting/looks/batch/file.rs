//! Which file a batch transform runs over: lines without a header, all columns of the table but the label.

use super::job::{BatchOptions, BatchSource};
use super::requests::quoted;
use crate::data::table::rows_by_name;
use crate::error::LabError;
use crate::lessons::boosting::dataset::RULES;
use crate::lessons::boosting::lab::batch_file::BatchFile;
use crate::lessons::boosting::lab::run::BoostingRun;
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hasher};

/// The file that jobs run over.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct BatchFileOptions {
    source: BatchSource,
    /// Of a file of the reader's its name.
    #[serde(default)]
    #[cfg_attr(test, ts(optional = nullable))]
    name: Option<String>,
    /// Of a file of the reader's its text, with a header.
    #[serde(default)]
    #[cfg_attr(test, ts(optional = nullable))]
    text: Option<String>,
}

/// A file that is ready.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BatchFileReady {
    /// What `batch` takes for it. A lab that does not have the file answers `no_batch_file`.
    file: String,
    records: usize,
    file_bytes: usize,
}

/// Makes a file ready: the test rows, all rows, or the reader's own.
///
/// # Errors
/// `bad_input`; of the reader's own file `bad_table` with the column it lacks.
pub fn batch_file(run: &mut BoostingRun, options: BatchFileOptions) -> Result<BatchFileReady, LabError> {
    make_ready(run, options.source, options.name.as_deref(), options.text.as_deref())?;
    let file = run.batch_file.as_ref().expect("just made ready");
    Ok(BatchFileReady { file: file.key.clone(), records: file.records, file_bytes: file.text(true).len() })
}

/// The file that a job names, brings with it, or ran over last.
///
/// # Errors
/// `no_batch_file` where the lab does not have it: a worker that was replaced has none.
pub fn file_of<'a>(run: &'a mut BoostingRun, job: &BatchOptions) -> Result<&'a BatchFile, LabError> {
    if let Some(source) = job.source {
        make_ready(run, source, job.name.as_deref(), job.text.as_deref())?;
    }
    let file = run.batch_file.as_ref();
    let wanted = file.filter(|file| job.file.as_ref().is_none_or(|key| *key == file.key));
    wanted.ok_or_else(|| {
        LabError::new("no_batch_file", "The file of the batch transform is not there: choose it again.")
    })
}

fn make_ready(
    run: &mut BoostingRun,
    source: BatchSource,
    name: Option<&str>,
    text: Option<&str>,
) -> Result<(), LabError> {
    let own = match (source, text) {
        (BatchSource::Own, None) => {
            return Err(LabError::bad_input("the `text` of the file, with a header,").with("option", "text"));
        }
        (_, text) => text.unwrap_or_default(),
    };
    let key = match source {
        BatchSource::Test => "test".into(),
        BatchSource::All => "all".into(),
        BatchSource::Own => {
            let mut hasher = DefaultHasher::new();
            hasher.write(own.as_bytes());
            format!("own-{}-{:x}", own.len(), hasher.finish())
        }
    };
    if run.batch_file.as_ref().is_some_and(|file| file.key == key) {
        return Ok(());
    }
    let lines = match source {
        BatchSource::Test => lines_of_rows(run, run.splits.test.iter().copied()),
        BatchSource::All => lines_of_rows(run, 0..run.data.table.rows),
        BatchSource::Own => lines_of_text(run, name.unwrap_or_default(), own.as_bytes())?,
    };
    run.batch_file = Some(BatchFile::of(key, lines));
    Ok(())
}

/// Names of the columns of a record: all but the label.
pub fn columns(run: &BoostingRun) -> Vec<&str> {
    let names = run.data.table.columns.iter().map(|column| column.name.as_str());
    names.filter(|name| *name != run.data.label).collect()
}

/// Rows of the table as lines.
fn lines_of_rows(run: &BoostingRun, rows: impl Iterator<Item = usize>) -> Vec<String> {
    let label = run.data.table.columns.iter().position(|column| column.name == run.data.label);
    let columns: Vec<usize> =
        (0..run.data.table.columns.len()).filter(|column| Some(*column) != label).collect();
    let line = |row: usize| {
        let cells: Vec<String> = columns.iter().map(|column| quoted(&run.cell_text(*column, row))).collect();
        cells.join(",")
    };
    rows.map(line).collect()
}

/// A file with a header: its columns in the order that the container expects, without the header, as the document
/// prepares its own.
fn lines_of_text(run: &BoostingRun, name: &str, text: &[u8]) -> Result<Vec<String>, LabError> {
    let mut lines = Vec::new();
    rows_by_name(name, text, &columns(run), RULES.limits, |cells| {
        // A line end inside a cell would cut the record: such files cannot be split by line.
        let cells: Vec<String> = cells.iter().map(|cell| quoted(&cell.replace(['\n', '\r'], " "))).collect();
        lines.push(cells.join(","));
    })?;
    Ok(lines)
}
