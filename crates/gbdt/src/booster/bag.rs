//! The rows a tree may see, as LightGBM plans for them.

use super::super::dataset::Dataset;
use super::super::error::BoostingError;
use super::super::parameters::{Parameters, SampleStrategy, contradiction};

/// Rows that LightGBM expects in a bag, before it has drawn one.
fn expected_bag(data: &Dataset, parameters: &Parameters) -> usize {
    let rows = data.rows() as f64;
    if parameters.data_sample_strategy == SampleStrategy::Goss {
        return ((parameters.top_rate + parameters.other_rate) * rows) as usize;
    }
    if parameters.balances_bag(&data.labels) {
        let positive = data.labels.iter().filter(|label| **label > 0.0).count() as f64;
        let negative = rows - positive;
        return (positive * parameters.pos_bagging_fraction) as usize
            + (negative * parameters.neg_bagging_fraction) as usize;
    }
    (parameters.bagging_fraction * rows) as usize
}

/// Whether the rows of a bag are few enough that LightGBM copies them.
pub(super) fn copies_bag(data: &Dataset, parameters: &Parameters) -> bool {
    if parameters.data_sample_strategy == SampleStrategy::Goss {
        return parameters.top_rate + parameters.other_rate <= 0.5;
    }
    let share = expected_bag(data, parameters) as f64 / data.rows() as f64;
    draws_bag(data, parameters) && share / f64::from(parameters.bagging_freq) <= 0.5
}

fn draws_bag(data: &Dataset, parameters: &Parameters) -> bool {
    parameters.bagging_freq > 0
        && (parameters.bagging_fraction < 1.0 || parameters.balances_bag(&data.labels))
}

/// Whether a bag has room for a row.
pub(super) fn check_bag(data: &Dataset, parameters: &Parameters) -> Result<(), BoostingError> {
    if draws_bag(data, parameters) && expected_bag(data, parameters) == 0 {
        let reason = format!("that share of {} rows is none", data.rows());
        return Err(contradiction("bagging_fraction", &reason));
    }
    Ok(())
}
