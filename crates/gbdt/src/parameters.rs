//! LightGBM's parameters by their own names, with their own defaults.

mod reading;
#[cfg(test)]
mod tests;
mod value;

use super::error::BoostingError;
use super::number::EPSILON;
use gbdt_kernels::rules::Rules;
pub(super) use reading::contradiction;
use reading::unknown;
use value::{ParameterValue, bad};

/// Which loss is minimised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objective {
    /// Squared error; the scores are the answers.
    Regression,
    /// Absolute error.
    RegressionL1,
    /// Squared error up to `alpha`, absolute error beyond.
    Huber,
    /// Poisson's loss of counts; the scores are logarithms of the answers.
    Poisson,
    /// Logistic loss of two classes; the scores are log odds over `sigmoid`.
    Binary,
    /// Logistic loss of labels from 0 to 1; the scores are log odds.
    CrossEntropy,
    /// Cross-entropy of several classes; the scores are logits.
    Multiclass,
    /// Logistic loss of each class against the others; the scores are log odds over `sigmoid`.
    MulticlassOva,
}

impl Objective {
    /// Whether there is a tree for each class in every round.
    pub fn has_classes(self) -> bool {
        matches!(self, Self::Multiclass | Self::MulticlassOva)
    }

    /// Whether its one answer is a probability.
    pub fn is_probability(self) -> bool {
        matches!(self, Self::Binary | Self::CrossEntropy)
    }
}

/// How the ensemble grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boosting {
    /// Plain gradient boosting.
    Gbdt,
    /// Trees are dropped at random while the next one is fitted.
    Dart,
    /// A random forest: every tree is fitted to the start, and the answer is the mean of theirs.
    Forest,
}

/// Which rows a tree is fitted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleStrategy {
    /// All rows, or a share drawn anew every `bagging_freq` rounds.
    Bagging,
    /// The rows with large gradients and a sample of the others.
    Goss,
}

/// Which leaf is split next. LightGBM has only the first; the second is here to be compared with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrowPolicy {
    /// The one whose split gains most.
    LeafWise,
    /// One of the least depth; the best of those.
    LevelWise,
}

macro_rules! parameters {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty = $default:expr, $low:literal..=$high:literal;)+) => {
        /// What a run is made with. The fields are LightGBM's parameters; [`Parameters::default`] has its defaults.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Parameters {
            $($(#[doc = $doc])+ pub $name: $type,)+
        }

        impl Default for Parameters {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        /// The names of all parameters, in LightGBM's order.
        pub const NAMES: &[&str] = &[$(stringify!($name)),+];

        /// The smallest and the largest value of each.
        const RANGES: [(f64, f64); NAMES.len()] = [$(($low, $high)),+];

        impl Parameters {
            /// All of them, in the order of their names.
            fn places(&mut self) -> [&mut dyn ParameterValue; NAMES.len()] {
                [$(&mut self.$name),+]
            }
        }
    };
}

parameters! {
    /// What is minimised.
    objective: Objective = Objective::Regression, 0.0..=0.0;
    /// How the ensemble grows.
    boosting: Boosting = Boosting::Gbdt, 0.0..=0.0;
    /// Which leaf is split next (not LightGBM's).
    grow_policy: GrowPolicy = GrowPolicy::LeafWise, 0.0..=0.0;
    /// Which rows a tree is fitted on.
    data_sample_strategy: SampleStrategy = SampleStrategy::Bagging, 0.0..=0.0;
    /// Rounds of boosting.
    num_iterations: i32 = 100, 0.0..=100_000.0;
    /// What each tree's answer is multiplied by.
    learning_rate: f64 = 0.1, 1e-12..=1e6;
    /// Most leaves of a tree.
    num_leaves: i32 = 31, 2.0..=131_072.0;
    /// Most splits between the root and a leaf; none where it is not positive.
    max_depth: i32 = -1, -2e9..=2e9;
    /// Fewest rows in a leaf; kept by an estimate only, as in LightGBM.
    min_data_in_leaf: i32 = 20, 0.0..=2e9;
    /// Smallest sum of hessians in a leaf.
    min_sum_hessian_in_leaf: f64 = 1e-3, 0.0..=1e300;
    /// Share of the rows a tree is fitted on.
    bagging_fraction: f64 = 1.0, 1e-12..=1.0;
    /// Share of the positive rows of `binary`.
    pos_bagging_fraction: f64 = 1.0, 1e-12..=1.0;
    /// Share of the negative ones.
    neg_bagging_fraction: f64 = 1.0, 1e-12..=1.0;
    /// A new share is drawn every so many rounds; 0 for no bagging.
    bagging_freq: i32 = 0, -2e9..=2e9;
    /// Seed of bagging and GOSS.
    bagging_seed: i32 = 3, -2147483648.0..=2147483647.0;
    /// Share of the features a tree may use.
    feature_fraction: f64 = 1.0, 1e-12..=1.0;
    /// Share of them a single split may use.
    feature_fraction_bynode: f64 = 1.0, 1e-12..=1.0;
    /// Seed of both.
    feature_fraction_seed: i32 = 2, -2147483648.0..=2147483647.0;
    /// Extremely randomised trees: of each feature one place, drawn at random, is tried.
    extra_trees: bool = false, 0.0..=1.0;
    /// Seed of these places.
    extra_seed: i32 = 6, -2147483648.0..=2147483647.0;
    /// Training ends when no metric has got better for so many rounds; 0 for never.
    early_stopping_round: i32 = 0, -2e9..=2e9;
    /// What counts as better.
    early_stopping_min_delta: f64 = 0.0, 0.0..=1e300;
    /// Whether only the first metric decides.
    first_metric_only: bool = false, 0.0..=1.0;
    /// Largest absolute answer of a leaf; none where it is not positive.
    max_delta_step: f64 = 0.0, -1e300..=1e300;
    /// L1 penalty on the answers of leaves.
    lambda_l1: f64 = 0.0, 0.0..=1e300;
    /// L2 penalty on them.
    lambda_l2: f64 = 0.0, 0.0..=1e300;
    /// Smallest gain a split must have.
    min_gain_to_split: f64 = 0.0, 0.0..=1e300;
    /// DART: share of the trees dropped.
    drop_rate: f64 = 0.1, 0.0..=1.0;
    /// DART: most trees dropped at once; any number where it is not positive.
    max_drop: i32 = 50, -2e9..=2e9;
    /// DART: probability that none is dropped.
    skip_drop: f64 = 0.5, 0.0..=1.0;
    /// DART: whether trees are weighted as XGBoost does.
    xgboost_dart_mode: bool = false, 0.0..=1.0;
    /// DART: whether all trees are dropped with equal probability.
    uniform_drop: bool = false, 0.0..=1.0;
    /// DART: seed.
    drop_seed: i32 = 4, -2147483648.0..=2147483647.0;
    /// GOSS: share of rows kept for their large gradients.
    top_rate: f64 = 0.2, 0.0..=1.0;
    /// GOSS: share of the rows drawn from the others.
    other_rate: f64 = 0.1, 0.0..=1.0;
    /// Fewest rows between two places at which ordered categories may be parted.
    min_data_per_group: i32 = 100, 1.0..=2e9;
    /// Most categories on one side of a split.
    max_cat_threshold: i32 = 32, 1.0..=2e9;
    /// L2 penalty added for splits of many categories.
    cat_l2: f64 = 10.0, 0.0..=1e300;
    /// Smooths the ratio by which categories are ordered; categories with fewer rows are left out.
    cat_smooth: f64 = 10.0, 0.0..=1e300;
    /// Up to so many bins a category is split from the rest alone.
    max_cat_to_onehot: i32 = 4, 1.0..=2e9;
    /// For each column whether answers may only rise with it (1), only fall (-1), or both (0).
    monotone_constraints: Vec<i32> = Vec::new(), 0.0..=1.0;
    /// Makes splits by these columns gain less near the root: up to that depth nothing.
    monotone_penalty: f64 = 0.0, 0.0..=1e300;
    /// Draws the answer of a leaf with few rows towards its parent's.
    path_smooth: f64 = 0.0, 0.0..=1e300;
    /// Most bins of a feature.
    max_bin: i32 = 255, 2.0..=65_535.0;
    /// Fewest rows in a bin.
    min_data_in_bin: i32 = 3, 1.0..=2e9;
    /// From how many rows, drawn at random, bins are made.
    bin_construct_sample_cnt: i32 = 200_000, 1.0..=2e9;
    /// Seed of these rows.
    data_random_seed: i32 = 1, -2e9..=2e9;
    /// Whether sparse columns may share a bundle of any number.
    is_enable_sparse: bool = true, 0.0..=1.0;
    /// Whether columns of which hardly any two have a value in one row are kept as one, where the later value counts.
    enable_bundle: bool = true, 0.0..=1.0;
    /// Whether missing values are treated as such.
    use_missing: bool = true, 0.0..=1.0;
    /// Whether zeros are.
    zero_as_missing: bool = false, 0.0..=1.0;
    /// Whether features that cannot be split are left out beforehand.
    feature_pre_filter: bool = true, 0.0..=1.0;
    /// Classes of `multiclass`.
    num_class: i32 = 1, 1.0..=1000.0;
    /// Whether the rarer class weighs as much as the other.
    is_unbalance: bool = false, 0.0..=1.0;
    /// Weight of positive rows.
    scale_pos_weight: f64 = 1.0, 1e-300..=1e300;
    /// Steepness of the logistic function.
    sigmoid: f64 = 1.0, 1e-300..=1e300;
    /// Whether training begins at the mean.
    boost_from_average: bool = true, 0.0..=1.0;
    /// Error up to which `huber` is squared.
    alpha: f64 = 0.9, 1e-300..=1e300;
    /// Keeps the answers of `poisson` from running away.
    poisson_max_delta_step: f64 = 0.7, 1e-300..=1e300;
}

impl Parameters {
    /// Whether positive and negative rows of `binary` are drawn by shares of their own.
    pub(super) fn balances_bag(&self, labels: &[f32]) -> bool {
        self.objective == Objective::Binary
            && (self.pos_bagging_fraction < 1.0 || self.neg_bagging_fraction < 1.0)
            && labels.iter().any(|label| *label > 0.0)
    }

    /// Whether rounds draw anything: rows, columns, places or trees.
    pub(super) fn draws(&self) -> bool {
        self.bagging_freq > 0
            || self.data_sample_strategy == SampleStrategy::Goss
            || self.boosting == Boosting::Dart
            || self.feature_fraction < 1.0
            || self.feature_fraction_bynode < 1.0
            || self.extra_trees
    }

    /// Trees fitted in one round: one for each class where there are several.
    pub fn trees_per_round(&self) -> usize {
        if self.objective.has_classes() { self.num_class as usize } else { 1 }
    }
}

impl Parameters {
    /// Sets a parameter by its own name.
    fn assign(&mut self, name: &str, text: &str) -> Result<(), BoostingError> {
        let number = NAMES.iter().position(|own| *own == name).ok_or_else(|| unknown(name))?;
        let before = self.clone();
        let place = &mut *self.places()[number];
        let (low, high) = RANGES[number];
        if place.read(text) && (low..=high).contains(&place.size()) {
            return Ok(());
        }
        let refused = bad(name, text, (low, high), place.kind());
        *self = before;
        Err(refused)
    }

    /// A parameter as LightGBM writes it in a model file.
    pub fn text(&self, name: &str) -> Option<String> {
        let number = NAMES.iter().position(|own| *own == name)?;
        Some(self.clone().places()[number].write())
    }
}

impl From<&Parameters> for Rules {
    fn from(parameters: &Parameters) -> Self {
        Self {
            l1: parameters.lambda_l1,
            l2: parameters.lambda_l2,
            max_delta_step: parameters.max_delta_step,
            path_smooth: if parameters.path_smooth > EPSILON { parameters.path_smooth } else { 0.0 },
            min_gain: parameters.min_gain_to_split,
            min_data: i64::from(parameters.min_data_in_leaf),
            min_hessian: parameters.min_sum_hessian_in_leaf,
            min_data_per_group: i64::from(parameters.min_data_per_group),
            max_cat_threshold: parameters.max_cat_threshold as usize,
            cat_l2: parameters.cat_l2,
            cat_smooth: parameters.cat_smooth,
            max_cat_to_onehot: parameters.max_cat_to_onehot as usize,
            constrained: !parameters.monotone_constraints.is_empty(),
        }
    }
}
