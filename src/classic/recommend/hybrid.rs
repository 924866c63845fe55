//! A hybrid of contents and neighbours: a weighted mean of both (Burke's weighted hybrid).

use super::content::Content;
use super::item_knn::ItemKnn;
use super::{Asker, Recommender, Share};
use crate::data::ratings::Interactions;
use std::rc::Rc;

/// How much the contents count, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HybridConfig {
    /// In a ranking.
    pub content: f32,
    /// In predicted stars.
    pub star_content: f32,
}

impl Default for HybridConfig {
    /// What `valid` chooses on latest-small.
    fn default() -> Self {
        Self { content: 0.1, star_content: 0.1 }
    }
}

/// Content-based and item-based filtering together. Scores of both are set to the same spread over films before they
/// are added.
#[derive(Debug, Clone)]
pub struct Hybrid {
    content: Rc<Content>,
    neighbours: Rc<ItemKnn>,
    config: HybridConfig,
}

impl Hybrid {
    /// Combines two trained models.
    pub fn new(content: Rc<Content>, neighbours: Rc<ItemKnn>, config: HybridConfig) -> Self {
        Self { content, neighbours, config }
    }

    /// Scores of both, and what each is multiplied by.
    fn both(&self, asker: &Asker, films: usize) -> [(Vec<f32>, f32); 2] {
        let part = |model: &dyn Recommender, weight: f32| {
            let mut scores = vec![0.0; films];
            model.scores(asker, &mut scores);
            let spread = spread(&scores);
            (scores, if spread > 0.0 { weight / spread } else { 0.0 })
        };
        [part(&*self.content, self.config.content), part(&*self.neighbours, 1.0 - self.config.content)]
    }

    fn mean(&self, content: f32, neighbours: f32) -> f32 {
        self.config.star_content * content + (1.0 - self.config.star_content) * neighbours
    }
}

/// Standard deviation.
fn spread(values: &[f32]) -> f32 {
    let count = values.len().max(1) as f32;
    let mean = values.iter().sum::<f32>() / count;
    (values.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / count).sqrt()
}

impl Recommender for Hybrid {
    fn scores(&self, asker: &Asker, into: &mut [f32]) {
        into.fill(0.0);
        for (scores, factor) in self.both(asker, into.len()) {
            emberbook_kernels::add_scaled(&scores, factor, into);
        }
    }

    fn stars(&self, asker: &Asker, film: usize) -> Option<f32> {
        Some(self.mean(self.content.stars(asker, film)?, self.neighbours.stars(asker, film)?))
    }

    fn stars_of(&self, train: &Interactions, pairs: &[(u32, u32)]) -> Option<Vec<f32>> {
        let (content, neighbours) =
            (self.content.stars_of(train, pairs)?, self.neighbours.stars_of(train, pairs)?);
        Some(
            content
                .iter()
                .zip(neighbours)
                .map(|(content, neighbours)| self.mean(*content, neighbours))
                .collect(),
        )
    }

    /// Genres and words, and the films the asker rated.
    fn shares(&self, asker: &Asker, film: usize) -> Vec<Share> {
        let factors = self.both(asker, self.neighbours.films()).map(|(_, factor)| factor);
        let parts = [self.content.shares(asker, film), self.neighbours.shares(asker, film)];
        let scaled = parts.into_iter().zip(factors).flat_map(|(shares, factor)| {
            shares.into_iter().map(move |share| Share { weight: factor * share.weight, ..share })
        });
        scaled.collect()
    }
}
