//! The order of things by a key.
//!
//! One sort serves all: the library's is compiled anew, at a kilobyte or more, for each type and comparison.

/// Places `0..count` by ascending key; of equal keys the lower place first.
pub fn ascending(count: usize, key: &dyn Fn(usize) -> u64) -> Vec<u32> {
    let mut keyed: Vec<(u64, u32)> = (0..count as u32).map(|place| (key(place as usize), place)).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, place)| place).collect()
}

/// A key that ascends with a number, by IEEE 754's total order.
pub fn rising(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

/// A key that descends with a number.
pub fn falling(number: f64) -> u64 {
    !rising(number)
}

/// Hands over each key once, in ascending order, with the places that have it.
pub fn grouped(keys: &[u32], each: &mut dyn FnMut(usize, &[u32])) {
    let order = ascending(keys.len(), &|place| u64::from(keys[place]));
    let mut rest = &order[..];
    while let Some(first) = rest.first() {
        let key = keys[*first as usize];
        let same = rest.iter().take_while(|place| keys[**place as usize] == key).count();
        each(key as usize, &rest[..same]);
        rest = &rest[same..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_in_the_order_of_their_keys() {
        let numbers = [2.0, -1.0, 0.0, -3.5, 2.0, f64::NEG_INFINITY, 1e-300];
        assert_eq!(ascending(7, &|place| rising(numbers[place])), [5, 3, 1, 2, 6, 0, 4]);
        assert_eq!(ascending(7, &|place| falling(numbers[place])), [0, 4, 6, 2, 1, 3, 5]);
        assert_eq!(ascending(0, &|_| 0), [0; 0]);
    }

    #[test]
    fn places_are_grouped_by_key() {
        let mut groups = Vec::new();
        grouped(&[7, 3, 7, 9, 3], &mut |key, places| groups.push((key, places.to_vec())));
        assert_eq!(groups, [(3, vec![1, 4]), (7, vec![0, 2]), (9, vec![3])]);
    }
}
