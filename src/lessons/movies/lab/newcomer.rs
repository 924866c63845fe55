//! Networks as they answer somebody who is not among the users they were trained on.

use super::features::FeatureMeans;
use super::run::{MoviesRun, Trained};
use super::vectors::Vectors;
use super::who::{NewUser, Who};
use super::{candidate, fusion};
use crate::classic::recommend::Recommender;
use crate::error::LabError;
use crate::lessons::movies::networks::examples::RatedPairs;
use crate::lessons::movies::networks::fusion::{Fusion, FusionConfig, SCALE};
use crate::lessons::movies::networks::user_tower::UserTower;
use crate::nn::layers::parameters::{self, floats};
use crate::nn::objective::regression::Numbers;
use crate::nn::run::runner::{Runner, Weights, device_lost};
use burn::tensor::{Device, Tensor, TensorData};
use std::rc::Rc;

/// What answers whoever asks: the model, and for somebody new a network with a vector made for them.
///
/// # Errors
/// `not_trained`, `device_lost`.
pub async fn recommender(run: &mut MoviesRun, who: &Who) -> Result<Rc<dyn Recommender>, LabError> {
    let (Who::New(user), Some(vectors)) = (who, run.vectors().await?) else { return run.recommender().await };
    let fitted = fitted(run, user).await?;
    let vector = match (&run.model, fitted) {
        (Trained::Candidate(trained), _) => {
            candidate::watching(trained, None, std::slice::from_ref(&user.watched)).await?
        }
        // The second stage knows its users: somebody new is answered by the first.
        (Trained::Ranking(trained), _) => {
            candidate::watching(&trained.candidates, None, std::slice::from_ref(&user.watched)).await?
        }
        (_, fitted) => fitted.map_or_else(Vec::new, |fitted| fitted.vector),
    };
    Ok(Rc::new(vectors.of_somebody_new(&vector)))
}

/// Somebody new to the fusion network.
pub struct Fitted {
    /// What is joined for them in place of a user's first feature.
    pub feature: Vec<f32>,
    /// Their vector, 5 long.
    vector: Vec<f32>,
}

/// Fits an embedding to what somebody new rated, on the CPU; gender, age and occupation are those of the mean user. None
/// where the model is another one.
///
/// # Errors
/// `device_lost`.
pub async fn fitted(run: &mut MoviesRun, user: &NewUser) -> Result<Option<Fitted>, LabError> {
    let (Some(means), Some(vectors)) = (run.feature_means().await?, run.vectors().await?) else {
        return Ok(None);
    };
    let config = fusion::config(&run.settings, &run.ratings, run.demographics.as_deref());
    match &run.model {
        Trained::Fusion(trained) => fit(trained, &config, &means, &vectors, user).await.map(Some),
        _ => Ok(None),
    }
}

async fn fit(
    trained: &Runner<Fusion, RatedPairs>,
    config: &FusionConfig,
    means: &FeatureMeans,
    vectors: &Vectors,
    user: &NewUser,
) -> Result<Fitted, LabError> {
    let cpu = Device::flex().autodiff();
    let weights = parameters::read(&trained.network(Weights::BestDev).user_tower()).await;
    let tower = parameters::write(UserTower::like(config, &cpu), &weights.map_err(device_lost)?)
        .map_err(LabError::bad_model)?;
    let others = means.demographics(&cpu);
    let mut embedding = means.embedding(&cpu).require_grad();
    if !user.rated.is_empty() {
        let label = trained.examples().label;
        let labels = user.stars.iter().map(|stars| label.of(f64::from(*stars)) as f32).collect();
        let films: Vec<f32> = user
            .rated
            .iter()
            .flat_map(|film| &vectors.film(*film as usize)[..config.hidden])
            .copied()
            .collect();
        let films = Tensor::from_data(TensorData::new(films, [user.rated.len(), config.hidden]), &cpu);
        let fitted = tower.fit(embedding, &others, films, &Numbers::new(labels, 1, &Device::flex()));
        embedding = Tensor::from_inner(fitted);
    }
    let feature = tower.feature(embedding.clone()).inner();
    Ok(Fitted {
        feature: floats(feature.into_data_async().await.map_err(device_lost)?),
        vector: fusion::unit(tower.vector(embedding, &others).inner(), SCALE).await?,
    })
}
