//! What is known of the films of a table.

use super::title::{Dictionary, title_and_year, words_of};
use crate::data::order::ascending;
use crate::data::ragged::Ragged;

/// Films, numbered in the order of their published ids.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Films {
    /// The published ids, ascending.
    pub ids: Vec<u32>,
    /// Titles without the year; some are empty.
    pub titles: Vec<String>,
    /// The year of each, where it is known.
    pub years: Vec<Option<u16>>,
    /// Names of the genres, at most 32.
    pub genres: Vec<String>,
    /// The genres of each film: bit `g` for `genres[g]`.
    pub genre_sets: Vec<u32>,
    /// The words of all titles, in the order in which they are first met.
    pub words: Vec<String>,
    /// The words of each title in their order, as places in `words`; empty for an empty title.
    pub title_words: Ragged<u32>,
}

/// One film, before it has a number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Film {
    pub id: u32,
    pub title: String,
    pub year: Option<u16>,
    pub genre_set: u32,
}

/// Most genres of a table.
pub(super) const MOST_GENRES: usize = 32;

impl Films {
    /// The films in the order of their ids.
    ///
    /// # Errors
    /// The place among those given of one whose id an earlier one has.
    pub(super) fn new(films: Vec<Film>, genres: Vec<String>) -> Result<Self, usize> {
        let order = ascending(films.len(), &|film| u64::from(films[film].id));
        let mut dictionary = Dictionary::default();
        let mut sorted = Self { genres, ..Self::default() };
        for at in order {
            let film = &films[at as usize];
            if sorted.ids.last() == Some(&film.id) {
                return Err(at as usize);
            }
            sorted.ids.push(film.id);
            sorted.titles.push(film.title.clone());
            sorted.years.push(film.year);
            sorted.genre_sets.push(film.genre_set);
            sorted.title_words.push(&dictionary.words_of(&film.title));
        }
        sorted.words = dictionary.into_words();
        Ok(sorted)
    }

    /// How many films.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no film.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The number of the film with a published id.
    pub fn film(&self, id: u32) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    /// The words of any title, with the number of each that is among [`words`](Self::words); a year behind it is left out.
    pub fn words_in(&self, title: &str) -> Vec<(String, Option<u32>)> {
        let (title, _) = title_and_year(title);
        let known = |word: &String| self.words.iter().position(|other| other == word);
        let numbered = |word: String| {
            let number = known(&word).map(|place| place as u32);
            (word, number)
        };
        words_of(&title).map(numbered).collect()
    }

    /// The genres of a film, as places in [`genres`](Self::genres).
    ///
    /// # Panics
    /// If there is no such film.
    pub fn genres_of(&self, film: usize) -> impl Iterator<Item = usize> + use<> {
        let set = self.genre_sets[film];
        (0..MOST_GENRES).filter(move |genre| set >> genre & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_title_are_looked_up_without_its_year() {
        let film = |id, title: &str| Film { id, title: title.into(), year: None, genre_set: 0 };
        let films = Films::new(vec![film(2, "Toy Soldiers"), film(1, "Toy Story")], Vec::new()).unwrap();
        let found = films.words_in("A TOY  story (1995)");
        let expected = [("a", None), ("toy", Some(0)), ("story", Some(1))];
        assert!(found.iter().map(|(word, number)| (word.as_str(), *number)).eq(expected));
        assert!(films.words_in(" (1995)").is_empty());
    }
}
