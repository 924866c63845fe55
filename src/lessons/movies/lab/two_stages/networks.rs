//! The two networks together: their sizes, and their weights in one file.

use crate::data::ratings::Ratings;
use crate::lessons::movies::lab::candidate;
use crate::lessons::movies::networks::candidate::Candidate;
use crate::lessons::movies::networks::impressions::Impressions;
use crate::lessons::movies::networks::next_film::NextFilm;
use crate::lessons::movies::networks::ranking_net::{RankingNet, RankingNetConfig};
use crate::lessons::movies::settings::MoviesSettings;
use burn::module::Module;
use burn::tensor::Device;

/// Both networks as one file of weights.
#[derive(Module, Debug)]
pub struct Networks {
    /// The first stage.
    pub candidates: Candidate,
    /// The second.
    pub ranking: RankingNet,
}

impl Networks {
    /// With the initial weights of a seed.
    pub fn init(
        settings: &MoviesSettings,
        ratings: &Ratings,
        examples: &NextFilm,
        impressions: &Impressions,
        device: &Device,
    ) -> Self {
        Self {
            candidates: candidate::config(settings, examples, ratings).init(settings.seed, device),
            ranking: config(settings, impressions, ratings).init(settings.seed, device),
        }
    }
}

/// Sizes of the second network.
fn config(settings: &MoviesSettings, impressions: &Impressions, ratings: &Ratings) -> RankingNetConfig {
    RankingNetConfig {
        films: ratings.films.len(),
        features: impressions.columns(),
        embedding: settings.embedding_size,
        tower: settings.ranking_tower.clone(),
    }
}
