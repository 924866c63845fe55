//! What lists show, taken together: how many films at all, how evenly, and how popular ones.

use super::top::Top;
use crate::data::order::{ascending, rising};

/// Counts over the lists of many users. Where equal scores share the last places, each film counts by its chance.
#[derive(Debug, Clone, PartialEq)]
pub struct Exposure {
    /// Expected number of lists with each film.
    lists: Vec<f64>,
    /// The chance that no list has the film.
    missed: Vec<f64>,
    popularity: f64,
}

impl Exposure {
    /// No list yet.
    pub fn new(films: usize) -> Self {
        Self { lists: vec![0.0; films], missed: vec![1.0; films], popularity: 0.0 }
    }

    /// Adds the first `places` places of a list; `raters` says how many users rated a film.
    pub fn add(&mut self, top: &Top, places: usize, raters: impl Fn(usize) -> usize) {
        for (film, chance) in top.chances(places) {
            self.lists[film] += chance;
            self.missed[film] *= 1.0 - chance;
            self.popularity += chance * raters(film) as f64;
        }
    }

    /// How many films are shown at all.
    pub fn films_shown(&self) -> f64 {
        self.missed.iter().map(|missed| 1.0 - missed).sum()
    }

    /// The Gini coefficient of exposure over the films that can be shown: 0 where all are shown equally often, towards 1
    /// where one takes all places. 0 where nothing is shown.
    pub fn gini(&self, can_be_shown: impl Fn(usize) -> bool) -> f64 {
        let shown = self.lists.iter().enumerate().filter(|(film, _)| can_be_shown(*film));
        let lists: Vec<f64> = shown.map(|(_, lists)| *lists).collect();
        let order = ascending(lists.len(), &|place| rising(lists[place]));
        let (count, sum) = (lists.len() as f64, lists.iter().sum::<f64>());
        if sum == 0.0 {
            return 0.0;
        }
        let ranked = order.iter().zip(1..).map(|(place, rank)| {
            let weight = 2.0 * f64::from(rank) - count - 1.0;
            weight * lists[*place as usize]
        });
        ranked.sum::<f64>() / (count * sum)
    }

    /// Mean number of users who rated a film that is shown; 0 where nothing is shown.
    pub fn mean_popularity(&self) -> f64 {
        let shown: f64 = self.lists.iter().sum();
        if shown > 0.0 { self.popularity / shown } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_counted_by_hand() {
        let mut exposure = Exposure::new(4);
        exposure.add(&Top::new(&[3.0, 2.0, 1.0, 0.0], 2, |_| true), 2, |film| 10 * film);
        exposure.add(&Top::new(&[3.0, 1.0, 2.0, 0.0], 2, |_| true), 2, |film| 10 * film);
        assert_eq!(exposure.films_shown(), 3.0);
        assert_eq!(exposure.mean_popularity(), (10.0 + 20.0) / 4.0);
        // 0, 1, 1 and 2 lists: (-3·0 - 1·1 + 1·1 + 3·2) / (4 · 4)
        assert_eq!(exposure.gini(|_| true), 6.0 / 16.0);
        // Without the film that is never shown: (-2·1 + 0·1 + 2·2) / (3 · 4)
        assert_eq!(exposure.gini(|film| film != 3), 2.0 / 12.0);
    }

    #[test]
    fn one_score_for_all_shows_all_equally_often() {
        let mut exposure = Exposure::new(100);
        for _ in 0..500 {
            exposure.add(&Top::new(&[1.0; 100], 10, |_| true), 10, |_| 7);
        }
        assert!(exposure.films_shown() > 99.999);
        assert!(exposure.gini(|_| true).abs() < 1e-9);
        assert!((exposure.mean_popularity() - 7.0).abs() < 1e-9);
        assert_eq!(Exposure::new(3).gini(|_| true), 0.0);
    }
}
