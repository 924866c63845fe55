//! Templates of programs: text with placeholders of the form `{{name}}`.

#[cfg(any(feature = "networks", feature = "recommenders", feature = "trees"))]
use std::fmt::Write;

/// Characters of a line of a program: `max_width` of rustfmt.toml.
#[cfg(any(feature = "networks", feature = "recommenders", feature = "trees"))]
pub(in crate::lessons) const WIDTH: usize = 110;

/// Values by the names of their placeholders; of two of one name the later one counts.
#[derive(Clone, Default)]
pub(in crate::lessons) struct Values(Vec<(&'static str, String)>);

impl Values {
    /// Adds a value, in place of one of the same name.
    pub(in crate::lessons) fn insert(&mut self, name: &'static str, value: String) {
        self.0.push((name, value));
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

impl<const N: usize> From<[(&'static str, String); N]> for Values {
    fn from(values: [(&'static str, String); N]) -> Self {
        Self(values.into())
    }
}

impl Extend<(&'static str, String)> for Values {
    fn extend<I: IntoIterator<Item = (&'static str, String)>>(&mut self, values: I) {
        self.0.extend(values);
    }
}

impl IntoIterator for Values {
    type Item = (&'static str, String);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// The template with each placeholder replaced by its value. Values are not searched for placeholders in turn: they
/// may hold names from a reader's file.
///
/// # Panics
/// If a value is missing (the templates are part of the program, and a test fills each).
pub(in crate::lessons) fn fill(template: &str, values: &Values) -> String {
    let mut pieces = template.split("{{");
    let mut filled = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").expect("a placeholder that is closed");
        filled += values.get(name).unwrap_or_else(|| panic!("no value for the placeholder {name}"));
        filled += rest;
    }
    filled
}

/// Names as literals of a list in square brackets, on one line where `room` characters hold it, else one a line.
#[cfg(any(feature = "networks", feature = "recommenders", feature = "trees"))]
pub(in crate::lessons) fn list_of_names(
    names: &[String],
    literal: impl Fn(&str) -> String,
    room: usize,
) -> String {
    let literals: Vec<String> = names.iter().map(|name| literal(name)).collect();
    let line = format!("[{}]", literals.join(", "));
    if line.chars().count() <= room {
        return line;
    }
    let mut lines = String::from("[\n");
    for literal in literals {
        writeln!(lines, "    {literal},").expect("a string takes all that is written");
    }
    lines + "]"
}

/// Numbers as such a list: both languages read them back to the last bit.
#[cfg(feature = "networks")]
pub(in crate::lessons) fn list_of_numbers(numbers: &[f64], room: usize) -> String {
    let numbers: Vec<String> = numbers.iter().map(|number| format!("{number:?}")).collect();
    list_of_names(&numbers, str::to_string, room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_once_whatever_they_hold() {
        let values = Values::from([("a", "{{b}}".to_string()), ("b", "}}".to_string())]);
        assert_eq!(fill("x {{a}} y {{b}}{{b}}", &values), "x {{b}} y }}}}");
        assert_eq!(fill("nothing", &values), "nothing");
    }

    #[test]
    fn long_lists_stand_one_name_a_line() {
        let names = ["one".to_string(), "two".to_string()];
        let quoted = |name: &str| format!("'{name}'");
        assert_eq!(list_of_names(&names, quoted, 14), "['one', 'two']");
        assert_eq!(list_of_names(&names, quoted, 13), "[\n    'one',\n    'two',\n]");
    }
}
