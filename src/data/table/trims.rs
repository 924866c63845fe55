//! How many cells have blanks or signs without a width at their ends, which are taken off.

use super::reading::Doubt;
use super::sniff::shown;
use crate::data::unseen::{hides_signs, trimmed};

/// What one look through a table has seen at the ends of its cells.
#[derive(Default)]
pub(super) struct Trims {
    cells: usize,
    blanks: Ends,
    hidden: Ends,
}

#[derive(Default)]
struct Ends {
    count: usize,
    first: Option<(usize, String)>,
}

impl Ends {
    fn add(&mut self, row: usize, cell: &str) {
        self.count += 1;
        self.first.get_or_insert_with(|| (row, shown(cell)));
    }
}

impl Trims {
    /// Notes a cell as it stands in the file and returns what remains of it.
    pub(super) fn add<'cell>(&mut self, row: usize, cell: &'cell str) -> &'cell str {
        let rest = trimmed(cell);
        self.cells += 1;
        if rest.len() < cell.len() && !rest.is_empty() {
            let ends = if hides_signs(cell) { &mut self.hidden } else { &mut self.blanks };
            ends.add(row, rest);
        }
        rest
    }

    /// What a reader should know. Blanks around most cells are how a file is written, such as one separated by a comma
    /// and a blank; around few they are likely to be slips.
    pub(super) fn doubt(self) -> Option<Doubt> {
        let are_slips = self.blanks.count * 2 < self.cells;
        let count = self.hidden.count + if are_slips { self.blanks.count } else { 0 };
        let (row, example) = self.hidden.first.or(self.blanks.first)?;
        (count > 0).then_some(Doubt { doubt: "trimmed", count, of: self.cells, example, row })
    }
}
