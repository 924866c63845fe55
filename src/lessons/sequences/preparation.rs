//! What has to be made of the items before a network can be trained: features of both modalities, shorter vectors of
//! them, clusters and codes. In slices, so that a worker can answer in between.

use super::modality::{Clustering, Codes, CodesConfig, Encoding};
use super::picture_features::{PictureConfig, PictureFeatures};
use crate::data::sequences::items::Modality;
use crate::data::sequences::vectors::Vectors;
use crate::data::sequences::{Items, words};
use std::rc::Rc;
use web_time::Instant;

/// No step begins after so many milliseconds of a slice.
const SLICE: f64 = 12.0;
/// Steps of k-means, about, each of which takes ten times as long for its products as a product of matrices.
const USUAL_STEPS: f64 = 200.0;

/// One modality of all items.
#[derive(Debug, Clone, PartialEq)]
pub struct Modal {
    /// What pictures or words say; a row of zeros for an item without any.
    pub features: Vectors,
    /// The same, shorter, by the linear auto-encoder.
    pub encoded: Vectors,
    /// Clusters and codes.
    pub codes: Codes,
    /// Losses of the linear auto-encoder.
    pub losses: Vec<f64>,
}

/// Both modalities of all items.
pub struct Prepared {
    /// How items look.
    pub images: Modal,
    /// What their titles and tags say.
    pub texts: Modal,
    /// The auto-encoder of pictures, where image features come from it.
    pub pictures: Option<PictureFeatures>,
}

/// How far a modality is.
enum Stage {
    Pictures(Box<PictureFeatures>),
    Words,
    Features(Vectors),
    Encoding(Box<Encoding>),
    Clusters { features: Vectors, losses: Vec<f64>, clustering: Clustering },
    Done(Modal),
}

/// One modality on its way.
struct Way {
    /// Taken out during a step.
    stage: Option<Stage>,
    pictures: Option<PictureFeatures>,
    /// What features, the auto-encoder and clusters cost, in products of two numbers.
    costs: [f64; 3],
}

/// Both modalities on their way, images first.
pub struct Preparation {
    items: Rc<Items>,
    config: CodesConfig,
    ways: [Way; 2],
}

impl Preparation {
    /// Before the first slice. Vectors that were given stand in place of pictures and of words.
    pub fn begin(items: Rc<Items>, config: CodesConfig) -> Self {
        let given = |modality| items.vectors(modality).cloned().map(Stage::Features);
        let images = given(Modality::Image).unwrap_or_else(|| match &items.pictures {
            Some(_) => Stage::Pictures(Box::new(PictureFeatures::begin(
                items.clone(),
                PictureConfig::new(config.seed),
            ))),
            None => Stage::Features(Vectors::new(1, vec![0.0; items.len()])),
        });
        let texts = given(Modality::Text).unwrap_or(Stage::Words);
        let ways = [images, texts].map(|stage| Way::new(stage, items.len(), &config));
        Self { items, config, ways }
    }

    /// A slice of about 15 milliseconds; the result does not depend on how long slices are.
    pub fn advance(&mut self) {
        let begin = Instant::now();
        while !self.is_done() && begin.elapsed().as_secs_f64() * 1e3 < SLICE {
            self.step();
        }
    }

    fn step(&mut self) {
        if let Some(way) = self.ways.iter_mut().find(|way| !way.is_done()) {
            way.step(&self.items, &self.config);
        }
    }

    /// How much of the work is done, about, 0 to 1.
    pub fn share_done(&self) -> f64 {
        let all: f64 = self.ways.iter().flat_map(|way| way.costs).sum();
        let done: f64 = self.ways.iter().map(Way::cost_done).sum();
        if all > 0.0 { done / all } else { 1.0 }
    }

    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.ways.iter().all(Way::is_done)
    }

    /// What was prepared; what is left of the work is done at once.
    pub fn finish(mut self) -> Prepared {
        while !self.is_done() {
            self.step();
        }
        let [mut images, texts] = self.ways;
        let pictures = images.pictures.take();
        Prepared { images: images.finish(), texts: texts.finish(), pictures }
    }
}

impl Way {
    fn new(stage: Stage, items: usize, config: &CodesConfig) -> Self {
        let (pictures, columns) = match &stage {
            Stage::Pictures(features) => (features.products(), features.columns()),
            Stage::Features(features) => (0.0, features.columns()),
            _ => (0.0, words::WIDTH),
        };
        let [rows, columns, width, clusters, epochs] =
            [items, columns, config.width, config.clusters, Encoding::epochs_for(items, columns, config)]
                .map(|count| count as f64);
        Self {
            stage: Some(stage),
            pictures: None,
            costs: [pictures, 6.0 * epochs * rows * columns * width, USUAL_STEPS * rows * clusters * width],
        }
    }

    fn is_done(&self) -> bool {
        matches!(self.stage, Some(Stage::Done(_)))
    }

    fn cost_done(&self) -> f64 {
        let [pictures, encoding, clusters] = self.costs;
        match &self.stage {
            Some(Stage::Pictures(features)) => pictures * features.share_done(),
            Some(Stage::Encoding(training)) => pictures + encoding * training.share_done(),
            Some(Stage::Clusters { .. }) => pictures + encoding,
            Some(Stage::Done(_)) => pictures + encoding + clusters,
            Some(Stage::Words | Stage::Features(_)) | None if self.pictures.is_some() => pictures,
            Some(Stage::Words | Stage::Features(_)) | None => 0.0,
        }
    }

    /// A minibatch, a step of k-means or the way to the next stage.
    fn step(&mut self, items: &Items, config: &CodesConfig) {
        let stage = self.stage.take().expect("the stage is there between steps");
        self.stage = Some(match stage {
            Stage::Pictures(mut pictures) if !pictures.is_done() => {
                pictures.step();
                Stage::Pictures(pictures)
            }
            Stage::Pictures(pictures) => {
                let features = pictures.features();
                self.pictures = Some(*pictures);
                Stage::Features(features)
            }
            Stage::Words => Stage::Features(words::vectors(items, words::WIDTH, true)),
            Stage::Features(features) => Stage::Encoding(Box::new(Encoding::begin(features, config))),
            Stage::Encoding(mut encoding) if !encoding.is_done() => {
                encoding.step();
                Stage::Encoding(encoding)
            }
            Stage::Encoding(encoding) => {
                let clustering = Clustering::begin(encoding.encoded(), config);
                let (features, losses) = encoding.finish();
                Stage::Clusters { features, losses, clustering }
            }
            Stage::Clusters { features, losses, mut clustering } if !clustering.is_done() => {
                clustering.step();
                Stage::Clusters { features, losses, clustering }
            }
            Stage::Clusters { features, losses, clustering } => {
                let (encoded, codes) = clustering.finish();
                Stage::Done(Modal { features, encoded, codes, losses })
            }
            Stage::Done(modal) => Stage::Done(modal),
        });
    }

    fn finish(self) -> Modal {
        match self.stage {
            Some(Stage::Done(modal)) => modal,
            _ => unreachable!("the way is done"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture_features::tests::items;
    use super::*;
    use crate::classic::k_means::Nearness;

    const CONFIG: CodesConfig = CodesConfig {
        width: 8,
        encoder_epochs: 50,
        clusters: 2,
        codes_per_item: 1,
        nearness: Nearness::Cosine,
        seed: 1,
    };

    #[test]
    fn the_result_does_not_depend_on_slices() {
        let at_once = Preparation::begin(items(30, &[4]), CONFIG).finish();
        let mut sliced = Preparation::begin(items(30, &[4]), CONFIG);
        let mut shares = Vec::new();
        while !sliced.is_done() {
            shares.push(sliced.share_done());
            sliced.step();
        }
        assert!(shares.windows(2).all(|pair| pair[0] <= pair[1]), "{shares:?}");
        assert!(shares[0] == 0.0 && shares[shares.len() - 1] <= 1.0 && sliced.share_done() == 1.0);
        let sliced = sliced.finish();
        assert_eq!((&sliced.images, &sliced.texts), (&at_once.images, &at_once.texts));
        let mut in_slices = Preparation::begin(items(30, &[4]), CONFIG);
        while !in_slices.is_done() {
            in_slices.advance();
        }
        assert_eq!(in_slices.finish().images, at_once.images);
    }

    #[test]
    fn pictures_and_words_become_codes() {
        let prepared = Preparation::begin(items(30, &[4]), CONFIG).finish();
        let Modal { features, encoded, codes, losses } = &prepared.images;
        assert_eq!((features.len(), encoded.columns(), losses.len()), (30, 8, 50));
        assert!(encoded.is_zero(4) && codes.of_item.row(4).is_empty());
        for codes in [codes, &prepared.texts.codes] {
            let of = |item: usize| codes.of_item.row(item);
            assert_ne!(of(0), of(1));
            assert!((6..30).all(|item| of(item) == of(item % 2)));
        }
        assert_eq!(prepared.texts.features, words::vectors(&items(30, &[4]), words::WIDTH, true));
        assert!(prepared.pictures.unwrap().reconstruction(0).is_some());
    }

    #[test]
    fn given_vectors_replace_pictures_and_words() {
        let mut given = (*items(6, &[])).clone();
        given.image_vectors = Some(Vectors::new(2, vec![1.0; 12]));
        given.text_vectors = Some(Vectors::new(3, (0u8..18).map(f32::from).collect()));
        let prepared = Preparation::begin(Rc::new(given.clone()), CONFIG).finish();
        assert!(prepared.pictures.is_none());
        assert_eq!(Some(prepared.images.features), given.image_vectors);
        assert_eq!(Some(prepared.texts.features), given.text_vectors);
    }

    #[test]
    fn items_without_pictures_have_no_image_codes() {
        let mut blind = (*items(6, &[])).clone();
        blind.pictures = None;
        let Prepared { images, texts, pictures } = Preparation::begin(Rc::new(blind), CONFIG).finish();
        assert!(pictures.is_none() && images.losses.is_empty() && images.codes.clusters.is_none());
        assert_eq!((images.features.columns(), images.features.zeros()), (1, 6));
        assert!(!texts.codes.of_item.row(0).is_empty());
        let nothing = Preparation::begin(Rc::new(Items::default()), CONFIG);
        assert_eq!(nothing.share_done(), 1.0);
        assert!(nothing.finish().texts.features.is_empty());
    }
}
