//! Numbers as places in their own distribution (Covington et al. 2016, §4.1).

/// The distribution of a feature over the training examples.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantiles {
    sorted: Vec<f32>,
}

impl Quantiles {
    /// From the values of a feature; those that are no numbers are left out.
    pub fn new(mut values: Vec<f32>) -> Self {
        values.retain(|value| !value.is_nan());
        values.sort_by(f32::total_cmp);
        Self { sorted: values }
    }

    /// The share of the values below one, those that are equal counted half: between 0 and 1. One half where there are
    /// no values, or where the value is no number.
    pub fn place(&self, value: f32) -> f32 {
        if self.sorted.is_empty() || value.is_nan() {
            return 0.5;
        }
        let below = self.sorted.partition_point(|other| *other < value);
        let upto = self.sorted.partition_point(|other| *other <= value);
        (below + upto) as f32 / (2 * self.sorted.len()) as f32
    }

    /// The value in the middle; 0 where there are none.
    pub fn middle(&self) -> f32 {
        self.sorted.get(self.sorted.len() / 2).copied().unwrap_or(0.0)
    }

    /// `x̃`, `x̃²` and `√x̃`: a network of few layers learns what lies above or below a line with them.
    pub fn powers(&self, value: f32) -> [f32; 3] {
        let place = self.place(value);
        [place, place * place, place.sqrt()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_where_it_stands_among_the_others() {
        let quantiles = Quantiles::new(vec![1.0, 1.0, f32::NAN, 5.0, 9.0]);
        for (value, expected) in
            [(0.0, 0.0), (1.0, 0.25), (2.0, 0.5), (5.0, 0.625), (9.0, 0.875), (10.0, 1.0)]
        {
            assert_eq!(quantiles.place(value), expected, "{value}");
        }
        assert_eq!(quantiles.powers(1.0), [0.25, 0.0625, 0.5]);
        assert_eq!((quantiles.place(f32::NAN), quantiles.middle()), (0.5, 5.0));
        assert_eq!(Quantiles::new(Vec::new()).place(3.0), 0.5);
    }
}
