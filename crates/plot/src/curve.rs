//! Preparing a curve of many points for drawing: thinning, clipping to the plot, cutting into dashes.

use super::layout::{Area, Point};

/// Keeps, of each pixel column, the first, lowest, highest and last point: the drawn line is the same.
///
/// Curves of at most two points per column pass unchanged. A hundred thousand steps draw as fast as a
/// thousand, and a single spike is never lost.
pub fn thinned(points: &[Point]) -> Vec<Point> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Vec::new() };
    if points.len() as f64 <= 2.0 * ((last.0 - first.0).abs() + 1.0) {
        return points.to_vec();
    }
    let mut kept = Vec::new();
    for column in points.chunk_by(|a, b| a.0.floor() == b.0.floor()) {
        let by_height = |a: &usize, b: &usize| column[*a].1.total_cmp(&column[*b].1);
        let lowest = (0..column.len()).min_by(by_height).unwrap_or(0);
        let highest = (0..column.len()).max_by(by_height).unwrap_or(0);
        let mut indices = [0, lowest, highest, column.len() - 1];
        indices.sort_unstable();
        let mut previous = None;
        for index in indices {
            if previous != Some(index) {
                kept.push(column[index]);
            }
            previous = Some(index);
        }
    }
    kept
}

/// The parts of a line that lie inside `area`.
pub fn clipped(points: &[Point], area: &Area) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let Some((from, to)) = clipped_segment(pair[0], pair[1], area) else {
            open = false;
            continue;
        };
        match parts.last_mut() {
            Some(part) if open && from == pair[0] => part.push(to),
            _ => parts.push(vec![from, to]),
        }
        open = to == pair[1];
    }
    parts
}

/// The part of a segment inside `area` (Liang and Barsky, 1984).
fn clipped_segment(from: Point, to: Point, area: &Area) -> Option<(Point, Point)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    for (direction, distance) in [
        (-dx, from.0 - area.left),
        (dx, area.right - from.0),
        (-dy, from.1 - area.top),
        (dy, area.bottom - from.1),
    ] {
        if direction == 0.0 {
            if distance < 0.0 {
                return None;
            }
        } else if direction < 0.0 {
            enter = enter.max(distance / direction);
        } else {
            leave = leave.min(distance / direction);
        }
    }
    if enter > leave {
        return None;
    }
    // The ends themselves are returned untouched, so that neighbouring segments join.
    let at = |share: f64| (from.0 + share * dx, from.1 + share * dy);
    Some((if enter == 0.0 { from } else { at(enter) }, if leave == 1.0 { to } else { at(leave) }))
}

/// A line cut into dashes of `on` pixels with gaps of `off` pixels.
pub fn dashed(points: &[Point], on: f64, off: f64) -> Vec<Vec<Point>> {
    let mut dashes: Vec<Vec<Point>> = Vec::new();
    let (mut drawing, mut left) = (true, on);
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let mut done = 0.0;
        if drawing && dashes.is_empty() {
            dashes.push(vec![from]);
        }
        while length - done > left {
            done += left;
            let share = done / length;
            let at = (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1));
            if drawing {
                if let Some(dash) = dashes.last_mut() {
                    dash.push(at);
                }
            } else {
                dashes.push(vec![at]);
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
        left -= length - done;
        if drawing && let Some(dash) = dashes.last_mut() {
            dash.push(to);
        }
    }
    dashes.retain(|dash| dash.len() > 1);
    dashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thinning_keeps_extremes_ends_and_order() {
        let mut points: Vec<Point> =
            (0..100_000).map(|i| (f64::from(i) * 0.003, (f64::from(i) * 0.7).sin())).collect();
        points[54_321].1 = 99.0;
        points[12_345].1 = -99.0;
        let kept = thinned(&points);
        assert!(kept.len() <= 4 * 301, "{}", kept.len());
        assert!(kept.contains(&points[54_321]) && kept.contains(&points[12_345]));
        assert_eq!((kept[0], kept[kept.len() - 1]), (points[0], points[99_999]));
        assert!(kept.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn short_curves_are_not_thinned() {
        let points = [(0.0, 1.0), (0.4, 2.0), (0.8, 0.0), (9.0, 1.0)];
        assert_eq!(thinned(&points), points);
        assert!(thinned(&[]).is_empty());
    }

    #[test]
    fn a_curve_that_leaves_and_returns_is_cut_at_the_edge() {
        let area = Area { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };
        let parts = clipped(&[(0.0, 5.0), (2.0, 15.0), (4.0, 5.0), (6.0, 5.0)], &area);
        assert_eq!(parts, [vec![(0.0, 5.0), (1.0, 10.0)], vec![(3.0, 10.0), (4.0, 5.0), (6.0, 5.0)]]);
        assert!(clipped(&[(0.0, 20.0), (9.0, 20.0)], &area).is_empty());
        let all_inside = [(1.0, 1.0), (2.0, 2.0), (3.0, 1.0)];
        assert_eq!(clipped(&all_inside, &area), [all_inside.to_vec()]);
    }

    #[test]
    fn dashes_cover_their_share_and_turn_corners() {
        let dashes = dashed(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)], 6.0, 2.0);
        assert_eq!(
            dashes,
            [
                vec![(0.0, 0.0), (6.0, 0.0)],
                vec![(8.0, 0.0), (10.0, 0.0), (10.0, 4.0)],
                vec![(10.0, 6.0), (10.0, 10.0)],
            ]
        );
        assert!(dashed(&[(0.0, 0.0)], 6.0, 2.0).is_empty());
    }
}
