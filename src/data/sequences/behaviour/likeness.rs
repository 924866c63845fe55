//! How alike items are to whoever chooses: by looks and by words. No model sees these numbers.

use super::IMAGE_GRID;
use crate::data::ratings::title::lower_case;
use crate::data::sequences::items::{Item, Items};
use crate::data::sequences::pictures::{ItemPictures, SIDE};
use std::collections::HashMap;

/// Mean colours of a picture in the cells of the grid.
const FEATURES: usize = IMAGE_GRID * IMAGE_GRID * 3;

/// The mean colours of an item's picture over white in a grid of 4 by 4, cell by cell; zeros without a picture.
///
/// # Panics
/// If there is no such item.
pub fn look_features(pictures: &ItemPictures, item: usize) -> [f64; FEATURES] {
    const CELL: usize = SIDE / IMAGE_GRID;
    let mut means = [0.0; FEATURES];
    for (at, color) in pictures.over_white(item).enumerate() {
        let cell = at / SIDE / CELL * IMAGE_GRID + at % SIDE / CELL;
        for (channel, value) in color.into_iter().enumerate() {
            means[cell * 3 + channel] += value / (CELL * CELL) as f64;
        }
    }
    means
}

/// The cosine of all pairs of mean colours, less their mean over all items; 0 for an item and itself and for one
/// without a picture. Row-major.
pub fn looks(pictures: &ItemPictures) -> Vec<f32> {
    let count = pictures.len();
    let mut features: Vec<[f64; FEATURES]> = (0..count).map(|item| look_features(pictures, item)).collect();
    let with_picture = pictures.count().max(1) as f64;
    let mut mean = [0.0; FEATURES];
    for one in &features {
        mean.iter_mut().zip(one).for_each(|(mean, value)| *mean += value / with_picture);
    }
    for (item, one) in features.iter_mut().enumerate() {
        if pictures.has(item) {
            one.iter_mut().zip(&mean).for_each(|(value, mean)| *value -= mean);
        }
        let length = one.iter().map(|value| value * value).sum::<f64>().sqrt();
        if length > 0.0 {
            one.iter_mut().for_each(|value| *value /= length);
        }
    }
    pairs(count, &|one, other| {
        let products = features[one].iter().zip(&features[other]).map(|(a, b)| a * b);
        products.sum::<f64>() as f32
    })
}

/// How many titles and tags, in any language, all pairs have in common; 0 for an item and itself. Row-major.
pub fn shared_words(items: &Items) -> Vec<u8> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut numbered = |item: &Item| {
        let texts = item.titles().chain(item.tags());
        let mut different: Vec<u32> = Vec::new();
        for text in texts {
            let next = numbers.len() as u32;
            let number = *numbers.entry(text.chars().map(lower_case).collect()).or_insert(next);
            if !different.contains(&number) {
                different.push(number);
            }
        }
        different
    };
    let texts: Vec<Vec<u32>> = items.list.iter().map(&mut numbered).collect();
    pairs(items.len(), &|one, other| {
        let shared = texts[one].iter().filter(|text| texts[other].contains(text));
        shared.count().min(usize::from(u8::MAX)) as u8
    })
}

/// A value for each pair, the same in both directions; the default for an item and itself.
fn pairs<T: Copy + Default>(count: usize, of: &dyn Fn(usize, usize) -> T) -> Vec<T> {
    let mut all = vec![T::default(); count * count];
    for one in 0..count {
        for other in 0..one {
            let value = of(one, other);
            all[one * count + other] = value;
            all[other * count + one] = value;
        }
    }
    all
}
