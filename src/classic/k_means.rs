//! k-means: Lloyd's algorithm in steps, from a k-means++ start (Arthur and Vassilvitskii 2007), and the nearest of its
//! centres by distance or direction.

mod nearest;

pub use nearest::{Nearness, nearest_centres};

use crate::random::{Purpose, Random};
use emberbook_kernels::squared_distance;

/// Most steps: labels nearly always stop changing long before.
pub const MOST_STEPS: usize = 300;

/// Points in rows of one length.
#[derive(Debug, Clone, Copy)]
pub struct Points<'a> {
    values: &'a [f32],
    width: usize,
}

impl<'a> Points<'a> {
    /// Rows of `width` that stand one after another.
    ///
    /// # Panics
    /// If the values do not fill whole rows or one is not finite.
    pub fn new(values: &'a [f32], width: usize) -> Self {
        assert!(width > 0 && values.len().is_multiple_of(width), "values fill whole rows");
        assert!(values.iter().all(|value| value.is_finite()), "points are finite");
        Self { values, width }
    }

    /// How many.
    pub fn len(self) -> usize {
        self.values.len() / self.width
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.values.is_empty()
    }

    fn iter(self) -> impl ExactSizeIterator<Item = &'a [f32]> {
        self.values.chunks_exact(self.width)
    }

    fn row(self, index: usize) -> &'a [f32] {
        &self.values[index * self.width..(index + 1) * self.width]
    }
}

/// Centres, and which of them each point is nearest to.
#[derive(Debug, Clone, PartialEq)]
pub struct KMeans {
    width: usize,
    centres: Vec<f32>,
    labels: Vec<u32>,
    squares: Vec<f32>,
    steps: usize,
    is_done: bool,
}

impl KMeans {
    /// Begins with `clusters` of the points, each drawn by its squared distance from those drawn before. Where there are
    /// fewer different points than clusters, some centres are equal and stay without points.
    ///
    /// # Panics
    /// If there is no point or no cluster.
    pub fn begin(points: Points, clusters: usize, seed: u64) -> Self {
        assert!(!points.is_empty() && clusters > 0, "k-means has points and clusters");
        let mut random = Random::new(seed, Purpose::Centres);
        let mut centres = points.row(random.below(points.len())).to_vec();
        let mut nearest = vec![f32::INFINITY; points.len()];
        for _ in 1..clusters {
            let last = &centres[centres.len() - points.width..];
            for (square, point) in nearest.iter_mut().zip(points.iter()) {
                *square = square.min(squared_distance(point, last));
            }
            let all: f64 = nearest.iter().map(|square| f64::from(*square)).sum();
            let chosen = if all > 0.0 {
                let mut rest = random.uniform(0.0, all);
                let passed = |square: &f32| {
                    rest -= f64::from(*square);
                    rest < 0.0
                };
                // Rounding may leave nothing at the very end.
                nearest.iter().position(passed).unwrap_or(points.len() - 1)
            } else {
                random.below(points.len())
            };
            centres.extend_from_slice(points.row(chosen));
        }
        Self::from(points, centres)
    }

    /// Begins with these centres.
    ///
    /// # Panics
    /// If there is no point, or the centres do not fill whole rows.
    pub fn from(points: Points, centres: Vec<f32>) -> Self {
        let width = points.width;
        assert!(!points.is_empty(), "k-means has points");
        assert!(!centres.is_empty() && centres.len().is_multiple_of(width), "centres fill whole rows");
        let mut begun =
            Self { width, centres, labels: Vec::new(), squares: Vec::new(), steps: 0, is_done: false };
        (begun.labels, begun.squares) = begun.assign(points);
        begun
    }

    /// Runs to the end.
    pub fn fit(points: Points, clusters: usize, seed: u64) -> Self {
        let mut running = Self::begin(points, clusters, seed);
        while running.step(points) {}
        running
    }

    /// Moves each centre to the mean of its points and finds the nearest centres anew; whether a point has changed its
    /// centre. A centre without points goes to the point that is farthest from its own centre, which leaves that one's
    /// cluster; where no point is away from its centre, it stays.
    ///
    /// # Panics
    /// If these are not the points that it began with.
    pub fn step(&mut self, points: Points) -> bool {
        assert!(points.len() == self.labels.len() && points.width == self.width, "the same points");
        if self.is_done {
            return false;
        }
        self.move_centres(points);
        let (labels, squares) = self.assign(points);
        self.steps += 1;
        self.is_done = labels == self.labels || self.steps == MOST_STEPS;
        (self.labels, self.squares) = (labels, squares);
        !self.is_done
    }

    fn move_centres(&mut self, points: Points) {
        let clusters = self.clusters();
        let mut assigned = self.labels.clone();
        let mut has_points = vec![false; clusters];
        assigned.iter().for_each(|label| has_points[*label as usize] = true);
        let mut squares = self.squares.clone();
        for empty in (0..clusters).filter(|cluster| !has_points[*cluster]) {
            let mut farthest = 0;
            for (place, square) in squares.iter().enumerate() {
                if *square > squares[farthest] {
                    farthest = place;
                }
            }
            if squares[farthest] > 0.0 {
                assigned[farthest] = empty as u32;
                squares[farthest] = 0.0;
            }
        }
        let mut sums = vec![0.0f64; self.centres.len()];
        let mut counts = vec![0.0f64; clusters];
        for (point, label) in points.iter().zip(&assigned) {
            let label = *label as usize;
            counts[label] += 1.0;
            let sums = &mut sums[label * self.width..(label + 1) * self.width];
            sums.iter_mut().zip(point).for_each(|(sum, value)| *sum += f64::from(*value));
        }
        let centres = self.centres.chunks_exact_mut(self.width).zip(sums.chunks_exact(self.width));
        for ((centre, sums), count) in centres.zip(counts).filter(|(_, count)| *count > 0.0) {
            centre.iter_mut().zip(sums).for_each(|(value, sum)| *value = (sum / count) as f32);
        }
    }

    /// The nearest centre of each point, of equally near ones the first, and its squared distance.
    fn assign(&self, points: Points) -> (Vec<u32>, Vec<f32>) {
        let nearest = |point: &[f32]| {
            let mut best = (0, f32::INFINITY);
            for (cluster, centre) in self.iter().enumerate() {
                let square = squared_distance(point, centre);
                if square < best.1 {
                    best = (cluster as u32, square);
                }
            }
            best
        };
        points.iter().map(nearest).unzip()
    }

    /// How many clusters.
    pub fn clusters(&self) -> usize {
        self.centres.len() / self.width
    }

    /// The centres, row after row.
    pub fn centres(&self) -> &[f32] {
        &self.centres
    }

    /// The centres in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.centres.chunks_exact(self.width)
    }

    /// The nearest centre of each point.
    pub fn labels(&self) -> &[u32] {
        &self.labels
    }

    /// The sum of squared distances of points from their centres.
    pub fn inertia(&self) -> f64 {
        self.squares.iter().map(|square| f64::from(*square)).sum()
    }

    /// Steps done.
    pub fn steps(&self) -> usize {
        self.steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    pub fn fixture() -> Value {
        let all: Value =
            serde_json::from_str(include_str!("../../tests/fixtures/sequences_codes.json")).unwrap();
        all["k_means"].clone()
    }

    pub fn rows(value: &Value) -> Vec<f32> {
        let rows = value.as_array().unwrap().iter();
        rows.flat_map(|row| row.as_array().unwrap()).map(|number| number.as_f64().unwrap() as f32).collect()
    }

    pub fn whole(value: &Value) -> Vec<u32> {
        value.as_array().unwrap().iter().map(|number| number.as_u64().unwrap() as u32).collect()
    }

    pub const WIDTH: usize = 8;

    #[test]
    fn from_the_same_start_labels_and_centres_are_those_of_scikit_learn() {
        let fixture = fixture();
        let points = rows(&fixture["points"]);
        let points = Points::new(&points, WIDTH);
        // The second start has a centre far from every point.
        for expected in [&fixture, &fixture["empty_cluster"]] {
            let mut found = KMeans::from(points, rows(&expected["start"]));
            while found.step(points) {}
            assert_eq!(found.labels(), whole(&expected["labels"]));
            let centres = rows(&expected["centres"]);
            assert!(
                found.centres().iter().zip(&centres).all(|(found, centre)| (found - centre).abs() < 1e-5)
            );
            assert!((found.inertia() / expected["inertia"].as_f64().unwrap() - 1.0).abs() < 1e-5);
            assert!((3..20).contains(&found.steps()) && !found.step(points));
        }
    }

    #[test]
    fn a_start_by_seed_finds_clusters_that_are_far_apart() {
        let near = |at: usize| [(at % 3) as f32 * 100.0 + (at / 3) as f32 * 0.1, (at % 3 / 2) as f32 * 50.0];
        let values: Vec<f32> = (0..60).flat_map(near).collect();
        let points = Points::new(&values, 2);
        for seed in 0..20 {
            let found = KMeans::fit(points, 3, seed);
            let first = &found.labels()[..3];
            assert!(first[0] != first[1] && first[1] != first[2] && first[0] != first[2], "seed {seed}");
            assert!(found.labels().chunks(3).all(|labels| labels == first), "seed {seed}");
            assert_eq!(found, KMeans::fit(points, 3, seed));
        }
    }

    #[test]
    fn equal_points_and_more_clusters_than_points_come_to_an_end() {
        let values = [1.0, 1.0, 1.0, 5.0];
        let points = Points::new(&values, 1);
        let found = KMeans::fit(points, 6, 1);
        assert_eq!((found.clusters(), found.inertia()), (6, 0.0));
        assert!(found.centres().iter().all(|value| value.is_finite()));
        let one = KMeans::fit(points, 1, 1);
        assert_eq!((one.centres(), one.labels()), (&[2.0][..], &[0; 4][..]));
        // The only point of a cluster is taken away by an empty one: its own centre stays where it was.
        let mut lonely = KMeans::from(points, vec![1.0, 9.0, 100.0]);
        while lonely.step(points) {}
        assert!(lonely.centres().iter().all(|value| value.is_finite()));
        assert_eq!(lonely.inertia(), 0.0);
    }
}
