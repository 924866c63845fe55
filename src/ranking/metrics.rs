//! Hit rate, recall, precision, NDCG and MRR at k of one list, where equal scores count by their mean over all orders.

/// Places of a ranking that share one score, best first; without equal scores each has one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// How many places.
    pub places: usize,
    /// How many of the films that share them are relevant.
    pub relevant: usize,
}

/// Figures of one list at one k, or their mean over users.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RankingFigures {
    /// Hit rate: whether any relevant film is among the first k.
    pub hit_rate: f64,
    /// Relevant films among the first k, divided by min(k, relevant films).
    pub recall: f64,
    /// Relevant films among the first k, divided by k.
    pub precision: f64,
    /// Normalised discounted cumulative gain: Σ 1 / log2(place + 1) over relevant films among the first k, divided by
    /// that of a list with all relevant films in front.
    pub ndcg: f64,
    /// One divided by the place of the first relevant film; 0 where that is beyond k.
    pub mrr: f64,
}

impl RankingFigures {
    /// Expected figures at `k` of a ranking with `relevant` relevant films in all, ranked or not.
    ///
    /// Where a tie stands across k or holds relevant films among others, each order of its films is equally likely:
    /// hits among its first places are hypergeometric.
    ///
    /// # Panics
    /// If `k` or `relevant` is 0.
    pub fn at(k: usize, ties: &[Tie], relevant: usize) -> Self {
        assert!(k > 0 && relevant > 0, "a list is judged by its first places and by what is relevant");
        let (mut hits, mut gain, mut reciprocal, mut missed) = (0.0, 0.0, 0.0, 1.0);
        let mut before = 0;
        for tie in ties.iter().take_while(|tie| tie.places > 0) {
            for place in 0..tie.places.min(k.saturating_sub(before)) {
                // The share of relevant films among the tie's, and among those of them that are left after misses.
                let share = tie.relevant as f64 / tie.places as f64;
                let left = (tie.relevant as f64 / (tie.places - place) as f64).min(1.0);
                let rank = (before + place + 1) as f64;
                hits += share;
                gain += share / (rank + 1.0).log2();
                reciprocal += missed * left / rank;
                missed *= 1.0 - left;
            }
            before += tie.places;
            if before >= k {
                break;
            }
        }
        let ideal: f64 = (1..=k.min(relevant)).map(|rank| 1.0 / (rank as f64 + 1.0).log2()).sum();
        Self {
            hit_rate: 1.0 - missed,
            recall: hits / k.min(relevant) as f64,
            precision: hits / k as f64,
            ndcg: gain / ideal,
            mrr: reciprocal,
        }
    }

    /// Figures at `k` of a list that is in order, best first. What stands in it or among the relevant films for a
    /// second time does not count.
    ///
    /// # Panics
    /// If `k` is 0 or nothing is relevant.
    pub fn of_list(k: usize, list: &[u32], relevant: &[u32]) -> Self {
        let (list, relevant) = (without_duplicates(list), without_duplicates(relevant));
        let tie = |film| Tie { places: 1, relevant: usize::from(relevant.contains(film)) };
        Self::at(k, &list.iter().map(tie).collect::<Vec<_>>(), relevant.len())
    }

    /// The figures by the names of the contract.
    pub fn named(&self) -> [(&'static str, f64); 5] {
        [
            ("hr", self.hit_rate),
            ("recall", self.recall),
            ("precision", self.precision),
            ("ndcg", self.ndcg),
            ("mrr", self.mrr),
        ]
    }

    /// Adds each figure, times a weight.
    pub fn add(&mut self, other: &Self, weight: f64) {
        self.hit_rate += weight * other.hit_rate;
        self.recall += weight * other.recall;
        self.precision += weight * other.precision;
        self.ndcg += weight * other.ndcg;
        self.mrr += weight * other.mrr;
    }
}

/// The values in their order, each once.
pub fn without_duplicates(values: &[u32]) -> Vec<u32> {
    let mut kept = Vec::with_capacity(values.len());
    for value in values {
        if !kept.contains(value) {
            kept.push(*value);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-12
    }

    fn all_close(one: &RankingFigures, other: &RankingFigures) -> bool {
        one.named().iter().zip(other.named()).all(|(one, other)| close(one.1, other.1))
    }

    #[test]
    fn a_list_counted_by_hand() {
        // Relevant: 3, 7 and 9. The list has 7 second and 3 fourth; 9 is not in it.
        let found = RankingFigures::of_list(4, &[1, 7, 5, 3, 8], &[3, 7, 9]);
        let gain = 1.0 / 3f64.log2() + 1.0 / 5f64.log2();
        let ideal = 1.0 + 1.0 / 3f64.log2() + 1.0 / 4f64.log2();
        let expected =
            RankingFigures { hit_rate: 1.0, recall: 2.0 / 3.0, precision: 0.5, ndcg: gain / ideal, mrr: 0.5 };
        assert!(all_close(&found, &expected), "{found:?}");
        let nothing = RankingFigures::of_list(1, &[1, 7], &[3, 7, 9]);
        assert_eq!(nothing, RankingFigures::default());
    }

    #[test]
    fn a_perfect_ranking_has_one_however_many_are_relevant() {
        for relevant in [1, 4, 30] {
            let all: Vec<u32> = (0..relevant).collect();
            let list: Vec<u32> = (0..50).collect();
            let found = RankingFigures::of_list(10, &list, &all);
            assert!(close(found.hit_rate, 1.0) && close(found.recall, 1.0), "{found:?}");
            assert!(close(found.ndcg, 1.0) && close(found.mrr, 1.0), "{found:?}");
            assert!(close(found.precision, f64::from(relevant.min(10)) / 10.0));
        }
    }

    #[test]
    fn duplicates_do_not_count_twice() {
        let once = RankingFigures::of_list(3, &[7, 1, 3], &[3, 7]);
        assert_eq!(RankingFigures::of_list(3, &[7, 7, 1, 7, 3], &[3, 7, 3, 3]), once);
        assert_eq!(once.recall, 1.0);
    }

    /// All orders of the films within ties, each judged on its own.
    fn over_all_orders(k: usize, ties: &[Tie], relevant: usize) -> RankingFigures {
        fn orders(ties: &[Tie]) -> Vec<Vec<bool>> {
            let Some((tie, rest)) = ties.split_first() else { return vec![vec![]] };
            let behind = orders(rest);
            let mut all = Vec::new();
            // Each choice of the places of relevant films is equally likely.
            for chosen in 0u32..1 << tie.places {
                if chosen.count_ones() as usize == tie.relevant {
                    for rest in &behind {
                        let own = (0..tie.places).map(|place| chosen >> place & 1 == 1);
                        all.push(own.chain(rest.iter().copied()).collect());
                    }
                }
            }
            all
        }
        let orders = orders(ties);
        let mut mean = RankingFigures::default();
        for order in &orders {
            let single: Vec<Tie> =
                order.iter().map(|hit| Tie { places: 1, relevant: usize::from(*hit) }).collect();
            mean.add(&RankingFigures::at(k, &single, relevant), 1.0 / orders.len() as f64);
        }
        mean
    }

    #[test]
    fn equal_scores_count_by_their_mean_over_all_orders() {
        let tie = |places, relevant| Tie { places, relevant };
        let rankings = [
            vec![tie(6, 2)],
            vec![tie(1, 0), tie(4, 3), tie(2, 0)],
            vec![tie(2, 2), tie(3, 0), tie(4, 1)],
            vec![tie(3, 0), tie(5, 5), tie(1, 1)],
            vec![tie(1, 1), tie(7, 0)],
        ];
        for ties in rankings {
            let ranked: usize = ties.iter().map(|tie| tie.relevant).sum();
            for k in 1..=9 {
                for relevant in [ranked, ranked + 2] {
                    let (found, expected) =
                        (RankingFigures::at(k, &ties, relevant), over_all_orders(k, &ties, relevant));
                    assert!(all_close(&found, &expected), "{ties:?} at {k}: {found:?}, {expected:?}");
                }
            }
        }
    }

    #[test]
    fn one_score_for_everything_is_chance() {
        let found = RankingFigures::at(10, &[Tie { places: 1000, relevant: 20 }], 20);
        assert!(close(found.precision, 0.02) && close(found.recall, 0.02) && close(found.ndcg, 0.02));
        let missed: f64 = (0..10).map(|place| f64::from(980 - place) / f64::from(1000 - place)).product();
        assert!(close(found.hit_rate, 1.0 - missed));
    }
}
