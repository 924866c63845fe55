//! Numbers that may not be there.

use serde::Serialize;

/// A number, or numbers, that need not be finite: weights, losses and probabilities of a run that diverged.
///
/// JSON knows no NaN and no infinity: such a number is `null` for the page, and TypeScript is told so
/// (`number | null`). A number that is always finite is a plain `f64` in an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct MaybeNan<T>(pub T);

impl<T> From<T> for MaybeNan<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

#[cfg(test)]
mod types {
    use super::MaybeNan;
    use ts_rs::{Config, TS};

    macro_rules! is_nullable {
        ($($rust:ty => $typescript:literal),* $(,)?) => {$(
            impl TS for MaybeNan<$rust> {
                type WithoutGenerics = Self;
                type OptionInnerType = Self;
                fn name(_: &Config) -> String {
                    $typescript.into()
                }
                fn inline(config: &Config) -> String {
                    Self::name(config)
                }
            }
        )*};
    }

    is_nullable! {
        f32 => "number | null",
        f64 => "number | null",
        Vec<f32> => "Array<number | null>",
        Vec<f64> => "Array<number | null>",
        Vec<Vec<f32>> => "Array<Array<number | null>>",
        Vec<Vec<f64>> => "Array<Array<number | null>>",
    }
}

#[cfg(test)]
mod tests {
    use super::MaybeNan;
    use serde_json::json;

    #[test]
    fn what_is_not_finite_is_null_and_the_rest_stays() {
        assert_eq!(json!(MaybeNan(f64::NAN)), json!(null));
        assert_eq!(json!(MaybeNan(vec![1.5f32, f32::INFINITY])), json!([1.5, null]));
    }
}
