//! The model as a picture needs it: features, layers, shapes, and what the document's framework calls the tensors.

use crate::classic::recommend::ease::{EaseConfig, taking_part};
use crate::error::LabError;
use crate::lessons::movies::lab::fusion;
use crate::lessons::movies::lab::run::{MoviesRun, Trained};
use crate::lessons::movies::networks::document_names::TENSORS;
use crate::lessons::movies::networks::fusion::{FusionConfig, SCALE, document_name};
use crate::lessons::movies::settings::Model;
use crate::lessons::run::looks::NoOptions;
use crate::nn::layers::parameters;
use crate::nn::layers::text_conv::WINDOW;
use crate::nn::run::runner::Weights;
use serde::Serialize;

/// The model.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Layers {
    /// Numbers that are learned; none of a method that keeps the ratings themselves.
    parameters: Option<usize>,
    /// The fusion network; none of other models.
    fusion: Option<FusionShown>,
    /// Tensors of a network; empty without one.
    tensors: Vec<TensorShown>,
}

/// The fusion network as the document's code builds it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct FusionShown {
    /// The features in the order in which they are given.
    features: Vec<FeatureShown>,
    /// What each tower ends in: that of the users, that of the films.
    towers: [LayerShown; 2],
    /// What the cosine is multiplied by.
    scale: f64,
    /// Words that a filter sees at once.
    window: usize,
    /// What the framework logs when the network is built for training, and for answers.
    orders: [Order; 2],
    /// Tensors of the document's code, and of the list of names that it prints.
    counts: [usize; 2],
}

/// A feature on its way to its tower.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct FeatureShown {
    /// By the name of the document's data layer.
    name: &'static str,
    /// Its place in a sample, from 0.
    place: usize,
    kind: InputKind,
    /// What the kind is declared with: how many numbers, genres or words there are; the width of a dense vector.
    size: usize,
    /// Whether the values of users were invented.
    invented: bool,
    #[cfg_attr(test, ts(type = "'user' | 'film' | 'label'"))]
    tower: &'static str,
    layers: Vec<LayerShown>,
}

/// The kinds of input of the document's framework.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
enum InputKind {
    IntegerValue,
    SparseBinaryVector,
    IntegerValueSequence,
    DenseVector,
}

/// A layer.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct LayerShown {
    name: &'static str,
    kind: LayerKind,
    /// Numbers that it gives.
    units: usize,
    parameters: usize,
}

#[derive(Serialize, Clone, Copy)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
enum LayerKind {
    Embedding,
    Fc,
    ConvPool,
}

/// What goes in and out, in the order of the log.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Order {
    inputs: Vec<&'static str>,
    output: &'static str,
}

/// A tensor.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct TensorShown {
    name: String,
    shape: Vec<usize>,
    parameters: usize,
    /// As Paddle's v2 interface names it; none of other networks.
    paddle: Option<&'static str>,
    /// As the document prints it; none where its list has no such tensor.
    printed: Option<&'static str>,
}

type Behind = &'static [(&'static str, LayerKind)];

/// Each feature of the document with the layers behind it.
const FEATURES: [(&str, InputKind, &str, Behind); 7] = {
    use InputKind::{IntegerValue, IntegerValueSequence, SparseBinaryVector};
    use LayerKind::{ConvPool, Embedding, Fc};
    [
        ("user_id", IntegerValue, "user", &[("usr_emb", Embedding), ("usr_fc", Fc)]),
        ("gender_id", IntegerValue, "user", &[("usr_gender_emb", Embedding), ("usr_gender_fc", Fc)]),
        ("age_id", IntegerValue, "user", &[("usr_age_emb", Embedding), ("usr_age_fc", Fc)]),
        ("job_id", IntegerValue, "user", &[("usr_job_emb", Embedding), ("usr_job_fc", Fc)]),
        ("movie_id", IntegerValue, "film", &[("mov_emb", Embedding), ("mov_fc", Fc)]),
        ("category_id", SparseBinaryVector, "film", &[("mov_categories_fc", Fc)]),
        (
            "movie_title",
            IntegerValueSequence,
            "film",
            &[("mov_title_emb", Embedding), ("mov_title_conv", ConvPool)],
        ),
    ]
};

/// The model as it is before any step, and after: shapes and counts.
///
/// # Errors
/// None.
pub fn layers(run: &MoviesRun, _: NoOptions) -> Result<Layers, LabError> {
    let shapes = match &run.model {
        Trained::Fusion(trained) => parameters::shapes(trained.network(Weights::Last)),
        Trained::Candidate(trained) => parameters::shapes(trained.network(Weights::Last)),
        Trained::Ranking(trained) => {
            let mut shapes = parameters::shapes(trained.candidates.network(Weights::Last));
            let ranking = parameters::shapes(trained.ranking.network(Weights::Last));
            shapes.extend(ranking.into_iter().map(|(path, shape)| (format!("ranking.{path}"), shape)));
            shapes
        }
        Trained::Classic(_) => {
            return Ok(Layers { parameters: of_classic(run), fusion: None, tensors: Vec::new() });
        }
    };
    let tensors: Vec<TensorShown> = shapes.into_iter().map(|(path, shape)| tensor(&path, shape)).collect();
    let parameters = Some(tensors.iter().map(|tensor| tensor.parameters).sum());
    if !matches!(run.model, Trained::Fusion(_)) {
        return Ok(Layers { parameters, fusion: None, tensors });
    }
    let mut unordered = tensors;
    let mut take = |layer: &str| {
        let at = unordered.iter().position(|tensor| tensor.name == layer)?;
        Some(unordered.swap_remove(at))
    };
    let tensors: Vec<TensorShown> = TENSORS.iter().filter_map(|named| take(named.layer)).collect();
    let config = fusion::config(&run.settings, &run.ratings, run.demographics.as_deref());
    let invented = run.demographics.as_ref().is_some_and(|known| known.invented);
    Ok(Layers { parameters, fusion: Some(fusion_shown(&config, &tensors, invented)), tensors })
}

fn tensor(path: &str, shape: Vec<usize>) -> TensorShown {
    let name = document_name(path).unwrap_or(path);
    let named = TENSORS.iter().find(|named| named.layer == name);
    TensorShown {
        name: name.into(),
        parameters: shape.iter().product(),
        shape,
        paddle: named.map(|named| named.paddle),
        printed: named.and_then(|named| named.printed),
    }
}

fn fusion_shown(config: &FusionConfig, tensors: &[TensorShown], invented: bool) -> FusionShown {
    let layer = |&(name, kind): &(&'static str, LayerKind)| {
        let own = || tensors.iter().filter(|tensor| tensor.name.split('.').next() == Some(name));
        LayerShown {
            name,
            kind,
            units: own().filter_map(|tensor| tensor.shape.last()).max().copied().unwrap_or(0),
            parameters: own().map(|tensor| tensor.parameters).sum(),
        }
    };
    let [genders, ages, jobs] = config.demographics.unwrap_or_default();
    let sizes = [config.users, genders, ages, jobs, config.films, config.genres, config.words];
    let given = FEATURES.iter().zip(sizes).filter(|((.., layers), _)| {
        let first = layers.first().map_or("", |(name, _)| *name);
        tensors.iter().any(|tensor| tensor.name.split('.').next() == Some(first))
    });
    let mut features: Vec<FeatureShown> = given
        .enumerate()
        .map(|(place, ((name, kind, tower, layers), size))| FeatureShown {
            name,
            place,
            kind: *kind,
            size,
            invented: invented && matches!(*name, "gender_id" | "age_id" | "job_id"),
            tower,
            layers: layers.iter().map(layer).collect(),
        })
        .collect();
    let mut inputs: Vec<&'static str> = features.iter().map(|feature| feature.name).collect();
    let answers = Order { inputs: inputs.clone(), output: "__cos_sim_0__" };
    inputs.push("score");
    features.push(FeatureShown {
        name: "score",
        place: features.len(),
        kind: InputKind::DenseVector,
        size: 1,
        invented: false,
        tower: "label",
        layers: Vec::new(),
    });
    FusionShown {
        features,
        towers: [("usr_combined", LayerKind::Fc), ("mov_combined", LayerKind::Fc)].map(|one| layer(&one)),
        scale: SCALE,
        window: WINDOW,
        orders: [Order { inputs, output: "__square_error_cost_0__" }, answers],
        counts: [TENSORS.len(), TENSORS.iter().filter(|named| named.printed.is_some()).count()],
    }
}

/// Numbers that a method without a network learns, where their number is known before.
fn of_classic(run: &MoviesRun) -> Option<usize> {
    let (users, films) = (run.ratings.user_ids.len(), run.ratings.films.len());
    let width = run.settings.embedding_size;
    match run.settings.model {
        Model::Random => Some(0),
        Model::Mean => Some(1),
        Model::Popular => Some(films),
        Model::Bias => Some(1 + users + films),
        Model::Mf => Some(1 + (users + films) * (1 + width)),
        Model::Svd => Some(films * width.min(users).min(films)),
        // A weight for every pair of two films that take part.
        Model::Ease => {
            let films = taking_part(&run.rows.learned, EaseConfig::default()).len();
            Some(films * films.saturating_sub(1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::movies::looks::test_support::made;

    fn shown(changes: &[(&str, serde_json::Value)]) -> Layers {
        layers(&made(changes), NoOptions {}).unwrap()
    }

    #[test]
    fn the_fusion_network_has_the_documents_features_and_its_tensors_in_order() {
        let shown = shown(&[]);
        assert_eq!(shown.tensors.len(), 29);
        assert!(shown.tensors.iter().zip(&TENSORS).all(|(tensor, named)| tensor.name == named.layer));
        assert_eq!(shown.parameters, Some(shown.tensors.iter().map(|tensor| tensor.parameters).sum()));
        let fusion = shown.fusion.unwrap();
        let of_layers: usize = fusion
            .features
            .iter()
            .flat_map(|feature| &feature.layers)
            .chain(&fusion.towers)
            .map(|layer| layer.parameters)
            .sum();
        assert_eq!(shown.parameters, Some(of_layers), "every tensor stands in one layer of the picture");
        let names = "user_id gender_id age_id job_id movie_id category_id movie_title score";
        let order: Vec<&str> = names.split(' ').collect();
        assert_eq!(fusion.orders[0].inputs, order);
        assert_eq!(fusion.orders[1].inputs, order[..7]);
        assert!(fusion.features.iter().enumerate().all(|(place, feature)| feature.place == place));
        assert_eq!(fusion.features[0].layers[0].units, 8);
        assert_eq!(fusion.features[1].layers[1].units, 16);
        assert_eq!(fusion.towers[1].units, 12);
        assert_eq!(fusion.counts, [29, 19]);
        assert!(fusion.features.iter().filter(|feature| feature.invented).count() == 3);
    }

    #[test]
    fn without_gender_age_and_occupation_the_places_move_up() {
        let fusion = shown(&[("demographics", "none".into())]).fusion.unwrap();
        let names: Vec<&str> = fusion.features.iter().map(|feature| feature.name).collect();
        assert_eq!(names, ["user_id", "movie_id", "category_id", "movie_title", "score"]);
        assert_eq!(fusion.features[4].place, 4);
    }

    #[test]
    fn other_models_say_how_many_numbers_they_learn() {
        let candidate = shown(&[("model", "candidate".into())]);
        assert!(candidate.fusion.is_none() && candidate.tensors.len() >= 3);
        let run = made(&[("model", "mf".into())]);
        let all = 1 + (run.ratings.user_ids.len() + run.ratings.films.len()) * 9;
        assert_eq!(layers(&run, NoOptions {}).unwrap().parameters, Some(all));
        let run = made(&[("model", "ease".into())]);
        let often = (0..90).filter(|film| run.rows.learned.film(*film).len() >= 5).count();
        let ease = layers(&run, NoOptions {}).unwrap();
        assert!(often > 1 && ease.parameters == Some(often * (often - 1)));
        assert_eq!(shown(&[("model", "user_cf".into())]).parameters, None, "it keeps the ratings");
    }
}
