//! Users taken out of a table whole: the first ratings that they give when they come, and what they rated after them.

use super::{Demographics, Ratings};
use crate::data::order::ascending;
use crate::random::{Purpose, Random};

/// Parts into which the users are divided; one of them is taken out.
pub const PARTS: usize = 5;

/// A table in two: others, who can be learned from, and newcomers, who judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Newcomers {
    /// The table without the newcomers. Not even their ids are in it, so that whatever learns from it cannot have seen
    /// their ratings; films keep their numbers.
    pub others: Ratings,
    /// Those who were taken out.
    pub taken: Vec<Newcomer>,
}

/// Somebody who was taken out.
#[derive(Debug, Clone, PartialEq)]
pub struct Newcomer {
    /// Their first ratings: the published id of each film, and stars.
    pub given: Vec<(u32, f64)>,
    /// Films that they rated after these, by number, in the order of time.
    pub later: Vec<u32>,
}

impl Newcomers {
    /// Takes out one of [`PARTS`] of the users with more than twice as many ratings as are `given`, drawn once and for all:
    /// they are the same for every seed. Parts have no user in common. Equal times stand in the order of the file.
    ///
    /// # Panics
    /// If there is no such part.
    pub fn new(table: &Ratings, given: usize, part: usize) -> Self {
        assert!(part < PARTS, "{PARTS} parts");
        let users = table.user_ids.len();
        let mut counts = vec![0; users];
        table.users.iter().for_each(|user| counts[*user as usize] += 1);
        let mut enough: Vec<usize> = (0..users).filter(|user| counts[*user] > 2 * given).collect();
        Random::new(0, Purpose::Newcomers).shuffle(&mut enough);
        let mut is_taken = vec![false; users];
        enough.iter().skip(part).step_by(PARTS).for_each(|user| is_taken[*user] = true);
        let mut taken = vec![Newcomer { given: Vec::new(), later: Vec::new() }; users];
        for row in ascending(table.len(), &|row| u64::from(table.times[row])) {
            let (row, user) = (row as usize, table.users[row as usize] as usize);
            if !is_taken[user] {
                continue;
            }
            let (newcomer, film) = (&mut taken[user], table.rated[row]);
            match newcomer.given.len() < given {
                true => newcomer.given.push((table.films.ids[film as usize], table.stars(row))),
                false => newcomer.later.push(film),
            }
        }
        taken.retain(|newcomer| !newcomer.later.is_empty());
        Self { others: without(table, &is_taken), taken }
    }
}

/// The table without some of its users.
fn without(table: &Ratings, is_taken: &[bool]) -> Ratings {
    let stays: Vec<usize> = (0..is_taken.len()).filter(|user| !is_taken[*user]).collect();
    let mut number = vec![0; is_taken.len()];
    stays.iter().enumerate().for_each(|(now, user)| number[*user] = now as u32);
    let rows: Vec<usize> = (0..table.len()).filter(|row| !is_taken[table.users[*row] as usize]).collect();
    Ratings {
        user_ids: stays.iter().map(|user| table.user_ids[*user]).collect(),
        films: table.films.clone(),
        demographics: table.demographics.as_ref().map(|known| Demographics {
            genders: stays.iter().map(|user| known.genders[*user]).collect(),
            ages: stays.iter().map(|user| known.ages[*user]).collect(),
            jobs: stays.iter().map(|user| known.jobs[*user]).collect(),
            ..known.clone()
        }),
        users: rows.iter().map(|row| number[table.users[*row] as usize]).collect(),
        rated: rows.iter().map(|row| table.rated[*row]).collect(),
        half_stars: rows.iter().map(|row| table.half_stars[*row]).collect(),
        times: rows.iter().map(|row| table.times[*row]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ratings::made::{World, WorldConfig};

    fn table() -> Ratings {
        World::new(&WorldConfig { users: 60, films: 200, density: 0.3, ..WorldConfig::default() }, 1).ratings
    }

    #[test]
    fn nothing_of_a_newcomer_is_left_among_the_others() {
        let table = table();
        let parts: Vec<Newcomers> = (0..PARTS).map(|part| Newcomers::new(&table, 10, part)).collect();
        let taken: usize = parts.iter().map(|part| part.taken.len()).sum();
        let enough = (0..60).filter(|user| table.users.iter().filter(|other| **other == *user).count() > 20);
        assert_eq!(taken, enough.count(), "everybody with enough ratings is taken out once");
        assert!(taken > 40);
        for Newcomers { others, taken } in &parts {
            assert_eq!(others.user_ids.len() + taken.len(), 60);
            // With the ratings of the newcomers there are all of them again: none is in both.
            let of_taken: usize = taken.iter().map(|one| one.given.len() + one.later.len()).sum();
            assert_eq!(others.len() + of_taken, table.len());
            assert_eq!(others.films, table.films);
            for user in 0..others.user_ids.len() {
                let known = table.user(others.user_ids[user]).unwrap();
                let of = |table: &Ratings, user: usize| -> Vec<(u32, u8, u32)> {
                    let rows = (0..table.len()).filter(|row| table.users[*row] as usize == user);
                    rows.map(|row| (table.rated[row], table.half_stars[row], table.times[row])).collect()
                };
                assert_eq!(of(others, user), of(&table, known), "the others keep all");
            }
        }
    }

    #[test]
    fn what_is_given_came_first_and_never_judges() {
        let table = table();
        let newcomers = Newcomers::new(&table, 10, 0);
        for Newcomer { given, later } in &newcomers.taken {
            assert!(given.len() == 10 && later.len() > 10);
            let films: Vec<u32> = given.iter().map(|(id, _)| table.films.film(*id).unwrap() as u32).collect();
            assert!(later.iter().all(|film| !films.contains(film)));
            let of = |film: u32| {
                let rated = |row: &usize| table.rated[*row] == film;
                let mut rows = (0..table.len()).filter(rated);
                rows.find(|row| {
                    let user = table.user_ids[table.users[*row] as usize];
                    newcomers.others.user(user).is_none() && of_both(&table, *row, &films, later)
                })
            };
            let latest = films.iter().filter_map(|film| of(*film)).map(|row| table.times[row]).max();
            assert!(later.iter().filter_map(|film| of(*film)).all(|row| Some(table.times[row]) >= latest));
        }
    }

    /// Whether a row's user rated exactly these films.
    fn of_both(table: &Ratings, row: usize, given: &[u32], later: &[u32]) -> bool {
        let user = table.users[row];
        let films = (0..table.len()).filter(|row| table.users[*row] == user).map(|row| table.rated[row]);
        let mut films: Vec<u32> = films.collect();
        let mut all = [given, later].concat();
        films.sort_unstable();
        all.sort_unstable();
        films == all
    }

    #[test]
    fn demographics_stay_with_their_users() {
        let mut table = table();
        let users = table.user_ids.len();
        table.demographics = Some(Demographics {
            genders: vec![crate::data::ratings::Gender::Male; users],
            ages: (0..users).map(|user| (user % 7) as u8).collect(),
            jobs: (0..users).map(|user| (user % 21) as u8).collect(),
            occupations: Vec::new(),
            invented: false,
        });
        let others = Newcomers::new(&table, 10, 2).others;
        let known = others.demographics.unwrap();
        for (user, id) in others.user_ids.iter().enumerate() {
            let before = table.user(*id).unwrap();
            assert_eq!((known.ages[user], known.jobs[user]), ((before % 7) as u8, (before % 21) as u8));
        }
    }
}
