//! Features of made pictures.

use super::*;
use crate::data::pictures::Picture;
use crate::data::sequences::pictures::ItemPictures;
use crate::data::sequences::{Item, Words};

/// Items whose pictures are red with a blue stripe, or green with a yellow one, by turns; those at `without` have none.
pub fn items(count: usize, without: &[usize]) -> Rc<Items> {
    let mut pictures = ItemPictures::none(count);
    for item in (0..count).filter(|item| !without.contains(item)) {
        let (ground, stripe) = if item % 2 == 0 {
            ([200, 30, 20, 255], [20, 40, 220, 255])
        } else {
            ([30, 180, 60, 255], [240, 230, 40, 255])
        };
        let place = 6 + item % 5;
        let pixel = |at: usize| if (place..place + 8).contains(&(at % SIDE)) { stripe } else { ground };
        let pixels = (0..SIDE * SIDE).flat_map(pixel).collect();
        pictures.set(item, &Picture { width: SIDE, height: SIDE, channels: 4, pixels });
    }
    let list = (0..count).map(|item| Item {
        id: item.to_string(),
        words: Words { title: ["red stripe", "green grass"][item % 2].into(), tags: Vec::new() },
        ..Item::default()
    });
    Rc::new(Items { list: list.collect(), pictures: Some(pictures), ..Items::default() })
}

fn config() -> PictureConfig {
    PictureConfig { code: 16, epochs: 30, seed: 1 }
}

fn trained(items: Rc<Items>) -> PictureFeatures {
    trained_for(30, items)
}

fn trained_for(epochs: usize, items: Rc<Items>) -> PictureFeatures {
    let mut features = PictureFeatures::begin(items, PictureConfig { epochs, ..config() });
    while !features.is_done() {
        features.step();
    }
    features
}

fn distance(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum()
}

#[test]
fn the_loss_falls_and_pictures_are_recognised_from_their_codes() {
    let items = items(40, &[3]);
    let features = trained_for(60, items.clone());
    let losses = features.losses();
    assert_eq!(losses.len(), 60);
    assert!(losses[59] < 0.1 * losses[0], "{losses:?}");
    let error = |item: usize, of: usize| {
        let drawn = features.reconstruction(item).unwrap();
        assert_eq!(drawn.len(), SIDE * SIDE * 4);
        let original = items.pictures.as_ref().unwrap().rgba(of).unwrap();
        let square = |(a, b): (&u8, &u8)| (f64::from(*a) - f64::from(*b)).powi(2);
        drawn.iter().zip(original).map(square).sum::<f64>()
    };
    for item in [0, 7] {
        assert!(error(item, item) < 0.2 * error(item, item + 1), "its own colours");
        assert!(error(item, item) < error(item, item + 2), "the stripe in its place");
    }
}

#[test]
fn pictures_that_look_alike_have_features_that_are_alike() {
    let features = trained(items(20, &[])).features();
    for item in 0..10 {
        let away = |other: usize| distance(features.row(item), features.row(other));
        // Five items on, the stripe stands in the same place; ten items on, the picture is the same.
        assert!(away(item + 10) == 0.0 && away(item + 2) > 0.0);
        assert!(away(item + 2) < away(item + 5), "item {item}");
    }
}

#[test]
fn an_item_without_a_picture_has_zeros_and_is_not_learned_from() {
    let with = trained(items(20, &[4, 19]));
    let features = with.features();
    assert_eq!((features.len(), features.columns(), features.zeros()), (20, 16, 2));
    assert!(features.is_zero(4) && features.is_zero(19));
    assert_eq!((with.reconstruction(4), with.reconstruction(5).is_some()), (None, true));
    let mut others = (*items(20, &[])).clone();
    others.pictures = others.pictures.map(|all| all.of(&[0, 1, 2, 3, 5, 6, 7]));
    others.list.truncate(7);
    let few = trained(Rc::new(others));
    let mut with = trained(items(8, &[4]));
    assert_eq!(few.losses(), with.losses());
    assert_eq!(few.features().row(6), with.features().row(7));
    with.step();
    assert_eq!(few.losses(), with.losses(), "a step after the end does nothing");
}

#[test]
fn the_same_seed_gives_the_same_features_to_the_bit_and_another_others() {
    let [first, second] = [trained(items(20, &[])), trained(items(20, &[]))];
    assert_eq!(first.features(), second.features());
    assert_eq!(first.losses(), second.losses());
    let mut other = PictureFeatures::begin(items(20, &[]), PictureConfig { seed: 2, ..config() });
    let mut shares = Vec::new();
    while !other.is_done() {
        shares.push(other.share_done());
        other.step();
    }
    assert_ne!(first.features(), other.features());
    assert!(shares.windows(2).all(|pair| pair[0] < pair[1]) && shares[0] == 0.0);
    assert!((other.share_done() - 1.0).abs() < 1e-12);
}

#[test]
fn one_picture_is_enough_and_none_is_no_work() {
    let one = trained(items(3, &[0, 2]));
    assert!(!one.features().is_zero(1) && one.losses().iter().all(|loss| loss.is_finite()));
    let none = trained(items(3, &[0, 1, 2]));
    assert_eq!((none.losses().len(), none.features().zeros()), (0, 3));
    assert!(trained(Rc::new(Items::default())).is_done());
}

#[test]
fn many_pictures_have_fewer_epochs() {
    let epochs = |count| PictureFeatures::begin(items(count, &[]), config()).epochs;
    assert_eq!((epochs(40), epochs(1_000)), (30, MOST_SEEN / 1_000));
}
