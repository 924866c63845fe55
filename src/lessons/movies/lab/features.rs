//! The features of the fusion network one by one: what each of them moved in an answer.

use super::fusion::{ROWS_AT_ONCE, numbers_of, unit};
use crate::data::ratings::Ratings;
use crate::error::LabError;
use crate::lessons::movies::networks::examples::RatedPairs;
use crate::lessons::movies::networks::fusion::{Fusion, SCALE};
use crate::nn::layers::embedding::numbers;
use crate::nn::layers::parameters::floats;
use crate::nn::run::runner::{Runner, Weights, device_lost};
use burn::module::Module;
use burn::tensor::{Device, Tensor, TensorData};

/// Names of the features of a user, in the order in which the network joins them.
const USER_FEATURES: [&str; 4] = ["user", "gender", "age", "job"];
/// Names of the features of a film.
const FILM_FEATURES: [&str; 3] = ["film", "genres", "title"];

/// The mean over all users of each feature of a user, and over all films of each feature of a film, as they stand
/// before they are joined; and the mean embedding of the users.
pub struct FeatureMeans {
    users: Vec<Vec<f32>>,
    films: Vec<Vec<f32>>,
    embedding: Vec<f32>,
}

impl FeatureMeans {
    /// With the weights that a result is judged by.
    ///
    /// # Errors
    /// `device_lost`.
    pub async fn new(run: &Runner<Fusion, RatedPairs>) -> Result<Self, LabError> {
        let network = run.network(Weights::BestDev).valid();
        let (examples, device) = (run.examples(), run.device());
        let Ratings { user_ids, films, .. } = &*examples.ratings;
        let of_users = |users: &[u32]| {
            network.user_features(numbers(users.iter().copied(), device), examples.known(users, device))
        };
        let of_films = |films: &[u32]| {
            let (genres, titles) = (examples.genres(films, device), examples.titles(films, device));
            network.film_features(numbers(films.iter().copied(), device), genres, titles)
        };
        Ok(Self {
            users: means(user_ids.len(), of_users).await?,
            films: means(films.len(), of_films).await?,
            embedding: read(network.user_table().mean_dim(0)).await?,
        })
    }

    /// Gender, age and occupation of the mean user, `[1, width]` each.
    pub fn demographics(&self, device: &Device) -> Vec<Tensor<2>> {
        self.users[1..].iter().map(|mean| row(mean, device)).collect()
    }

    /// The mean of the users' embeddings, `[1, width]`: where somebody new begins.
    pub fn embedding(&self, device: &Device) -> Tensor<2> {
        row(&self.embedding, device)
    }
}

fn row(values: &[f32], device: &Device) -> Tensor<2> {
    Tensor::from_data(TensorData::new(values.to_vec(), [1, values.len()]), device)
}

async fn read(tensor: Tensor<2>) -> Result<Vec<f32>, LabError> {
    Ok(floats(tensor.into_data_async().await.map_err(device_lost)?))
}

/// The mean of each feature over rows `0..count`.
async fn means(count: usize, of: impl Fn(&[u32]) -> Vec<Tensor<2>>) -> Result<Vec<Vec<f32>>, LabError> {
    let mut sums: Vec<Tensor<2>> = Vec::new();
    for chunk in numbers_of(count).chunks(ROWS_AT_ONCE) {
        let of_chunk = of(chunk).into_iter().map(|feature| feature.sum_dim(0) / count as f64);
        sums = match sums.is_empty() {
            true => of_chunk.collect(),
            false => sums.into_iter().zip(of_chunk).map(|(sum, more)| sum + more).collect(),
        };
    }
    let mut means = Vec::new();
    for sum in sums {
        means.push(read(sum).await?);
    }
    Ok(means)
}

/// The answer for a film, and what it is without one feature after another.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The network's answer, from −5 to 5.
    pub answer: f64,
    /// The answer with a feature replaced by its mean.
    pub without: Vec<(&'static str, f64)>,
}

/// Whose features are looked at.
pub enum Of<'a> {
    /// A user of the table.
    Known(u32),
    /// Somebody new, by what is joined for them in place of a user's first feature; of the others they have the means.
    New(&'a [f32]),
}

/// Replaces each feature of a user and a film by its mean over all users or films, one at a time.
///
/// # Errors
/// `device_lost`.
pub async fn moved(
    run: &Runner<Fusion, RatedPairs>,
    means: &FeatureMeans,
    of: Of<'_>,
    film: u32,
) -> Result<Moved, LabError> {
    let network = run.network(Weights::BestDev).valid();
    let (examples, device) = (run.examples(), run.device());
    let (user, named) = match of {
        Of::Known(user) => {
            let known = examples.known(&[user], device);
            (network.user_features(numbers([user], device), known), means.users.len())
        }
        Of::New(own) => ([vec![row(own, device)], means.demographics(device)].concat(), 1),
    };
    let (genres, titles) = (examples.genres(&[film], device), examples.titles(&[film], device));
    let features = network.film_features(numbers([film], device), genres, titles);
    let users = network.joined_users(one_replaced(user, &means.users, named, device));
    let films = network.joined_films(one_replaced(features, &means.films, means.films.len(), device));
    let (users, films) = (unit(users, SCALE).await?, unit(films, 1.0).await?);
    let width = users.len() / (1 + named);
    let answer = |user: usize, film: usize| -> f64 {
        let pairs = users[user * width..].iter().zip(&films[film * width..(film + 1) * width]);
        pairs.map(|(one, other)| f64::from(one * other)).sum()
    };
    let of_user = (0..named).map(|place| (USER_FEATURES[place], answer(place + 1, 0)));
    let of_film = (0..means.films.len()).map(|place| (FILM_FEATURES[place], answer(0, place + 1)));
    Ok(Moved { answer: answer(0, 0), without: of_user.chain(of_film).collect() })
}

/// Features of one row as those of `1 + replaced` rows: as they are, then each of the first ones replaced by its mean.
fn one_replaced(
    features: Vec<Tensor<2>>,
    means: &[Vec<f32>],
    replaced: usize,
    device: &Device,
) -> Vec<Tensor<2>> {
    let rows = |(place, feature): (usize, Tensor<2>)| {
        let of_row = |at: usize| match at == place + 1 {
            true => row(&means[place], device),
            false => feature.clone(),
        };
        Tensor::cat((0..=replaced).map(of_row).collect(), 0)
    };
    features.into_iter().enumerate().map(rows).collect()
}
