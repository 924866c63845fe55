//! The committed ratings are those of the published table, and a table of ml-1m's size is read.

use crate::support::latest_small;
use emberbook::data::ratings::ml_1m;
use emberbook::data::ratings::own::NamedFile;
use std::collections::HashSet;
use std::fmt::Write;

/// What `data/movies/tools/pack.py` prints for the table it packed.
#[test]
fn nothing_was_lost_by_packing() {
    let table = latest_small();
    let mut ratings = String::new();
    for row in 0..table.len() {
        let (user, film) =
            (table.user_ids[table.users[row] as usize], table.films.ids[table.rated[row] as usize]);
        writeln!(ratings, "{user}::{film}::{}::{}", table.half_stars[row], table.times[row]).unwrap();
    }
    assert_eq!(format!("{:x}", md5::compute(ratings)), "d6873e43966d478804baa23213bf253c");
    let mut films = String::new();
    for film in 0..table.films.len() {
        let (id, title) = (table.films.ids[film], &table.films.titles[film]);
        let year = table.films.years[film].map_or(String::new(), |year| year.to_string());
        let mut genres: Vec<&str> =
            table.films.genres_of(film).map(|genre| table.films.genres[genre].as_str()).collect();
        genres.sort_unstable();
        writeln!(films, "{id}::{title}::{year}::{}", genres.join("|")).unwrap();
    }
    assert_eq!(format!("{:x}", md5::compute(films)), "16d334c0725e0bde73df8780ede641b2");
}

#[test]
fn latest_small_has_what_the_specification_counts() {
    let table = latest_small();
    assert_eq!((table.len(), table.user_ids.len(), table.films.len()), (100_004, 671, 9_066));
    assert_eq!((table.films.genres.len(), table.films.words.len()), (20, 10_919));
    assert_eq!(table.films.ids.last(), Some(&163_949));
    let empty = (0..table.films.len()).filter(|film| table.films.title_words.row(*film).is_empty());
    assert_eq!(empty.count(), 5);
    let distinct: HashSet<_> = table.films.titles.iter().zip(&table.films.years).collect();
    // Hamlet (2000) and War of the Worlds (2005) stand there twice, a title that is empty five times.
    assert_eq!(table.films.len() - distinct.len(), 2 + 4);
    let mut raters = vec![0; table.films.len()];
    table.rated.iter().for_each(|film| raters[*film as usize] += 1);
    assert_eq!(raters.iter().filter(|raters| **raters == 1).count(), 3_063);
    let half = table.half_stars.iter().filter(|stars| **stars % 2 == 1).count();
    assert_eq!((1000 * half).div_euclid(table.len()), 254);
    assert!(!table.whole_stars() && table.demographics.is_none());
}

#[test]
fn a_table_of_the_shape_of_ml_1m_is_read() {
    let (mut ratings, mut users, mut movies) = (String::new(), String::new(), String::new());
    for user in 1..=6_040 {
        let gender = if user % 3 == 0 { "F" } else { "M" };
        writeln!(users, "{user}::{gender}::{}::{}::0", [1, 18, 25, 35, 45, 50, 56][user % 7], user % 21)
            .unwrap();
    }
    // As in ml-1m, some ids below the largest are not used.
    let ids: Vec<usize> = (1..=3_952).filter(|id| id % 57 != 0).collect();
    for id in &ids {
        writeln!(movies, "{id}::Film {id} ({})::Drama|Comedy", 1930 + id % 70).unwrap();
    }
    for row in 0..1_000_209 {
        let (user, place) = (row / 166, row % 166);
        let film = ids[(user * 31 + place * 23) % ids.len()];
        writeln!(ratings, "{}::{film}::{}::{}", user + 1, 1 + row % 5, 956_703_932 + row).unwrap();
    }
    let file = |name, text: &'static str| NamedFile { name, bytes: text.as_bytes() };
    let [ratings, users, movies] = [ratings, users, movies].map(|text| &*Box::leak(text.into_boxed_str()));
    let table =
        ml_1m::read(file("ratings.dat", ratings), file("users.dat", users), file("movies.dat", movies))
            .unwrap();
    assert_eq!((table.len(), table.user_ids.len(), table.films.len()), (1_000_209, 6_040, ids.len()));
    assert_eq!(table.films.title_words.row(0).len(), 2);
    assert_eq!(table.stars(4), 5.0);
}
