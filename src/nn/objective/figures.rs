//! Named figures, summed over rows batch by batch.

use serde_json::{Map, Value, json};

/// A figure that an objective tallies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// Its name in histories and evaluations.
    pub name: &'static str,
    /// Whether it is the square root of the mean.
    root: bool,
}

impl Figure {
    /// A mean over rows.
    pub const fn mean(name: &'static str) -> Self {
        Self { name, root: false }
    }

    /// The square root of a mean over rows.
    pub const fn root_mean(name: &'static str) -> Self {
        Self { name, root: true }
    }

    /// The figure of a mean.
    fn of(self, mean: f64) -> f64 {
        if self.root { mean.sqrt() } else { mean }
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Total {
    figure: Figure,
    sum: f64,
    weight: f64,
    latest: f64,
}

impl Total {
    fn new(figure: Figure) -> Self {
        Self { figure, sum: 0.0, weight: 0.0, latest: 0.0 }
    }
}

/// Figures over as many batches as are added, in the order in which the objective declares them.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    totals: Vec<Total>,
}

impl Figures {
    /// Nothing added yet.
    pub fn new(figures: &[Figure]) -> Self {
        Self { totals: figures.iter().copied().map(Total::new).collect() }
    }

    /// Adds to a figure the sum over a batch of a total weight, which is the number of rows where all count the same.
    ///
    /// # Panics
    /// If the figure was not declared.
    pub fn add_sum(&mut self, name: &str, sum: f64, weight: f64) {
        self.add(name, sum, weight, sum / weight);
    }

    /// Adds to a figure the mean of a batch of a total weight: as [`add_sum`](Self::add_sum) but for rounding.
    ///
    /// # Panics
    /// If the figure was not declared.
    pub fn add_mean(&mut self, name: &str, mean: f64, weight: f64) {
        self.add(name, mean * weight, weight, mean);
    }

    fn add(&mut self, name: &str, sum: f64, weight: f64, mean: f64) {
        let total = self.totals.iter_mut().find(|total| total.figure.name == name);
        let total = total.unwrap_or_else(|| panic!("the figure `{name}` was not declared"));
        total.sum += sum;
        total.weight += weight;
        total.latest = total.figure.of(mean);
    }

    /// Names of the figures.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.totals.iter().map(|total| total.figure.name)
    }

    /// A figure over all batches; 0 when none was added, as in the document. `None` if it was not declared.
    pub fn value(&self, name: &str) -> Option<f64> {
        self.iter().find(|(figure, _)| *figure == name).map(|(_, value)| value)
    }

    /// A figure of the latest batch alone. `None` if it was not declared.
    pub fn latest(&self, name: &str) -> Option<f64> {
        self.totals.iter().find(|total| total.figure.name == name).map(|total| total.latest)
    }

    /// All figures by name over all batches.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, f64)> + '_ {
        self.totals.iter().map(|Total { figure, sum, weight, .. }| {
            (figure.name, if *weight == 0.0 { 0.0 } else { figure.of(sum / weight) })
        })
    }

    /// All figures as the fields of an answer; one that is not finite is null, and so is one of no rows.
    pub fn to_map(&self) -> Map<String, Value> {
        let value = |total: &Total, value: f64| if total.weight == 0.0 { Value::Null } else { json!(value) };
        let named = self.iter().zip(&self.totals);
        named.map(|((name, figure), total)| (name.to_string(), value(total, figure))).collect()
    }

    /// Forgets what was added.
    pub fn reset(&mut self) {
        self.totals.iter_mut().for_each(|total| *total = Total::new(total.figure));
    }

    /// Sum and weight of each figure: enough to go on with the same values.
    pub fn sums(&self) -> Vec<(f64, f64)> {
        self.totals.iter().map(|total| (total.sum, total.weight)).collect()
    }

    /// Goes on from recorded sums; the latest batch is forgotten.
    ///
    /// # Errors
    /// When they are not those of these figures.
    pub fn restore(&mut self, sums: &[(f64, f64)]) -> Result<(), String> {
        if sums.len() != self.totals.len() {
            return Err(format!("it sums {} figures, not {}", sums.len(), self.totals.len()));
        }
        if sums.iter().any(|(sum, weight)| !sum.is_finite() || !weight.is_finite() || *weight < 0.0) {
            return Err("a figure is summed over less than no rows, or to no number".into());
        }
        for (total, &(sum, weight)) in self.totals.iter_mut().zip(sums) {
            *total = Total { sum, weight, ..Total::new(total.figure) };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECLARED: [Figure; 3] = [Figure::mean("loss"), Figure::mean("accuracy"), Figure::root_mean("rmse")];

    fn tallied() -> Figures {
        let mut figures = Figures::new(&DECLARED);
        for (rows, loss, correct, squares) in [(4.0, 0.5, 3.0, 10.0), (1.0, 2.0, 0.0, 6.0)] {
            figures.add_mean("loss", loss, rows);
            figures.add_sum("accuracy", correct, rows);
            figures.add_sum("rmse", squares, rows / 5.0);
        }
        figures
    }

    #[test]
    fn batches_count_by_their_rows_and_the_root_is_taken_last() {
        let figures = tallied();
        assert_eq!(figures.iter().collect::<Vec<_>>(), [("loss", 0.8), ("accuracy", 0.6), ("rmse", 4.0)]);
        assert_eq!(figures.latest("loss"), Some(2.0));
        assert_eq!(figures.latest("rmse"), Some(30f64.sqrt()));
        assert_eq!(figures.value("hr"), None);
        assert_eq!(json!(figures.to_map()).to_string(), r#"{"loss":0.8,"accuracy":0.6,"rmse":4.0}"#);
    }

    #[test]
    fn no_rows_have_no_figure() {
        assert_eq!(
            json!(Figures::new(&DECLARED).to_map()).to_string(),
            r#"{"loss":null,"accuracy":null,"rmse":null}"#
        );
    }

    #[test]
    fn the_mean_of_one_batch_is_not_rounded_again() {
        let mut figures = Figures::new(&DECLARED);
        // 0.1 × 3 / 3 is another number.
        figures.add_mean("loss", 0.1, 3.0);
        assert_eq!(figures.latest("loss"), Some(0.1));
        assert_eq!(figures.value("loss"), Some(0.1 * 3.0 / 3.0));
    }

    #[test]
    fn nothing_is_zero_and_a_reset_forgets() {
        let mut figures = tallied();
        figures.reset();
        assert_eq!(figures, Figures::new(&DECLARED));
        assert!(figures.iter().all(|(_, value)| value == 0.0));
    }

    #[test]
    fn sums_go_on_where_they_were_and_others_are_refused() {
        let (figures, mut resumed) = (tallied(), Figures::new(&DECLARED));
        resumed.restore(&figures.sums()).unwrap();
        assert_eq!(resumed.to_map(), figures.to_map());
        for sums in [&[(1.0, 1.0)][..], &[(0.0, -1.0); 3], &[(f64::NAN, 1.0); 3]] {
            assert!(resumed.restore(sums).is_err());
        }
        assert_eq!(resumed.to_map(), figures.to_map());
    }
}
