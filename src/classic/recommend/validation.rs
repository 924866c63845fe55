//! Choosing between settings: models are trained without `valid`, and `valid` says which is best. Test ratings are not
//! looked at.

use super::{Recommender, judge};
use crate::data::ratings::{Interactions, RatingSplit, Ratings};
use crate::ranking::Protocol;
use std::rc::Rc;

/// Ratings to train on, and ratings that choose.
#[derive(Debug, Clone)]
pub struct Validation {
    /// The training ratings without `valid`.
    pub fit: Rc<Interactions>,
    protocol: Protocol,
    pairs: Vec<(u32, u32)>,
    given: Vec<f64>,
}

impl Validation {
    /// The `fit` and `valid` parts of a split.
    pub fn new(table: &Ratings, split: &RatingSplit) -> Self {
        let fit = Rc::new(Interactions::new(table, &split.fit));
        let rows = || split.valid.iter().map(|row| *row as usize);
        Self {
            protocol: Protocol::new(table, &fit, &split.valid),
            pairs: rows().map(|row| (table.users[row], table.rated[row])).collect(),
            given: rows().map(|row| table.stars(row)).collect(),
            fit,
        }
    }

    /// Root of the mean squared error in stars of a model that was trained on `fit`; infinite for one without stars.
    pub fn rmse(&self, model: &dyn Recommender) -> f64 {
        let errors = judge::star_errors(model, &self.fit, &self.pairs, &self.given);
        errors.and_then(|errors| errors.rmse()).unwrap_or(f64::INFINITY)
    }

    /// NDCG@10 of a model that was trained on `fit`; 0 where nobody can be judged.
    pub fn ndcg(&self, model: &dyn Recommender) -> f64 {
        let totals = judge::ranking(model, &self.fit, &self.fit, &self.protocol);
        totals.at(10).map_or(0.0, |figures| figures.ndcg)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classic::recommend::popularity::{Mean, Popular};
    use crate::data::ratings::Films;

    #[test]
    fn models_are_judged_by_valid_alone() {
        let rows: Vec<(u32, u32)> = (0..6).flat_map(|user| (0..6).map(move |film| (user, film))).collect();
        let table = Ratings {
            user_ids: (1..=6).collect(),
            films: Films { ids: (1..=6).collect(), ..Films::default() },
            demographics: None,
            users: rows.iter().map(|row| row.0).collect(),
            rated: rows.iter().map(|row| row.1).collect(),
            half_stars: rows.iter().map(|row| if *row == (0, 5) { 10 } else { 6 }).collect(),
            times: vec![0; rows.len()],
        };
        let fit: Vec<u32> = (0..36).filter(|row| *row != 5).collect();
        let split = RatingSplit { train: (0..36).collect(), valid: vec![5], fit, test: vec![] };
        let validation = Validation::new(&table, &split);
        // Everybody else's rating is 3 stars, the one of `valid` 5; it is of the only film the user has not seen.
        assert!((validation.rmse(&Mean::fit(&validation.fit)) - 2.0).abs() < 1e-6);
        assert_eq!(validation.rmse(&Popular::fit(&validation.fit)), f64::INFINITY);
        assert_eq!(validation.ndcg(&Popular::fit(&validation.fit)), 1.0);
    }
}
