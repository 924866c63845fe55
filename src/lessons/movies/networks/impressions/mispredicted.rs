//! What share of the watch time a network mispredicts.

use super::Shown;

/// The share of watch time that a network mispredicts (§4.3): over pairs of a film that was watched and one of the same
/// page that was not, the time of those whose film that was not watched has the larger score, over the time of all.
/// Equal scores count one half. None where there are no pairs.
///
/// # Panics
/// If there is not one score for each row.
pub fn mispredicted(shown: &[Shown], scores: &[f32]) -> Option<f64> {
    assert_eq!(shown.len(), scores.len(), "a score for each film shown");
    let (mut wrong, mut all) = (0.0, 0.0);
    let mut watched = None;
    for (row, score) in shown.iter().zip(scores) {
        match (row.watched, watched) {
            (Some(time), _) => watched = Some((f64::from(time), *score)),
            (None, Some((time, of_watched))) => {
                all += time;
                wrong += match score.total_cmp(&of_watched) {
                    std::cmp::Ordering::Greater => time,
                    std::cmp::Ordering::Equal => time / 2.0,
                    std::cmp::Ordering::Less => 0.0,
                };
            }
            (None, None) => {}
        }
    }
    (all > 0.0).then(|| wrong / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_watch_time_is_that_of_pairs_in_the_wrong_order() {
        let shown = |watched: Option<f32>| Shown { user: 0, place: 1, film: 0, watched };
        // Two pages: one of 60 minutes with one of two above it, and one of 20 with one of two equal.
        let rows = [Some(60.0), None, None, Some(20.0), None, None].map(shown);
        let scores = [1.0, 2.0, 0.5, 0.0, 0.0, -1.0];
        let found = mispredicted(&rows, &scores).unwrap();
        assert!((found - (60.0 + 10.0) / (120.0 + 40.0)).abs() < 1e-12, "{found}");
        assert_eq!(mispredicted(&rows[..1], &scores[..1]), None);
    }
}
