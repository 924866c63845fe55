//! Rows that go down a tree of splits.

/// Values no further from zero than this are zero to LightGBM: the `float` 1e-35, widened.
pub const ZERO: f64 = 1e-35_f32 as f64;

/// Whether LightGBM takes a value for zero.
#[inline(always)]
pub fn is_zero(value: f64) -> bool {
    (-ZERO..=ZERO).contains(&value)
}

/// A split, as small as it can be.
pub struct Step {
    /// What values are held against.
    pub threshold: f64,
    /// The column.
    pub feature: u32,
    /// A split of the same tree, or a leaf as −1 less its number.
    pub left: i32,
    /// Likewise.
    pub right: i32,
    /// What is asked; of a set of categories its place among the sets.
    pub kind: Kind,
}

/// What a split asks.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Values up to the threshold go left; a NaN is a zero.
    Plain,
    /// NaN goes left, or right.
    Nan {
        /// Whether it goes left.
        left: bool,
    },
    /// Zero and NaN go left, or right.
    Zero {
        /// Whether they go left.
        left: bool,
    },
    /// Categories of the set go left.
    Set(u32),
}

/// A tree for walking.
pub struct Walk<'a> {
    /// Its splits; the first is the root.
    pub steps: Vec<Step>,
    /// Sets of categories: bit `c % 32` of word `c / 32` stands for category `c`.
    pub sets: Vec<&'a [u32]>,
    /// What each leaf answers.
    pub values: Vec<f64>,
}

impl Walk<'_> {
    /// Where a row goes from a split.
    #[inline(always)]
    fn next(&self, at: i32, row: &[f64]) -> i32 {
        let step = &self.steps[at as usize];
        let value = row[step.feature as usize];
        let left = match step.kind {
            Kind::Plain => (if value.is_nan() { 0.0 } else { value }) <= step.threshold,
            Kind::Nan { left } if value.is_nan() => left,
            Kind::Nan { .. } => value <= step.threshold,
            Kind::Zero { left } if value.is_nan() || is_zero(value) => left,
            Kind::Zero { .. } => value <= step.threshold,
            Kind::Set(set) => {
                !value.is_nan() && value > -1.0 && contains(self.sets[set as usize], value as i64 as usize)
            }
        };
        if left { step.left } else { step.right }
    }

    /// Adds the answers for rows to their scores. Four rows go down side by side: where one waits for its value from
    /// memory the others go on.
    ///
    /// # Shapes
    /// - `values`: rows × columns
    /// - `scores`: rows
    pub fn add(&self, values: &[f64], columns: usize, scores: &mut [f64]) {
        let start = if self.steps.is_empty() { -1 } else { 0 };
        let mut fours = values.chunks_exact(4 * columns);
        let mut scores = scores.chunks_mut(4);
        for (rows, scores) in fours.by_ref().zip(scores.by_ref()) {
            let (first, rest) = rows.split_at(columns);
            let (second, rest) = rest.split_at(columns);
            let (third, fourth) = rest.split_at(columns);
            let rows = [first, second, third, fourth];
            let mut at = [start; 4];
            while at.iter().any(|at| *at >= 0) {
                for (at, row) in at.iter_mut().zip(rows) {
                    if *at >= 0 {
                        *at = self.next(*at, row);
                    }
                }
            }
            scores.iter_mut().zip(at).for_each(|(score, at)| *score += self.values[!at as usize]);
        }
        let rest = fours.remainder().chunks_exact(columns).zip(scores.flatten());
        for (row, score) in rest {
            let mut at = start;
            while at >= 0 {
                at = self.next(at, row);
            }
            *score += self.values[!at as usize];
        }
    }
}

/// Whether a set of categories holds one.
pub fn contains(set: &[u32], category: usize) -> bool {
    set.get(category / 32).is_some_and(|word| word >> (category % 32) & 1 == 1)
}
