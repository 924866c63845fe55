//! How a program reads the reader's own file: what was found of it when the page read it.

use crate::data::table::{DecimalSign, Kind, TypedTable};
use crate::lessons::code::python::literal;
use crate::lessons::code::template::Values;

/// Signs that people write beside numbers, and between thousands where no point or comma stands there.
const MARKS: &str = "$€£¥￥元%％ '’\u{a0}\u{202f}";

/// The reader's file as a program has to read it.
pub(super) struct OwnFile<'lab> {
    pub(super) table: &'lab TypedTable,
    /// Whether the file holds rows that are not learned from, or cells without a value.
    pub(super) has_gaps: bool,
    /// Whether gaps are filled.
    fills: bool,
    /// Whether the classes are numbers.
    numbered: bool,
    /// Whether thousands are separated, and whether other signs stand beside numbers.
    thousands: bool,
    marked: bool,
    /// Features that the page reads as days.
    dates: Vec<&'lab str>,
}

/// Takes blanks and signs without a width off the ends of a cell.
const STRIP_IN_PYTHON: &str = r#"cell.strip().strip("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff").strip()"#;
/// A function of the Rust programs for a file with such signs.
const TRIM_IN_RUST: &str = r"
/// A record without blanks and signs of no width at the ends of its cells.
fn trimmed(record: &csv::StringRecord) -> csv::StringRecord {
    let unseen = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{feff}'];
    record.iter().map(|cell| cell.trim_matches(unseen).trim()).collect()
}
";

impl<'lab> OwnFile<'lab> {
    /// `left_out` says whether rows of the table are left out, `fills` whether gaps are filled with a mean.
    pub(super) fn of(
        table: &'lab TypedTable,
        label: &str,
        features: &[String],
        left_out: bool,
        fills: bool,
    ) -> Self {
        let columns: Vec<_> = features
            .iter()
            .filter_map(|name| table.columns.iter().find(|column| column.name == *name))
            .collect();
        let has_doubt =
            |doubt: &str| columns.iter().any(|column| column.doubts.iter().any(|found| found.doubt == doubt));
        let is_no_row = |doubt: &str| matches!(doubt, "units_row" | "repeated_header");
        let has_missing = columns.iter().any(|column| column.missing > 0);
        Self {
            has_gaps: left_out
                || has_missing
                || table.found.doubts.iter().any(|found| is_no_row(found.doubt)),
            fills: fills && has_missing,
            numbered: table.column(label).is_some_and(|column| column.categories.is_none()),
            thousands: has_doubt("thousands"),
            // A blank between thousands is no sign that was counted.
            marked: has_doubt("marked")
                || columns.iter().any(|column| {
                    column.samples.iter().any(|cell| cell.contains([' ', '\u{a0}', '\u{202f}', '\'', '’']))
                }),
            dates: columns
                .iter()
                .filter(|column| column.guess == Kind::Date)
                .map(|column| column.name.as_str())
                .collect(),
            table,
        }
    }

    /// Whether a cell that is no number may be met.
    pub(super) fn is_lenient(&self) -> bool {
        self.has_gaps || self.numbered
    }

    fn decimal_comma(&self) -> bool {
        self.table.found.decimal == DecimalSign::Comma
    }

    /// What `number` says of itself.
    fn number_doc(&self) -> String {
        let mut said = vec![if self.decimal_comma() { "decimal comma" } else { "decimal point" }];
        if self.thousands {
            said.push("separated thousands");
        }
        if self.marked {
            said.push("other signs");
        }
        let none = if self.is_lenient() { ", NaN where there is none" } else { "" };
        format!("The number in a cell ({}){none}.", said.join(", "))
    }

    /// Replacements that leave a number both languages read, as pairs of a sign and what stands in its place.
    fn replacements(&self) -> Vec<(&'static str, &'static str)> {
        let mut pairs = Vec::new();
        if self.thousands {
            pairs.push((if self.decimal_comma() { "." } else { "," }, ""));
        }
        if self.decimal_comma() {
            pairs.push((",", "."));
        }
        pairs
    }

    /// What Python calls the encoding.
    fn encoding(&self) -> &str {
        match self.table.found.encoding.as_str() {
            "" | "utf-8" => "utf-8-sig",
            "utf-16le" | "utf-16be" => "utf-16",
            other => other,
        }
    }

    /// Whether signs without a width may stand at the ends of cells.
    fn hides_signs(&self) -> bool {
        self.table.found.doubts.iter().any(|found| found.doubt == "trimmed")
    }

    /// Placeholders of the Python templates.
    pub(super) fn python(&self) -> Values {
        let mut cell = String::from("cell");
        if self.marked {
            cell = format!("cell.translate(str.maketrans(\"\", \"\", {}))", literal(MARKS));
        }
        for (sign, instead) in self.replacements() {
            cell += &format!(".replace({}, {})", literal(sign), literal(instead));
        }
        let number = match self.is_lenient() {
            false => format!("    return float({cell})"),
            true => format!(
                "    try:\n        return float({cell})\n    except ValueError:\n        return math.nan"
            ),
        };
        let header = match self.table.found.header {
            true => "header, *lines = [line for line in lines if any(line)]",
            false => {
                "lines = [line for line in lines if any(line)]\nheader = [f\"column_{place + 1}\" for place in range(len(lines[0]))]"
            }
        };
        let sep_line = "    file.readline()  # names the delimiter for spreadsheet programs\n";
        let class = if self.numbered {
            "NUMBERS.index(number(cell)) if number(cell) in NUMBERS"
        } else {
            "CLASSES.index(cell) if cell in CLASSES"
        };
        let gaps = match (self.has_gaps, self.fills) {
            (false, _) => "",
            (true, true) => {
                "# The page fills gaps with the mean over its training rows; here all rows give it.\nx = np.where(np.isnan(x), np.nanmean(x, axis=0), x)"
            }
            (true, false) => "whole = np.isfinite(x).all(axis=1)\nx, y = x[whole], y[whole]",
        };
        Values::from([
            ("encoding", literal(self.encoding())),
            ("number_doc", self.number_doc()),
            ("number", number),
            ("header", header.to_string()),
            ("sep_line", if self.table.found.sep_line { sep_line } else { "" }.to_string()),
            ("class", class.to_string()),
            (
                "numbers",
                if self.numbered { "NUMBERS = [float(name) for name in CLASSES]\n" } else { "" }.to_string(),
            ),
            ("gaps", gaps.to_string()),
            ("strip", if self.hides_signs() { STRIP_IN_PYTHON } else { "cell.strip()" }.to_string()),
            ("days", self.days_note("# ")),
        ])
    }

    /// Placeholders of the Rust templates.
    pub(super) fn rust(&self) -> Values {
        const HEADER: &str = "reader.headers().expect(\"a first line\").clone()";
        const HEADER_TRIMMED: &str = "trimmed(reader.headers().expect(\"a first line\"))";
        let hides_signs = self.hides_signs();
        let mut number = String::new();
        if self.marked {
            number += &format!("    let cell = cell.replace(|sign: char| {MARKS:?}.contains(sign), \"\");\n");
        }
        let mut replaced = String::new();
        for (sign, instead) in self.replacements() {
            let sign = sign.chars().next().unwrap_or(',');
            replaced += &format!(".replace({sign:?}, {instead:?})");
        }
        if !replaced.is_empty() {
            number += &format!("    let cell = cell{replaced};\n");
        }
        number += match self.is_lenient() {
            true => "    cell.parse().unwrap_or(f64::NAN)",
            false => "    cell.parse().unwrap_or_else(|_| panic!(\"{cell:?} is no number\"))",
        };
        let skip_line = "    // The first line names the delimiter for spreadsheet programs.\n    let text = text.split_once('\\n').expect(\"a line\").1;\n";
        let by_number = "CLASSES.iter().position(|name| name.parse() == Ok(number(cell)))";
        let by_name = "CLASSES.iter().position(|name| *name == cell)";
        let push = match self.has_gaps && !self.fills {
            true => {
                "            if row.iter().all(|value| value.is_finite()) {\n                rows.push(row);\n                labels.push(class);\n            }"
            }
            false => "            rows.push(row);\n            labels.push(class);",
        };
        Values::from([
            ("number_doc", self.number_doc()),
            ("number", number),
            ("skip_line", if self.table.found.sep_line { skip_line } else { "" }.to_string()),
            ("has_header", self.table.found.header.to_string()),
            ("place", match self.table.found.header {
                true => "header.iter().position(|column| column == name).expect(name)",
                false => "header.iter().enumerate().position(|(at, _)| format!(\"column_{}\", at + 1) == name).expect(name)",
            }.to_string()),
            ("class", if self.numbered { by_number } else { by_name }.to_string()),
            ("push", push.to_string()),
            ("trim", if hides_signs { TRIM_IN_RUST } else { "" }.to_string()),
            ("header", if hides_signs { HEADER_TRIMMED } else { HEADER }.to_string()),
            ("trim_line", if hides_signs { "        let line = trimmed(&line);\n" } else { "" }.to_string()),
            ("fill", if self.fills { FILL_IN_RUST } else { "" }.to_string()),
            ("encoding_note", self.encoding_note()),
            ("days", self.days_note("// ")),
        ])
    }

    fn encoding_note(&self) -> String {
        match self.table.found.encoding.as_str() {
            "" | "utf-8" => String::new(),
            other => format!("/// The page read it as {other}: save it as UTF-8 first.\n"),
        }
    }

    fn days_note(&self, comment: &str) -> String {
        match &self.dates[..] {
            [] => String::new(),
            dates => {
                let names: Vec<String> = dates.iter().map(|name| literal(name)).collect();
                let names = names.join(", ");
                format!(
                    "{comment}The page reads dates as days since 1970-01-01: write them so in {names} first.\n"
                )
            }
        }
    }
}

/// Fills gaps with the mean of all rows.
const FILL_IN_RUST: &str = r"    // The page fills gaps with the mean over its training rows; here all rows give it.
    for column in 0..FEATURES.len() {
        let known: Vec<f64> = rows.iter().map(|row| row[column]).filter(|value| value.is_finite()).collect();
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        rows.iter_mut().filter(|row| !row[column].is_finite()).for_each(|row| row[column] = mean);
    }
";
