//! Where an axis is marked: steps of 1, 2 or 5 × 10^k on a linear scale; 1, 2, 5 or whole decades on a
//! logarithmic one.

use super::number::{decimals_of, fixed, rounded};

/// Marked values of an axis with their text.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// The value.
    pub value: f64,
    /// What stands beside it.
    pub label: String,
}

/// The smallest of 1, 2, 5 × 10^k that divides `span` into at most `most` steps.
pub fn step_for(span: f64, most: usize) -> f64 {
    let rough = span / most.max(1) as f64;
    let decade = 10f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0];
    steps.iter().map(|s| s * decade).find(|s| *s >= rough * (1.0 - 1e-9)).unwrap_or(10.0 * decade)
}

/// Ticks of a linear axis inside `low..=high`, in at most `most` steps; on whole numbers only if `whole`.
pub fn linear(low: f64, high: f64, most: usize, whole: bool) -> Vec<Tick> {
    let step = step_for(high - low, most);
    let step = if whole { step.max(1.0) } else { step };
    let decimals = decimals_of(step);
    let slack = 1e-9 * (high - low);
    let first = ((low - slack) / step).ceil() as i64;
    let last = ((high + slack) / step).floor() as i64;
    // Where floating point ends (a range of 10^-310) the step is no number any more.
    if !step.is_normal() || last.saturating_sub(first) > 1_000 {
        return Vec::new();
    }
    (first..=last)
        .map(|i| i as f64 * step)
        .map(|value| Tick { value, label: label_of(value, decimals) })
        .collect()
}

fn label_of(value: f64, decimals: usize) -> String {
    let plain = fixed(value, decimals);
    if plain.len() <= 12 { plain } else { rounded(value, 4) }
}

/// Ticks of a logarithmic axis inside `low..=high` (both positive), about `most` of them.
///
/// A range of less than one decade that holds no two of 1, 2, 5 × 10^k is marked in equal steps.
pub fn logarithmic(low: f64, high: f64, most: usize) -> Vec<Tick> {
    let most = most.max(2);
    let inside = |v: &f64| *v >= low * (1.0 - 1e-9) && *v <= high * (1.0 + 1e-9);
    // The bounds are those of floating point, should a caller ask for more.
    let first = (low.log10().floor() as i32).max(-308);
    let last = (high.log10().ceil() as i32).min(308);
    let marks = |factors: &[f64], every: i32| -> Vec<f64> {
        (first..=last)
            .filter(|decade| decade.rem_euclid(every) == 0)
            .flat_map(|decade| factors.iter().map(move |f| f * 10f64.powi(decade)))
            .filter(inside)
            .collect()
    };
    let decades = last - first;
    let finest = [marks(&[1.0, 2.0, 5.0], 1), marks(&[1.0, 3.0], 1)];
    let values = finest.into_iter().find(|values| values.len() <= most).unwrap_or_else(|| {
        let every = (1..=decades.max(1)).find(|every| decades / every < most as i32).unwrap_or(1);
        marks(&[1.0], every)
    });
    if values.len() < 2 {
        return linear(low, high, most, false);
    }
    values.into_iter().map(|value| Tick { value, label: rounded(value, 3) }).collect()
}

/// `low..high` widened to whole steps, so that a growing curve moves the axis seldom.
pub fn widen_linear(low: f64, high: f64, most: usize) -> [f64; 2] {
    let (low, high) = if high > low { (low, high) } else { around(low) };
    let step = step_for(high - low, most);
    [(low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step]
}

/// `low..high` (positive) widened to the next of 1, 2, 5 × 10^k on either side.
pub fn widen_logarithmic(low: f64, high: f64) -> [f64; 2] {
    let bound = |value: f64, upwards: bool| {
        let decade = 10f64.powf(value.log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|s| s * decade);
        if upwards {
            steps.into_iter().find(|s| *s >= value * (1.0 - 1e-9)).unwrap_or(steps[3])
        } else {
            steps.into_iter().rev().find(|s| *s <= value * (1.0 + 1e-9)).unwrap_or(steps[0])
        }
    };
    let (low, high) = (bound(low, false), bound(high, true));
    if high > low { [low, high.min(f64::MAX)] } else { [low / 2.0, (high * 2.0).min(f64::MAX)] }
}

/// A range around a single value.
fn around(value: f64) -> (f64, f64) {
    let half = if value == 0.0 { 1.0 } else { 0.1 * value.abs() };
    (value - half, value + half)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ticks: Vec<Tick>) -> Vec<String> {
        ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn linear_ticks_are_round_and_share_their_decimals() {
        assert_eq!(labels(linear(0.0, 1200.0, 6, true)), ["0", "200", "400", "600", "800", "1,000", "1,200"]);
        assert_eq!(labels(linear(-0.1, 0.1, 4, false)), ["−0.10", "−0.05", "0.00", "0.05", "0.10"]);
        assert_eq!(labels(linear(0.0, 2.0, 8, true)), ["0", "1", "2"]);
    }

    #[test]
    fn a_tiny_range_far_from_zero_still_has_ticks() {
        let ticks = linear(1.0986, 1.0987, 5, false);
        assert!(ticks.len() >= 3, "{ticks:?}");
        assert!(ticks.windows(2).all(|pair| pair[0].label != pair[1].label), "{ticks:?}");
    }

    #[test]
    fn logarithmic_ticks_go_from_1_2_5_to_decades() {
        assert_eq!(labels(logarithmic(0.1, 1.0, 6)), ["0.1", "0.2", "0.5", "1"]);
        assert_eq!(labels(logarithmic(0.001, 1.0, 6)), ["0.001", "0.01", "0.1", "1"]);
        assert_eq!(labels(logarithmic(1e-12, 1.0, 5)).len(), 5);
        // Nothing of 1, 2, 5 inside: equal steps instead.
        assert_eq!(labels(logarithmic(1.05, 1.15, 4)), ["1.05", "1.10", "1.15"]);
    }

    #[test]
    fn ranges_widen_to_round_ends_and_are_never_empty() {
        assert_eq!(widen_linear(0.03, 1.17, 5), [0.0, 1.5]);
        assert_eq!(widen_linear(0.0, 1.0, 5), [0.0, 1.0]);
        assert_eq!(widen_logarithmic(0.013, 1.17), [0.01, 2.0]);
        assert_eq!(widen_logarithmic(0.5, 0.5), [0.25, 1.0]);
        assert_eq!(widen_logarithmic(1e308, 1e308)[1], f64::MAX);
        assert!((2..=5).contains(&logarithmic(1e300, f64::INFINITY, 5).len()));
        let [low, high] = widen_linear(0.0, 0.0, 5);
        assert!(low < 0.0 && high > 0.0);
    }
}
