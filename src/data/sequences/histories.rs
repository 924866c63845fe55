//! What each user took in order, and which of it trains, chooses and judges.

use crate::data::order::{ascending, rising};
use crate::data::ragged::Ragged;
use std::ops::Range;

/// Shorter histories cannot be cut in three: all of them is for training.
pub const SHORTEST_CUT: usize = 3;

/// What a part of a history is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryPart {
    /// Learned from.
    Train,
    /// Chooses between epochs and settings.
    Valid,
    /// Judges, once.
    Test,
}

/// One item to be predicted from the items before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The user.
    pub user: u32,
    /// The place of the item in the user's history; at least 1.
    pub at: u32,
}

/// Histories of users.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Histories {
    items: Ragged<u32>,
}

/// How many items at the end of a history are for testing, and as many before them for validation: a fifth, rounded
/// down, but one at least; none of a history that is too short to be cut.
pub fn held_out(length: usize) -> usize {
    if length < SHORTEST_CUT { 0 } else { (length / 5).max(1) }
}

impl Histories {
    /// Histories that are in order.
    pub fn new(items: Ragged<u32>) -> Self {
        Self { items }
    }

    /// Histories of rows in any order: who took what when. What was taken at the same time stays in the order of the
    /// rows.
    ///
    /// # Panics
    /// If the columns differ in length or a user is not below `users`.
    pub fn by_time(users: usize, user_of: &[u32], item_of: &[u32], time_of: &[f64]) -> Self {
        assert!(user_of.len() == item_of.len() && user_of.len() == time_of.len(), "columns of one length");
        let rows: Vec<u32> = (0..user_of.len() as u32).collect();
        let of_users = Ragged::sorted(users, &|row| user_of[row] as usize, &rows);
        let mut items = Ragged::default();
        let mut history = Vec::new();
        for rows in of_users.iter() {
            let order = ascending(rows.len(), &|place| rising(time_of[rows[place] as usize]));
            history.clear();
            history.extend(order.iter().map(|place| item_of[rows[*place as usize] as usize]));
            items.push(&history);
        }
        Self { items }
    }

    /// These and another one behind them.
    pub fn with(&self, items: &[u32]) -> Self {
        let mut all = self.items.clone();
        all.push(items);
        Self { items: all }
    }

    /// How many users.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no user.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many items were taken, all in all.
    pub fn taken(&self) -> usize {
        self.items.values().len()
    }

    /// What a user took, in order.
    ///
    /// # Panics
    /// If there is no such user.
    pub fn of(&self, user: usize) -> &[u32] {
        self.items.row(user)
    }

    /// All histories.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        self.items.iter()
    }

    /// The part of each history that is learned from.
    pub fn train(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        self.iter().map(|items| &items[range(items.len(), HistoryPart::Train)])
    }

    /// The places of a user's history that belong to a part.
    ///
    /// # Panics
    /// If there is no such user.
    pub fn range(&self, user: usize, part: HistoryPart) -> Range<usize> {
        range(self.of(user).len(), part)
    }

    /// Users of whose histories something is held out for testing.
    pub fn judged(&self) -> Vec<usize> {
        (0..self.len()).filter(|user| !self.range(*user, HistoryPart::Test).is_empty()).collect()
    }

    /// Every place of a part that something stands before, user by user: in training, every prefix is an example.
    pub fn places(&self, part: HistoryPart) -> Vec<Place> {
        let places = |user: usize| {
            let Range { start, end } = self.range(user, part);
            (start.max(1)..end).map(move |at| Place { user: user as u32, at: at as u32 })
        };
        (0..self.len()).flat_map(places).collect()
    }

    /// The item at a place.
    ///
    /// # Panics
    /// If there is no such place.
    pub fn target(&self, place: Place) -> u32 {
        self.of(place.user as usize)[place.at as usize]
    }

    /// The items before a place, of any part; the last `most` of them.
    ///
    /// # Panics
    /// If there is no such place.
    pub fn prefix(&self, place: Place, most: usize) -> &[u32] {
        let before = &self.of(place.user as usize)[..place.at as usize];
        &before[before.len().saturating_sub(most)..]
    }
}

/// The places of a history of this length that belong to a part.
fn range(length: usize, part: HistoryPart) -> Range<usize> {
    let held_out = held_out(length);
    let (valid, test) = (length - 2 * held_out, length - held_out);
    match part {
        HistoryPart::Train => 0..valid,
        HistoryPart::Valid => valid..test,
        HistoryPart::Test => test..length,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use HistoryPart::{Test, Train, Valid};

    #[test]
    fn the_last_fifth_judges_and_as_many_before_it_choose() {
        for (length, valid, test) in [
            (0, 0..0, 0..0),
            (1, 1..1, 1..1),
            (2, 2..2, 2..2),
            (3, 1..2, 2..3),
            (5, 3..4, 4..5),
            (9, 7..8, 8..9),
            (10, 6..8, 8..10),
            (50, 30..40, 40..50),
        ] {
            assert_eq!((range(length, Train), range(length, Valid)), (0..valid.start, valid), "{length}");
            assert_eq!(range(length, Test), test, "{length}");
        }
    }

    #[test]
    fn rows_are_sorted_by_time_and_equal_times_stay_in_their_order() {
        let users = [1, 0, 1, 1, 0, 1];
        let items = [10, 11, 12, 13, 14, 15];
        let times = [5.0, 2.0, -1.0, 5.0, 2.0, 0.0];
        let histories = Histories::by_time(3, &users, &items, &times);
        assert_eq!(histories.iter().collect::<Vec<_>>(), [&[11, 14][..], &[12, 15, 10, 13], &[]]);
        assert_eq!((histories.len(), histories.taken()), (3, 6));
    }

    #[test]
    fn every_prefix_is_an_example_and_what_judges_has_its_true_prefix() {
        let mut items = Ragged::default();
        for history in [&[7][..], &[8, 8], &[1, 2, 3], &[9, 8, 7, 6, 5, 4]] {
            items.push(history);
        }
        let histories = Histories::new(items);
        let place = |user, at| Place { user, at };
        assert_eq!(histories.places(Train), [place(1, 1), place(3, 1), place(3, 2), place(3, 3)]);
        assert_eq!(histories.places(Valid), [place(2, 1), place(3, 4)]);
        assert_eq!(histories.places(Test), [place(2, 2), place(3, 5)]);
        assert_eq!(
            (histories.target(place(3, 5)), histories.prefix(place(3, 5), 99)),
            (4, &[9, 8, 7, 6, 5][..])
        );
        assert_eq!(histories.prefix(place(3, 5), 2), [6, 5]);
        assert_eq!(histories.train().map(<[u32]>::len).collect::<Vec<_>>(), [1, 2, 1, 4]);
    }
}
