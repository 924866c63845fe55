//! The ratings that are learned from, from both sides: what each user rated, and who rated each film.

use super::Ratings;
use crate::data::ragged::Ragged;

/// What one user rated, or who rated one film.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rated<'a> {
    /// The films of a user, or the users of a film, ascending where the table is sorted.
    pub ids: &'a [u32],
    /// The stars of each.
    pub stars: &'a [f32],
}

impl<'a> Rated<'a> {
    /// Nothing rated yet.
    pub const NOTHING: Rated<'static> = Rated { ids: &[], stars: &[] };

    /// How many ratings.
    pub fn len(self) -> usize {
        self.ids.len()
    }

    /// Whether there is no rating.
    pub fn is_empty(self) -> bool {
        self.ids.is_empty()
    }

    /// Number and stars of each.
    pub fn iter(self) -> impl Iterator<Item = (usize, f32)> + Clone + 'a {
        self.ids.iter().zip(self.stars).map(|(id, stars)| (*id as usize, *stars))
    }

    /// Whether each of `count` films (or users) is among them.
    ///
    /// # Panics
    /// If one of them is beyond.
    pub fn among(self, count: usize) -> Vec<bool> {
        let mut is_among = vec![false; count];
        self.ids.iter().for_each(|id| is_among[*id as usize] = true);
        is_among
    }

    /// The mean of the stars; none without ratings.
    pub fn mean(self) -> Option<f32> {
        (!self.is_empty()).then(|| self.stars.iter().sum::<f32>() / self.len() as f32)
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Side {
    ids: Ragged<u32>,
    stars: Ragged<f32>,
}

impl Side {
    fn new(count: usize, rows: &[u32], of: &[u32], other: &[u32], half_stars: &[u8]) -> Self {
        let row_of = |place: usize| of[rows[place] as usize] as usize;
        let ids: Vec<u32> = rows.iter().map(|row| other[*row as usize]).collect();
        let stars: Vec<f32> = rows.iter().map(|row| f32::from(half_stars[*row as usize]) / 2.0).collect();
        Self { ids: Ragged::sorted(count, &row_of, &ids), stars: Ragged::sorted(count, &row_of, &stars) }
    }

    fn row(&self, index: usize) -> Rated<'_> {
        Rated { ids: self.ids.row(index), stars: self.stars.row(index) }
    }
}

/// Ratings by user and by film.
#[derive(Debug, Clone, PartialEq)]
pub struct Interactions {
    users: Side,
    films: Side,
    mean: f64,
}

impl Interactions {
    /// These rows of a table.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn new(table: &Ratings, rows: &[u32]) -> Self {
        let side = |count, of, other| Side::new(count, rows, of, other, &table.half_stars);
        let sum: f64 = rows.iter().map(|row| table.stars(*row as usize)).sum();
        Self {
            users: side(table.user_ids.len(), &table.users, &table.rated),
            films: side(table.films.len(), &table.rated, &table.users),
            mean: sum / rows.len().max(1) as f64,
        }
    }

    /// How many users the table has, with ratings or without.
    pub fn users(&self) -> usize {
        self.users.ids.len()
    }

    /// How many films the table has, rated or not.
    pub fn films(&self) -> usize {
        self.films.ids.len()
    }

    /// How many ratings.
    pub fn len(&self) -> usize {
        self.users.ids.values().len()
    }

    /// Whether there is no rating.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Mean of all ratings in stars; 0 without ratings.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// What a user rated.
    ///
    /// # Panics
    /// If there is no such user.
    pub fn user(&self, user: usize) -> Rated<'_> {
        self.users.row(user)
    }

    /// Who rated a film.
    ///
    /// # Panics
    /// If there is no such film.
    pub fn film(&self, film: usize) -> Rated<'_> {
        self.films.row(film)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ratings::Films;

    #[test]
    fn ratings_are_found_from_both_sides() {
        let films = Films { ids: vec![5, 6, 7], ..Films::default() };
        let table = Ratings {
            user_ids: vec![1, 2],
            films,
            demographics: None,
            users: vec![0, 1, 0, 1],
            rated: vec![2, 2, 0, 1],
            half_stars: vec![9, 1, 4, 10],
            times: vec![0; 4],
        };
        let known = Interactions::new(&table, &[0, 1, 2]);
        assert_eq!(known.user(0).iter().collect::<Vec<_>>(), [(2, 4.5), (0, 2.0)]);
        assert_eq!(known.film(2).iter().collect::<Vec<_>>(), [(0, 4.5), (1, 0.5)]);
        assert_eq!(
            (known.film(1), known.film(1).mean(), known.user(0).mean()),
            (Rated::NOTHING, None, Some(3.25))
        );
        assert_eq!((known.users(), known.films(), known.len()), (2, 3, 3));
        assert!((known.mean() - 7.0 / 3.0).abs() < 1e-12);
    }
}
