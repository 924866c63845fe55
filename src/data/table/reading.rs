//! How a table is read: what the reader has chosen, and what was found where nothing was chosen.

use super::{DecimalSign, TypedTable};
use serde::Serialize;
use serde_json::Value;

/// What is chosen of how a table is read; the rest is found out.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(optional_fields))]
pub struct TableReading {
    /// The sign between the columns: a comma, a semicolon, a tab or a vertical bar.
    pub delimiter: Option<char>,
    /// The sign before the fraction of a number.
    pub decimal: Option<DecimalSign>,
    /// Whether the first line holds the names of the columns.
    pub header: Option<bool>,
    /// The encoding that the file was brought to UTF-8 from, by the name that `TextDecoder` has for it.
    pub encoding: Option<String>,
    /// Columns by name, and what stands in them.
    #[cfg_attr(test, ts(type = "[string, Kind][]", optional))]
    pub kinds: Vec<(String, Kind)>,
    /// Whether every line below the names is a row, also one that repeats them or holds units.
    #[cfg_attr(test, ts(skip))]
    pub every_line: bool,
    /// Columns in which words such as `NA` are values.
    #[cfg_attr(test, ts(as = "Option<Vec<String>>"))]
    pub words_are_values: Vec<String>,
}

/// What stands in a column, and with it whether it is learned from where nothing else is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Numbers.
    Number,
    /// Words that come again.
    Category,
    /// Days, read as days since 1 January 1970. Left out.
    Date,
    /// Something else in every row that numbers or names it. Left out.
    Id,
    /// Texts too many or too long to be categories. Left out.
    Text,
}

impl Kind {
    const NAMED: [(&str, Kind); 5] = [
        ("number", Kind::Number),
        ("category", Kind::Category),
        ("date", Kind::Date),
        ("id", Kind::Id),
        ("text", Kind::Text),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(other, _)| *other == name).map(|(_, kind)| *kind)
    }
}

impl TableReading {
    /// What was chosen on the page; what is not a choice is not chosen.
    pub fn of(chosen: &Value) -> Self {
        let text = |name: &str| chosen[name].as_str();
        // A list of pairs: names from outside are no keys of objects.
        let kinds = chosen["kinds"].as_array().into_iter().flatten();
        let words = chosen["words_are_values"].as_array().into_iter().flatten();
        Self {
            delimiter: text("delimiter").and_then(|text| text.chars().next()).filter(char::is_ascii),
            decimal: match text("decimal") {
                Some("point") => Some(DecimalSign::Point),
                Some("comma") => Some(DecimalSign::Comma),
                _ => None,
            },
            header: chosen["header"].as_bool(),
            encoding: text("encoding").map(Into::into),
            kinds: kinds
                .filter_map(|pair| Some((pair[0].as_str()?.into(), Kind::named(pair[1].as_str()?)?)))
                .collect(),
            every_line: false,
            words_are_values: words.filter_map(|name| name.as_str().map(Into::into)).collect(),
        }
    }

    /// Reads the columns of rows to be predicted as those of the table that was learned from.
    pub fn like(table: &TypedTable) -> Self {
        let kind = |column: &super::TypedColumn| match (&column.categories, column.guess) {
            (Some(_), _) => Kind::Category,
            (None, Kind::Date) => Kind::Date,
            (None, _) => Kind::Number,
        };
        let kinds = table.columns.iter().map(|column| (column.name.clone(), kind(column)));
        Self { kinds: kinds.collect(), header: Some(true), every_line: true, ..Self::default() }
    }

    pub(super) fn kind(&self, name: &str) -> Option<Kind> {
        self.kinds.iter().find(|(other, _)| other == name).map(|(_, kind)| *kind)
    }
}

/// How a table was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Found {
    /// The sign between the columns.
    pub delimiter: char,
    /// The sign before the fraction of a number.
    pub decimal: DecimalSign,
    /// Whether the first line holds the names of the columns.
    pub header: bool,
    /// The encoding the file was brought to UTF-8 from; empty where that was not said.
    pub encoding: String,
    /// What of the table as a whole may be meant otherwise.
    pub doubts: Vec<Doubt>,
    /// Whether a line `sep=;` stands before the table.
    #[serde(skip)]
    pub sep_line: bool,
}

impl Found {
    /// How a table that was made would be read.
    pub(super) fn made() -> Self {
        Self {
            delimiter: ',',
            decimal: DecimalSign::Point,
            header: true,
            encoding: String::new(),
            doubts: Vec::new(),
            sep_line: false,
        }
    }
}

/// Something that may be meant otherwise than it was taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Doubt {
    /// What it is: a key under `ui.table_look.doubts` in the language files.
    #[cfg_attr(
        test,
        ts(
            type = "'no_header' | 'header_of_numbers' | 'units_row' | 'repeated_header' | 'trimmed' | 'thousands' | 'maybe_thousands' | 'marked' | 'not_numbers' | 'word_is_missing' | 'date' | 'date_order' | 'id' | 'text' | 'stray_class'"
        )
    )]
    pub doubt: &'static str,
    /// In how many cells, or of the whole table rows.
    pub count: usize,
    /// Of how many.
    pub of: usize,
    /// One of them, or several of the same row.
    pub example: String,
    /// The line of the file the example begins in.
    pub row: usize,
}
