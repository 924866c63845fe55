//! What was made of pictures and words, as a network is given it.

use crate::classic::k_means::Nearness;
use crate::data::ragged::Ragged;
use crate::lessons::sequences::modality::CodesConfig;
use crate::lessons::sequences::networks::examples::Catalogue;
use crate::lessons::sequences::networks::nodes::Modality;
use crate::lessons::sequences::preparation::{Modal, Prepared};
use crate::lessons::sequences::settings::{CodeDistance, ModalityForm, SequencesSettings};

/// How codes are made.
pub fn codes_config(settings: &SequencesSettings) -> CodesConfig {
    CodesConfig {
        width: settings.dim,
        clusters: settings.clusters,
        codes_per_item: settings.codes_per_item,
        nearness: match settings.code_distance {
            CodeDistance::Cosine => Nearness::Cosine,
            CodeDistance::Euclidean => Nearness::Euclidean,
        },
        encoder_epochs: settings.encoder_epochs,
        seed: settings.seed,
    }
}

/// Whether items are given by their features themselves.
pub fn has_features(settings: &SequencesSettings) -> bool {
    settings.model.has_graph() && settings.modality == ModalityForm::Features
}

/// The numbers of the nodes of pictures and words of each item: its codes, or its own number where features stand for
/// themselves; none where it has no features.
pub fn catalogue(settings: &SequencesSettings, items: usize, prepared: Option<&Prepared>) -> Catalogue {
    let Some(Prepared { images, texts, .. }) = prepared else {
        let mut nothing = Ragged::default();
        (0..items).for_each(|_| nothing.push(&[]));
        return Catalogue { images: nothing.clone(), texts: nothing };
    };
    let numbers = |of: &Modal| {
        if !has_features(settings) {
            return of.codes.of_item.clone();
        }
        let mut numbers = Ragged::default();
        for item in 0..of.features.len() {
            let own = (!of.features.is_zero(item)).then_some(item as u32);
            numbers.push(own.as_slice());
        }
        numbers
    };
    Catalogue { images: numbers(images), texts: numbers(texts) }
}

/// What stands for pictures or words in a network over graphs.
pub fn modality(settings: &SequencesSettings, prepared: Option<&Prepared>, is_image: bool) -> Modality {
    let Some(prepared) = prepared else { return Modality::Codes(vec![0.0; settings.dim]) };
    let of = if is_image { &prepared.images } else { &prepared.texts };
    if has_features(settings) {
        let columns = of.features.columns();
        return Modality::Features { values: of.features.values().to_vec(), columns };
    }
    Modality::Codes(of.codes.vectors(settings.dim))
}
