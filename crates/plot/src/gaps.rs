//! Lists of numbers with gaps.

use serde::{Deserialize, Deserializer};

/// Reads a list of numbers in which null (how JSON writes NaN) stands for "no number".
pub(super) fn numbers_or_gaps<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<f64>, D::Error> {
    let values = Vec::<Option<f64>>::deserialize(source)?;
    Ok(values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect())
}
