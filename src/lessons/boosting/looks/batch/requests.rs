//! The requests that a file is cut into.

use super::filter::Filter;
use super::job::{BatchOptions, ByLine, Strategy};
use super::{BatchFailure, Failed};
use std::borrow::Cow;

/// Bytes of a megabyte, as payloads are counted.
const MEGABYTE: f64 = 1024.0 * 1024.0;

/// One request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request<'a> {
    /// What is sent.
    pub(super) body: &'a str,
    /// Its first record, counted from 1.
    pub(super) first_record: usize,
}

impl<'a> Request<'a> {
    /// Its records, without their line ends.
    pub(super) fn records(&self) -> impl Iterator<Item = &'a str> {
        self.body.strip_suffix('\n').unwrap_or(self.body).split('\n')
    }
}

/// The file as it is sent: of each record what the input filter keeps.
///
/// # Errors
/// `bad_input_filter`, with the record that lacks a cell where it is one.
pub(super) fn filtered<'a>(job: &BatchOptions, file: &'a str) -> Result<Cow<'a, str>, Failed> {
    let filter = Filter::parse(&job.input_filter).ok_or((BatchFailure::BadInputFilter, 0))?;
    if matches!(filter, Filter::All) {
        return Ok(Cow::Borrowed(file));
    }
    let mut sent = String::with_capacity(file.len());
    for (index, record) in file.split_inclusive('\n').enumerate() {
        let kept = filter.kept(&cells(record)).ok_or((BatchFailure::BadInputFilter, index + 1))?;
        sent.push_str(&kept.join(","));
        if record.ends_with('\n') {
            sent.push('\n');
        }
    }
    Ok(Cow::Owned(sent))
}

/// Cuts a file; by lines where it is told to, each request as full as the limit allows or with one record alone.
///
/// # Errors
/// `payload_too_large`.
pub(super) fn requests<'a>(job: &BatchOptions, file: &'a str) -> Result<Vec<Request<'a>>, Failed> {
    let limit = (job.max_payload * MEGABYTE) as usize;
    let fits = |bytes: usize| limit == 0 || bytes <= limit;
    if job.split_type == ByLine::None {
        let whole = Request { body: file, first_record: 1 };
        return if fits(file.len()) { Ok(vec![whole]) } else { Err((BatchFailure::PayloadTooLarge, 1)) };
    }
    let mut requests: Vec<Request<'a>> = Vec::new();
    let mut begin = 0;
    for (index, record) in file.split_inclusive('\n').enumerate() {
        if !fits(record.len()) {
            return Err((BatchFailure::PayloadTooLarge, index + 1));
        }
        let end = begin + record.len();
        match requests.last_mut() {
            Some(last) if job.strategy == Strategy::MultiRecord && fits(last.body.len() + record.len()) => {
                last.body = &file[begin - last.body.len()..end];
            }
            _ => requests.push(Request { body: record, first_record: index + 1 }),
        }
        begin = end;
    }
    Ok(requests)
}

/// The cells of a record, quoted again where they need it.
pub(super) fn cells(record: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(record.as_bytes());
    let first = reader.records().next().and_then(Result::ok);
    first.map_or_else(Vec::new, |record| record.iter().map(quoted).collect())
}

/// A cell as it stands in a file of comma-separated values.
pub(in super::super) fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_input_filter_chooses_what_is_sent() {
        let job = |filter: &str| BatchOptions { input_filter: filter.into(), ..BatchOptions::default() };
        assert_eq!(filtered(&job("$"), "a,b\nc,d").unwrap(), "a,b\nc,d");
        assert_eq!(filtered(&job("$[1]"), "a,b\nc,\"d,e\"").unwrap(), "b\n\"d,e\"");
        assert_eq!(filtered(&job("$[2]"), "a,b\n").unwrap_err(), (BatchFailure::BadInputFilter, 1));
        assert_eq!(filtered(&job("x"), "a,b\n").unwrap_err().0, BatchFailure::BadInputFilter);
    }

    #[test]
    fn requests_are_as_full_as_the_limit_allows() {
        let bodies = |job: &BatchOptions, file: &'static str| -> Result<Vec<&str>, Failed> {
            requests(job, file).map(|all| all.iter().map(|request| request.body).collect())
        };
        let limit = |bytes: f64| bytes / MEGABYTE;
        let job = BatchOptions { max_payload: limit(6.0), ..BatchOptions::default() };
        assert_eq!(bodies(&job, "aa\nbb\ncc\n").unwrap(), ["aa\nbb\n", "cc\n"]);
        assert_eq!(requests(&job, "aa\nbb\ncc\n").unwrap()[1].first_record, 3);
        let single = BatchOptions { strategy: Strategy::SingleRecord, ..BatchOptions::default() };
        assert_eq!(bodies(&single, "aa\nbb\ncc").unwrap(), ["aa\n", "bb\n", "cc"]);
        assert_eq!(bodies(&job, "aa\nbbbbbbb\n").unwrap_err(), (BatchFailure::PayloadTooLarge, 2));
        let whole =
            BatchOptions { split_type: ByLine::None, max_payload: limit(4.0), ..BatchOptions::default() };
        assert_eq!(bodies(&whole, "aa\nbb\n").unwrap_err().0, BatchFailure::PayloadTooLarge);
        let streamed = BatchOptions { max_payload: 0.0, ..whole };
        assert_eq!(bodies(&streamed, "aa\nbb\n").unwrap().len(), 1);
    }
}
