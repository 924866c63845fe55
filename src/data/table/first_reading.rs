//! The first reading of a table: which lines are rows, and how its numbers and dates are written.

use super::TableRules;
use super::cell::DecimalSign;
use super::errors::{no_rows, row_length, too_many_rows, unclosed_quote};
use super::header::read_header;
use super::reading::{Doubt, TableReading};
use super::records::Records;
use super::sniff::{Seen, decimal_sign, has_numbers_for_names, is_row, is_units, shown};
use super::trims::Trims;
use crate::error::LabError;

/// The text of a table, how its cells are separated, and what it may hold.
pub(super) struct Source<'text> {
    pub(super) file: &'text str,
    pub(super) text: &'text [u8],
    /// Lines of the file before the text.
    pub(super) skipped: usize,
    pub(super) delimiter: Option<u8>,
    pub(super) rules: &'text TableRules,
    pub(super) reading: &'text TableReading,
}

/// What one look through all rows has seen.
pub(super) struct LookedThrough {
    /// The first line and its row, where there may be names in it.
    pub(super) first: Option<(usize, Vec<String>)>,
    /// The line below it.
    pub(super) second: Option<(usize, Vec<String>)>,
    /// The row that was left out, because it holds units.
    pub(super) units: Option<usize>,
    pub(super) columns: Vec<Seen>,
    pub(super) rows: usize,
    /// Lines that repeat the first, and the first of them.
    pub(super) repeated: usize,
    pub(super) first_repeated: usize,
    /// What stands at the ends of the cells.
    pub(super) trims: Trims,
}

/// What the first reading has found.
pub(super) struct Sniffed {
    pub(super) seen: LookedThrough,
    pub(super) has_names: bool,
    pub(super) decimal: DecimalSign,
    pub(super) is_decimal_sure: bool,
    pub(super) doubts: Vec<Doubt>,
}

impl<'text> Source<'text> {
    pub(super) fn records(&self) -> Records<'text> {
        Records::new(self.file, self.text, self.delimiter.unwrap_or(b',')).below(self.skipped)
    }

    /// The first reading. Lines that turn out to be no rows, or to be one after all, are looked at again without them.
    pub(super) fn sniff(&self, names: Option<&[&str]>) -> Result<Sniffed, LabError> {
        let seen = self.look_through(names, false, None)?;
        let Some(first) = &seen.first else { return Ok(self.sniffed(seen, false, Vec::new())) };
        let mut doubts = Vec::new();
        let of = seen.rows;
        let mut doubt = |doubt, count, (row, cells): &(usize, Vec<String>)| {
            doubts.push(Doubt { doubt, count, of, example: shown(&cells.join(", ")), row: *row });
        };
        let is_row = self.reading.header.map_or_else(|| is_row(&first.1, &seen.columns), |chosen| !chosen);
        if is_row {
            if self.reading.header.is_none() {
                doubt("no_header", 1, first);
            }
            let seen = self.look_through(names, true, None)?;
            return Ok(self.sniffed(seen, false, doubts));
        }
        if seen.rows == 0 {
            return Err(no_rows(self.file, first.0));
        }
        if self.reading.header.is_none() && has_numbers_for_names(&first.1, &seen.columns) {
            doubt("header_of_numbers", 1, first);
        }
        if seen.repeated > 0 {
            doubt("repeated_header", seen.repeated, &(seen.first_repeated, first.1.clone()));
        }
        if let Some(second) = &seen.second
            && !self.reading.every_line
            && seen.rows > 3
            && is_units(&second.1, &seen.columns)
        {
            doubt("units_row", 1, second);
            let seen = self.look_through(names, false, Some(second.0))?;
            return Ok(self.sniffed(seen, true, doubts));
        }
        Ok(self.sniffed(seen, true, doubts))
    }

    fn sniffed(&self, mut seen: LookedThrough, has_names: bool, mut doubts: Vec<Doubt>) -> Sniffed {
        doubts.extend(std::mem::take(&mut seen.trims).doubt());
        let (found, is_found_sure) = decimal_sign(&seen.columns, self.delimiter.unwrap_or(b','));
        Sniffed {
            decimal: self.reading.decimal.unwrap_or(found),
            is_decimal_sure: is_found_sure || self.reading.decimal.is_some(),
            has_names,
            doubts,
            seen,
        }
    }

    /// Looks at every row once; the first line is one of them, or holds names, or is not there.
    fn look_through(
        &self,
        names: Option<&[&str]>,
        first_is_row: bool,
        units: Option<usize>,
    ) -> Result<LookedThrough, LabError> {
        let Self { file, rules, delimiter, reading, .. } = *self;
        let mut records = self.records();
        let mut trims = Trims::default();
        let first = match names {
            Some(_) => None,
            None => {
                let (row, cells) = read_header(&mut records, file, delimiter.is_some(), rules.limits)?;
                Some((row, cells.iter().map(|cell| trims.add(row, cell).into()).collect::<Vec<String>>()))
            }
        };
        let width = first.as_ref().map_or_else(|| names.map_or(0, <[&str]>::len), |(_, cells)| cells.len());
        let mut columns: Vec<Seen> = (0..width).map(|_| Seen::default()).collect();
        let mut second: Option<(usize, Vec<String>)> = None;
        let (mut repeated, mut first_repeated) = (0, 0);
        let (mut rows, mut last_row) = (0, first.as_ref().map_or(0, |(row, _)| *row));
        if let Some((row, cells)) = first.as_ref().filter(|_| first_is_row) {
            columns.iter_mut().zip(cells).for_each(|(seen, cell)| seen.add(*row, cell));
            rows = 1;
        }
        while let Some((row, record)) = records.read_next()? {
            if record.len() != width {
                let found = record.len();
                return Err(match records.is_unclosed() {
                    true => unclosed_quote(file, row),
                    false => row_length(file, row, width, found),
                });
            }
            last_row = row;
            if units == Some(row) {
                continue;
            }
            let cells: Vec<&str> = record.iter().map(|cell| trims.add(row, cell)).collect();
            let is_repeated = |(_, names): &(usize, Vec<String>)| {
                names.iter().map(String::as_str).eq(cells.iter().copied())
            };
            // The line below the names is a row whatever stands in it.
            let may_repeat = !first_is_row && !reading.every_line && rows > 0;
            if may_repeat && first.as_ref().is_some_and(is_repeated) {
                repeated += 1;
                first_repeated = if repeated == 1 { row } else { first_repeated };
                columns.iter_mut().for_each(|seen| seen.like_first += 1);
                continue;
            }
            if rows == rules.limits.rows {
                return Err(too_many_rows(file, row, rules.limits));
            }
            rows += 1;
            let is_like = |line: &Option<(usize, Vec<String>)>, place: usize, cell: &str| {
                usize::from(line.as_ref().is_some_and(|(_, cells)| cells[place] == cell))
            };
            for (place, (seen, cell)) in columns.iter_mut().zip(cells.iter().copied()).enumerate() {
                seen.like_first += is_like(&first, place, cell);
                seen.like_second += is_like(&second, place, cell);
                seen.add(row, cell);
            }
            if second.is_none() && first.is_some() {
                second = Some((row, cells.into_iter().map(Into::into).collect()));
            }
        }
        if records.is_unclosed() {
            return Err(unclosed_quote(file, last_row));
        }
        if rows == 0 && first.is_none() {
            return Err(no_rows(file, 0));
        }
        Ok(LookedThrough { first, second, units, columns, rows, repeated, first_repeated, trims })
    }
}
