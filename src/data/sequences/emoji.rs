//! The emoji of `data/sequences/`: `items.tsv` with their words, and `emoji.png` with their pictures.

use super::Sequences;
use super::behaviour::{Behaviour, Strengths, World};
use super::histories::Histories;
use super::items::{Item, Items, Kind, Words};
use super::pictures::ItemPictures;
use crate::data::pictures::Picture;
use crate::error::LabError;
use std::collections::{BTreeMap, HashSet};

/// Name of the list of items, for errors.
pub const ITEMS: &str = "items.tsv";
/// Name of the sheet of pictures, for errors.
pub const SHEET: &str = "emoji.png";

const HEADER: &str = "hexcode\tgroup\tsubgroup\ttitle_zh\ttags_zh\ttitle_en\ttags_en";
/// Most bytes of the list.
const MOST_BYTES: usize = 1_000_000;
/// Most items; similarities are kept of all pairs.
pub const MOST_ITEMS: usize = 1_000;
/// Most characters of a field.
const LONGEST: usize = 300;

/// Reads the items and cuts their pictures out of the sheet.
///
/// # Errors
/// `bad_data` with `file` and `reason`, in the list with `line`.
pub fn read(list: &[u8], sheet: &Picture) -> Result<Items, LabError> {
    let mut items = read_list(list)?;
    items.pictures = Some(ItemPictures::cut(SHEET, sheet, items.len())?);
    Ok(items)
}

/// Sequences of made users over these items: `users` histories that `seed` draws in a world of these items.
pub fn sequences(items: Items, world: &World, users: usize, strengths: Strengths, seed: u64) -> Sequences {
    let histories = Behaviour::new(world, strengths, seed).histories(users);
    let user_ids = (1..=users).map(|user| user.to_string()).collect();
    Sequences { items, user_ids, histories: Histories::new(histories) }
}

fn read_list(list: &[u8]) -> Result<Items, LabError> {
    if list.len() > MOST_BYTES {
        return Err(bad(1, "too_large", "the list is too large"));
    }
    let text = std::str::from_utf8(list).map_err(|error| {
        let line = 1 + list[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        bad(line, "not_text", "this is not UTF-8")
    })?;
    let mut lines = text.lines().zip(1..);
    if lines.next().is_none_or(|(header, _)| header != HEADER) {
        return Err(bad(1, "header", "the first line has to name the columns"));
    }
    let rows: Vec<[&str; 7]> = lines.map(|(line, number)| fields(line, number)).collect::<Result<_, _>>()?;
    if rows.is_empty() || rows.len() > MOST_ITEMS {
        let message = format!("there have to be 1 to {MOST_ITEMS} items");
        return Err(bad(rows.len() + 1, "count", &message));
    }
    let mut ids = HashSet::new();
    if let Some(row) = rows.iter().position(|row| !ids.insert(row[0])) {
        return Err(bad(row + 2, "repeated_id", "an earlier line has the same code"));
    }
    let (groups, subgroups) =
        (Names::of(rows.iter().map(|row| row[1])), Names::of(rows.iter().map(|row| row[2])));
    let words = |title: &str, tags: &str| Words {
        title: title.into(),
        tags: tags.split('|').filter(|tag| !tag.is_empty()).map(Into::into).collect(),
    };
    let item = |[id, group, subgroup, title_zh, tags_zh, title_en, tags_en]: &[&str; 7]| Item {
        id: (*id).into(),
        kind: Some(Kind { group: groups.place(group), subgroup: subgroups.place(subgroup) }),
        words: words(title_en, tags_en),
        chinese: words(title_zh, tags_zh),
    };
    let list = rows.iter().map(item).collect();
    Ok(Items { list, groups: groups.list(), subgroups: subgroups.list(), ..Items::default() })
}

/// The seven fields of a line.
fn fields(line: &str, number: usize) -> Result<[&str; 7], LabError> {
    let fields: Vec<&str> = line.split('\t').collect();
    let fields: [&str; 7] =
        fields.try_into().map_err(|_| bad(number, "fields", "seven fields were expected"))?;
    let [id, group, subgroup, title_zh, tags_zh, title_en, tags_en] = fields;
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-') {
        return Err(bad(number, "code", "the first field has to be a code in hexadecimal digits"));
    }
    if [group, subgroup, title_zh, title_en].contains(&"") {
        return Err(bad(number, "empty", "group, subgroup and titles have to be there"));
    }
    if [tags_zh, tags_en].iter().any(|tags| !tags.is_empty() && tags.split('|').any(str::is_empty)) {
        return Err(bad(number, "tags", "a tag is empty"));
    }
    if fields.iter().any(|field| field.chars().count() > LONGEST) {
        return Err(bad(number, "too_long", "a field is too long"));
    }
    Ok(fields)
}

fn bad(line: usize, reason: &str, message: &str) -> LabError {
    LabError::new("bad_data", format!("{ITEMS}, line {line}: {message}."))
        .with("file", ITEMS)
        .with("line", line)
        .with("reason", reason)
}

/// Different names with their places in alphabetical order.
struct Names<'a>(BTreeMap<&'a str, usize>);

impl<'a> Names<'a> {
    fn of(names: impl Iterator<Item = &'a str>) -> Self {
        let mut places: BTreeMap<&str, usize> = names.map(|name| (name, 0)).collect();
        places.values_mut().zip(0..).for_each(|(place, number)| *place = number);
        Self(places)
    }

    fn place(&self, name: &str) -> usize {
        self.0.get(name).copied().unwrap_or(0)
    }

    fn list(&self) -> Vec<String> {
        self.0.keys().map(ToString::to_string).collect()
    }
}

/// The items as they are shipped, for the tests of whatever stands on them.
#[cfg(test)]
pub(crate) fn shipped() -> Items {
    let sheet =
        image::load_from_memory(include_bytes!("../../../data/sequences/emoji.png")).unwrap().into_rgba8();
    let (width, height) = (sheet.width() as usize, sheet.height() as usize);
    let sheet = Picture { width, height, channels: 4, pixels: sheet.into_raw() };
    read(include_bytes!("../../../data/sequences/items.tsv"), &sheet).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_emoji_have_words_in_two_languages_a_kind_and_a_picture() {
        let items = shipped();
        assert_eq!((items.len(), items.groups.len(), items.subgroups.len()), (360, 5, 36));
        let keyboard = &items.list[0];
        assert_eq!(
            (keyboard.id.as_str(), keyboard.title(true), keyboard.title(false)),
            ("2328", "键盘", "keyboard")
        );
        assert_eq!(keyboard.chinese.tags, ["打字", "按键", "电脑", "输入"]);
        let kind = keyboard.kind.unwrap();
        assert_eq!(
            (&items.groups[kind.group][..], &items.subgroups[kind.subgroup][..]),
            ("objects", "computer")
        );
        let fountain = &items.list[items.number("26F2").unwrap()];
        assert_eq!(fountain.tags().count(), 0);
        let pictures = items.pictures.as_ref().unwrap();
        assert_eq!((pictures.len(), pictures.count()), (360, 360));
        // None is empty: each has opaque pixels.
        assert!((0..360).all(|item| pictures.rgba(item).unwrap().chunks(4).any(|pixel| pixel[3] == 255)));
    }

    #[test]
    fn a_bad_line_is_named_with_its_reason() {
        let good = "2600\ta\tb\t太阳\t晴|光\tsun\tbright";
        let of = |lines: &[&str]| read_list([&[HEADER], lines].concat().join("\n").as_bytes());
        assert_eq!(of(&[good]).unwrap().list[0].tags().collect::<Vec<_>>(), ["晴", "光", "bright"]);
        let long = format!("2600\ta\tb\t{}\t\tsun\t", "阳".repeat(LONGEST + 1));
        for (lines, line, reason) in [
            (&[][..], 1, "count"),
            (&[good, "2601\ta\tb\t云\tcloud"], 3, "fields"),
            (&["\ta\tb\t云\t\tcloud\t"], 2, "code"),
            (&["26z1\ta\tb\t云\t\tcloud\t"], 2, "code"),
            (&["2601\t\tb\t云\t\tcloud\t"], 2, "empty"),
            (&["2601\ta\tb\t云\t\t\t"], 2, "empty"),
            (&["2601\ta\tb\t云\t天||云\tcloud\t"], 2, "tags"),
            (&[&long], 2, "too_long"),
            (&[good, good], 3, "repeated_id"),
        ] {
            let error = of(lines).unwrap_err();
            assert_eq!(error.code, "bad_data");
            assert_eq!(
                (error.details["line"].as_u64(), &error.details["reason"]),
                (Some(line), &reason.into())
            );
        }
        assert_eq!(read_list(b"").unwrap_err().details["reason"], "header");
        let error = read_list(&[HEADER.as_bytes(), b"\n26\xff"].concat()).unwrap_err();
        assert_eq!((&error.details["reason"], error.details["line"].as_u64()), (&"not_text".into(), Some(2)));
        assert_eq!(read_list(&vec![b'a'; MOST_BYTES + 1]).unwrap_err().details["reason"], "too_large");
    }

    #[test]
    fn made_sequences_are_those_of_the_seed() {
        let items = shipped();
        let make = |seed| sequences(items.clone(), &World::new(&items, seed), 40, Strengths::ALL, seed);
        let made = make(3);
        assert_eq!((made.histories.len(), made.user_ids.len(), made.user_ids[39].as_str()), (40, 40, "40"));
        assert_eq!(made, make(3));
        assert_ne!(made.histories, make(4).histories);
    }
}
