//! Titles of films: the year behind them, and the words they consist of.

use std::collections::HashMap;

/// A published title and the year in parentheses behind it, as the document's reader takes them apart
/// (`^(.*)\((\d+)\)$`). A title that does not end in a year stays whole.
pub(super) fn title_and_year(published: &str) -> (String, Option<u16>) {
    let published = published.trim();
    let split = published.strip_suffix(')').and_then(|open| open.rsplit_once('('));
    let year = split.filter(|(_, year)| !year.is_empty() && year.bytes().all(|byte| byte.is_ascii_digit()));
    match year.and_then(|(title, year)| Some((title, year.parse().ok()?))) {
        Some((title, year)) => (title.trim().to_string(), Some(year)),
        None => (published.to_string(), None),
    }
}

/// The words of a title: what white space separates, in lower case, with its punctuation.
pub(super) fn words_of(title: &str) -> impl Iterator<Item = String> {
    title.split_whitespace().map(|word| word.chars().map(lower_case).collect())
}

/// Words numbered in the order in which they are first met.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    places: HashMap<String, u32>,
    words: Vec<String>,
}

impl Dictionary {
    /// The words of a title as numbers.
    pub fn words_of(&mut self, title: &str) -> Vec<u32> {
        words_of(title).map(|word| self.place(word)).collect()
    }

    fn place(&mut self, word: String) -> u32 {
        if let Some(place) = self.places.get(&word) {
            return *place;
        }
        let place = self.words.len() as u32;
        self.words.push(word.clone());
        self.places.insert(word, place);
        place
    }

    pub fn into_words(self) -> Vec<String> {
        self.words
    }
}

/// A letter of Latin-1, in which these files are written, in lower case; others stay. The library's `to_lowercase` brings
/// tables of all scripts.
pub(in crate::data) fn lower_case(letter: char) -> char {
    match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => char::from(letter as u8 + 32),
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_what_stands_last_in_parentheses() {
        let cases = [
            ("Toy Story (1995)", "Toy Story", Some(1995)),
            (
                "City of Lost Children, The (Cité des enfants perdus) (1995) ",
                "City of Lost Children, The (Cité des enfants perdus)",
                Some(1995),
            ),
            ("(1994)", "", Some(1994)),
            ("2001 (the film)", "2001 (the film)", None),
            ("Land Before Time III (1995) (V)", "Land Before Time III (1995) (V)", None),
            ("unknown", "unknown", None),
            ("Odd ()", "Odd ()", None),
            ("Far (123456789)", "Far (123456789)", None),
            ("", "", None),
        ];
        for (published, title, year) in cases {
            assert_eq!(title_and_year(published), (title.to_string(), year), "{published}");
        }
    }

    #[test]
    fn letters_of_latin_1_have_the_lower_case_of_unicode() {
        for byte in 0..=u8::MAX {
            let letter = char::from(byte);
            assert!(letter.to_lowercase().eq([lower_case(letter)]), "{letter}");
        }
    }

    #[test]
    fn words_are_lower_case_and_keep_their_punctuation() {
        let mut dictionary = Dictionary::default();
        assert_eq!(dictionary.words_of("Twelve Angry  Men"), [0, 1, 2]);
        assert_eq!(dictionary.words_of("MEN, Men É\u{a0}twelve"), [3, 2, 4, 0]);
        assert_eq!(dictionary.words_of(" "), [0; 0]);
        assert_eq!(dictionary.into_words(), ["twelve", "angry", "men", "men,", "é"]);
    }
}
