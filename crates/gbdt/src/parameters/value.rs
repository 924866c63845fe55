//! Values of parameters: read from text, and written as LightGBM writes them.

use super::super::error::BoostingError;
use super::super::number::general;
use super::{Boosting, GrowPolicy, Objective, SampleStrategy};

/// A value that can stand in a parameter.
pub(super) trait ParameterValue: Sized {
    fn read(text: &str) -> Option<Self>;
    fn write(&self) -> String;
    /// Its place on a line of numbers, for the check of the range.
    fn size(&self) -> f64;
}

impl ParameterValue for f64 {
    fn read(text: &str) -> Option<Self> {
        text.parse().ok().filter(|value: &f64| !value.is_nan())
    }
    fn write(&self) -> String {
        general(*self, 6)
    }
    fn size(&self) -> f64 {
        *self
    }
}

impl ParameterValue for i32 {
    fn read(text: &str) -> Option<Self> {
        // LightGBM takes 5.0 for a whole number too.
        text.parse().ok().or_else(|| {
            text.parse::<f64>().ok().filter(|v| v.fract() == 0.0 && v.abs() < 2e9).map(|v| v as i32)
        })
    }
    fn write(&self) -> String {
        self.to_string()
    }
    fn size(&self) -> f64 {
        f64::from(*self)
    }
}

impl ParameterValue for bool {
    fn read(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "+" => Some(true),
            "false" | "0" | "-" => Some(false),
            _ => None,
        }
    }
    fn write(&self) -> String {
        u8::from(*self).to_string()
    }
    fn size(&self) -> f64 {
        f64::from(u8::from(*self))
    }
}

/// One number for each column, with commas between them.
impl ParameterValue for Vec<i32> {
    fn read(text: &str) -> Option<Self> {
        text.split(',').map(|number| i32::read(number.trim())).collect()
    }
    fn write(&self) -> String {
        self.iter().map(i32::to_string).collect::<Vec<_>>().join(",")
    }
    fn size(&self) -> f64 {
        self.iter().map(|number| number.unsigned_abs()).max().map_or(0.0, f64::from)
    }
}

macro_rules! choices {
    ($type:ident, $($value:expr => $name:literal $($alias:literal)*),+) => {
        impl ParameterValue for $type {
            fn read(text: &str) -> Option<Self> {
                match text.to_ascii_lowercase().as_str() {
                    $($name $(| $alias)* => Some($value),)+
                    _ => None,
                }
            }
            fn write(&self) -> String {
                $(if *self == $value { return $name.into(); })+
                unreachable!("every value has a name")
            }
            fn size(&self) -> f64 {
                0.0
            }
        }
    };
}

choices!(Boosting,
    Boosting::Gbdt => "gbdt" "gbrt", Boosting::Dart => "dart", Boosting::Forest => "rf" "random_forest");
choices!(SampleStrategy, SampleStrategy::Bagging => "bagging", SampleStrategy::Goss => "goss");
choices!(GrowPolicy, GrowPolicy::LeafWise => "leaf_wise", GrowPolicy::LevelWise => "level_wise");
choices!(Objective,
    Objective::Regression => "regression" "regression_l2" "l2" "mean_squared_error" "mse" "l2_root" "root_mean_squared_error" "rmse",
    Objective::RegressionL1 => "regression_l1" "l1" "mean_absolute_error" "mae",
    Objective::Huber => "huber",
    Objective::Poisson => "poisson",
    Objective::Binary => "binary",
    Objective::CrossEntropy => "cross_entropy" "xentropy",
    Objective::Multiclass => "multiclass" "softmax",
    Objective::MulticlassOva => "multiclassova" "multiclass_ova" "ova" "ovr");

/// Objectives of LightGBM that this engine does not have, under all their names.
pub(super) const OTHER_OBJECTIVES: &str = "fair quantile mape mean_absolute_percentage_error gamma tweedie \
    cross_entropy_lambda xentlambda lambdarank rank_xendcg xendcg xe_ndcg xe_ndcg_mart xendcg_mart \
    custom none null na";

impl Objective {
    /// The objective of one of its names.
    pub fn named(name: &str) -> Option<Self> {
        Self::read(name)
    }

    /// LightGBM's name.
    pub fn name(self) -> String {
        self.write()
    }
}

/// Reads a parameter of a type into its place. A function, and not inlined, because there are 60 parameters.
///
/// # Errors
/// `bad_parameter` for what is not of the type or not within the range.
#[inline(never)]
pub(super) fn set<T: ParameterValue>(
    place: &mut T,
    name: &str,
    text: &str,
    (low, high): (f64, f64),
    kind: &str,
) -> Result<(), BoostingError> {
    let value = T::read(text).filter(|value| (low..=high).contains(&value.size()));
    *place = value.ok_or_else(|| bad(name, text, (low, high), kind))?;
    Ok(())
}

fn bad(name: &str, text: &str, (low, high): (f64, f64), kind: &str) -> BoostingError {
    BoostingError::new("bad_parameter", format!("`{name}` cannot be `{text}`: {kind} is expected."))
        .with("parameter", name)
        .with("value", text)
        .with("expected", format!("{low} to {high}"))
}
