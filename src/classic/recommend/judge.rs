//! How a trained recommender is judged: by the stars it predicts and by the lists it gives.

use super::{Asker, Recommender};
use crate::data::ratings::Interactions;
use crate::ranking::{Protocol, RankingTotals, StarErrors};

/// Errors of the stars that a model trained on `learned` predicts for pairs of a user and a film; none by a method that
/// only ranks.
pub fn star_errors(
    model: &dyn Recommender,
    learned: &Interactions,
    pairs: &[(u32, u32)],
    given: &[f64],
) -> Option<StarErrors> {
    let mut errors = StarErrors::default();
    let predicted = model.stars_of(learned, pairs)?;
    predicted.iter().zip(given).for_each(|(stars, given)| errors.add(f64::from(*stars), *given));
    Some(errors)
}

/// The lists of a model that was trained on `learned`, judged by a protocol; what users rated in `seen` is left out.
pub fn ranking(
    model: &dyn Recommender,
    learned: &Interactions,
    seen: &Interactions,
    protocol: &Protocol,
) -> RankingTotals {
    let mut totals = RankingTotals::new(seen.films());
    let mut scores = vec![0.0; seen.films()];
    for judged in &protocol.users {
        model.scores(&Asker::known(learned, judged.user), &mut scores);
        totals.judge(protocol, seen, judged, &scores);
    }
    totals
}
