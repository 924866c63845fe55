//! One protocol for all methods of a table: full ranking over the films of the training part.

use super::exposure::Exposure;
use super::metrics::{RankingFigures, without_duplicates};
use super::top::Top;
use crate::data::ratings::{Interactions, Ratings};

/// Lengths of the lists that are judged.
pub const LENGTHS: [usize; 3] = [5, 10, 20];
/// The length of the lists whose exposure is counted.
pub const SHOWN: usize = 10;
/// Users with fewer training ratings are not judged.
pub const LEAST_RATINGS: usize = 5;

/// A user whose list is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedUser {
    /// The user.
    pub user: usize,
    /// The films to be found: those of the test part that somebody rated in training, each once.
    pub relevant: Vec<u32>,
}

/// Who is judged by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// The users with at least [`LEAST_RATINGS`] training ratings and a film to be found.
    pub users: Vec<JudgedUser>,
    /// Test ratings of films that nobody rated in training: no collaborative method can rank them.
    pub unrankable: usize,
    /// Whether each film is ranked: those with training ratings are.
    pub ranked: Vec<bool>,
}

impl Protocol {
    /// The protocol for training ratings and the rows that judge. A rating of any value counts as seen.
    pub fn new(table: &Ratings, train: &Interactions, judging: &[u32]) -> Self {
        let ranked = (0..train.films()).map(|film| !train.film(film).is_empty()).collect();
        Self::with(table, train, judging, ranked, LEAST_RATINGS)
    }

    /// The same with other films ranked, and users judged who have at least `least` training ratings.
    ///
    /// # Panics
    /// If `ranked` is not as long as there are films.
    pub fn with(
        table: &Ratings,
        train: &Interactions,
        judging: &[u32],
        ranked: Vec<bool>,
        least: usize,
    ) -> Self {
        assert!(ranked.len() == train.films(), "every film is ranked or not");
        let mut relevant = vec![Vec::new(); train.users()];
        let mut unrankable = 0;
        for row in judging {
            let (user, film) = (table.users[*row as usize], table.rated[*row as usize]);
            if ranked[film as usize] {
                relevant[user as usize].push(film);
            } else {
                unrankable += 1;
            }
        }
        let judged = relevant.into_iter().enumerate();
        let judged = judged.filter(|(user, films)| !films.is_empty() && train.user(*user).len() >= least);
        Self {
            users: judged
                .map(|(user, films)| JudgedUser { user, relevant: without_duplicates(&films) })
                .collect(),
            unrankable,
            ranked,
        }
    }
}

/// Figures over the users judged so far.
#[derive(Debug, Clone, PartialEq)]
pub struct RankingTotals {
    sums: [RankingFigures; LENGTHS.len()],
    users: usize,
    exposure: Exposure,
}

impl RankingTotals {
    /// Nobody judged yet.
    pub fn new(films: usize) -> Self {
        Self { sums: [RankingFigures::default(); LENGTHS.len()], users: 0, exposure: Exposure::new(films) }
    }

    /// Judges one user's scores of all films by a protocol; films the user rated in training are left out.
    ///
    /// # Panics
    /// If a score is not a number or there is not one for each film.
    pub fn judge(&mut self, protocol: &Protocol, train: &Interactions, judged: &JudgedUser, scores: &[f32]) {
        assert!(scores.len() == train.films(), "every film has a score");
        let seen = train.user(judged.user).among(train.films());
        let ranked = |film: usize| !seen[film] && protocol.ranked[film];
        let top = Top::new(scores, LENGTHS[LENGTHS.len() - 1], ranked);
        let ties = top.ties(|film| judged.relevant.contains(&(film as u32)));
        for (sum, k) in self.sums.iter_mut().zip(LENGTHS) {
            sum.add(&RankingFigures::at(k, &ties, judged.relevant.len()), 1.0);
        }
        self.exposure.add(&top, SHOWN, |film| train.film(film).len());
        self.users += 1;
    }

    /// How many users were judged.
    pub fn users(&self) -> usize {
        self.users
    }

    /// Means over users at a length of [`LENGTHS`]; none for other lengths or without users.
    pub fn at(&self, k: usize) -> Option<RankingFigures> {
        let place = LENGTHS.iter().position(|length| *length == k).filter(|_| self.users > 0)?;
        let mut mean = RankingFigures::default();
        mean.add(&self.sums[place], 1.0 / self.users as f64);
        Some(mean)
    }

    /// What the lists of [`SHOWN`] films show.
    pub fn exposure(&self) -> &Exposure {
        &self.exposure
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ratings::Films;

    /// Six films, of which users 0 and 1 rated the first five; user 2 rated one.
    fn table() -> (Ratings, Interactions) {
        let rows: Vec<(u32, u32)> =
            (0..2).flat_map(|user| (0..5).map(move |film| (user, film))).chain([(2, 5)]).collect();
        let judging = [(0, 5), (0, 6), (0, 5), (1, 6), (2, 0)];
        let all = [&rows[..], &judging].concat();
        let table = Ratings {
            user_ids: vec![1, 2, 3],
            films: Films { ids: (1..=7).collect(), ..Films::default() },
            demographics: None,
            users: all.iter().map(|row| row.0).collect(),
            rated: all.iter().map(|row| row.1).collect(),
            half_stars: vec![6; all.len()],
            times: vec![0; all.len()],
        };
        let train: Vec<u32> = (0..rows.len() as u32).collect();
        let known = Interactions::new(&table, &train);
        (table, known)
    }

    #[test]
    fn films_without_raters_are_counted_and_not_ranked_and_users_with_few_ratings_are_not_judged() {
        let (table, train) = table();
        let protocol = Protocol::new(&table, &train, &[11, 12, 13, 14, 15]);
        assert_eq!(protocol.users, [JudgedUser { user: 0, relevant: vec![5] }]);
        assert_eq!(protocol.unrankable, 2);
        assert_eq!(protocol.ranked, [true, true, true, true, true, true, false]);
    }

    #[test]
    fn films_that_were_seen_take_no_place() {
        let (table, train) = table();
        let protocol = Protocol::new(&table, &train, &[11]);
        let mut totals = RankingTotals::new(7);
        // The films seen, and the one that nobody rated, have the best scores.
        totals.judge(&protocol, &train, &protocol.users[0], &[9.0, 8.0, 7.0, 6.0, 5.0, 1.0, 10.0]);
        let found = totals.at(5).unwrap();
        assert_eq!((found.hit_rate, found.recall, found.ndcg, found.mrr), (1.0, 1.0, 1.0, 1.0));
        assert_eq!((totals.exposure().films_shown(), totals.exposure().mean_popularity()), (1.0, 1.0));
        assert_eq!(totals.at(7), None);
        assert_eq!(RankingTotals::new(7).at(5), None);
        // Where all films are ranked, the one that nobody rated comes first.
        let all = Protocol::with(&table, &train, &[11, 12, 15], vec![true; 7], 1);
        assert_eq!(all.users.len(), 2);
        assert_eq!((&all.users[0].relevant[..], &all.users[1].relevant[..]), (&[5, 6][..], &[0][..]));
    }
}
