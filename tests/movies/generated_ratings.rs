//! Made-up tables in the form of the published ones, which may not be passed on.

use emberbook::data::ratings::own::NamedFile;
use std::fmt::Write;

/// The ages that ml-1m knows.
const AGES: [usize; 7] = [1, 18, 25, 35, 45, 50, 56];
/// Genres of ml-1m.
const GENRES: [&str; 18] = [
    "Action",
    "Adventure",
    "Animation",
    "Children's",
    "Comedy",
    "Crime",
    "Documentary",
    "Drama",
    "Fantasy",
    "Film-Noir",
    "Horror",
    "Musical",
    "Mystery",
    "Romance",
    "Sci-Fi",
    "Thriller",
    "War",
    "Western",
];

/// Files of a table by their names.
pub struct Generated(pub Vec<(&'static str, Vec<u8>)>);

impl Generated {
    /// As they are read.
    pub fn named(&self) -> Vec<NamedFile<'_>> {
        self.0.iter().map(|(name, bytes)| NamedFile { name, bytes }).collect()
    }
}

/// Numbers that are drawn: splitmix64.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ bits >> 31) % bound as u64) as usize
    }
}

/// A table as ml-1m is published: sorted by user, some ids of films not used, titles in Latin-1. Each user rates as many
/// films as any other, up to one, none twice.
///
/// # Panics
/// If a user would have to rate more films than there are.
pub fn ml_1m(users: usize, films: usize, ratings: usize, seed: u64) -> Generated {
    let drawn = &mut Drawn(seed);
    let (mut of_users, mut of_films, mut lines) = (String::new(), Vec::new(), String::new());
    for user in 1..=users {
        let gender = if drawn.below(10) < 3 { "F" } else { "M" };
        writeln!(of_users, "{user}::{gender}::{}::{}::0{user}", AGES[drawn.below(7)], drawn.below(21))
            .unwrap();
    }
    let ids: Vec<usize> = (1..).filter(|id| id % 57 != 0).take(films).collect();
    for id in &ids {
        let genres = [GENRES[drawn.below(9)], GENRES[9 + drawn.below(9)]].join("|");
        of_films.extend(format!("{id}::Caf").bytes());
        // An é in Latin-1.
        of_films.push(0xe9);
        of_films.extend(format!(" {id}, The ({})::{genres}\n", 1919 + drawn.below(82)).bytes());
    }
    for user in 0..users {
        let count = ratings / users + usize::from(user < ratings % users);
        assert!(count <= films, "{count} of {films} films");
        let (first, step) = (drawn.below(films), (1..).find(|step| films % step == 1).unwrap_or(1));
        for place in 0..count {
            let film = ids[(first + place * step) % films];
            let (stars, time) = (1 + drawn.below(5), 956_703_932 + drawn.below(89_750_678));
            writeln!(lines, "{}::{film}::{stars}::{time}", user + 1).unwrap();
        }
    }
    Generated(vec![
        ("ml-1m/README", b"made up".to_vec()),
        ("ml-1m/ratings.dat", lines.into_bytes()),
        ("ml-1m/users.dat", of_users.into_bytes()),
        ("ml-1m/movies.dat", of_films),
    ])
}
