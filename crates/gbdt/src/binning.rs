//! How the values of a column become a few bins.
//!
//! Numbers: bins of about equal count, zero always alone, missing values last. Categories: the frequent ones, most
//! frequent first; bin 0 is for missing and rare ones.

use super::number::{ZERO, descending, equal_ordered, is_zero, round_half_up, sort};
use super::parameters::Parameters;
use super::tree::MissingType;
use std::collections::HashMap;

/// A share of rows below which zero, not the most frequent bin, is the one left out of sums.
const SPARSE: f64 = 0.7;

/// The bins of one column.
#[derive(Debug, Clone)]
pub struct BinMapper {
    /// What a value can be.
    pub kind: BinKind,
    /// How missing values are treated.
    pub missing: MissingType,
    /// Number of bins.
    pub bins: usize,
    /// Rows in each bin.
    pub counts: Vec<usize>,
    /// The bin of the value 0.
    pub default_bin: usize,
    /// The bin whose sums are had by subtraction.
    pub most_frequent_bin: usize,
    /// Whether nothing can be learned from it: one bin, or none that could be split off.
    pub trivial: bool,
    /// Smallest and largest value.
    pub range: (f64, f64),
}

/// Numbers or categories.
#[derive(Debug, Clone)]
pub enum BinKind {
    /// The upper bound of each bin, ascending, the last infinite (before the bin of missing values, where there is one).
    Numeric(Vec<f64>),
    /// The category of each bin; −1 in bin 0.
    Categorical {
        /// Bin to category.
        categories: Vec<i32>,
        /// Category to bin.
        bins: HashMap<i32, u32>,
    },
}

impl BinMapper {
    /// Finds the bins of a column from its values, or from those of some of `rows` rows.
    pub fn find(column: &[f64], categorical: bool, rows: usize, parameters: &Parameters) -> Self {
        let total = column.len();
        let mut values: Vec<f64> =
            column.iter().copied().filter(|value| !value.is_nan() && !is_zero(*value)).collect();
        // Where missing values have no type of their own they count as zeros.
        let nan_counts = parameters.use_missing && !parameters.zero_as_missing;
        let nan = if nan_counts { column.iter().filter(|value| value.is_nan()).count() } else { 0 };
        sort(&mut values);
        let distinct = Distinct::of(&values, total - nan - values.len());
        let range = (*distinct.values.first().unwrap_or(&0.0), *distinct.values.last().unwrap_or(&0.0));
        let mut mapper = if categorical {
            Self::of_categories(&distinct, total, nan, parameters)
        } else {
            Self::of_numbers(&distinct, total, nan, parameters)
        };
        mapper.range = range;
        // Of the rows a leaf needs as many as its share of the sample.
        let needed = parameters.min_data_in_leaf as usize * total / rows;
        mapper.finish(total, needed, parameters);
        mapper
    }

    fn of_numbers(distinct: &Distinct, total: usize, nan: usize, parameters: &Parameters) -> Self {
        let max_bin = parameters.max_bin as usize;
        let min_data_in_bin = parameters.min_data_in_bin as usize;
        let mut missing = match (parameters.use_missing, parameters.zero_as_missing) {
            (false, _) => MissingType::None,
            (true, true) => MissingType::Zero,
            (true, false) if nan > 0 => MissingType::Nan,
            _ => MissingType::None,
        };
        let bounds = if missing == MissingType::Nan {
            let mut bounds = bounds_with_zero_alone(distinct, max_bin - 1, total - nan, min_data_in_bin);
            bounds.push(f64::NAN);
            bounds
        } else {
            bounds_with_zero_alone(distinct, max_bin, total, min_data_in_bin)
        };
        if missing == MissingType::Zero && bounds.len() == 2 {
            missing = MissingType::None;
        }
        let mut counts = vec![0; bounds.len()];
        let mut bin = 0;
        for (value, count) in distinct.values.iter().zip(&distinct.counts) {
            while bin < bounds.len() - 1 && *value > bounds[bin] {
                bin += 1;
            }
            counts[bin] += count;
        }
        if missing == MissingType::Nan {
            *counts.last_mut().expect("a bin of missing values") = nan;
        }
        Self::with(BinKind::Numeric(bounds), missing, counts)
    }

    fn of_categories(distinct: &Distinct, total: usize, mut nan: usize, parameters: &Parameters) -> Self {
        let min_data_in_bin = parameters.min_data_in_bin as usize;
        let mut categories: Vec<(i32, usize)> = Vec::new();
        for (value, &count) in distinct.values.iter().zip(&distinct.counts) {
            let category = code(*value);
            match categories.last_mut() {
                _ if category < 0 => nan += count,
                Some((last, so_far)) if *last == category => *so_far += count,
                _ => categories.push((category, count)),
            }
        }
        let counts_of: Vec<f64> = categories.iter().map(|(_, count)| *count as f64).collect();
        let categories: Vec<_> =
            descending(&counts_of).into_iter().map(|place| categories[place as usize]).collect();
        let mut placed = vec![-1];
        let mut counts = vec![0];
        let mut used = 0;
        if total > nan {
            let enough = round_half_up(f64::from((total - nan) as f32 * 0.99_f32)) as usize;
            let max_bin = (parameters.max_bin as usize).min(categories.len() + usize::from(nan > 0));
            for (index, &(category, count)) in categories.iter().enumerate() {
                let full = used >= enough && placed.len() >= max_bin;
                if full || (count < min_data_in_bin && index > 1) {
                    break;
                }
                placed.push(category);
                counts.push(count);
                used += count;
            }
        }
        let complete = placed.len() == categories.len() + 1 && nan == 0;
        counts[0] = total - used;
        let bins = placed.iter().enumerate().skip(1).map(|(bin, category)| (*category, bin as u32)).collect();
        let missing = if complete { MissingType::None } else { MissingType::Nan };
        Self::with(BinKind::Categorical { categories: placed, bins }, missing, counts)
    }

    fn with(kind: BinKind, missing: MissingType, counts: Vec<usize>) -> Self {
        let bins = counts.len();
        let (default_bin, most_frequent_bin) = (0, 0);
        Self {
            kind,
            missing,
            bins,
            counts,
            default_bin,
            most_frequent_bin,
            trivial: false,
            range: (0.0, 0.0),
        }
    }

    fn finish(&mut self, total: usize, needed: usize, parameters: &Parameters) {
        self.trivial = self.bins <= 1 || (parameters.feature_pre_filter && !self.can_be_split(total, needed));
        if self.trivial {
            return;
        }
        self.default_bin = self.bin(0.0);
        let mut most_frequent = 0;
        for (bin, count) in self.counts.iter().enumerate() {
            if *count > self.counts[most_frequent] {
                most_frequent = bin;
            }
        }
        let share = self.counts[most_frequent] as f64 / total as f64;
        let keep = most_frequent == self.default_bin || share >= SPARSE;
        self.most_frequent_bin = if keep { most_frequent } else { self.default_bin };
    }

    /// Whether some threshold has `needed` rows on both sides.
    fn can_be_split(&self, total: usize, needed: usize) -> bool {
        let enough = |left: usize| left >= needed && total - left >= needed;
        let (_, but_last) = self.counts.split_last().expect("a bin");
        match self.kind {
            BinKind::Numeric(_) => but_last
                .iter()
                .scan(0, |left, count| {
                    *left += count;
                    Some(*left)
                })
                .any(enough),
            BinKind::Categorical { .. } => self.counts.len() > 2 || but_last.iter().copied().any(enough),
        }
    }

    /// The bin of a value.
    pub fn bin(&self, value: f64) -> usize {
        match &self.kind {
            BinKind::Numeric(bounds) => {
                let nan_has_a_bin = self.missing == MissingType::Nan;
                if value.is_nan() && nan_has_a_bin {
                    return self.bins - 1;
                }
                let value = if value.is_nan() { 0.0 } else { value };
                let last = self.bins - 1 - usize::from(nan_has_a_bin);
                bounds[..last].partition_point(|bound| *bound < value)
            }
            BinKind::Categorical { bins, .. } => {
                let category = if value.is_nan() { -1 } else { code(value) };
                bins.get(&category).map_or(0, |bin| *bin as usize)
            }
        }
    }

    /// Whether the bins are categories.
    pub fn is_categorical(&self) -> bool {
        matches!(self.kind, BinKind::Categorical { .. })
    }

    /// The value or category at which a bin ends, as it stands in a model.
    pub fn real_threshold(&self, bin: usize) -> f64 {
        match &self.kind {
            BinKind::Numeric(bounds) => bounds[bin],
            BinKind::Categorical { categories, .. } => f64::from(categories[bin]),
        }
    }
}

/// The code of a category: the number without its fraction; none, which is less than 0, beyond 31 bits.
fn code(value: f64) -> i32 {
    if value.abs() < 2_147_483_648.0 { value as i32 } else { i32::MIN }
}

/// Values and how often each occurs, ascending, zero among them.
struct Distinct {
    values: Vec<f64>,
    counts: Vec<usize>,
}

impl Distinct {
    fn of(sorted: &[f64], zeros: usize) -> Self {
        let mut distinct = Self { values: Vec::new(), counts: Vec::new() };
        if sorted.is_empty() || (sorted[0] > 0.0 && zeros > 0) {
            distinct.push(0.0, zeros);
        }
        for (index, &value) in sorted.iter().enumerate() {
            let before = index.checked_sub(1).map(|index| sorted[index]);
            match before {
                Some(before) if equal_ordered(before, value) => {
                    // Two neighbouring numbers count as one, the larger.
                    *distinct.values.last_mut().expect("the one before") = value;
                    *distinct.counts.last_mut().expect("the one before") += 1;
                }
                _ => {
                    if before.is_some_and(|before| before < 0.0 && value > 0.0) {
                        distinct.push(0.0, zeros);
                    }
                    distinct.push(value, 1);
                }
            }
        }
        if sorted.last().is_some_and(|last| *last < 0.0) && zeros > 0 {
            distinct.push(0.0, zeros);
        }
        distinct
    }

    fn push(&mut self, value: f64, count: usize) {
        self.values.push(value);
        self.counts.push(count);
    }
}

/// Upper bounds with a bin for zero alone; the last is infinite.
fn bounds_with_zero_alone(
    distinct: &Distinct,
    max_bin: usize,
    total: usize,
    min_data_in_bin: usize,
) -> Vec<f64> {
    let Distinct { values, counts } = distinct;
    let negatives = values.partition_point(|value| *value <= -ZERO);
    let positives = values.partition_point(|value| *value <= ZERO);
    let rows = |range: std::ops::Range<usize>| counts[range].iter().sum::<usize>();
    let (left, zeros, right) =
        (rows(0..negatives), rows(negatives..positives), rows(positives..values.len()));
    let mut bounds = Vec::new();
    if negatives > 0 && max_bin > 1 {
        let share = left as f64 / (total - zeros) as f64;
        let left_bins = ((share * (max_bin - 1) as f64) as usize).max(1);
        bounds = greedy_bounds(&values[..negatives], &counts[..negatives], left_bins, left, min_data_in_bin);
        *bounds.last_mut().expect("the last bound is always there") = -ZERO;
    }
    let right_bins = max_bin as isize - 1 - bounds.len() as isize;
    if positives < values.len() && right_bins > 0 {
        bounds.push(ZERO);
        let (values, counts) = (&values[positives..], &counts[positives..]);
        bounds.extend(greedy_bounds(values, counts, right_bins as usize, right, min_data_in_bin));
    } else {
        bounds.push(f64::INFINITY);
    }
    bounds
}

/// Bounds of at most `max_bin` bins of about equal count; values that fill a bin alone get one.
fn greedy_bounds(
    values: &[f64],
    counts: &[usize],
    max_bin: usize,
    total: usize,
    min_data_in_bin: usize,
) -> Vec<f64> {
    let mut bounds: Vec<f64> = Vec::new();
    let mut push = |lower: f64, upper: f64| {
        let bound = ((lower + upper) / 2.0).next_up();
        let new = bounds.last().is_none_or(|last| !equal_ordered(*last, bound));
        if new {
            bounds.push(bound);
        }
        new
    };
    if values.len() <= max_bin {
        let mut in_bin = 0;
        for index in 0..values.len() - 1 {
            in_bin += counts[index];
            if in_bin >= min_data_in_bin && push(values[index], values[index + 1]) {
                in_bin = 0;
            }
        }
    } else {
        let max_bin = max_bin.min(total / min_data_in_bin.max(1)).max(1);
        for (lower, upper) in greedy_cuts(values, counts, max_bin, total) {
            push(lower, upper);
        }
    }
    bounds.push(f64::INFINITY);
    bounds
}

/// The pairs of neighbouring values between which a bin ends.
fn greedy_cuts(values: &[f64], counts: &[usize], max_bin: usize, total: usize) -> Vec<(f64, f64)> {
    let mut mean = total as f64 / max_bin as f64;
    let big: Vec<bool> = counts.iter().map(|count| *count as f64 >= mean).collect();
    let mut rest_bins = max_bin as i64;
    let mut rest_rows = total as i64;
    for (count, _) in counts.iter().zip(&big).filter(|(_, big)| **big) {
        rest_bins -= 1;
        rest_rows -= *count as i64;
    }
    mean = rest_rows as f64 / rest_bins as f64;
    let mut cuts = Vec::new();
    let mut in_bin = 0;
    for index in 0..values.len() - 1 {
        if !big[index] {
            rest_rows -= counts[index] as i64;
        }
        in_bin += counts[index];
        let rows = in_bin as f64;
        if big[index] || rows >= mean || (big[index + 1] && rows >= 1.0_f64.max(mean * 0.5)) {
            cuts.push((values[index], values[index + 1]));
            if cuts.len() + 1 >= max_bin {
                break;
            }
            in_bin = 0;
            if !big[index] {
                rest_bins -= 1;
                mean = rest_rows as f64 / rest_bins as f64;
            }
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapper(values: &[f64], pairs: &[(&str, &str)]) -> BinMapper {
        let mut parameters = Parameters { feature_pre_filter: false, ..Parameters::default() };
        for (name, text) in pairs {
            parameters.set(name, text).unwrap();
        }
        BinMapper::find(values, false, values.len(), &parameters)
    }

    fn bounds(mapper: &BinMapper) -> &[f64] {
        match &mapper.kind {
            BinKind::Numeric(bounds) => bounds,
            BinKind::Categorical { .. } => panic!("numbers were expected"),
        }
    }

    #[test]
    fn zero_has_a_bin_of_its_own_even_without_zeros() {
        let mapper = mapper(&[-2.0, -1.0, 1.0, 2.0, 3.0], &[("min_data_in_bin", "1")]);
        let expected =
            [(-1.5_f64).next_up(), -ZERO, ZERO, 1.5_f64.next_up(), 2.5_f64.next_up(), f64::INFINITY];
        assert_eq!(bounds(&mapper), expected);
        assert_eq!([-5.0, -1.0, 0.0, 1.0, 9.0].map(|value| mapper.bin(value)), [0, 1, 2, 3, 5]);
    }

    #[test]
    fn missing_values_have_the_last_bin() {
        let mapper = mapper(&[1.0, f64::NAN, 2.0, f64::NAN], &[("min_data_in_bin", "1")]);
        assert_eq!(mapper.missing, MissingType::Nan);
        assert_eq!(mapper.bin(f64::NAN), mapper.bins - 1);
        assert_eq!(mapper.counts.last(), Some(&2));
    }

    #[test]
    fn the_mean_bin_size_follows_what_is_left() {
        let values: Vec<f64> = (1..=1000).map(|value| f64::from(value % 300) + 1.0).collect();
        let mapper = mapper(&values, &[("max_bin", "16")]);
        assert!(mapper.bins <= 16);
        assert_eq!(mapper.counts.iter().sum::<usize>(), 1000);
    }

    #[test]
    fn frequent_categories_come_first_and_rare_ones_share_a_bin() {
        let mut values = vec![7.0; 50];
        values.extend(vec![3.0; 30]);
        values.extend(vec![5.0; 1]);
        values.extend(vec![9.0; 20]);
        let parameters = Parameters { feature_pre_filter: false, ..Parameters::default() };
        let mapper = BinMapper::find(&values, true, values.len(), &parameters);
        let BinKind::Categorical { categories, .. } = &mapper.kind else { panic!("categories") };
        assert_eq!(categories, &[-1, 7, 3, 9]);
        assert_eq!(mapper.bin(5.0), 0);
        assert_eq!(mapper.bin(f64::NAN), 0);
        assert_eq!(mapper.missing, MissingType::Nan);
    }
}
