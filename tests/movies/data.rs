//! The committed ratings are those of the published table.

use crate::support::latest_small;
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
