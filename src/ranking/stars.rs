//! How far predicted stars are from those given.

/// Errors of predicted ratings, added one by one.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct StarErrors {
    squares: f64,
    absolutes: f64,
    count: usize,
}

impl StarErrors {
    /// Adds one prediction.
    pub fn add(&mut self, predicted: f64, given: f64) {
        let error = predicted - given;
        self.squares += error * error;
        self.absolutes += error.abs();
        self.count += 1;
    }

    /// How many predictions.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Root of the mean squared error, in stars; none without predictions.
    pub fn rmse(&self) -> Option<f64> {
        (self.count > 0).then(|| (self.squares / self.count as f64).sqrt())
    }

    /// Mean absolute error, in stars; none without predictions.
    pub fn mae(&self) -> Option<f64> {
        (self.count > 0).then(|| self.absolutes / self.count as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_counted_by_hand() {
        let mut errors = StarErrors::default();
        assert_eq!((errors.rmse(), errors.mae()), (None, None));
        errors.add(4.0, 3.0);
        errors.add(2.0, 5.0);
        assert_eq!((errors.rmse(), errors.mae(), errors.count()), (Some(5f64.sqrt()), Some(2.0), 2));
    }
}
