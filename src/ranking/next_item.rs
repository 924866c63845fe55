//! How good a prediction of the next item is: one item is right, and its rank among all of them counts.

use super::metrics::{RankingFigures, Tie};
use crate::data::order::ascending;

/// Lengths of the lists that are judged.
pub const LENGTHS: [usize; 2] = [5, 20];

/// Where the right item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// How many items have a better score.
    pub above: u32,
    /// How many have the same, the right one among them.
    pub level: u32,
}

impl Rank {
    /// The rank of item `right` by the scores of all items.
    ///
    /// # Panics
    /// If there is no such item or a score is not a number.
    pub fn of(scores: &[f32], right: usize) -> Self {
        let own = scores[right];
        let (mut above, mut level) = (0, 0);
        for (item, score) in scores.iter().enumerate() {
            assert!(!score.is_nan(), "item {item} has no score");
            above += u32::from(*score > own);
            level += u32::from(*score == own);
        }
        Self { above, level }
    }

    /// The figures at `k`, which is never less than it says: a list may be longer than there are items. Of equal scores
    /// each order is equally likely.
    ///
    /// # Panics
    /// If `k` is 0.
    pub fn at(self, k: usize) -> RankingFigures {
        let better = Tie { places: self.above as usize, relevant: 0 };
        let same = Tie { places: self.level as usize, relevant: 1 };
        let ties = [better, same];
        RankingFigures::at(k, &ties[usize::from(self.above == 0)..], 1)
    }

    /// The expected rank, from 1.
    pub fn mean(self) -> f64 {
        f64::from(self.above) + f64::from(self.level + 1) / 2.0
    }
}

/// Figures over many predictions. They are added up in the order of the ranks and not of the predictions, so that the same
/// predictions in another order give the same figures to the bit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NextItemTotals {
    ranks: Vec<Rank>,
}

impl NextItemTotals {
    /// Adds a prediction.
    pub fn add(&mut self, rank: Rank) {
        self.ranks.push(rank);
    }

    /// How many predictions.
    pub fn len(&self) -> usize {
        self.ranks.len()
    }

    /// Whether there is none yet.
    pub fn is_empty(&self) -> bool {
        self.ranks.is_empty()
    }

    /// The ranks in the order in which they were added.
    pub fn ranks(&self) -> &[Rank] {
        &self.ranks
    }

    /// Means at `k`; none without predictions.
    ///
    /// # Panics
    /// If `k` is 0.
    pub fn at(&self, k: usize) -> Option<RankingFigures> {
        let ranks = &self.ranks;
        let key = |place: usize| u64::from(ranks[place].above) << 32 | u64::from(ranks[place].level);
        let mut mean = RankingFigures::default();
        for place in ascending(ranks.len(), &key) {
            mean.add(&ranks[place as usize].at(k), 1.0 / ranks.len() as f64);
        }
        (!ranks.is_empty()).then_some(mean)
    }

    /// Hit rate, MRR and NDCG at the lengths of [`LENGTHS`] by the names of the contract; nothing without predictions.
    pub fn named(&self) -> Vec<(String, f64)> {
        let figures: Vec<(usize, RankingFigures)> =
            LENGTHS.iter().filter_map(|k| self.at(*k).map(|figures| (*k, figures))).collect();
        let of = |name: &'static str, value: fn(&RankingFigures) -> f64| {
            figures.iter().map(move |(k, figures)| (format!("{name}@{k}"), value(figures)))
        };
        of("hr", |figures| figures.hit_rate)
            .chain(of("mrr", |figures| figures.mrr))
            .chain(of("ndcg", |figures| figures.ndcg))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn fixture() -> Value {
        serde_json::from_str(include_str!("../../tests/fixtures/sequences_metrics.json")).unwrap()
    }

    fn rank(case: &Value) -> Rank {
        let scores = case["scores"].as_array().unwrap().iter();
        let scores: Vec<f32> = scores.map(|score| score.as_f64().unwrap() as f32).collect();
        Rank::of(&scores, case["right"].as_u64().unwrap() as usize)
    }

    fn assert_close(found: f64, expected: &Value, what: &str) {
        let expected = expected.as_f64().unwrap();
        assert!((found - expected).abs() < 1e-12, "{what}: {found}, {expected} expected");
    }

    #[test]
    fn figures_are_those_counted_by_hand() {
        for case in fixture()["cases"].as_array().unwrap() {
            let (name, k) = (case["name"].as_str().unwrap(), case["k"].as_u64().unwrap() as usize);
            let found = rank(case).at(k);
            assert_close(found.hit_rate, &case["hr"], name);
            assert_close(found.mrr, &case["mrr"], name);
            assert_close(found.ndcg, &case["ndcg"], name);
            assert!(found.ndcg >= found.mrr, "{name}");
            // The published program divides by more than there is to be found.
            let constant: f64 = (1..=k).map(|place| 1.0 / (place as f64 + 1.0).log2()).sum();
            assert_close(found.ndcg / constant, &case["as_written_ndcg"], name);
        }
    }

    #[test]
    fn fewer_predictions_than_places_do_not_shorten_the_list() {
        let fixture = fixture();
        let mut totals = NextItemTotals::default();
        fixture["cases"].as_array().unwrap()[..12].iter().for_each(|case| totals.add(rank(case)));
        let (found, expected) = (totals.at(20).unwrap(), &fixture["mean_of_first_12_at_20"]);
        assert_close(found.hit_rate, &expected["hr"], "hr");
        assert_close(found.mrr, &expected["mrr"], "mrr");
        assert_close(found.ndcg, &expected["ndcg"], "ndcg");
        let names: Vec<String> = totals.named().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["hr@5", "hr@20", "mrr@5", "mrr@20", "ndcg@5", "ndcg@20"]);
        assert_eq!(totals.named()[3].1, found.mrr);
        assert_eq!((totals.len(), NextItemTotals::default().named()), (12, vec![]));
    }

    #[test]
    fn the_order_of_predictions_changes_no_figure_by_a_bit() {
        let ranks: Vec<Rank> = (0..500).map(|at| Rank { above: at * 37 % 61, level: 1 + at % 7 }).collect();
        let of = |ranks: &[Rank]| {
            let mut totals = NextItemTotals::default();
            ranks.iter().for_each(|rank| totals.add(*rank));
            totals.named()
        };
        let reversed: Vec<Rank> = ranks.iter().rev().copied().collect();
        assert_eq!(of(&ranks), of(&reversed));
        let (back, front) = ranks.split_at(123);
        assert_eq!(of(&ranks), of(&[front, back].concat()));
    }

    #[test]
    fn the_mean_rank_is_the_middle_of_a_tie() {
        assert_eq!(Rank::of(&[1.0, 3.0, 1.0, 1.0], 2), Rank { above: 1, level: 3 });
        assert_eq!(Rank { above: 1, level: 3 }.mean(), 3.0);
        assert_eq!(Rank { above: 0, level: 1 }.mean(), 1.0);
    }
}
