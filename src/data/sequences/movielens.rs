//! MovieLens latest-small as sequences: the films of each user by the time of the rating. Title words are the one
//! modality, genres the other.
//!
//! The order is that of a form: most users rated everything within a day, and a third of all ratings share their second
//! with another of the same user. Those keep the order of the file.

use super::Sequences;
use super::histories::Histories;
use super::items::{Item, Items, Words};
use super::vectors::Vectors;
use crate::data::ratings::{Films, Ratings};

/// The genre of films without one.
const NO_GENRE: &str = "(no genres listed)";

/// The ratings of a table, whatever their stars, as sequences.
pub fn sequences(table: &Ratings) -> Sequences {
    let times: Vec<f64> = table.times.iter().map(|time| f64::from(*time)).collect();
    Sequences {
        items: items(&table.films),
        user_ids: table.user_ids.iter().map(ToString::to_string).collect(),
        histories: Histories::by_time(table.user_ids.len(), &table.users, &table.rated, &times),
    }
}

fn items(films: &Films) -> Items {
    let item = |film: usize| Item {
        id: films.ids[film].to_string(),
        words: Words {
            title: films.titles[film].clone(),
            tags: genres(films, film).map(|genre| films.genres[genre].clone()).collect(),
        },
        ..Item::default()
    };
    Items {
        list: (0..films.len()).map(item).collect(),
        image_vectors: genre_vectors(films),
        ..Items::default()
    }
}

fn genres(films: &Films, film: usize) -> impl Iterator<Item = usize> {
    films.genres_of(film).filter(|genre| films.genres[*genre] != NO_GENRE)
}

/// A column for each genre, the rarer the larger (`1 + ln((1 + films) / (1 + films of the genre))`), rows of length 1. A film
/// without a genre has zeros.
fn genre_vectors(films: &Films) -> Option<Vectors> {
    let columns = films.genres.len();
    if columns == 0 {
        return None;
    }
    let mut counts = vec![0.0; columns];
    (0..films.len()).flat_map(|film| genres(films, film)).for_each(|genre| counts[genre] += 1.0);
    let mut values = vec![0.0; films.len() * columns];
    for film in 0..films.len() {
        for genre in genres(films, film) {
            let rarity = 1.0 + ((1.0 + films.len() as f64) / (1.0 + counts[genre])).ln();
            values[film * columns + genre] = rarity as f32;
        }
    }
    let mut vectors = Vectors::new(columns, values);
    vectors.to_unit_length();
    Some(vectors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ratings::packed;
    use crate::data::sequences::histories::HistoryPart;
    use flate2::read::GzDecoder;
    use std::io::Read;

    fn latest_small() -> Ratings {
        let mut pack = Vec::new();
        let packed = &include_bytes!("../../../data/movies/latest-small.bin.gz")[..];
        GzDecoder::new(packed).read_to_end(&mut pack).unwrap();
        packed::read(&pack).unwrap()
    }

    #[test]
    fn latest_small_is_671_histories_by_time() {
        let table = latest_small();
        let sequences = sequences(&table);
        assert_eq!((sequences.items.len(), sequences.user_ids.len()), (9_066, 671));
        assert_eq!(sequences.histories.taken(), 100_004);
        // Ratings of the same second stand in the order of the file, which is not that of time.
        let times_of = |user: u32| -> Vec<(u32, usize)> {
            let rows = (0..table.len()).filter(|row| table.users[*row] == user);
            rows.map(|row| (table.times[row], row)).collect()
        };
        let shares_a_second = |user: &u32| {
            let mut times = times_of(*user);
            times.sort_unstable();
            times.windows(2).any(|pair| pair[0].0 == pair[1].0)
        };
        let user = (0..671).find(shares_a_second).unwrap();
        let mut sorted = times_of(user);
        sorted.sort_unstable();
        assert_ne!(sorted, times_of(user));
        let expected: Vec<u32> = sorted.iter().map(|(_, row)| table.rated[*row]).collect();
        assert_eq!(sequences.histories.of(user as usize), expected);
        assert_eq!(sequences.histories.range(0, HistoryPart::Test), 16..20);
    }

    #[test]
    fn titles_and_genres_are_the_modalities() {
        let items = items(&latest_small().films);
        let toy_story = &items.list[items.number("1").unwrap()];
        assert_eq!(toy_story.title(true), "Toy Story");
        assert_eq!(toy_story.words.tags, ["Adventure", "Animation", "Children", "Comedy", "Fantasy"]);
        let vectors = items.image_vectors.as_ref().unwrap();
        assert_eq!(vectors.row(0).iter().filter(|value| **value > 0.0).count(), 5);
        let length: f32 = vectors.row(0).iter().map(|value| value * value).sum();
        assert!((length - 1.0).abs() < 1e-6);
        // Comedies are more frequent than animations.
        let column = |name: &str| toy_story.words.tags.iter().position(|tag| tag == name).unwrap();
        let of_film: Vec<f32> = vectors.row(0).iter().copied().filter(|value| *value > 0.0).collect();
        assert!(of_film[column("Comedy")] < of_film[column("Animation")]);
        let without = items.list.iter().filter(|item| item.words.tags.is_empty()).count();
        assert_eq!((vectors.zeros(), without > 0), (without, true));
    }
}
