//! The settings of the movies lesson.

use super::dataset::Dataset;
use crate::controls::{Control, ControlGroup};
use crate::data::ratings::MOST_RATINGS;
#[cfg(feature = "recommenders")]
use crate::data::ratings::SplitRule;
use crate::data::ratings::made::WorldConfig;
use crate::lessons::{Material, Preset};
use serde::Deserialize;
use serde_json::{Value, json};

/// Rows of the document's shuffle buffer. Ratings are sorted by user: on latest-small such a buffer costs about .02 stars
/// of RMSE over shuffling all (.9143 to .8911 after one pass, .9011 to .8803 after two).
const DOCUMENT_BUFFER: usize = 8_192;

/// What recommends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// The document's network.
    Fusion,
    Random,
    Mean,
    Bias,
    Svd,
    /// Biased matrix factorisation.
    Mf,
    Popular,
    UserCf,
    ItemCf,
    Ease,
    Content,
    Hybrid,
    /// YouTube's candidate network.
    Candidate,
    /// Both of YouTube's networks: the ranking network orders what the candidate network finds.
    Ranking,
}

impl Model {
    /// All models by name, in the order shown.
    pub const ALL: [(&str, Self); 14] = [
        ("fusion", Self::Fusion),
        ("candidate", Self::Candidate),
        ("ranking", Self::Ranking),
        ("popular", Self::Popular),
        ("mean", Self::Mean),
        ("bias", Self::Bias),
        ("user_cf", Self::UserCf),
        ("item_cf", Self::ItemCf),
        ("content", Self::Content),
        ("hybrid", Self::Hybrid),
        ("mf", Self::Mf),
        ("svd", Self::Svd),
        ("ease", Self::Ease),
        ("random", Self::Random),
    ];

    /// The model of a name; the fusion network where there is none.
    pub fn named(name: Option<&str>) -> Self {
        Self::ALL.iter().find(|(known, _)| Some(*known) == name).map_or(Self::Fusion, |(_, model)| *model)
    }

    /// Its name among the options.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, model)| *model == self).map_or("", |(name, _)| name)
    }

    /// Whether it is a network.
    pub fn is_network(self) -> bool {
        matches!(self, Self::Fusion) || self.has_candidates()
    }

    /// Whether the candidate network is in it.
    pub fn has_candidates(self) -> bool {
        matches!(self, Self::Candidate | Self::Ranking)
    }

    /// Whether it predicts stars; the others only rank.
    pub fn gives_stars(self) -> bool {
        !matches!(self, Self::Random | Self::Popular | Self::Svd | Self::Ease) && !self.has_candidates()
    }

    /// Whether a seed changes what it learns from the same ratings.
    pub fn is_random(self) -> bool {
        self.is_network() || matches!(self, Self::Mf | Self::Svd | Self::Random)
    }

    /// Whether it is trained in passes over the ratings.
    pub fn has_passes(self) -> bool {
        self.is_network() || self == Self::Mf
    }
}

/// Names of the models of which something is so.
fn models(is_so: fn(Model) -> bool) -> Vec<&'static str> {
    Model::ALL.iter().filter(|(_, model)| is_so(*model)).map(|(name, _)| *name).collect()
}

/// What a fully connected layer of the fusion network ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activation {
    Tanh,
    Linear,
}

/// What is taken of a title over all places of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TitlePooling {
    Max,
    Sum,
}

/// What a rating becomes, and how an answer is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelForm {
    Paddle,
    AsRead,
    Stars,
}

/// Whether rows of tables that a minibatch does not look up are changed all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdamForm {
    Dense,
    Sparse,
}

/// Which users' features a network is given beside who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserFeatures {
    Invented,
    None,
}

/// Which films of a user the candidate network is given beside the one it is to predict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WatchTask {
    /// Those rated before it.
    Future,
    /// Others, some of which were rated after it.
    HeldOut,
}

/// Whether the candidate network is given words that were searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Searches {
    None,
    /// Words of titles, invented.
    Invented,
}

/// Vectors of a film in the candidate network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilmTables {
    /// One, in histories and as what is predicted.
    One,
    /// One for each, as in the paper.
    Two,
}

/// What a film that was watched weighs in the ranking network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WatchWeight {
    /// The stars it was given.
    Stars,
    /// Invented minutes.
    Time,
}

/// How test ratings are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SplitName {
    Random,
    LastFifth,
    LastOne,
    OneDate,
}

#[cfg(feature = "recommenders")]
impl SplitName {
    /// The rule.
    pub fn rule(self) -> SplitRule {
        match self {
            Self::Random => SplitRule::Random,
            Self::LastFifth => SplitRule::LastFifth,
            Self::LastOne => SplitRule::LastOne,
            Self::OneDate => SplitRule::OneDate,
        }
    }
}

/// Which ratings a run is judged by while it trains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValidRows {
    /// A tenth of the training ratings, of which the run then does not learn.
    Tenth,
    /// None: all training ratings are learned from.
    None,
    /// The test ratings, as the document does.
    AsWritten,
}

/// The settings of a lab, as they were declared by [`controls`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(feature = "recommenders"), allow(dead_code, reason = "the lab reads most of them"))]
pub struct MoviesSettings {
    pub seed: u64,
    pub dataset: Dataset,
    pub users: usize,
    pub films: usize,
    pub tastes: usize,
    pub taste_strength: f64,
    pub noise: f64,
    pub density: f64,
    pub popularity_skew: f64,
    pub choosiness: f64,
    pub demographics: UserFeatures,
    pub demographic_effect: f64,
    pub split: SplitName,
    pub model: Model,
    pub embedding_size: usize,
    pub hidden_size: usize,
    pub activation: Activation,
    pub pooling: TitlePooling,
    /// Units of each hidden layer.
    pub tower: Vec<usize>,
    pub neighbours: usize,
    pub label: LabelForm,
    pub learning_rate: f64,
    pub batch_size: usize,
    pub passes: usize,
    pub adam: AdamForm,
    pub shuffle_buffer: usize,
    pub searches: Searches,
    pub task: WatchTask,
    pub film_tables: FilmTables,
    /// Examples that each user gives at most, so that those who rated much do not count for more (Covington et al. 2016,
    /// §3.4).
    pub user_examples: usize,
    /// Share of a history that is left out of a training step.
    pub history_dropout: f64,
    /// 0 for a softmax over all films.
    pub negatives: usize,
    pub watch_weight: WatchWeight,
    /// Units of each hidden layer of the ranking network.
    pub ranking_tower: Vec<usize>,
    pub ranking_passes: usize,
    pub valid: ValidRows,
    pub eval_steps: usize,
}

#[cfg(feature = "recommenders")]
impl MoviesSettings {
    /// The made world of these settings.
    pub fn world(&self) -> WorldConfig {
        WorldConfig {
            users: self.users,
            films: self.films,
            tastes: self.tastes,
            taste_strength: self.taste_strength,
            noise: self.noise,
            density: self.density,
            popularity_skew: self.popularity_skew,
            choosiness: self.choosiness,
            demographic_effect: self.demographic_effect,
        }
    }
}

/// What is usual for a model: width of its vectors, learning rate, passes and the split it is judged by. Those of the
/// fusion network but for the width were chosen on `valid` of latest-small, as were those of the classic methods.
struct Usual {
    width: i64,
    learning_rate: f64,
    passes: i64,
    splits: [&'static str; 4],
}

fn usual(model: Model) -> Usual {
    let random = ["random", "last_fifth", "last_one", "one_date"];
    let last = ["last_fifth", "random", "last_one", "one_date"];
    match model {
        Model::Candidate | Model::Ranking => {
            Usual { width: 32, learning_rate: 2e-3, passes: 6, splits: last }
        }
        Model::Svd => Usual { width: 48, learning_rate: 1e-3, passes: 3, splits: random },
        Model::Mf => Usual { width: 16, learning_rate: 0.02, passes: 25, splits: random },
        _ => Usual { width: 32, learning_rate: 1e-3, passes: 3, splits: random },
    }
}

/// The declared settings with the defaults of a model. Where the document errs, its way is marked `as_written`.
pub fn controls(material: &Material, model: Option<&str>) -> Vec<Control> {
    use ControlGroup::{Data, Evaluation, Model as Network, Training};
    let usual = usual(Model::named(model));
    let made = |control: Control| control.only_with("dataset", &["made"]);
    let of = |control: Control, is_so: fn(Model) -> bool| control.only_with("model", &models(is_so));
    let is_fusion = |model| model == Model::Fusion;
    let has_candidates = Model::has_candidates;
    let is_ranking = |model| model == Model::Ranking;
    let all: Vec<&str> = Model::ALL.iter().map(|(name, _)| *name).collect();
    let world = WorldConfig::default();
    vec![
        Control::choice("dataset", Data, &Dataset::options(material)).of_data(),
        made(Control::integer("users", Data, 20, 5_000, world.users as i64).unit("users")),
        made(Control::integer("films", Data, 20, 10_000, world.films as i64).unit("films")),
        made(Control::integer("tastes", Data, 0, 32, world.tastes as i64)),
        made(Control::number("taste_strength", Data, 0.0, 2.0, world.taste_strength).unit("stars")),
        made(Control::number("noise", Data, 0.0, 2.0, world.noise).unit("stars")),
        made(Control::number("density", Data, 0.005, 0.5, world.density)),
        made(Control::number("popularity_skew", Data, 0.0, 2.0, world.popularity_skew)),
        made(Control::number("choosiness", Data, 0.0, 3.0, world.choosiness)),
        of(Control::choice("demographics", Data, &["invented", "none"]), Model::is_network),
        Control::number("demographic_effect", Data, 0.0, 1.0, world.demographic_effect)
            .only_with("demographics", &["invented"]),
        Control::choice("split", Data, &usual.splits),
        Control::choice("model", Network, &all).leading(),
        of(Control::integer("embedding_size", Network, 1, 256, usual.width), |model| {
            model.is_network() || matches!(model, Model::Mf | Model::Svd)
        }),
        of(Control::integer("hidden_size", Network, 1, 512, 200), is_fusion),
        of(Control::choice("activation", Network, &["tanh", "linear"]), is_fusion),
        of(Control::choice("pooling", Network, &["max", "sum"]), is_fusion),
        of(Control::integer_list("tower", Network, 0..=4, 1..=512, &[]).unit("units"), has_candidates),
        of(Control::integer("neighbours", Network, 1, 500, 50), |model| {
            matches!(model, Model::UserCf | Model::ItemCf | Model::Hybrid)
        }),
        of(
            Control::choice("label", Training, &["paddle", "as_read", "stars"]).as_written(json!("as_read")),
            is_fusion,
        ),
        of(Control::logarithmic("learning_rate", Training, 1e-5, 1.0, usual.learning_rate), |model| {
            model.has_passes()
        }),
        of(Control::integer("batch_size", Training, 1, 4_096, 256).unit("ratings"), Model::is_network),
        of(Control::integer("passes", Training, 1, 200, usual.passes).unit("passes"), Model::has_passes),
        of(Control::choice("adam", Training, &["dense", "sparse"]), Model::is_network),
        of(
            Control::integer("shuffle_buffer", Training, 1, MOST_RATINGS as i64, MOST_RATINGS as i64)
                .unit("ratings")
                .as_written(json!(DOCUMENT_BUFFER)),
            is_fusion,
        ),
        of(Control::choice("searches", Data, &["none", "invented"]), has_candidates),
        of(Control::choice("film_tables", Network, &["one", "two"]), has_candidates),
        of(Control::integer("user_examples", Training, 1, 5_000, 200).unit("films"), has_candidates),
        of(Control::number("history_dropout", Training, 0.0, 0.9, 0.5), has_candidates),
        of(Control::choice("task", Training, &["future", "held_out"]), has_candidates),
        of(Control::integer("negatives", Training, 0, 5_000, 500).unit("films"), has_candidates),
        of(Control::choice("watch_weight", Training, &["stars", "time"]), is_ranking),
        of(Control::integer_list("ranking_tower", Network, 0..=4, 1..=512, &[64]).unit("units"), is_ranking),
        of(Control::integer("ranking_passes", Training, 1, 50, 3).unit("passes"), is_ranking),
        Control::choice("valid", Evaluation, &["tenth", "none", "as_written"])
            .as_written(json!("as_written")),
        of(Control::integer("eval_steps", Evaluation, 1, 10_000, 50).unit("steps"), is_fusion),
    ]
}

/// Named sets of settings: `quick` for a first look, `document` for the document's own run.
pub fn presets(model: Option<&str>) -> Vec<Preset> {
    let set = |values: Value| values.as_object().cloned().unwrap_or_default();
    let model = Model::named(model);
    let quick = if model.is_network() { json!({"passes": 1}) } else { json!({}) };
    let document = json!({
        "model": "fusion", "learning_rate": 1e-4, "passes": 2, "valid": "as_written", "split": "random",
        "shuffle_buffer": DOCUMENT_BUFFER,
    });
    vec![("quick", set(quick)), ("document", set(document))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controls::{ControlKind, Settings, seed_control};

    /// `read` refuses a setting without a field and a field without a setting.
    #[test]
    fn every_declared_setting_has_its_field_and_every_field_is_declared() {
        for (name, model) in Model::ALL {
            let mut declared = vec![seed_control()];
            declared.extend(controls(&Material::default(), Some(name)));
            let read: MoviesSettings = Settings::defaults(&declared).read();
            #[cfg(feature = "recommenders")]
            assert_eq!(read.world(), WorldConfig::default());
            assert_eq!(read.seed, 1);
            assert_eq!(Model::named(Some(name)), model);
            assert_eq!(model.name(), name);
        }
    }

    #[test]
    fn every_model_is_among_the_options() {
        let declared = controls(&Material::default(), None);
        let model = declared.iter().find(|control| control.name == "model").unwrap();
        let ControlKind::Choice { options } = &model.kind else { panic!("a choice") };
        assert!(options.iter().map(String::as_str).eq(Model::ALL.map(|(name, _)| name)));
    }

    /// The names and what gives stars stand here again, because a build without tensors declares the lesson too.
    #[cfg(feature = "recommenders")]
    #[test]
    fn the_classic_methods_are_those_of_the_library() {
        use crate::classic::recommend::methods::Method;
        for (name, model) in Model::ALL {
            let method = Method::named(name);
            assert_eq!(method.is_none(), model.is_network(), "{name}");
            if let Some(method) = method {
                assert_eq!(method.gives_stars(), model.gives_stars(), "{name}");
            }
        }
    }
}
