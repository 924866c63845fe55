//! A table as training sees it: bins in place of values.

use super::binning::{BinKind, BinMapper};
use super::bundles::{Member, bundles};
use super::error::BoostingError;
use super::number::general;
use super::parameters::{Objective, Parameters, contradiction};
use super::random::Random;
use super::stable_sort::sort_by;
use super::table::{Column, Part};
use std::borrow::Cow;

/// Labels and weights are held below this.
const LARGEST: f32 = 1e38;

/// Categories have codes up to this: a split keeps a bit for each code below that of its largest category.
const LARGEST_CODE: i32 = (1 << 20) - 1;

/// Bin numbers of a column, as narrow as they fit.
#[derive(Debug, Clone)]
pub enum Bins {
    /// Up to 256 bins.
    Narrow(Vec<u8>),
    /// More.
    Wide(Vec<u16>),
}

impl Bins {
    /// Puts values into bins.
    pub fn of(values: &[f64], mapper: &BinMapper) -> Self {
        if mapper.bins <= 256 {
            Bins::Narrow(values.iter().map(|value| mapper.bin(*value) as u8).collect())
        } else {
            Bins::Wide(values.iter().map(|value| mapper.bin(*value) as u16).collect())
        }
    }

    /// The bin of a row.
    pub fn get(&self, row: usize) -> usize {
        match self {
            Bins::Narrow(bins) => usize::from(bins[row]),
            Bins::Wide(bins) => usize::from(bins[row]),
        }
    }

    fn set(&mut self, row: usize, bin: usize) {
        match self {
            Bins::Narrow(bins) => bins[row] = bin as u8,
            Bins::Wide(bins) => bins[row] = bin as u16,
        }
    }
}

/// A column that can be split on.
#[derive(Debug, Clone)]
pub struct Feature {
    /// Its place in the table.
    pub column: usize,
    /// Values to bins.
    pub mapper: BinMapper,
    /// The bin of each row.
    pub bins: Bins,
    /// Where its first bin stands among the bins of all features.
    pub offset: usize,
    /// Its number in the order of LightGBM's bundles.
    pub place: usize,
    /// Whether the answer may only rise with it (1), only fall (-1), or both (0).
    pub monotone: i32,
}

/// Rows to train on, with labels and weights.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// The columns that can be split on.
    pub features: Vec<Feature>,
    /// Names of all columns.
    pub names: Vec<String>,
    /// What each column holds, in the words of a model file: `[min:max]`, `3:1:2`, `none`.
    pub infos: Vec<String>,
    /// The label of each row.
    pub labels: Vec<f32>,
    /// The weight of each row, where they are given.
    pub weights: Option<Vec<f32>>,
    /// Bins of all features together.
    pub total_bins: usize,
}

impl Dataset {
    /// Finds the bins of a table and puts its values into them.
    ///
    /// # Errors
    /// `bad_labels`, `too_few_rows`, `bad_weights`, `too_many_bins`.
    pub fn new<'a>(
        rows: impl Into<Part<'a>>,
        mut labels: Vec<f32>,
        mut weights: Option<Vec<f32>>,
        parameters: &Parameters,
    ) -> Result<Self, BoostingError> {
        let rows: Part<'a> = rows.into();
        if rows.rows() < 2 {
            let message = format!("There are {} rows. Two at least are needed.", rows.rows());
            return Err(BoostingError::new("too_few_rows", message).with("rows", rows.rows()));
        }
        check_rows(&mut labels, weights.as_deref_mut(), rows.rows(), parameters)?;
        if parameters.objective == Objective::Poisson && labels.iter().all(|label| *label == 0.0) {
            let message = "All labels are 0: `poisson` needs one above it.";
            return Err(BoostingError::new("bad_label", message).with("row", 1).with("expected", "above 0"));
        }
        let columns = rows.columns();
        check_constraints(columns, &parameters.monotone_constraints)?;
        let mut data = Self {
            features: Vec::new(),
            names: columns.iter().map(|column| column.name.clone()).collect(),
            infos: Vec::new(),
            labels,
            weights,
            total_bins: 0,
        };
        let sampled = (parameters.bin_construct_sample_cnt as usize).min(rows.rows());
        let sample = Random::new(parameters.data_random_seed).sample(rows.rows(), sampled);
        let mut members = Vec::new();
        for (index, column) in columns.iter().enumerate() {
            let values = rows.values(column);
            let values = match sampled == rows.rows() {
                true => values,
                false => Cow::Owned(sample.iter().map(|row| values[*row]).collect()),
            };
            let mapper = BinMapper::find(&values, column.categorical, rows.rows(), parameters);
            data.infos.push(if mapper.trivial { "none".into() } else { mapper.info() });
            if mapper.trivial {
                continue;
            }
            check_codes(column, &mapper)?;
            members.push(Member::new(&mapper, &values));
            let bins = match sampled == rows.rows() {
                true => Bins::of(&values, &mapper),
                false => Bins::of(&rows.values(column), &mapper),
            };
            let offset = data.total_bins;
            data.total_bins += mapper.bins;
            let monotone = parameters.monotone_constraints.get(index).copied().unwrap_or(0);
            data.features.push(Feature { column: index, mapper, bins, offset, place: 0, monotone });
        }
        data.bundle(&members, sampled, parameters);
        Ok(data)
    }

    /// Takes out of the bins what LightGBM loses in bundles. Rows to judge by are not bundled.
    fn bundle(&mut self, members: &[Member], sampled: usize, parameters: &Parameters) {
        let mut first = 0;
        for bundle in bundles(members, sampled, self.rows(), parameters) {
            for (feature, place) in bundle.columns.iter().zip(first..) {
                self.features[*feature].place = place;
            }
            first += bundle.columns.len();
            if bundle.columns.len() > 1 && !bundle.roomy {
                self.keep_last(bundle.columns);
            }
        }
    }

    /// Where several features have a value in a row, takes it from all but the last.
    fn keep_last(&mut self, mut features: Vec<usize>) {
        sort_by(&mut features, |one, other| one < other);
        let mut taken = vec![false; self.rows()];
        for feature in features.into_iter().rev() {
            let Feature { mapper, bins, .. } = &mut self.features[feature];
            for (row, taken) in taken.iter_mut().enumerate() {
                if bins.get(row) != mapper.most_frequent_bin {
                    if *taken {
                        bins.set(row, mapper.most_frequent_bin);
                    }
                    *taken = true;
                }
            }
        }
    }

    /// Puts other rows into the bins of these: for each feature the bin of each row.
    ///
    /// # Panics
    /// For a table that has fewer columns.
    pub fn binned<'a>(&self, rows: impl Into<Part<'a>>) -> Vec<Bins> {
        let rows: Part<'a> = rows.into();
        let of = |feature: &Feature| Bins::of(&rows.values(&rows.columns()[feature.column]), &feature.mapper);
        self.features.iter().map(of).collect()
    }

    /// The bins of the rows that are learned from, feature by feature.
    pub fn bins(&self) -> Vec<&Bins> {
        self.features.iter().map(|feature| &feature.bins).collect()
    }

    /// Places between two bins, all features together: as many as a root has to try.
    pub fn places(&self) -> usize {
        self.features.iter().map(|feature| feature.mapper.bins - 1).sum()
    }

    /// Bytes of the bins of all rows, and of a histogram for each leaf.
    pub fn bytes(&self, parameters: &Parameters) -> usize {
        let of_row = |feature: &Feature| match feature.bins {
            Bins::Narrow(_) => 1,
            Bins::Wide(_) => 2,
        };
        let bins: usize = self.features.iter().map(of_row).sum();
        bins * self.rows() + parameters.num_leaves as usize * self.total_bins * size_of::<[f64; 2]>()
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.labels.len()
    }
}

/// Checks the labels and weights of some rows, and holds them below the largest that LightGBM takes.
///
/// # Errors
/// `bad_label`, `bad_weight`, `too_few_rows` where they are not as many as the rows.
pub(super) fn check_rows(
    labels: &mut [f32],
    weights: Option<&mut [f32]>,
    rows: usize,
    parameters: &Parameters,
) -> Result<(), BoostingError> {
    if labels.len() != rows {
        let message = format!("There are {rows} rows and {} labels.", labels.len());
        return Err(BoostingError::new("too_few_rows", message).with("rows", rows));
    }
    check_labels(labels, parameters)?;
    labels.iter_mut().for_each(|label| *label = label.clamp(-LARGEST, LARGEST));
    if let Some(weights) = weights {
        check_weights(weights, rows)?;
        if parameters.objective == Objective::CrossEntropy && weights.iter().all(|weight| *weight == 0.0) {
            let message = "All weights are 0: `cross_entropy` needs one above it.";
            return Err(BoostingError::new("bad_weight", message).with("row", 1));
        }
        weights.iter_mut().for_each(|weight| *weight = weight.min(LARGEST));
    }
    Ok(())
}

fn check_labels(labels: &[f32], parameters: &Parameters) -> Result<(), BoostingError> {
    let wrong = |row: usize, expected: String| {
        let message = format!("The label of row {} is {}: {expected} is expected.", row + 1, labels[row]);
        Err(BoostingError::new("bad_label", message).with("row", row + 1).with("expected", expected))
    };
    let classes = parameters.num_class;
    let (expected, low, high, whole) = match parameters.objective {
        Objective::Multiclass | Objective::MulticlassOva => {
            let last = classes - 1;
            (format!("a whole number from 0 to {last}"), 0.0, last as f32, true)
        }
        Objective::Binary => ("0 or 1".into(), 0.0, 1.0, true),
        Objective::CrossEntropy => ("a number from 0 to 1".into(), 0.0, 1.0, false),
        Objective::Poisson => ("a number that is not negative".into(), 0.0, f32::MAX, false),
        Objective::Regression | Objective::RegressionL1 | Objective::Huber => {
            ("a number".into(), -f32::MAX, f32::MAX, false)
        }
    };
    let fits = |label: &f32| (low..=high).contains(label) && !(whole && label.fract() != 0.0);
    match labels.iter().position(|label| !fits(label)) {
        Some(row) => wrong(row, expected),
        None => Ok(()),
    }
}

fn check_weights(weights: &[f32], rows: usize) -> Result<(), BoostingError> {
    let bad = weights.iter().position(|weight| !weight.is_finite() || *weight < 0.0);
    if weights.len() != rows || bad.is_some() {
        let row = bad.unwrap_or(weights.len()) + 1;
        let message = format!("The weight of row {row} must be a number that is not negative.");
        return Err(BoostingError::new("bad_weight", message).with("row", row));
    }
    Ok(())
}

fn check_constraints(columns: &[Column], constraints: &[i32]) -> Result<(), BoostingError> {
    if !constraints.is_empty() && constraints.len() != columns.len() {
        let reason = format!("there are {} for {} columns", constraints.len(), columns.len());
        return Err(contradiction("monotone_constraints", &reason));
    }
    match columns.iter().zip(constraints).find(|(column, monotone)| column.categorical && **monotone != 0) {
        None => Ok(()),
        Some((column, _)) => {
            let reason = format!("the categories of `{}` have no order", column.name);
            Err(contradiction("monotone_constraints, categorical_feature", &reason))
        }
    }
}

fn check_codes(column: &Column, mapper: &BinMapper) -> Result<(), BoostingError> {
    let BinKind::Categorical { categories, .. } = &mapper.kind else { return Ok(()) };
    let Some(code) = categories.iter().find(|code| **code > LARGEST_CODE) else { return Ok(()) };
    let message = format!(
        "`{}` holds the category {code}. Number the categories anew from 0: a split keeps a bit for each number, and the \
         largest is {LARGEST_CODE}.",
        column.name
    );
    Err(BoostingError::new("category_too_large", message)
        .with("column", &column.name)
        .with("category", code)
        .with("most", LARGEST_CODE))
}

impl BinMapper {
    /// What the column holds, as it stands in a model file.
    fn info(&self) -> String {
        match &self.kind {
            BinKind::Numeric(_) => format!("[{}:{}]", general(self.range.0, 17), general(self.range.1, 17)),
            BinKind::Categorical { categories, .. } => {
                categories.iter().map(i32::to_string).collect::<Vec<_>>().join(":")
            }
        }
    }
}
