//! Values of parameters: read from text, and written as LightGBM writes them.

use super::super::error::BoostingError;
use super::super::number::general;
use super::{Boosting, GrowPolicy, Objective, SampleStrategy};

/// A value that can stand in a parameter.
pub(super) trait ParameterValue {
    /// Takes the value that a text names; false where it names none.
    fn read(&mut self, text: &str) -> bool;
    fn write(&self) -> String;
    /// Its place on a line of numbers, for the check of the range.
    fn size(&self) -> f64;
    /// What is expected, in a word.
    fn kind(&self) -> &'static str;
}

fn take<T>(place: &mut T, value: Option<T>) -> bool {
    value.map(|value| *place = value).is_some()
}

fn whole(text: &str) -> Option<i32> {
    // LightGBM takes 5.0 for a whole number too.
    let number = || text.parse::<f64>().ok().filter(|v| v.fract() == 0.0 && v.abs() < 2e9).map(|v| v as i32);
    text.parse().ok().or_else(number)
}

impl ParameterValue for f64 {
    fn read(&mut self, text: &str) -> bool {
        take(self, text.parse().ok().filter(|value: &f64| !value.is_nan()))
    }
    fn kind(&self) -> &'static str {
        "a number"
    }
    fn write(&self) -> String {
        general(*self, 6)
    }
    fn size(&self) -> f64 {
        *self
    }
}

impl ParameterValue for i32 {
    fn read(&mut self, text: &str) -> bool {
        take(self, whole(text))
    }
    fn kind(&self) -> &'static str {
        "a whole number"
    }
    fn write(&self) -> String {
        self.to_string()
    }
    fn size(&self) -> f64 {
        f64::from(*self)
    }
}

impl ParameterValue for bool {
    fn read(&mut self, text: &str) -> bool {
        let value = match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "+" => Some(true),
            "false" | "0" | "-" => Some(false),
            _ => None,
        };
        take(self, value)
    }
    fn kind(&self) -> &'static str {
        "true or false"
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
    fn read(&mut self, text: &str) -> bool {
        take(self, text.split(',').map(|number| whole(number.trim())).collect())
    }
    fn kind(&self) -> &'static str {
        "whole numbers"
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
            fn read(&mut self, text: &str) -> bool {
                take(self, Self::named(text))
            }
            fn write(&self) -> String {
                $(if *self == $value { return $name.into(); })+
                unreachable!("every value has a name")
            }
            fn kind(&self) -> &'static str {
                stringify!($type)
            }
            fn size(&self) -> f64 {
                0.0
            }
        }

        impl $type {
            /// The value of one of its names, in letters of any size.
            pub fn named(name: &str) -> Option<Self> {
                match name.to_ascii_lowercase().as_str() {
                    $($name $(| $alias)* => Some($value),)+
                    _ => None,
                }
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
    /// LightGBM's name.
    pub fn name(self) -> String {
        self.write()
    }
}

pub(super) fn bad(name: &str, text: &str, (low, high): (f64, f64), kind: &str) -> BoostingError {
    BoostingError::new("bad_parameter", format!("`{name}` cannot be `{text}`: {kind} is expected."))
        .with("parameter", name)
        .with("value", text)
        .with("expected", format!("{low} to {high}"))
}
