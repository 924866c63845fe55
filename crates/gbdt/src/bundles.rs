//! Which columns LightGBM keeps as one (exclusive feature bundling).
//!
//! Columns of which hardly any two have a value in one row share a bundle; where two have, the later one counts and the
//! other is taken for its most frequent value. Here every column keeps bins of its own, and what a bundle would have
//! lost is taken out of them. The order in which bundles are made is also that in which extremely randomised trees number
//! the columns.

use super::binning::BinMapper;
use super::number::{descending, is_zero, sort};
use super::parameters::Parameters;
use super::random::Random;

/// Most bundles that are searched for one with room.
const MOST_SEARCHED: usize = 100;
/// Rows for which one may have two values.
const ROWS_PER_CONFLICT: usize = 10_000;
/// A bundle with fewer rows that have a value is made anew from its columns.
const DENSE: f64 = 0.4;

/// What a column brings into a bundle.
pub(super) struct Member {
    /// Rows with a value, as they are counted for the order of columns.
    values: usize,
    /// Rows in which it needs a place of its own, a bit for each, and how many they are.
    rows: Rows,
    needed: usize,
}

impl Member {
    /// A column with its values in the rows that bins are made from.
    pub fn new(mapper: &BinMapper, sample: &[f64]) -> Self {
        let with_value: Vec<bool> = sample.iter().map(|value| !is_zero(*value)).collect();
        let mut rows = Rows::of(&with_value);
        let values = rows.count();
        if mapper.default_bin != mapper.most_frequent_bin {
            let unusual = Rows::of(&unusual(mapper, sample, &with_value));
            if unusual.count() > 0 {
                rows = unusual;
            }
        }
        let needed = rows.count();
        Self { values, rows, needed }
    }
}

/// Rows whose value is not in the most frequent bin, as LightGBM finds them: it looks for them among values that it has
/// sorted meanwhile, those that are not numbers taken out, so that a row is judged by the value of another.
fn unusual(mapper: &BinMapper, sample: &[f64], with_value: &[bool]) -> Vec<bool> {
    let kept = |value: &&f64| !is_zero(**value);
    let mut values: Vec<f64> = sample.iter().filter(kept).copied().collect();
    let mut numbers: Vec<f64> = values.iter().filter(|value| !value.is_nan()).copied().collect();
    sort(&mut numbers);
    values[..numbers.len()].copy_from_slice(&numbers);
    let mut values = values.into_iter();
    let unusual = |value: f64| mapper.bin(value) != mapper.most_frequent_bin;
    with_value.iter().map(|with| !with || values.next().is_some_and(unusual)).collect()
}

/// A set of rows.
struct Rows(Vec<u64>);

impl Rows {
    fn of(holds: &[bool]) -> Self {
        let word = |rows: &[bool]| rows.iter().rev().fold(0, |word, row| word << 1 | u64::from(*row));
        Self(holds.chunks(64).map(word).collect())
    }

    fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Rows that both have.
    fn shared(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }
}

/// Columns that are kept as one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bundle {
    /// Numbers of the columns.
    pub columns: Vec<usize>,
    /// Whether each has room of its own, so that nothing is lost.
    pub roomy: bool,
}

/// The bundles of some columns, in LightGBM's order; bins were made from `sampled` of the rows.
pub(super) fn bundles(
    columns: &[Member],
    sampled: usize,
    rows: usize,
    parameters: &Parameters,
) -> Vec<Bundle> {
    if !parameters.enable_bundle {
        return (0..columns.len()).map(|column| Bundle { columns: vec![column], roomy: false }).collect();
    }
    let counts: Vec<f64> = columns.iter().map(|column| column.values as f64).collect();
    let in_order: Vec<u32> = (0..columns.len() as u32).collect();
    let sparse = parameters.is_enable_sparse;
    let mut bundles = found(&in_order, columns, sampled, rows, sparse);
    let by_count = found(&descending(&counts), columns, sampled, rows, sparse);
    if bundles.len() > by_count.len() {
        bundles = by_count;
    }
    let mut random = Random::new(rows as i32);
    let count = bundles.len();
    for place in 1..count {
        bundles.swap(place - 1, random.next_short(place as i32, count as i32) as usize);
    }
    bundles
}

/// A bundle that is being filled.
struct Filling {
    columns: Vec<usize>,
    /// Rows in which some column has a value.
    taken: Rows,
    /// Values of all columns, and rows that have any.
    values: usize,
    used: usize,
}

/// Puts columns into bundles, in an order.
fn found(order: &[u32], columns: &[Member], sampled: usize, rows: usize, sparse: bool) -> Vec<Bundle> {
    let most = sampled / ROWS_PER_CONFLICT;
    let nothing = || Rows(vec![0; sampled.div_ceil(64)]);
    let mut random = Random::new(rows as i32);
    let mut bundles: Vec<Filling> = Vec::new();
    for column in order.iter().map(|column| *column as usize) {
        let mine = &columns[column];
        let mut with_room = Vec::new();
        for (place, bundle) in bundles.iter().enumerate() {
            if bundle.values + mine.needed <= sampled + most {
                with_room.push(place);
            }
        }
        let mut fits = None;
        if let Some(last) = with_room.len().checked_sub(1) {
            // The last one first, then some of the others.
            let mut searched = vec![last];
            searched.extend_from_slice(&random.sample(last, last.min(MOST_SEARCHED - 1)));
            for place in searched {
                let bundle = &bundles[with_room[place]];
                let conflicts = bundle.taken.shared(&mine.rows);
                if conflicts <= most + bundle.used - bundle.values && conflicts <= mine.needed / 2 {
                    fits = Some((with_room[place], conflicts));
                    break;
                }
            }
        }
        let (place, conflicts) = fits.unwrap_or_else(|| {
            bundles.push(Filling { columns: Vec::new(), taken: nothing(), values: 0, used: 0 });
            (bundles.len() - 1, 0)
        });
        let bundle = &mut bundles[place];
        bundle.columns.push(column);
        bundle.values += mine.needed;
        bundle.used += mine.needed - conflicts;
        bundle.taken.add(&mine.rows);
    }
    let (mut kept, mut loose) = (Vec::new(), Vec::new());
    for bundle in bundles {
        if !sparse || bundle.used as f64 / sampled as f64 >= DENSE {
            kept.push(Bundle { columns: bundle.columns, roomy: false });
        } else {
            loose.extend_from_slice(&bundle.columns);
        }
    }
    if !loose.is_empty() {
        let (mut taken, mut conflicts) = (nothing(), 0);
        let roomy = loose.iter().any(|column| {
            conflicts += taken.shared(&columns[*column].rows);
            taken.add(&columns[*column].rows);
            conflicts > most
        });
        kept.push(Bundle { columns: loose, roomy });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundled(columns: &[Vec<f64>], pairs: &[(&str, &str)]) -> Vec<Bundle> {
        let mut parameters = Parameters { feature_pre_filter: false, ..Parameters::default() };
        pairs.iter().for_each(|(name, text)| parameters.set(name, text).unwrap());
        let rows = columns[0].len();
        let member = |values: &Vec<f64>| {
            let mapper = BinMapper::find(values, false, rows, &parameters);
            Member::new(&mapper, values)
        };
        let members: Vec<Member> = columns.iter().map(member).collect();
        bundles(&members, rows, rows, &parameters)
    }

    /// Of each three rows one has a value, each column in other ones.
    fn exclusive(rows: usize) -> Vec<Vec<f64>> {
        let column = |place: usize| (0..rows).map(|row| f64::from(u8::from(row % 3 == place))).collect();
        (0..3).map(column).collect()
    }

    #[test]
    fn columns_that_exclude_each_other_share_a_bundle() {
        let columns = exclusive(90);
        let mut together = bundled(&columns, &[]);
        assert_eq!(together.len(), 1);
        together[0].columns.sort_unstable();
        assert_eq!(together[0], Bundle { columns: vec![0, 1, 2], roomy: false });
        assert_eq!(bundled(&columns, &[("enable_bundle", "false")]).len(), 3);
    }

    #[test]
    fn a_conflict_is_allowed_for_every_ten_thousand_rows_alone() {
        for (rows, bundles) in [(9_999, 2), (10_000, 1)] {
            let mut columns = exclusive(rows);
            // Two values in one row.
            columns[1][0] = 1.0;
            assert_eq!(bundled(&columns, &[]).len(), bundles, "{rows} rows");
        }
    }
}
