//! The reader's two tables: who took what when, and what the items are called.

use super::columns::{ITEM, TAGS, TIME, TITLE, USER, item_id, needed, place};
use super::refusal::{MOST_BYTES, MOST_ITEMS, MOST_ROWS, MOST_USERS, bad};
use crate::data::ratings::own::NamedFile;
use crate::data::sequences::items::{Item, Words};
use crate::data::table::{TableLimits, days_since_1970, rows_of};
use crate::error::LabError;
use std::collections::HashMap;

/// Most columns of a table.
const MOST_COLUMNS: usize = 100;
/// Most characters of the id of a user or an item.
const LONGEST_ID: usize = 80;
/// Most characters of a title or of the tags of an item.
const LONGEST_TEXT: usize = 1_000;

/// What is read of a table.
pub(super) fn limits() -> TableLimits {
    TableLimits { bytes: MOST_BYTES, rows: MOST_ROWS, columns: MOST_COLUMNS }
}

/// Ids, numbered in the order in which they are first met.
#[derive(Debug, Clone, Default)]
pub(super) struct Ids {
    places: HashMap<String, u32>,
    pub list: Vec<String>,
}

impl Ids {
    /// The number of an id.
    pub fn number(&self, id: &str) -> Option<u32> {
        self.places.get(id).copied()
    }

    /// The number of an id, which may be a new one.
    fn numbered(&mut self, id: &str) -> u32 {
        if let Some(number) = self.number(id) {
            return number;
        }
        let number = self.list.len() as u32;
        self.places.insert(id.into(), number);
        self.list.push(id.into());
        number
    }
}

/// Who took what when, in the order of the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    pub users: Ids,
    pub items: Ids,
    pub user_of: Vec<u32>,
    pub item_of: Vec<u32>,
    pub time_of: Vec<f64>,
}

/// How times are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    Numbers,
    Dates,
}

/// Reads who took what when. Where `known` items are listed, there are no others.
///
/// # Errors
/// `bad_table`; `bad_sequences` with `file`, `row`, `column` and `reason`.
pub(super) fn read_rows(file: NamedFile, known: Option<Ids>) -> Result<Rows, LabError> {
    let is_listed = known.is_some();
    let mut rows = Rows { items: known.unwrap_or_default(), ..Rows::default() };
    let mut clock = None;
    let choose = |row: usize, header: &[String]| {
        [USER, ITEM, TIME].into_iter().map(|role| needed(file.name, row, header, role)).collect()
    };
    rows_of(file.name, file.bytes, limits(), &choose, &mut |row, cells| {
        let at = At { file: file.name, row };
        let [user, item, time] = [cells[0], cells[1], cells[2]];
        at.check_id(user, USER.name)?;
        at.check_id(item, ITEM.name)?;
        if is_listed && rows.items.number(item).is_none() {
            let message = format!(
                "there is no item `{item}` in the list of items: add a line for it, its title may be empty"
            );
            return Err(at.bad(ITEM.name, "unknown_item", &message).with("value", item));
        }
        rows.user_of.push(rows.users.numbered(user));
        rows.item_of.push(rows.items.numbered(item));
        rows.time_of.push(at.time(time, &mut clock)?);
        at.check_count(rows.users.list.len(), MOST_USERS, USER.name, "too_many_users")?;
        at.check_count(rows.items.list.len(), MOST_ITEMS, ITEM.name, "too_many_items")
    })?;
    Ok(rows)
}

/// Reads what the items are called.
///
/// # Errors
/// `bad_table`; `bad_sequences` with `file`, `row`, `column` and `reason`.
pub(super) fn read_items(file: NamedFile) -> Result<(Ids, Vec<Item>), LabError> {
    let (mut ids, mut items) = (Ids::default(), Vec::new());
    let choose = |row: usize, header: &[String]| {
        let needed = [item_id(file.name, row, header)?, needed(file.name, row, header, TITLE)?];
        Ok(needed.into_iter().chain(place(header, TAGS)).collect())
    };
    let limits = TableLimits { rows: MOST_ITEMS, ..limits() };
    rows_of(file.name, file.bytes, limits, &choose, &mut |row, cells| {
        let at = At { file: file.name, row };
        at.check_id(cells[0], "id")?;
        if ids.number(cells[0]).is_some() {
            let message = format!("an earlier row has the same id `{}`: remove one of them", cells[0]);
            return Err(at.bad("id", "repeated_id", &message).with("value", cells[0]));
        }
        ids.numbered(cells[0]);
        at.check_length(cells[1], LONGEST_TEXT, TITLE.name)?;
        let tags = cells.get(2).copied().unwrap_or_default();
        at.check_length(tags, LONGEST_TEXT, TAGS.name)?;
        let words = Words { title: cells[1].into(), tags: tags_in(tags) };
        items.push(Item { id: cells[0].into(), words, ..Item::default() });
        Ok(())
    })?;
    Ok((ids, items))
}

/// Tags separated by vertical bars, or else by semicolons, or else by commas, of Latin or Chinese texts.
fn tags_in(text: &str) -> Vec<String> {
    let sign = ['|', ';', '；', ',', '，', '、'].into_iter().find(|sign| text.contains(*sign)).unwrap_or('|');
    text.split(sign).map(str::trim).filter(|tag| !tag.is_empty()).map(Into::into).collect()
}

/// A row of a file.
#[derive(Clone, Copy)]
struct At<'a> {
    file: &'a str,
    row: usize,
}

impl At<'_> {
    fn bad(self, column: &str, reason: &str, problem: &str) -> LabError {
        let message = format!("Row {} of {}, column `{column}`: {problem}.", self.row, self.file);
        bad(self.file, reason, message).with("row", self.row).with("column", column)
    }

    fn check_id(self, cell: &str, column: &str) -> Result<(), LabError> {
        if cell.is_empty() {
            return Err(self.bad(column, "empty_cell", "the cell is empty: fill it or remove the row"));
        }
        self.check_length(cell, LONGEST_ID, column)
    }

    fn check_length(self, cell: &str, most: usize, column: &str) -> Result<(), LabError> {
        if cell.len() > most && cell.chars().count() > most {
            let message = format!("the cell has more than {most} characters: shorten it");
            return Err(self.bad(column, "too_long", &message).with("most", most));
        }
        Ok(())
    }

    fn check_count(self, count: usize, most: usize, column: &str, reason: &str) -> Result<(), LabError> {
        if count > most {
            let message = format!("from here on there are more than {most}: leave the others out");
            return Err(self.bad(column, reason, &message).with("most", most));
        }
        Ok(())
    }

    /// A time as a number that grows with it; all of a file are written in one way, that of the first.
    fn time(self, cell: &str, clock: &mut Option<Clock>) -> Result<f64, LabError> {
        let number = cell.parse().ok().filter(|number: &f64| number.is_finite());
        let found = match number {
            Some(number) => Some((Clock::Numbers, number)),
            None => days_since_1970(cell).map(|days| (Clock::Dates, days)),
        };
        match found {
            Some((found, time)) if clock.is_none_or(|clock| clock == found) => {
                *clock = Some(found);
                Ok(time)
            }
            _ => {
                let value: String = cell.chars().take(40).collect();
                let message = format!(
                    "`{value}` is no time as in the rows before: write seconds since 1970, or 2024-01-31 12:00:00, \
                     one of them in all rows"
                );
                Err(self.bad(TIME.name, "time", &message).with("value", value))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Result<Rows, LabError> {
        read_rows(NamedFile { name: "s.csv", bytes: text.as_bytes() }, None)
    }

    fn items(text: &str) -> Result<(Ids, Vec<Item>), LabError> {
        read_items(NamedFile { name: "i.csv", bytes: text.as_bytes() })
    }

    /// Code, reason, row and column.
    fn said(error: LabError) -> (String, String, u64, String) {
        let text =
            |name: &str| error.details.get(name).and_then(|value| value.as_str()).unwrap_or("").to_string();
        (error.code.clone(), text("reason"), error.details["row"].as_u64().unwrap(), text("column"))
    }

    fn bad(reason: &str, row: u64, column: &str) -> (String, String, u64, String) {
        ("bad_sequences".into(), reason.into(), row, column.into())
    }

    #[test]
    fn users_and_items_are_numbered_as_they_are_met() {
        let rows = rows("\u{feff}time;user;item;stars\n3;ann;x;5\n1;ben;y;4\n\n2.5; ann ;y;1\n").unwrap();
        assert_eq!(
            (&rows.users.list[..], &rows.items.list[..]),
            (&["ann".into(), "ben".into()][..], &["x".into(), "y".into()][..])
        );
        assert_eq!(
            (&rows.user_of[..], &rows.item_of[..], &rows.time_of[..]),
            (&[0, 1, 0][..], &[0, 1, 1][..], &[3.0, 1.0, 2.5][..])
        );
    }

    #[test]
    fn times_are_numbers_or_dates_whose_year_comes_first() {
        let times = |cells: &[&str]| {
            let lines: String = cells.iter().map(|cell| format!("u,i,{cell}\n")).collect();
            rows(&format!("user,item,time\n{lines}")).map(|rows| rows.time_of)
        };
        assert_eq!(times(&["-1.5", "1e9"]).unwrap(), [-1.5, 1e9]);
        assert_eq!(times(&["1970-01-02", "1970-01-01T12:00:00Z", "1970/1/1"]).unwrap(), [1.0, 0.5, 0.0]);
        for cells in
            [&["1", "2024-01-31"][..], &["2024-01-31", "1"], &["1", "31.01.2024"], &["1", "inf"], &["1", ""]]
        {
            assert_eq!(said(times(cells).unwrap_err()), bad("time", 3, "time"), "{cells:?}");
        }
    }

    #[test]
    fn a_bad_row_is_named_with_its_column_and_reason() {
        let long = "x".repeat(LONGEST_ID + 1);
        for (text, expected) in [
            ("user,thing,time\na,b,1", bad("missing_column", 1, "item")),
            ("user,item\na,b", bad("missing_column", 1, "time")),
            ("user,item,time\na,b,1\n,b,2", bad("empty_cell", 3, "user")),
            ("user,item,time\na,b,1\n\na,\u{200b},2", bad("empty_cell", 4, "item")),
            (&format!("user,item,time\na,{long},1"), bad("too_long", 2, "item")),
        ] {
            assert_eq!(said(rows(text).unwrap_err()), expected, "{text}");
        }
        let table = |text: &str| said(rows(text).unwrap_err());
        assert_eq!(
            table("user,item,time\na,b\n"),
            ("bad_table".into(), "row_length".into(), 2, String::new())
        );
        assert_eq!(table("").1, "empty");
        let many: String = (0..=MOST_ITEMS).map(|item| format!("u,{item},1\n")).collect();
        assert_eq!(
            said(rows(&format!("user,item,time\n{many}")).unwrap_err()),
            bad("too_many_items", MOST_ITEMS as u64 + 2, "item")
        );
    }

    #[test]
    fn items_have_titles_and_perhaps_tags() {
        let (ids, list) = items("movieId,title,genres\n7,Heat,Action|Crime\n9,,\n8,猫,宠物；\n").unwrap();
        assert_eq!((ids.number("9"), ids.number("10"), list.len()), (Some(1), None, 3));
        assert_eq!(list[0].tags().collect::<Vec<_>>(), ["Action", "Crime"]);
        assert_eq!((list[1].title(false), list[1].titles().count()), ("9", 0));
        assert_eq!(tags_in("a, b,,c"), ["a", "b", "c"]);
        assert_eq!(tags_in("a; b, c"), ["a", "b, c"]);
        assert_eq!(tags_in("宠物、猫"), ["宠物", "猫"]);
        assert_eq!(items("id;name\n1;One").unwrap().1[0].title(true), "One");
    }

    #[test]
    fn a_bad_list_of_items_is_refused() {
        let long = "x".repeat(LONGEST_TEXT + 1);
        for (text, expected) in [
            ("id,label\n1,a", bad("missing_column", 1, "title")),
            ("number,title\n1,a", bad("missing_column", 1, "id")),
            ("id,title\n1,a\n1,b", bad("repeated_id", 3, "id")),
            ("id,title\n,b", bad("empty_cell", 2, "id")),
            (&format!("id,title\n1,{long}"), bad("too_long", 2, "title")),
        ] {
            assert_eq!(said(items(text).unwrap_err()), expected, "{text}");
        }
        let (ids, _) = items("id,title\nb,B").unwrap();
        let file = NamedFile { name: "s.csv", bytes: b"user,item,time\nu,b,1\nu,c,2" };
        assert_eq!(said(read_rows(file, Some(ids)).unwrap_err()), bad("unknown_item", 3, "item"));
    }
}
