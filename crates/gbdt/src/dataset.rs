//! A table as training sees it: bins in place of values.

use super::binning::BinMapper;
use super::error::BoostingError;
use super::parameters::{Objective, Parameters};
use super::table::Part;

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
        labels: Vec<f32>,
        weights: Option<Vec<f32>>,
        parameters: &Parameters,
    ) -> Result<Self, BoostingError> {
        let rows: Part<'a> = rows.into();
        check_labels(&labels, rows.rows(), parameters)?;
        check_weights(weights.as_deref(), rows.rows())?;
        let mut data = Self {
            features: Vec::new(),
            names: Vec::new(),
            infos: Vec::new(),
            labels,
            weights,
            total_bins: 0,
        };
        for (index, column) in rows.columns().iter().enumerate() {
            let values = rows.values(column);
            let mapper = BinMapper::find(&values, column.categorical, parameters);
            data.names.push(column.name.clone());
            data.infos.push(if mapper.trivial { "none".into() } else { mapper.info() });
            if mapper.trivial {
                continue;
            }
            let bins = Bins::of(&values, &mapper);
            let offset = data.total_bins;
            data.total_bins += mapper.bins;
            data.features.push(Feature { column: index, mapper, bins, offset });
        }
        Ok(data)
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

fn check_labels(labels: &[f32], rows: usize, parameters: &Parameters) -> Result<(), BoostingError> {
    if rows < 2 || labels.len() != rows {
        let message =
            format!("There are {rows} rows and {} labels. Two rows at least are needed.", labels.len());
        return Err(BoostingError::new("too_few_rows", message).with("rows", rows));
    }
    let wrong = |row: usize, expected: String| {
        let message = format!("The label of row {} is {}: {expected} is expected.", row + 1, labels[row]);
        Err(BoostingError::new("bad_label", message).with("row", row + 1).with("expected", expected))
    };
    let classes = parameters.num_class;
    for (row, label) in labels.iter().enumerate() {
        match parameters.objective {
            _ if !label.is_finite() => return wrong(row, "a number".into()),
            Objective::Multiclass if label.fract() != 0.0 || *label < 0.0 || *label >= classes as f32 => {
                return wrong(row, format!("a whole number from 0 to {}", classes - 1));
            }
            Objective::Binary if *label != 0.0 && *label != 1.0 => return wrong(row, "0 or 1".into()),
            _ => {}
        }
    }
    Ok(())
}

fn check_weights(weights: Option<&[f32]>, rows: usize) -> Result<(), BoostingError> {
    let Some(weights) = weights else { return Ok(()) };
    let bad = weights.iter().position(|weight| !weight.is_finite() || *weight < 0.0);
    if weights.len() != rows || bad.is_some() {
        let row = bad.unwrap_or(weights.len()) + 1;
        let message = format!("The weight of row {row} must be a number that is not negative.");
        return Err(BoostingError::new("bad_weight", message).with("row", row));
    }
    Ok(())
}

impl BinMapper {
    /// What the column holds, as it stands in a model file.
    fn info(&self) -> String {
        use super::binning::BinKind;
        use super::number::general;
        match &self.kind {
            BinKind::Numeric(_) => format!("[{}:{}]", general(self.range.0, 17), general(self.range.1, 17)),
            BinKind::Categorical { categories, .. } => {
                categories.iter().map(i32::to_string).collect::<Vec<_>>().join(":")
            }
        }
    }
}
