//! Medians as LightGBM takes them, with and without weights.

use super::number::{ascending, descending};

/// Values of which the median is asked.
pub(super) struct Percentile {
    values: Vec<f64>,
    weights: Option<Vec<f32>>,
}

impl Percentile {
    /// Values, and where they have any their weights.
    pub fn new(values: Vec<f64>, weights: Option<Vec<f32>>) -> Self {
        Self { values, weights }
    }

    /// Their median; `single` computes as with numbers of 32 bits, which labels are.
    pub fn median(&self, single: bool) -> f64 {
        let rounded = |value: f64| if single { f64::from(value as f32) } else { value };
        match (&self.values[..], &self.weights) {
            ([], _) => f64::NAN,
            ([one], _) => *one,
            (values, None) => {
                let order = descending(values);
                let place = (values.len() - 1) as f64 * 0.5;
                let at = place as usize;
                let (high, low) = (values[order[at] as usize], values[order[at + 1] as usize]);
                rounded(high - rounded(high - low) * (place - at as f64))
            }
            (values, Some(weights)) => {
                let order = ascending(values);
                let mut sum = 0.0;
                let sums = order.iter().map(|place| {
                    sum += f64::from(weights[*place as usize]);
                    sum
                });
                let sums: Vec<f64> = sums.collect();
                let (last, half) = (sums.len() - 1, sums[sums.len() - 1] * 0.5);
                let at = sums.partition_point(|sum| *sum <= half).min(last);
                let value = |place: usize| values[order[place] as usize];
                if at == 0 || at == last || sums[at + 1] - sums[at] < 1.0 {
                    return value(at);
                }
                let share = (half - sums[at]) / (sums[at + 1] - sums[at]);
                rounded(share * rounded(value(at) - value(at - 1)) + value(at - 1))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Percentile;

    #[test]
    fn a_median_lies_between_the_two_in_the_middle() {
        let of = |values: &[f64]| Percentile::new(values.to_vec(), None).median(false);
        assert_eq!(of(&[3.0]), 3.0);
        assert_eq!(of(&[3.0, 1.0]), 2.0);
        assert_eq!(of(&[5.0, 1.0, 2.0]), 2.0);
        assert_eq!(of(&[4.0, 1.0, 2.0, 8.0]), 3.0);
    }

    #[test]
    fn weights_move_it() {
        let of =
            |weights: &[f32]| Percentile::new(vec![1.0, 2.0, 3.0, 4.0], Some(weights.to_vec())).median(false);
        assert_eq!(of(&[0.0, 0.0, 0.0, 0.0]), 4.0);
        assert_eq!(of(&[5.0, 1.0, 1.0, 1.0]), 1.0);
        assert_eq!(of(&[0.5, 0.5, 0.5, 0.5]), 3.0);
    }
}
