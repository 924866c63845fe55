//! Gender, age and occupation that are drawn by a seed. They say nothing of real users, and everything that shows them says
//! so; how strongly they go with what somebody likes is a knob.

use super::demographics::{AGES, OCCUPATIONS, occupations};
use super::{Demographics, Gender, Ratings};
use crate::random::{Purpose, Random};

/// How common genders and ages are before any taste: roughly as in ml-1m.
const GENDERS: [f64; 2] = [0.72, 0.28];
const AGE_SHARES: [f64; 7] = [0.04, 0.18, 0.35, 0.20, 0.09, 0.08, 0.06];
/// Spread of what a taste adds to the logit of an answer where the effect is 1.
const STRENGTH: f64 = 3.0;

/// What each user likes, as numbers that demographics may go with.
#[derive(Debug, Clone, PartialEq)]
pub struct Profiles {
    /// Numbers of each user.
    pub width: usize,
    /// Row-major; each column has mean 0 and spread 1 over users.
    pub values: Vec<f64>,
}

impl Profiles {
    /// Some numbers of each user, row-major; columns are set to mean 0 and spread 1.
    ///
    /// # Panics
    /// If the values do not fill whole rows.
    pub fn new(mut values: Vec<f64>, width: usize) -> Self {
        assert!(width > 0 && values.len().is_multiple_of(width), "whole rows");
        let users = (values.len() / width).max(1) as f64;
        for column in 0..width {
            let of_column = || (column..values.len()).step_by(width);
            let mean = of_column().map(|at| values[at]).sum::<f64>() / users;
            let variance = of_column().map(|at| (values[at] - mean).powi(2)).sum::<f64>() / users;
            let scale = if variance > 1e-12 { 1.0 / variance.sqrt() } else { 0.0 };
            of_column()
                .collect::<Vec<_>>()
                .into_iter()
                .for_each(|at| values[at] = scale * (values[at] - mean));
        }
        Self { width, values }
    }

    /// The share of each genre in what each user rated, by these rows alone: whoever splits the table gives the training
    /// rows, so that nothing of the test part is told by what is invented.
    pub fn of_genres(table: &Ratings, rows: &[u32]) -> Self {
        let width = table.films.genres.len().max(1);
        let mut values = vec![0.0; table.user_ids.len() * width];
        for row in rows {
            let (user, film) = (table.users[*row as usize] as usize, table.rated[*row as usize] as usize);
            let of_user = &mut values[user * width..(user + 1) * width];
            table.films.genres_of(film).for_each(|genre| of_user[genre] += 1.0);
        }
        for of_user in values.chunks_exact_mut(width) {
            let sum: f64 = of_user.iter().sum();
            of_user.iter_mut().for_each(|share| *share /= sum.max(1.0));
        }
        Self::new(values, width)
    }
}

/// Draws demographics. With an `effect` of 0 they go with nothing; the larger it is, up to 1, the more they follow from
/// the profiles. What goes with what is drawn by the seed too.
pub fn invent(profiles: &Profiles, effect: f64, seed: u64) -> Demographics {
    let mut random = Random::new(seed, Purpose::Demographics);
    let genders = draw(profiles, &GENDERS, effect, &mut random);
    let ages = draw(profiles, &AGE_SHARES, effect, &mut random);
    let jobs = draw(profiles, &[1.0; OCCUPATIONS.len()], effect, &mut random);
    debug_assert_eq!(AGE_SHARES.len(), AGES.len());
    Demographics {
        genders: genders
            .into_iter()
            .map(|place| if place == 0 { Gender::Male } else { Gender::Female })
            .collect(),
        ages,
        jobs,
        occupations: occupations(),
        invented: true,
    }
}

/// One answer for each user: each has a direction in the space of profiles, and the largest sum of its logarithmic share,
/// the profile along its direction and Gumbel noise wins, which is a draw from their softmax.
pub(super) fn draw(profiles: &Profiles, shares: &[f64], effect: f64, random: &mut Random) -> Vec<u8> {
    let width = profiles.width;
    let scale = effect * STRENGTH / (width as f64).sqrt();
    let directions: Vec<f64> = (0..shares.len() * width).map(|_| random.normal(0.0, scale)).collect();
    let user = |profile: &[f64]| {
        let utility = |(answer, share): (usize, &f64)| {
            let direction = &directions[answer * width..(answer + 1) * width];
            let along: f64 = profile.iter().zip(direction).map(|(value, weight)| value * weight).sum();
            share.ln() + along - (-random.uniform(f64::MIN_POSITIVE, 1.0).ln()).ln()
        };
        let utilities: Vec<f64> = shares.iter().enumerate().map(utility).collect();
        let best = utilities.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1));
        best.map_or(0, |(answer, _)| answer as u8)
    };
    profiles.values.chunks_exact(width).map(user).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profiles(users: usize) -> Profiles {
        let mut random = Random::new(5, Purpose::Worlds);
        Profiles::new((0..users * 6).map(|_| random.normal(2.0, 3.0)).collect(), 6)
    }

    /// The share of the variance of profiles that lies between the users of different answers.
    fn explained(profiles: &Profiles, answers: &[u8]) -> f64 {
        let width = profiles.width;
        let mut between = 0.0;
        for answer in 0..=*answers.iter().max().unwrap() {
            let of_answer =
                || profiles.values.chunks_exact(width).zip(answers).filter(|pair| *pair.1 == answer);
            let count = of_answer().count().max(1) as f64;
            for column in 0..width {
                let sum: f64 = of_answer().map(|(profile, _)| profile[column]).sum();
                between += sum * sum / count;
            }
        }
        between / profiles.values.len() as f64
    }

    #[test]
    fn columns_of_profiles_have_mean_zero_and_spread_one() {
        let profiles = Profiles::new(vec![1.0, 7.0, 3.0, 7.0], 2);
        assert_eq!(profiles.values, [-1.0, 0.0, 1.0, 0.0]);
    }

    #[test]
    fn the_knob_sets_how_much_of_the_profiles_goes_with_what_is_invented() {
        let profiles = profiles(4_000);
        let by = |effect| {
            let drawn = invent(&profiles, effect, 1);
            let genders: Vec<u8> = drawn.genders.iter().map(|gender| *gender as u8).collect();
            [
                explained(&profiles, &genders),
                explained(&profiles, &drawn.ages),
                explained(&profiles, &drawn.jobs),
            ]
        };
        let (none, half, whole) = (by(0.0), by(0.5), by(1.0));
        // Of random answers about (answers - 1) / users.
        assert!(none[0] < 0.002 && none[1] < 0.005 && none[2] < 0.01, "{none:?}");
        for attribute in 0..3 {
            assert!(half[attribute] > 3.0 * none[attribute], "{attribute}: {none:?}, {half:?}");
            assert!(whole[attribute] > 1.3 * half[attribute], "{attribute}: {half:?}, {whole:?}");
        }
    }

    #[test]
    fn the_seed_fixes_them_and_they_are_marked() {
        let profiles = profiles(300);
        let drawn = invent(&profiles, 0.5, 1);
        assert_eq!(drawn, invent(&profiles, 0.5, 1));
        assert_ne!(drawn, invent(&profiles, 0.5, 2));
        assert!(drawn.invented);
        let men = drawn.genders.iter().filter(|gender| **gender == Gender::Male).count();
        assert!((150..280).contains(&men), "{men}");
    }
}
