//! The best films of a list of scores.

use super::metrics::Tie;
use crate::data::order::{ascending, falling};

/// The first places of a ranking: films with better scores than any other, and those that share the last places.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Top {
    /// Films on the first places, best first; of equal scores the lower number first.
    films: Vec<u32>,
    scores: Vec<f32>,
    places: usize,
}

impl Top {
    /// The first `places` places among the films of which `ranked` says so.
    ///
    /// # Panics
    /// If a score is not a number.
    pub fn new(scores: &[f32], places: usize, ranked: impl Fn(usize) -> bool) -> Self {
        let mut best: Vec<f32> = Vec::with_capacity(places + 1);
        let mut count = 0;
        for (film, score) in scores.iter().enumerate() {
            assert!(!score.is_nan(), "film {film} has no score");
            // Whatever the last place is, this score does not reach it: most films go no further.
            if best.len() == places && best.last().is_none_or(|last| last >= score) || !ranked(film) {
                continue;
            }
            count += 1;
            let place = best.iter().position(|better| better < score).unwrap_or(best.len());
            best.insert(place, *score);
            best.truncate(places);
        }
        let Some(last) = best.last().copied() else { return Self::default() };
        let reached = |film: &usize| scores[*film] >= last && ranked(*film);
        let reached: Vec<u32> = (0..scores.len()).filter(reached).map(|film| film as u32).collect();
        let score = |place: usize| scores[reached[place] as usize];
        let order = ascending(reached.len(), &|place| falling(f64::from(score(place))));
        let films = order.iter().map(|place| reached[*place as usize]).collect();
        let scores = order.iter().map(|place| score(*place as usize)).collect();
        Self { films, scores, places: places.min(count) }
    }

    /// The list as it is shown: of equal scores the lower number first.
    pub fn list(&self) -> impl ExactSizeIterator<Item = (usize, f32)> {
        self.films[..self.places.min(self.films.len())]
            .iter()
            .zip(&self.scores)
            .map(|(film, score)| (*film as usize, *score))
    }

    /// The same scores from the best on, with the number of `relevant` films among each.
    pub fn ties(&self, relevant: impl Fn(usize) -> bool) -> Vec<Tie> {
        let mut ties: Vec<Tie> = Vec::new();
        for (place, film) in self.films.iter().enumerate() {
            if place == 0 || self.scores[place] != self.scores[place - 1] {
                ties.push(Tie { places: 0, relevant: 0 });
            }
            if let Some(tie) = ties.last_mut() {
                tie.places += 1;
                tie.relevant += usize::from(relevant(*film as usize));
            }
        }
        ties
    }

    /// The chance of each film to be shown on the first `places` places, where equal scores are in random order; films
    /// without any are left out.
    pub fn chances(&self, places: usize) -> impl Iterator<Item = (usize, f64)> {
        let mut first = 0;
        let mut end = 0;
        self.films.iter().enumerate().map_while(move |(place, film)| {
            if place == end {
                first = place;
                let same = self.scores[place..].iter().take_while(|score| **score == self.scores[place]);
                end += same.count();
            }
            let chance = places.saturating_sub(first) as f64 / (end - first) as f64;
            (first < places).then_some((*film as usize, chance.min(1.0)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCORES: [f32; 8] = [0.5, 2.0, 0.5, 9.0, 1.0, 0.5, 2.0, -1.0];

    fn films(top: &Top) -> Vec<usize> {
        top.list().map(|(film, _)| film).collect()
    }

    #[test]
    fn the_list_is_that_of_a_full_sort_and_leaves_out_what_is_not_ranked() {
        for places in 1..=9 {
            let mut sorted: Vec<usize> = (0..8).filter(|film| *film != 3).collect();
            sorted.sort_by(|one, other| SCORES[*other].total_cmp(&SCORES[*one]));
            sorted.truncate(places);
            assert_eq!(films(&Top::new(&SCORES, places, |film| film != 3)), sorted);
        }
        assert_eq!(films(&Top::new(&SCORES, 3, |_| false)), [0; 0]);
    }

    #[test]
    fn ties_hold_all_films_that_reach_the_last_place() {
        let top = Top::new(&SCORES, 5, |_| true);
        let tie = |places, relevant| Tie { places, relevant };
        assert_eq!(top.ties(|film| film == 2 || film == 3), [tie(1, 1), tie(2, 0), tie(1, 0), tie(3, 1)]);
        assert_eq!(films(&top), [3, 1, 6, 4, 0]);
    }

    #[test]
    fn equal_scores_share_the_last_places() {
        let top = Top::new(&SCORES, 6, |_| true);
        let chances = |places| top.chances(places).collect::<Vec<_>>();
        assert_eq!(chances(2), [(3, 1.0), (1, 0.5), (6, 0.5)]);
        let third = 1.0 / 3.0;
        assert_eq!(chances(5), [(3, 1.0), (1, 1.0), (6, 1.0), (4, 1.0), (0, third), (2, third), (5, third)]);
    }
}
