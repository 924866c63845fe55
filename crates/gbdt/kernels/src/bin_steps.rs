//! Rows of bins that go down a tree.

/// The bins of a column, as narrow as they fit.
pub enum Column<'a> {
    /// Up to 256 bins.
    Narrow(&'a [u8]),
    /// More.
    Wide(&'a [u16]),
}

/// A split.
pub struct BinStep {
    /// The column.
    pub column: usize,
    /// For each of its bins whether it goes left.
    pub goes_left: Vec<bool>,
    /// A split of the same tree, or a leaf as −1 less its number.
    pub left: i32,
    /// Likewise.
    pub right: i32,
}

/// A tree for walking over bins.
pub struct BinWalk<'a> {
    /// The bins of the rows.
    pub columns: Vec<Column<'a>>,
    /// Its splits; the first is the root.
    pub steps: Vec<BinStep>,
    /// What each leaf answers.
    pub values: Vec<f64>,
}

impl BinWalk<'_> {
    #[inline(always)]
    fn value(&self, row: usize) -> f64 {
        let mut at = if self.steps.is_empty() { -1 } else { 0 };
        while at >= 0 {
            let step = &self.steps[at as usize];
            let bin = match self.columns[step.column] {
                Column::Narrow(bins) => usize::from(bins[row]),
                Column::Wide(bins) => usize::from(bins[row]),
            };
            at = if step.goes_left[bin] { step.left } else { step.right };
        }
        self.values[!at as usize]
    }

    /// Adds the answers for all rows to their scores.
    pub fn add(&self, scores: &mut [f64]) {
        for (row, score) in scores.iter_mut().enumerate() {
            *score += self.value(row);
        }
    }

    /// Adds the answers for the rows that are not `seen` to their scores.
    pub fn add_unseen(&self, seen: &[bool], scores: &mut [f64]) {
        for (row, (score, seen)) in scores.iter_mut().zip(seen).enumerate() {
            if !seen {
                *score += self.value(row);
            }
        }
    }
}
