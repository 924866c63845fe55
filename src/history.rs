//! What was recorded at which step.

use serde_json::{Map, Value, json};

/// Metrics that are recorded together, at the same steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// Names of the metrics, in the order of the values.
    pub metrics: Vec<&'static str>,
    steps: Vec<u32>,
    epochs: Vec<u32>,
    values: Vec<f64>,
}

impl Track {
    /// An empty track.
    pub fn new(metrics: &[&'static str]) -> Self {
        Self { metrics: metrics.to_vec(), steps: Vec::new(), epochs: Vec::new(), values: Vec::new() }
    }

    /// Records one point; steps must not go back. A value that is not finite stands as null in the history.
    ///
    /// # Panics
    /// If there is not one value for each metric.
    pub fn push(&mut self, step: u64, epoch: u64, values: &[f64]) {
        assert_eq!(values.len(), self.metrics.len(), "one value for each metric");
        self.steps.push(step as u32);
        self.epochs.push(epoch as u32);
        self.values.extend_from_slice(values);
    }

    /// Number of points.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Step and values of the latest point.
    pub fn last(&self) -> Option<(u64, &[f64])> {
        let step = *self.steps.last()?;
        Some((u64::from(step), &self.values[self.values.len() - self.metrics.len()..]))
    }

    /// Values of the `index`-th metric at all points.
    pub fn column(&self, index: usize) -> impl DoubleEndedIterator<Item = f64> + '_ {
        self.values.iter().skip(index).step_by(self.metrics.len()).copied()
    }

    /// Recorded steps.
    pub fn steps(&self) -> &[u32] {
        &self.steps
    }

    /// Epochs of the points.
    pub fn epochs(&self) -> &[u32] {
        &self.epochs
    }

    /// All values, point by point.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The points with a step of at least `from`.
    pub fn since(&self, from: u64) -> Columns<'_> {
        let first = self.steps.partition_point(|step| u64::from(*step) < from);
        Columns {
            metrics: &self.metrics,
            steps: &self.steps[first..],
            epochs: &self.epochs[first..],
            values: &self.values[first * self.metrics.len()..],
        }
    }
}

/// Points of a track as they are kept: lists of numbers, which cross to the page at no cost a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Columns<'a> {
    /// Names of the metrics, in the order of the values.
    pub metrics: &'a [&'static str],
    /// Step of each point; never falling.
    pub steps: &'a [u32],
    /// Epoch of each point.
    pub epochs: &'a [u32],
    /// One value for each metric, point by point; one that is not finite stands for null.
    pub values: &'a [f64],
}

impl Columns<'_> {
    fn point(&self, index: usize) -> Value {
        let mut point = Map::new();
        point.insert("step".into(), json!(self.steps[index]));
        point.insert("epoch".into(), json!(self.epochs[index]));
        let width = self.metrics.len();
        for (metric, value) in self.metrics.iter().zip(&self.values[index * width..]) {
            // serde_json turns what is not finite into null.
            point.insert((*metric).into(), json!(value));
        }
        Value::Object(point)
    }
}

/// Recorded points of `tracks` with a step of at least `from`, in order of step; at equal steps in the order of
/// the tracks (the step's loss before its evaluation).
pub fn points(tracks: &[&Track], from: u64) -> Vec<Value> {
    let tracks: Vec<Columns<'_>> = tracks.iter().map(|track| track.since(from)).collect();
    let mut next = vec![0; tracks.len()];
    let mut points = Vec::new();
    loop {
        let earliest = (0..tracks.len())
            .filter(|&t| next[t] < tracks[t].steps.len())
            .min_by_key(|&t| (tracks[t].steps[next[t]], t));
        let Some(t) = earliest else { return points };
        points.push(tracks[t].point(next[t]));
        next[t] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracks_are_merged_by_step_from_any_step_on() {
        let mut loss = Track::new(&["loss"]);
        let mut dev = Track::new(&["dev_loss", "dev_accuracy"]);
        for step in 0..4 {
            loss.push(step, step / 2, &[step as f64]);
        }
        dev.push(2, 1, &[0.5, f64::NAN]);
        let all = points(&[&loss, &dev], 0);
        assert_eq!(all.len(), 5);
        assert_eq!(all[3], json!({"step": 2, "epoch": 1, "dev_loss": 0.5, "dev_accuracy": null}));
        assert_eq!(points(&[&loss, &dev], 3), [json!({"step": 3, "epoch": 1, "loss": 3.0})]);
        assert_eq!(dev.last().unwrap().0, 2);
        let since = dev.since(2);
        assert_eq!((since.metrics, since.steps, since.epochs), (&dev.metrics[..], &[2][..], &[1][..]));
        assert!(since.values[0] == 0.5 && since.values[1].is_nan() && since.values.len() == 2);
        assert!(dev.since(3).values.is_empty());
        assert_eq!(loss.since(1).values, [1.0, 2.0, 3.0]);
        assert_eq!(loss.column(0).sum::<f64>(), 6.0);
    }
}
