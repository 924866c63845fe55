//! The items: what they are called, and their pictures.

use crate::error::LabError;
use crate::lessons::run::answers::base64;
use crate::lessons::run::looks::NoOptions;
use crate::lessons::sequences::lab::run::SequencesRun;
use serde::{Deserialize, Serialize};

/// Pictures that are handed over at once.
const MOST_PICTURES: usize = 400;

/// All items by number.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ItemList {
    items: Vec<ItemShown>,
    /// Names of the groups; none where items have no group.
    groups: Vec<String>,
    /// Pixels of a picture's row, and rows.
    side: usize,
}

/// One item.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct ItemShown {
    /// Its id in the data.
    id: String,
    /// Its title in English, or in whatever language the data are; its id where there is none.
    title: String,
    /// Its title in Chinese; the same where there is none.
    chinese: String,
    /// Tags in that language.
    tags: Vec<String>,
    /// Tags in Chinese.
    chinese_tags: Vec<String>,
    /// The number of its group.
    group: Option<usize>,
    /// Whether it has a picture.
    picture: bool,
    /// Whether the setting `missing` took its picture from the model.
    image_missing: bool,
    /// Whether it took its words.
    text_missing: bool,
    /// How often it was taken in the training histories.
    taken: usize,
    /// Whether it is new: before the places held out made users hardly take it.
    cold: bool,
}

/// The items of the run.
///
/// # Errors
/// None.
pub fn items(run: &SequencesRun, _: NoOptions) -> Result<ItemList, LabError> {
    let items = run.items();
    let mut taken = vec![0; items.len()];
    run.histories.train().flatten().for_each(|item| taken[*item as usize] += 1);
    let shown = items.list.iter().enumerate().map(|(number, item)| ItemShown {
        id: item.id.clone(),
        title: item.title(false).into(),
        chinese: item.title(true).into(),
        tags: item.words.tags.clone(),
        chinese_tags: item.chinese.tags.clone(),
        group: item.kind.map(|kind| kind.group),
        picture: items.pictures.as_ref().is_some_and(|pictures| pictures.has(number)),
        image_missing: run.missing.images[number],
        text_missing: run.missing.texts[number],
        taken: taken[number],
        cold: run.truth.as_ref().is_some_and(|truth| truth.world.drawn.is_cold[number]),
    });
    Ok(ItemList {
        items: shown.collect(),
        groups: items.groups.clone(),
        side: crate::data::sequences::pictures::SIDE,
    })
}

/// Which pictures.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct ItemPicturesOptions {
    /// Numbers of items, at most 400.
    items: Vec<usize>,
    /// Whether what the auto-encoder makes of them is wanted too: it has to be trained first.
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    again: bool,
}

/// Pictures of items.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ItemPicturesShown {
    /// Of each item that was asked for: red, green, blue and alpha of its pixels, row by row, in base64; null of an item
    /// without a picture.
    pictures: Vec<Option<String>>,
    /// Of each, where that was asked for: what the auto-encoder of pictures makes of it, in the same form; null where it has
    /// none.
    again: Vec<Option<String>>,
}

/// Pictures of some items, and what the auto-encoder makes of them.
///
/// # Errors
/// `bad_input`.
pub fn item_pictures(
    run: &mut SequencesRun,
    options: ItemPicturesOptions,
) -> Result<ItemPicturesShown, LabError> {
    let count = run.items().len();
    if options.items.len() > MOST_PICTURES || options.items.iter().any(|item| *item >= count) {
        return Err(LabError::bad_input(format!("`items` of at most {MOST_PICTURES} numbers below {count}")));
    }
    let asked_again = if options.again { &options.items[..] } else { &[] };
    if options.again {
        run.ready();
    }
    let original = |item: &usize| run.items().pictures.as_ref()?.rgba(*item).map(base64);
    let encoder = run.prepared.as_ref().and_then(|prepared| prepared.pictures.as_ref());
    let again = |item: &usize| encoder?.reconstruction(*item).map(|pixels| base64(&pixels));
    Ok(ItemPicturesShown {
        pictures: options.items.iter().map(original).collect(),
        again: asked_again.iter().map(again).collect(),
    })
}
