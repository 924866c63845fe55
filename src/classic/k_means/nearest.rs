//! The centres nearest to a point.

use crate::data::order::{ascending, rising};
use emberbook_kernels::squared_distance;

/// How near a centre is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// By the angle, as the paper has it.
    Cosine,
    /// By the distance, as its program has it.
    Euclidean,
}

/// The `count` centres nearest to a point, the nearest first, of equally near ones the first; all where there are fewer.
/// By the cosine a point of length zero has no direction and none is near it: the list is empty. A centre of length
/// zero is at right angles to everything.
///
/// # Panics
/// If the centres do not fill whole rows of the point's length.
pub fn nearest_centres(point: &[f32], centres: &[f32], nearness: Nearness, count: usize) -> Vec<u32> {
    assert!(!point.is_empty() && centres.len().is_multiple_of(point.len()), "centres fill whole rows");
    let product =
        |a: &[f32], b: &[f32]| -> f64 { a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum() };
    if nearness == Nearness::Cosine && product(point, point) == 0.0 {
        return Vec::new();
    }
    let away = |centre: &[f32]| match nearness {
        Nearness::Euclidean => f64::from(squared_distance(point, centre)),
        // The point's own length is the same for all.
        Nearness::Cosine => {
            let length = product(centre, centre).sqrt();
            if length > 0.0 { -product(point, centre) / length } else { 0.0 }
        }
    };
    let away: Vec<f64> = centres.chunks_exact(point.len()).map(away).collect();
    let order = ascending(away.len(), &|place| rising(away[place]));
    order.into_iter().take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{WIDTH, fixture, rows, whole};
    use super::*;

    #[test]
    fn the_nearest_centres_are_those_of_the_oracle() {
        let fixture = fixture();
        let (points, centres) = (rows(&fixture["points"]), rows(&fixture["centres"]));
        for (nearness, name) in
            [(Nearness::Cosine, "nearest_by_cosine"), (Nearness::Euclidean, "nearest_by_distance")]
        {
            for (point, expected) in points.chunks_exact(WIDTH).zip(fixture[name].as_array().unwrap()) {
                assert_eq!(nearest_centres(point, &centres, nearness, 3), whole(expected), "{name}");
            }
        }
    }

    #[test]
    fn vectors_of_length_zero_are_near_nothing_by_their_direction() {
        let centres = [0.0, 0.0, -1.0, 0.0, 3.0, 0.1];
        assert_eq!(nearest_centres(&[0.0, -0.0], &centres, Nearness::Cosine, 2), [0; 0]);
        assert_eq!(nearest_centres(&[0.0, 0.0], &centres, Nearness::Euclidean, 2), [0, 1]);
        assert_eq!(nearest_centres(&[0.1, 0.0], &centres, Nearness::Cosine, 9), [2, 0, 1]);
        assert_eq!(nearest_centres(&[0.1, 0.0], &centres, Nearness::Euclidean, 1), [0]);
    }
}
