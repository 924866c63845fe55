//! How much of a made world a model has found.

use super::dense::solve;
use super::{Asker, Recommender};
use crate::data::ratings::Interactions;
use crate::data::ratings::made::Truth;

/// How learned vectors go with the true ones, up to rotation and scale: the true vectors are predicted from the learned
/// ones by least squares, each half of the rows from the fit to the other half. Returns the correlation of prediction and
/// truth over all entries, 0 where nothing was found, 1 where everything was.
///
/// # Shapes
/// `learned` and `truth` have a row for each user (or film), `widths.0` and `widths.1` numbers wide.
///
/// # Panics
/// If the rows do not fit together.
pub fn correlation(learned: &[f32], truth: &[f64], widths: (usize, usize)) -> f64 {
    let (width, tastes) = widths;
    if width == 0 || tastes == 0 {
        return 0.0;
    }
    let rows = truth.len() / tastes;
    assert!(truth.len() == rows * tastes && learned.len() == rows * width, "a row of each for every user");
    let inputs: Vec<Vec<f64>> = learned
        .chunks_exact(width)
        .map(|row| row.iter().map(|value| f64::from(*value)).chain([1.0]).collect())
        .collect();
    let mut predicted = vec![0.0; truth.len()];
    for half in 0..2 {
        let fitted: Vec<usize> = (0..rows).filter(|row| row % 2 != half).collect();
        for taste in 0..tastes {
            let weights = least_squares(&inputs, &fitted, |row| truth[row * tastes + taste]);
            for row in (half..rows).step_by(2) {
                predicted[row * tastes + taste] = inputs[row].iter().zip(&weights).map(|(x, w)| x * w).sum();
            }
        }
    }
    pearson(&predicted, truth).max(0.0)
}

/// Weights that predict a target from some rows, with a little decay: learned vectors may have columns of zeros.
fn least_squares(inputs: &[Vec<f64>], rows: &[usize], target: impl Fn(usize) -> f64) -> Vec<f64> {
    let size = inputs.first().map_or(0, Vec::len);
    let mut matrix = vec![0.0; size * size];
    let mut right = vec![0.0; size];
    for row in rows {
        let input = &inputs[*row];
        for (i, a) in input.iter().enumerate() {
            right[i] += a * target(*row);
            matrix[i * size..(i + 1) * size].iter_mut().zip(input).for_each(|(sum, b)| *sum += a * b);
        }
    }
    let trace: f64 = (0..size).map(|i| matrix[i * size + i]).sum();
    (0..size).for_each(|i| matrix[i * size + i] += 1e-4 * trace / size as f64 + f64::MIN_POSITIVE);
    solve(&mut matrix, &mut right);
    right
}

/// Pearson's correlation; 0 where one of both does not vary.
fn pearson(one: &[f64], other: &[f64]) -> f64 {
    let count = one.len().max(1) as f64;
    let (a, b) = (one.iter().sum::<f64>() / count, other.iter().sum::<f64>() / count);
    let (mut both, mut of_one, mut of_other) = (0.0, 0.0, 0.0);
    for (x, y) in one.iter().zip(other) {
        both += (x - a) * (y - b);
        of_one += (x - a) * (x - a);
        of_other += (y - b) * (y - b);
    }
    if of_one * of_other > 0.0 { both / (of_one * of_other).sqrt() } else { 0.0 }
}

/// What a model has found of a world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recovery {
    /// Correlation of the model's scores with what tastes add to ratings, after each user's and each film's mean over the
    /// pairs is taken from both: 0 where the model knows only how good or how popular films are.
    pub taste: f64,
    /// Root of the mean squared difference between predicted stars and those without chance; none by a method that only
    /// ranks.
    pub rmse: Option<f64>,
}

/// Most users and films whose pairs are compared.
const MOST_USERS: usize = 200;
const MOST_FILMS: usize = 500;

/// Compares a model with the truth on all pairs of some users and some films, evenly chosen among those with ratings.
pub fn recovery(model: &dyn Recommender, train: &Interactions, truth: &Truth) -> Recovery {
    let users = evenly((0..train.users()).filter(|user| !train.user(*user).is_empty()).collect(), MOST_USERS);
    let films = evenly((0..train.films()).filter(|film| !train.film(*film).is_empty()).collect(), MOST_FILMS);
    let mut scores = vec![0.0; train.films()];
    let (mut found, mut tastes) = (Vec::new(), Vec::new());
    for user in &users {
        model.scores(&Asker::known(train, *user), &mut scores);
        let least = scores.iter().copied().filter(|score| score.is_finite()).fold(f32::INFINITY, f32::min);
        // A film that a method ranks below all others has no score to compare.
        found.extend(films.iter().map(|film| f64::from(scores[*film].max(least))));
        tastes.extend(films.iter().map(|film| truth.taste(*user, *film)));
    }
    without_means(&mut found, films.len());
    without_means(&mut tastes, films.len());
    let all = || users.iter().flat_map(|user| films.iter().map(|film| (*user, *film)));
    let pairs: Vec<(u32, u32)> = all().map(|(user, film)| (user as u32, film as u32)).collect();
    let rmse = model.stars_of(train, &pairs).filter(|stars| !stars.is_empty()).map(|stars| {
        let squares = all()
            .zip(&stars)
            .map(|((user, film), stars)| (f64::from(*stars) - truth.stars(user, film)).powi(2));
        (squares.sum::<f64>() / stars.len() as f64).sqrt()
    });
    Recovery { taste: pearson(&found, &tastes), rmse }
}

/// Correlation of each film's mean score with the logarithm of the number of its ratings, over some users and the films
/// with ratings: near 1 where a model ranks by popularity.
pub fn popularity(model: &dyn Recommender, train: &Interactions) -> f64 {
    let users = evenly((0..train.users()).filter(|user| !train.user(*user).is_empty()).collect(), MOST_USERS);
    let films: Vec<usize> = (0..train.films()).filter(|film| !train.film(*film).is_empty()).collect();
    let mut scores = vec![0.0; train.films()];
    let mut sums = vec![0.0; films.len()];
    for user in &users {
        model.scores(&Asker::known(train, *user), &mut scores);
        sums.iter_mut().zip(&films).for_each(|(sum, film)| *sum += f64::from(scores[*film]));
    }
    let raters: Vec<f64> = films.iter().map(|film| (train.film(*film).len() as f64).ln()).collect();
    pearson(&sums, &raters)
}

/// At most so many of the items, evenly spaced.
fn evenly(items: Vec<usize>, most: usize) -> Vec<usize> {
    let count = items.len().min(most);
    (0..count).map(|place| items[place * items.len() / count]).collect()
}

/// Takes the mean of each row and of each column from a row-major matrix.
fn without_means(values: &mut [f64], columns: usize) {
    let rows = values.len() / columns.max(1);
    for row in values.chunks_exact_mut(columns.max(1)) {
        let mean = row.iter().sum::<f64>() / columns as f64;
        row.iter_mut().for_each(|value| *value -= mean);
    }
    for column in 0..columns {
        let of_column = (0..rows).map(|row| row * columns + column);
        let mean = of_column.clone().map(|at| values[at]).sum::<f64>() / rows as f64;
        of_column.for_each(|at| values[at] -= mean);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classic::recommend::bias::{Bias, BiasConfig};
    use crate::classic::recommend::factorisation::{Factorisation, FactorisationConfig};
    use crate::classic::recommend::popularity::Popular;
    use crate::data::ratings::made::{World, WorldConfig};
    use crate::random::{Purpose, Random};

    #[test]
    fn a_rotation_is_found_again_and_chance_is_not() {
        let mut random = Random::new(1, Purpose::Worlds);
        let truth: Vec<f64> = (0..600).map(|_| random.normal(0.0, 1.0)).collect();
        let (sine, cosine) = 0.7f64.sin_cos();
        // Turned, stretched, moved, and with a column of zeros behind.
        let turned: Vec<f32> = truth
            .chunks_exact(2)
            .flat_map(|row| {
                [3.0 * (cosine * row[0] - sine * row[1]) + 5.0, sine * row[0] + cosine * row[1], 0.0]
            })
            .map(|value| value as f32)
            .collect();
        assert!(correlation(&turned, &truth, (3, 2)) > 0.99);
        let chance: Vec<f32> = (0..900).map(|_| random.normal(0.0, 1.0) as f32).collect();
        assert!(correlation(&chance, &truth, (3, 2)) < 0.15);
        assert_eq!(correlation(&[], &truth, (0, 2)), 0.0);
    }

    #[test]
    fn a_factorisation_finds_tastes_and_biases_only_find_how_good_films_are() {
        let config = WorldConfig {
            users: 250,
            films: 200,
            tastes: 2,
            taste_strength: 1.0,
            noise: 0.3,
            density: 0.3,
            // Whoever rates only what suits them hides the rest of their taste.
            choosiness: 0.0,
            ..WorldConfig::default()
        };
        let world = World::new(&config, 3);
        let rows: Vec<u32> = (0..world.ratings.len() as u32).collect();
        let train = Interactions::new(&world.ratings, &rows);
        let settings =
            FactorisationConfig { factors: 4, learning_rate: 0.03, ..FactorisationConfig::default() };
        let model = Factorisation::fit(&world.ratings, &rows, settings, 1);
        let bias = recovery(&Bias::fit(&train, BiasConfig::default()), &train, &world.truth);
        let popular = recovery(&Popular::fit(&train), &train, &world.truth);
        let found = recovery(&model, &train, &world.truth);
        assert!(
            found.taste > 0.8 && bias.taste.abs() < 0.01 && popular.taste.abs() < 0.01,
            "{found:?} {bias:?}"
        );
        assert!(found.rmse.unwrap() < 0.6 * bias.rmse.unwrap(), "{found:?} {bias:?}");
        assert_eq!(popular.rmse, None);
        let ranks = popularity(&Popular::fit(&train), &train);
        assert!(ranks > 0.8 && popularity(&model, &train) < 0.5 * ranks, "{ranks}");
        let learned: Vec<f32> = (0..config.users).flat_map(|user| model.user(user).to_vec()).collect();
        assert!(correlation(&learned, &world.truth.users, (4, 2)) > 0.8);
    }
}
