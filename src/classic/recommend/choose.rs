//! The settings that `valid` chooses for each method, among a handful.

use super::bias::{Bias, BiasConfig};
use super::content::{Content, ContentConfig};
use super::ease::{Ease, EaseConfig};
use super::factorisation::{Factorisation, FactorisationConfig, FactorisationFit};
use super::hybrid::{Hybrid, HybridConfig};
use super::item_knn::ItemKnn;
use super::knn::KnnConfig;
use super::methods::{Configs, Method};
use super::svd::TruncatedSvd;
use super::user_knn::UserKnn;
use super::validation::{Validation, least};
use crate::data::ratings::{RatingSplit, Ratings};
use std::rc::Rc;

const SHRINKAGES: [f32; 4] = [1.0, 3.0, 5.0, 10.0];
const NEIGHBOURS: [usize; 4] = [20, 50, 100, 200];
const KNN_SHRINKAGES: [f32; 3] = [0.1, 0.3, 1.0];
const DECAYS: [f32; 3] = [0.05, 0.1, 0.15];
const EASE_DECAYS: [f32; 4] = [50.0, 100.0, 200.0, 400.0];
const SVD_FACTORS: [usize; 4] = [8, 16, 32, 48];
const WORDS: [f32; 4] = [0.0, 0.25, 0.5, 1.0];
const CONTENT_SHRINKAGES: [f32; 3] = [1.0, 3.0, 10.0];
const CONTENT_SHARES: [f32; 5] = [0.0, 0.05, 0.1, 0.2, 0.4];

/// Chooses the settings of one method; those of the others stay as in `configs`. Stars are judged by their RMSE, rankings
/// by NDCG@10. Methods that build on others (neighbours on biases, the hybrid on contents and neighbours) take these as
/// they are in `configs`, so choose those first: [`ORDER`].
pub fn choose(
    method: Method,
    table: &Ratings,
    split: &RatingSplit,
    validation: &Validation,
    configs: &mut Configs,
    seed: u64,
) {
    let fit = || Rc::clone(&validation.fit);
    let bias = || Rc::new(Bias::fit(&validation.fit, configs.bias));
    match method {
        Method::Random | Method::Mean | Method::Popular => {}
        Method::Bias => {
            let choices = pairs(&SHRINKAGES, &SHRINKAGES)
                .map(|(film_shrinkage, user_shrinkage)| BiasConfig { film_shrinkage, user_shrinkage });
            configs.bias = least(choices, |config| validation.rmse(&Bias::fit(&validation.fit, *config)));
        }
        Method::Svd => {
            let cost = |factors: &usize| -validation.ndcg(&TruncatedSvd::fit(fit(), *factors, seed));
            configs.svd_factors = least(SVD_FACTORS, cost);
        }
        Method::Factorisation => {
            configs.factorisation = factorisation(table, split, validation, configs.factorisation, seed);
        }
        Method::UserKnn => {
            let bias = bias();
            let model = |config| UserKnn::fit(fit(), Rc::clone(&bias), config);
            configs.users = knn(
                configs.users,
                |config| validation.rmse(&model(config)),
                |config| validation.ndcg(&model(config)),
            );
        }
        Method::ItemKnn => {
            let bias = bias();
            let model = |config| ItemKnn::fit(fit(), Rc::clone(&bias), config);
            // Stars need no neighbours of a ranking: none are looked for.
            let stars = |config| validation.rmse(&model(KnnConfig { neighbours: 0, ..config }));
            configs.films = knn(configs.films, stars, |config| validation.ndcg(&model(config)));
        }
        Method::Ease => {
            let config = configs.ease;
            let choices = EASE_DECAYS.map(|decay| EaseConfig { decay, ..config });
            configs.ease = least(choices, |config| -validation.ndcg(&Ease::fit(&validation.fit, *config)));
        }
        Method::Content => {
            let model = |config| Content::fit(&table.films, &validation.fit, config);
            let choices = WORDS.map(|words| ContentConfig { words, ..configs.content });
            let words = least(choices, |config| -validation.ndcg(&model(*config)));
            let choices = CONTENT_SHRINKAGES.map(|shrinkage| ContentConfig { shrinkage, ..words });
            configs.content = least(choices, |config| validation.rmse(&model(*config)));
        }
        Method::Hybrid => {
            let content = Rc::new(Content::fit(&table.films, &validation.fit, configs.content));
            let neighbours = Rc::new(ItemKnn::fit(fit(), bias(), configs.films));
            let model = |config| Hybrid::new(Rc::clone(&content), Rc::clone(&neighbours), config);
            let choices = CONTENT_SHARES.map(|content| HybridConfig { content, star_content: content });
            let content = least(choices, |config| -validation.ndcg(&model(*config))).content;
            let star_content = least(choices, |config| validation.rmse(&model(*config))).star_content;
            configs.hybrid = HybridConfig { content, star_content };
        }
    }
}

/// Methods in an order in which each stands behind those it builds on.
pub const ORDER: [Method; 8] = [
    Method::Bias,
    Method::Factorisation,
    Method::UserKnn,
    Method::ItemKnn,
    Method::Ease,
    Method::Svd,
    Method::Content,
    Method::Hybrid,
];

fn pairs<A: Copy, B: Copy>(left: &[A], right: &[B]) -> impl Iterator<Item = (A, B)> {
    left.iter().flat_map(|a| right.iter().map(|b| (*a, *b)))
}

fn knn(config: KnnConfig, rmse: impl Fn(KnnConfig) -> f64, ndcg: impl Fn(KnnConfig) -> f64) -> KnnConfig {
    let choices = pairs(&NEIGHBOURS, &KNN_SHRINKAGES).map(|(star_neighbours, shrinkage)| KnnConfig {
        star_neighbours,
        shrinkage,
        ..config
    });
    let stars = least(choices, |config| rmse(*config));
    least(NEIGHBOURS.map(|neighbours| KnnConfig { neighbours, ..stars }), |config| -ndcg(*config))
}

/// The decay and the number of passes; of each decay all passes are judged as they come.
fn factorisation(
    table: &Ratings,
    split: &RatingSplit,
    validation: &Validation,
    config: FactorisationConfig,
    seed: u64,
) -> FactorisationConfig {
    let most = 2 * FactorisationConfig::default().passes;
    let mut choices: Vec<(FactorisationConfig, f64)> = Vec::new();
    for factor_decay in DECAYS {
        let config = FactorisationConfig { factor_decay, passes: most, ..config };
        let mut fit = FactorisationFit::new(table, &split.fit, None, config, seed);
        loop {
            let more = fit.step();
            let model: &Factorisation = fit.model();
            let passes = fit.progress().0;
            choices.push((FactorisationConfig { passes, ..config }, validation.rmse(model)));
            if !more {
                break;
            }
        }
    }
    least(choices, |(_, rmse)| *rmse).0
}
