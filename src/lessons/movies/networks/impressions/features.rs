//! What the ranking network is given of a film that is shown.

use super::{Impressions, Shown};
use crate::lessons::movies::networks::quantiles::Quantiles;
use crate::lessons::movies::networks::ranking_net::RankingInput;
use crate::lessons::movies::networks::tower::Bags;
use crate::lessons::movies::networks::watches::Example;
use crate::nn::layers::embedding::numbers;
use burn::tensor::{Device, Tensor, TensorData};

/// Numbers that stand as quantiles.
pub(super) const MEASURES: usize = 5;
/// Training rows from which quantiles are read at most.
const MOST_MEASURED: usize = 20_000;

impl Impressions {
    /// Reads the distributions of what is measured off some training rows.
    pub(super) fn measure(&mut self) {
        let every = self.shown.len().div_ceil(MOST_MEASURED).max(1);
        let rows: Vec<[f32; MEASURES]> =
            self.shown.iter().step_by(every).map(|shown| self.measures(shown)).collect();
        let column = |column: usize| Quantiles::new(rows.iter().map(|row| row[column]).collect());
        self.quantiles = (0..MEASURES).map(column).collect();
        self.pause = self.quantiles[0].middle();
    }

    /// Seconds since the user's last film; how many films of one of its genres they have watched, and seconds since the
    /// last of these; how many other users have rated it; years since it came out. What is not known is no number.
    fn measures(&self, shown: &Shown) -> [f32; MEASURES] {
        let films = &self.ratings.films;
        let (before, times) = self.watches.before(shown.user, shown.place);
        let now = self.watches.time(shown.user, shown.place).map_or_else(
            || times.last().map_or(f64::NAN, |last| f64::from(*last) + f64::from(self.pause)),
            f64::from,
        );
        let since = |time: Option<&u32>| time.map_or(f32::NAN, |time| (now - f64::from(*time)) as f32);
        let genres = films.genre_sets[shown.film as usize];
        let shares = |film: &&u32| films.genre_sets[**film as usize] & genres != 0;
        let same = before.iter().filter(shares).count();
        let last_same = before.iter().rposition(|film| films.genre_sets[*film as usize] & genres != 0);
        let raters = self.learned.film(shown.film as usize).len();
        // Whoever watched it does not count: of a film that is not watched nobody is taken off.
        let others = raters - usize::from(self.learned.user(shown.user as usize).ids.contains(&shown.film));
        let year = films.years[shown.film as usize].map_or(f64::NAN, f64::from);
        [
            since(times.last()),
            same as f32,
            since(last_same.map(|place| &times[place])),
            others as f32,
            (now / (365.25 * 86_400.0) + 1970.0 - year) as f32,
        ]
    }

    /// Columns of the features.
    pub fn columns(&self) -> usize {
        3 * MEASURES + 1 + self.users.first().map_or(0, Vec::len)
    }

    /// What the network is given of some rows.
    pub fn input(&self, shown: &[Shown], device: &Device) -> RankingInput {
        let mut features = Vec::with_capacity(shown.len() * self.columns());
        for row in shown {
            for (value, quantiles) in self.measures(row).into_iter().zip(&*self.quantiles) {
                features.extend(quantiles.powers(value));
            }
            features.push(self.watches.age(Example { user: row.user, place: row.place }));
            features.extend(self.users.get(row.user as usize).into_iter().flatten());
        }
        let history = |row: &Shown| self.watches.latest_before(row.user, row.place);
        RankingInput {
            films: numbers(shown.iter().map(|row| row.film), device),
            last: Bags::new(
                &shown
                    .iter()
                    .map(|row| history(row).last().copied().into_iter().collect())
                    .collect::<Vec<_>>(),
                device,
            ),
            watched: Bags::new(&shown.iter().map(|row| history(row).to_vec()).collect::<Vec<_>>(), device),
            features: Tensor::from_data(TensorData::new(features, [shown.len(), self.columns()]), device),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::movies::networks::impressions::Weight;
    use crate::lessons::movies::networks::impressions::tests::impressions;

    #[test]
    fn features_lie_between_0_and_1_and_are_of_what_came_before() {
        let made = impressions(Weight::Stars);
        let features: Vec<f32> =
            made.input(&made.shown, &Device::flex()).features.into_data().try_into_vec().unwrap();
        assert_eq!(features.len(), made.shown.len() * made.columns());
        assert!(features.iter().all(|value| (0.0..=1.0).contains(value)));
        let (user, place) = (3, 4);
        let shown = Shown { user, place, film: 7, watched: None };
        let [since, same, since_same, raters, years] = made.measures(&shown);
        let genres = |film: u32| made.ratings.films.genre_sets[film as usize];
        let (before, times) = made.watches.before(user, place);
        let now = made.watches.time(user, place).unwrap();
        assert_eq!(since, (now - times[3]) as f32);
        let of_genre: Vec<usize> = (0..4).filter(|at| genres(before[*at]) & genres(7) != 0).collect();
        assert_eq!(same as usize, of_genre.len());
        match of_genre.last() {
            Some(at) => assert_eq!(since_same, (now - times[*at]) as f32),
            None => assert!(since_same.is_nan()),
        }
        // Whoever is shown it does not count among its raters.
        let users = made.learned.film(7);
        let others = users.ids.iter().filter(|other| **other != user).count();
        assert_eq!(raters as usize, others);
        assert!(years > -80.0 && years < 80.0);
        // Behind the last film the user is served: as if the usual time had passed.
        let serving = made.measures(&made.serving(user, 7));
        assert!((serving[0] - made.pause).abs() < 1.0);
    }
}
