//! Names of categories as pandas has them: text, numbers and truth values, which a model file keeps apart.

use super::json::Reader;

/// The name of a category.
#[derive(Debug, Clone, PartialEq)]
pub enum Category {
    /// A text.
    Text(String),
    /// A number or a truth value, as it stands in the file: `3`, `1.0`, `Infinity`, `true`.
    Literal(String),
}

impl Category {
    /// Its text for a reader.
    pub fn text(&self) -> &str {
        let (Self::Text(text) | Self::Literal(text)) = self;
        text
    }

    /// Whether a cell of a table holds it: a text as it is, a number by its value, a truth value in any case of letters.
    pub fn is(&self, cell: &str) -> bool {
        match self {
            Self::Text(text) => text == cell,
            Self::Literal(text) => match (text.parse::<f64>(), cell.parse::<f64>()) {
                (Ok(own), Ok(other)) => own == other,
                // To pandas, 1 and 0 are truth values too.
                (Err(_), Ok(other)) => other == f64::from(u8::from(text == "true")),
                _ => text.eq_ignore_ascii_case(cell),
            },
        }
    }
}

/// Reads the lists of a file: `null` or lists in a list, in Python's JSON, which has `NaN` and `Infinity`.
pub fn read(text: &str) -> Option<Option<Vec<Vec<Category>>>> {
    let text = text.trim();
    if text == "null" {
        return Some(None);
    }
    let mut reader = Reader::new(text);
    let lists = reader.items(|reader| reader.items(category))?;
    reader.is_at_end().then_some(Some(lists))
}

fn category(reader: &mut Reader<'_>) -> Option<Category> {
    if let Some(text) = reader.string() {
        return Some(Category::Text(text));
    }
    let word = reader.word();
    let known = matches!(word, "true" | "false") || word.parse::<f64>().is_ok();
    known.then(|| Category::Literal(word.into()))
}

/// Writes the lists of a file.
pub fn write(lists: Option<&[Vec<Category>]>) -> String {
    let Some(lists) = lists else { return "null".into() };
    let mut text = String::new();
    for (index, list) in lists.iter().enumerate() {
        text.push_str(if index == 0 { "[[" } else { ",[" });
        for (index, category) in list.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            match category {
                Category::Text(name) => {
                    text.push_str(&serde_json::to_string(name).expect("text can be written"));
                }
                Category::Literal(name) => text.push_str(name),
            }
        }
        text.push(']');
    }
    text.push_str(if lists.is_empty() { "[]" } else { "]" });
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_python_writes_is_read_and_written_again() {
        for (text, written) in [
            ("null", "null"),
            ("[]", "[]"),
            ("[[3, 4, 5], [false, true]]", "[[3,4,5],[false,true]]"),
            ("[[1.0, Infinity, -Infinity, NaN], []]", "[[1.0,Infinity,-Infinity,NaN],[]]"),
            (r#"[["a, b", "\u4e0a", "\"", "]"], [-1e-07]]"#, r#"[["a, b","上","\"","]"],[-1e-07]]"#),
        ] {
            let lists = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(write(lists.as_deref()), written);
        }
        for text in ["", "[", "[[1]", "[1]", "[[1,]]", "[[a]]", "[[null]]", "[[\"a]]", "{}", "[[1]] x"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_cell_is_a_category_by_its_value() {
        let literal = |text: &str| Category::Literal(text.into());
        assert!(literal("3").is("3.0") && literal("1.0").is("1") && literal("Infinity").is("inf"));
        assert!(literal("true").is("True") && literal("true").is("1") && literal("false").is("0"));
        assert!(!literal("3").is("4") && !literal("true").is("0") && !literal("true").is("yes"));
        assert!(Category::Text("3".into()).is("3") && !Category::Text("3".into()).is("3.0"));
    }
}
