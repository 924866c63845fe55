//! Principal components: the plane in which vectors differ most (Pearson 1901).

use emberbook_kernels::add_scaled;

/// Multiplications by the covariance at most; where two directions differ in how much they explain, a few dozen do.
const ITERATIONS: usize = 300;
/// Directions whose cosine with those before is nearer to 1 than this are found.
const TOLERANCE: f64 = 1e-10;

/// Points on the plane of the first two principal components.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    /// Along the first component and the second, for each vector.
    pub points: [Vec<f32>; 2],
    /// The share of the variance along each.
    pub explained: [f64; 2],
}

/// The plane in which some rows of `width` numbers differ most. The sign of a component is chosen so that its largest entry
/// is positive.
///
/// # Panics
/// If the rows are not whole.
pub fn plane(rows: &[f32], width: usize) -> Plane {
    assert!(width > 0 && rows.len().is_multiple_of(width), "whole rows");
    let count = (rows.len() / width).max(1) as f64;
    let mut mean = vec![0f64; width];
    for row in rows.chunks_exact(width) {
        mean.iter_mut().zip(row).for_each(|(sum, value)| *sum += f64::from(*value) / count);
    }
    let mut covariance = vec![0f32; width * width];
    let mut centred = vec![0f32; width];
    for row in rows.chunks_exact(width) {
        centred.iter_mut().zip(row).zip(&mean).for_each(|((to, value), mean)| *to = value - *mean as f32);
        // On and below the diagonal; the other half is the same.
        for (at, sums) in covariance.chunks_exact_mut(width).enumerate() {
            add_scaled(&centred[..=at], centred[at], &mut sums[..=at]);
        }
    }
    for at in 0..width {
        for other in 0..at {
            covariance[other * width + at] = covariance[at * width + other];
        }
    }
    let total: f64 = (0..width).map(|at| f64::from(covariance[at * (width + 1)])).sum();
    let components = leading(&covariance, width);
    let along = |component: &[f64]| -> Vec<f32> {
        let shift = dot(&mean, component);
        let product = |row: &[f32]| row.iter().zip(component).map(|(a, b)| f64::from(*a) * b).sum::<f64>();
        rows.chunks_exact(width).map(|row| (product(row) - shift) as f32).collect()
    };
    let share = |component: &[f64]| {
        if total <= 0.0 { 0.0 } else { dot(&times(&covariance, component), component) / total }
    };
    Plane {
        points: [along(&components[0]), along(&components[1])],
        explained: [share(&components[0]), share(&components[1])],
    }
}

/// The two directions along which a symmetric matrix stretches most, by orthogonal iteration.
fn leading(matrix: &[f32], width: usize) -> [Vec<f64>; 2] {
    // Two that no eigenvector is likely to be at a right angle to.
    let start = |turn: f64| (0..width).map(|at| (1.0 + at as f64 * turn).sin()).collect::<Vec<f64>>();
    let mut found = orthonormal([start(0.7), start(1.9)]);
    for _ in 0..ITERATIONS {
        let next = orthonormal([times(matrix, &found[0]), times(matrix, &found[1])]);
        let turned = (0..2).map(|at| 1.0 - dot(&next[at], &found[at]).abs()).fold(0.0, f64::max);
        found = next;
        if turned < TOLERANCE {
            break;
        }
    }
    found.map(|mut component| {
        let largest = component
            .iter()
            .copied()
            .fold(0.0, |most: f64, value| if value.abs() > most.abs() { value } else { most });
        if largest < 0.0 {
            component.iter_mut().for_each(|value| *value = -*value);
        }
        component
    })
}

fn times(matrix: &[f32], vector: &[f64]) -> Vec<f64> {
    let product = |row: &[f32]| row.iter().zip(vector).map(|(a, b)| f64::from(*a) * b).sum();
    matrix.chunks_exact(vector.len()).map(product).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The first vector and what the second has beside it, each of length 1.
fn orthonormal([mut first, mut second]: [Vec<f64>; 2]) -> [Vec<f64>; 2] {
    normalise(&mut first);
    let overlap = dot(&first, &second);
    second.iter_mut().zip(&first).for_each(|(value, other)| *value -= overlap * other);
    normalise(&mut second);
    [first, second]
}

/// Brings a vector to length 1; one of zeros stays.
fn normalise(vector: &mut [f64]) {
    let length = dot(vector, vector).sqrt();
    if length > 1e-30 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classic::recommend::eigen::eigen;
    use crate::random::{Purpose, Random};

    #[test]
    fn it_is_the_plane_of_the_two_largest_eigenvalues_of_the_covariance() {
        const WIDTH: usize = 6;
        let mut random = Random::new(3, Purpose::Worlds);
        let rows: Vec<f32> = (0..200 * WIDTH)
            .map(|at| random.normal(2.0, [3.0, 0.4, 2.0, 0.7, 1.0, 0.1][at % WIDTH]) as f32)
            .collect();
        let mut mean = [0.0; WIDTH];
        rows.iter().enumerate().for_each(|(at, value)| mean[at % WIDTH] += f64::from(*value) / 200.0);
        let mut covariance = vec![0.0; WIDTH * WIDTH];
        for row in rows.chunks_exact(WIDTH) {
            for (i, a) in row.iter().enumerate() {
                for (j, b) in row.iter().enumerate() {
                    covariance[i * WIDTH + j] += (f64::from(*a) - mean[i]) * (f64::from(*b) - mean[j]);
                }
            }
        }
        let (values, vectors) = eigen(covariance, WIDTH);
        let total: f64 = values.iter().sum();
        let plane = plane(&rows, WIDTH);
        for (axis, points) in plane.points.iter().enumerate() {
            assert!((plane.explained[axis] - values[axis] / total).abs() < 1e-5);
            let expected: Vec<f64> = rows
                .chunks_exact(WIDTH)
                .map(|row| (0..WIDTH).map(|at| (f64::from(row[at]) - mean[at]) * vectors[axis][at]).sum())
                .collect();
            let sign = if f64::from(points[0]) * expected[0] < 0.0 { -1.0 } else { 1.0 };
            let close = |(point, other): (&f32, &f64)| (f64::from(*point) - sign * other).abs() < 1e-2;
            assert!(points.iter().zip(&expected).all(close), "component {axis}");
        }
    }

    #[test]
    fn vectors_that_do_not_differ_lie_in_one_point_and_a_single_column_on_a_line() {
        let same = plane(&[1.0, 2.0, 1.0, 2.0], 2);
        assert!(same.points.iter().flatten().all(|value| value.abs() < 1e-6));
        assert_eq!(same.explained, [0.0, 0.0]);
        let line = plane(&[1.0, 3.0, 2.0], 1);
        assert_eq!(line.points[0], [-1.0, 1.0, 0.0]);
        assert!((line.explained[0] - 1.0).abs() < 1e-6);
        assert!(line.points[1].iter().all(|value| value.abs() < 1e-6) && line.explained[1] < 1e-6);
    }
}
