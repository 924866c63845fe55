//! When to stop: LightGBM's callback of that name.

use super::metric::Metric;
use super::parameters::{Boosting, Parameters};

/// Watches metrics over rows that are not learned from.
#[derive(Debug, Clone)]
pub struct EarlyStopping {
    patience: usize,
    /// The last round there can be.
    last: usize,
    min_delta: f64,
    metrics: Vec<Metric>,
    /// Best round and value of each metric.
    best: Vec<Option<(usize, f64)>>,
    stopped_at: Option<usize>,
}

impl EarlyStopping {
    /// A watch over metrics; over the first alone where `first_metric_only` says so. It watches nothing where
    /// `early_stopping_round` is not positive, and with DART, which changes the trees of the best round later on.
    pub fn new(parameters: &Parameters, metrics: &[Metric]) -> Self {
        let count = if parameters.first_metric_only { metrics.len().min(1) } else { metrics.len() };
        let dart = parameters.boosting == Boosting::Dart;
        Self {
            patience: if dart { 0 } else { parameters.early_stopping_round.max(0) as usize },
            last: parameters.num_iterations as usize,
            min_delta: parameters.early_stopping_min_delta,
            metrics: metrics[..count].to_vec(),
            best: vec![None; count],
            stopped_at: None,
        }
    }

    /// Takes in the metrics after a round, counted from 1; true when training is to stop: some metric has not got
    /// better for so many rounds.
    pub fn watch(&mut self, round: usize, values: &[f64]) -> bool {
        if self.patience == 0 {
            return false;
        }
        for (index, metric) in self.metrics.iter().enumerate() {
            let value = values[index];
            let better = |best: f64| match metric.higher_is_better() {
                true => value > best + self.min_delta,
                false => value < best - self.min_delta,
            };
            match self.best[index] {
                Some((_, best)) if !better(best) => {}
                _ => self.best[index] = Some((round, value)),
            }
            let (best, _) = self.best[index].expect("just set where it was none");
            if round - best >= self.patience {
                self.stopped_at.get_or_insert(best);
            }
            // In the last round the first metric decides before the others are looked at.
            if round == self.last {
                break;
            }
        }
        self.stopped_at.is_some()
    }

    /// The best round: that of the metric which stopped training, or else of the first.
    pub fn best_round(&self) -> Option<usize> {
        self.stopped_at.or_else(|| self.best.first().copied().flatten().map(|(round, _)| round))
    }

    /// Whether training was stopped.
    pub fn stopped(&self) -> bool {
        self.stopped_at.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_metric_that_waits_too_long_stops_and_names_its_best_round() {
        let parameters = Parameters { early_stopping_round: 2, ..Parameters::default() };
        let mut watch = EarlyStopping::new(&parameters, &[Metric::Auc, Metric::BinaryLogloss]);
        let rounds = [[0.7, 0.5], [0.8, 0.4], [0.8, 0.3], [0.8, 0.2]];
        let stops: Vec<bool> =
            rounds.iter().enumerate().map(|(index, v)| watch.watch(index + 1, v)).collect();
        assert_eq!(stops, [false, false, false, true]);
        assert_eq!(watch.best_round(), Some(2));
    }

    #[test]
    fn in_the_last_round_the_first_metric_decides() {
        let parameters = Parameters { early_stopping_round: 2, num_iterations: 3, ..Parameters::default() };
        let mut watch = EarlyStopping::new(&parameters, &[Metric::L2, Metric::L1]);
        for (round, values) in [[3.0, 1.0], [2.0, 1.0], [2.0, 1.0]].iter().enumerate() {
            watch.watch(round + 1, values);
        }
        assert!(!watch.stopped());
        assert_eq!(watch.best_round(), Some(2));
    }

    #[test]
    fn it_watches_nothing_with_dart() {
        let parameters =
            Parameters { early_stopping_round: 1, boosting: Boosting::Dart, ..Parameters::default() };
        let mut watch = EarlyStopping::new(&parameters, &[Metric::L2]);
        assert!((1..9).all(|round| !watch.watch(round, &[round as f64])));
        assert_eq!(watch.best_round(), None);
    }

    #[test]
    fn without_patience_it_never_stops() {
        let mut watch = EarlyStopping::new(&Parameters::default(), &[Metric::L2]);
        assert!((1..100).all(|round| !watch.watch(round, &[round as f64])));
    }
}
