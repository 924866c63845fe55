//! The stable sort of libstdc++, comparison by comparison.
//!
//! With `cat_smooth=0` the ratio of a category without rows is 0/0, which is neither less than another nor not less. The
//! order that comes of it depends on which numbers are compared with which, and is part of LightGBM's result.

/// Numbers that are sorted by insertion before any are merged.
const CHUNK: usize = 7;

/// Sorts numbers by a comparison that may contradict itself.
pub(super) fn sort_by(values: &mut [usize], less: impl Fn(usize, usize) -> bool) {
    let less: &dyn Fn(usize, usize) -> bool = &less;
    let middle = values.len().div_ceil(2);
    let (first, second) = values.split_at_mut(middle);
    for half in [&mut *first, &mut *second] {
        sort_half(half, less);
    }
    let (first, second) = (first.to_vec(), second.to_vec());
    if first.len() == second.len() {
        merge(&first, &second, values, less);
    } else {
        merge_from_the_end(&first, &second, values, less);
    }
}

fn sort_half(values: &mut [usize], less: &dyn Fn(usize, usize) -> bool) {
    for chunk in values.chunks_mut(CHUNK) {
        insertion_sort(chunk, less);
    }
    let mut width = CHUNK;
    while width < values.len() {
        let before = values.to_vec();
        for (pair, merged) in before.chunks(2 * width).zip(values.chunks_mut(2 * width)) {
            let (first, second) = pair.split_at(width.min(pair.len()));
            merge(first, second, merged, less);
        }
        width *= 2;
    }
}

fn insertion_sort(values: &mut [usize], less: &dyn Fn(usize, usize) -> bool) {
    for place in 1..values.len() {
        let value = values[place];
        let mut free = place;
        if less(value, values[0]) {
            values.copy_within(0..place, 1);
            free = 0;
        } else {
            while less(value, values[free - 1]) {
                values[free] = values[free - 1];
                free -= 1;
            }
        }
        values[free] = value;
    }
}

fn merge(first: &[usize], second: &[usize], merged: &mut [usize], less: &dyn Fn(usize, usize) -> bool) {
    let (mut left, mut right) = (first.iter().peekable(), second.iter().peekable());
    for place in merged {
        let takes_right = match (left.peek(), right.peek()) {
            (Some(left), Some(right)) => less(**right, **left),
            (left, _) => left.is_none(),
        };
        let taken = if takes_right { right.next() } else { left.next() };
        *place = *taken.expect("as many as both hold");
    }
}

fn merge_from_the_end(
    first: &[usize],
    second: &[usize],
    merged: &mut [usize],
    less: &dyn Fn(usize, usize) -> bool,
) {
    let (mut left, mut right) = (first.iter().rev().peekable(), second.iter().rev().peekable());
    for place in merged.iter_mut().rev() {
        let takes_left = match (left.peek(), right.peek()) {
            (Some(left), Some(right)) => less(**right, **left),
            (_, right) => right.is_none(),
        };
        let taken = if takes_left { left.next() } else { right.next() };
        *place = *taken.expect("as many as both hold");
    }
}

#[cfg(test)]
mod tests {
    use super::sort_by;

    #[test]
    fn numbers_are_sorted_and_equal_ones_keep_their_order() {
        for count in 0..80 {
            let keys: Vec<f64> = (0..count).map(|number| f64::from(number * 37 % 11)).collect();
            let mut order: Vec<usize> = (0..count as usize).collect();
            sort_by(&mut order, |a, b| keys[a] < keys[b]);
            let mut expected: Vec<usize> = (0..count as usize).collect();
            expected.sort_by(|a, b| keys[*a].total_cmp(&keys[*b]));
            assert_eq!(order, expected);
        }
    }

    /// The order of a C++ program with libstdc++ 12.
    #[test]
    fn what_cannot_be_ordered_comes_where_libstdcxx_leaves_it() {
        let of_23 = [0, 1, 10, 3, 2, 8, 4, 5, 6, 7, 9, 20, 16, 19, 12, 13, 15, 14, 17, 18, 21, 22, 11];
        let of_24 = [0, 1, 10, 20, 3, 16, 19, 2, 12, 8, 4, 5, 6, 7, 9, 11, 13, 15, 14, 17, 18, 21, 23, 22];
        for expected in [&of_23[..], &of_24[..]] {
            let key = |number: usize| if number % 4 == 1 { f64::NAN } else { (number * 7 % 10) as f64 };
            let mut order: Vec<usize> = (0..expected.len()).collect();
            sort_by(&mut order, |a, b| key(a) < key(b));
            assert_eq!(order, expected);
        }
    }
}
