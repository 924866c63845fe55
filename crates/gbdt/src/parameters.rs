//! LightGBM's parameters by their own names, with their own defaults.

use super::aliases::{ALIASES, SEED, WITHOUT_EFFECT};
use super::error::BoostingError;
use super::number::{EPSILON, general};
use super::random::Random;
use gbdt_kernels::rules::Rules;

/// Which loss is minimised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objective {
    /// Squared error; the scores are the answers.
    Regression,
    /// Logistic loss of two classes; the scores are log odds over `sigmoid`.
    Binary,
    /// Cross-entropy of several classes; the scores are logits.
    Multiclass,
}

/// How the ensemble grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boosting {
    /// Plain gradient boosting.
    Gbdt,
    /// Trees are dropped at random while the next one is fitted.
    Dart,
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

/// A value that can stand in a parameter: read from text and written as LightGBM writes it.
trait ParameterValue: Sized {
    fn read(text: &str) -> Option<Self>;
    fn write(&self) -> String;
    /// Its place on a line of numbers, for the check of the range.
    fn size(&self) -> f64;
}

impl ParameterValue for f64 {
    fn read(text: &str) -> Option<Self> {
        text.parse().ok().filter(|value: &f64| !value.is_nan())
    }
    fn write(&self) -> String {
        general(*self, 6)
    }
    fn size(&self) -> f64 {
        *self
    }
}

impl ParameterValue for i32 {
    fn read(text: &str) -> Option<Self> {
        // LightGBM takes 5.0 for a whole number too.
        text.parse().ok().or_else(|| {
            text.parse::<f64>().ok().filter(|v| v.fract() == 0.0 && v.abs() < 2e9).map(|v| v as i32)
        })
    }
    fn write(&self) -> String {
        self.to_string()
    }
    fn size(&self) -> f64 {
        f64::from(*self)
    }
}

impl ParameterValue for bool {
    fn read(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "+" => Some(true),
            "false" | "0" | "-" => Some(false),
            _ => None,
        }
    }
    fn write(&self) -> String {
        u8::from(*self).to_string()
    }
    fn size(&self) -> f64 {
        f64::from(u8::from(*self))
    }
}

macro_rules! choices {
    ($type:ident, $($name:literal => $value:expr),+) => {
        impl ParameterValue for $type {
            fn read(text: &str) -> Option<Self> {
                match text {
                    $($name => Some($value),)+
                    _ => None,
                }
            }
            fn write(&self) -> String {
                $(if *self == $value { return $name.into(); })+
                unreachable!("every value has a name")
            }
            fn size(&self) -> f64 {
                0.0
            }
        }
    };
}

choices!(Boosting, "gbdt" => Boosting::Gbdt, "dart" => Boosting::Dart, "gbrt" => Boosting::Gbdt);
choices!(SampleStrategy, "bagging" => SampleStrategy::Bagging, "goss" => SampleStrategy::Goss);
choices!(GrowPolicy, "leaf_wise" => GrowPolicy::LeafWise, "level_wise" => GrowPolicy::LevelWise);
choices!(Objective,
    "regression" => Objective::Regression, "binary" => Objective::Binary, "multiclass" => Objective::Multiclass,
    "regression_l2" => Objective::Regression, "l2" => Objective::Regression, "mse" => Objective::Regression,
    "mean_squared_error" => Objective::Regression, "softmax" => Objective::Multiclass);

/// Reads a parameter of a type into its place. A function, and not inlined, because there are 46 parameters.
///
/// # Errors
/// `bad_parameter` for what is not of the type or not within the range.
#[inline(never)]
fn set<T: ParameterValue>(
    place: &mut T,
    name: &str,
    text: &str,
    (low, high): (f64, f64),
    kind: &str,
) -> Result<(), BoostingError> {
    let value = T::read(text).filter(|value| (low..=high).contains(&value.size()));
    *place = value.ok_or_else(|| bad(name, text, (low, high), kind))?;
    Ok(())
}

fn bad(name: &str, text: &str, (low, high): (f64, f64), kind: &str) -> BoostingError {
    BoostingError::new("bad_parameter", format!("`{name}` cannot be `{text}`: {kind} is expected."))
        .with("parameter", name)
        .with("value", text)
        .with("expected", format!("{low} to {high}"))
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

        impl Parameters {
            /// Sets a parameter by its own name.
            fn assign(&mut self, name: &str, text: &str) -> Result<(), BoostingError> {
                match name {
                    $(stringify!($name) => {
                        set(&mut self.$name, name, text, ($low, $high), stringify!($type))?;
                    })+
                    _ => return Err(unknown(name)),
                }
                Ok(())
            }

            /// A parameter as LightGBM writes it in a model file.
            pub fn text(&self, name: &str) -> Option<String> {
                match name {
                    $(stringify!($name) => Some(self.$name.write()),)+
                    _ => None,
                }
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
    /// Draws the answer of a leaf with few rows towards its parent's.
    path_smooth: f64 = 0.0, 0.0..=1e300;
    /// Most bins of a feature.
    max_bin: i32 = 255, 2.0..=65_535.0;
    /// Fewest rows in a bin.
    min_data_in_bin: i32 = 3, 1.0..=2e9;
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
}

impl Parameters {
    /// Parameters from names and values as text; the others keep their defaults. Aliases are understood.
    ///
    /// # Errors
    /// `unknown_parameter` with the nearest known name, `bad_parameter` for a value out of range,
    /// `contradictory_parameters`.
    pub fn from_pairs<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, BoostingError> {
        let mut parameters = Self::default();
        let (general, particular): (Vec<_>, Vec<_>) =
            pairs.into_iter().partition(|(name, _)| SEED.contains(name));
        for (name, text) in general.into_iter().chain(particular) {
            parameters.set(name, text)?;
        }
        parameters.check()?;
        Ok(parameters)
    }

    /// Sets one parameter by its name or an alias.
    ///
    /// # Errors
    /// `unknown_parameter`, `bad_parameter`.
    pub fn set(&mut self, name: &str, text: &str) -> Result<(), BoostingError> {
        if WITHOUT_EFFECT.contains(&name) {
            return Ok(());
        }
        if SEED.contains(&name) {
            return self.seed(text);
        }
        let own = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, own)| own);
        self.assign(own, text)
    }

    /// Makes all seeds from one, as LightGBM does.
    fn seed(&mut self, text: &str) -> Result<(), BoostingError> {
        // Read by the rules of a seed, which are those of any of them.
        self.assign("bagging_seed", text)?;
        let mut random = Random::new(self.bagging_seed);
        let mut next = || random.next_short(i32::from(i16::MAX));
        // The first is that of the rows bins are made from, and all rows are looked at here.
        next();
        self.bagging_seed = next();
        self.drop_seed = next();
        self.feature_fraction_seed = next();
        Ok(())
    }

    /// Whether the parameters fit each other.
    ///
    /// # Errors
    /// `contradictory_parameters` with the names.
    pub fn check(&self) -> Result<(), BoostingError> {
        let contradiction = |parameters: &str, reason: &str| {
            let message = format!("{parameters} do not go together: {reason}.");
            Err(BoostingError::new("contradictory_parameters", message)
                .with("parameters", parameters)
                .with("reason", reason))
        };
        if self.is_unbalance && (self.scale_pos_weight - 1.0).abs() > 1e-6 {
            return contradiction("is_unbalance, scale_pos_weight", "each weighs the positive rows");
        }
        if self.data_sample_strategy == SampleStrategy::Goss {
            if self.top_rate + self.other_rate > 1.0 || self.top_rate <= 0.0 || self.other_rate <= 0.0 {
                return contradiction("top_rate, other_rate", "both must be above 0 and together at most 1");
            }
            if self.bagging_freq > 0 && self.bagging_fraction < 1.0 {
                return contradiction("data_sample_strategy=goss, bagging_fraction", "each draws the rows");
            }
        }
        if (self.objective == Objective::Multiclass) != (self.num_class > 1) {
            return contradiction(
                "objective, num_class",
                "multiclass needs two classes or more, the others one",
            );
        }
        Ok(())
    }

    /// Trees fitted in one round: one for each class of `multiclass`.
    pub fn trees_per_round(&self) -> usize {
        if self.objective == Objective::Multiclass { self.num_class as usize } else { 1 }
    }
}

fn unknown(name: &str) -> BoostingError {
    let known = NAMES.iter().copied().chain(ALIASES.iter().map(|(alias, _)| *alias));
    let nearest = known.min_by_key(|known| distance(known, name)).expect("there are names");
    BoostingError::new(
        "unknown_parameter",
        format!("There is no parameter `{name}`. Did you mean `{nearest}`?"),
    )
    .with("parameter", name.chars().take(60).collect::<String>())
    .with("nearest", nearest)
}

/// Letters to change, add or leave out between two names (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(60).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
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
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_and_names_are_understood() {
        let parameters =
            Parameters::from_pairs([("eta", "0.3"), ("n_estimators", "7"), ("objective", "binary")]).unwrap();
        assert_eq!(parameters.learning_rate, 0.3);
        assert_eq!(parameters.num_iterations, 7);
        assert_eq!(parameters.objective, Objective::Binary);
        for (_, own) in ALIASES {
            assert!(NAMES.contains(own), "{own}");
        }
    }

    #[test]
    fn an_unknown_name_is_answered_by_the_nearest() {
        let error = Parameters::from_pairs([("num_leavs", "7")]).unwrap_err();
        assert_eq!(error.code, "unknown_parameter");
        assert!(error.facts.contains(&("nearest", "num_leaves".into())), "{error:?}");
    }

    #[test]
    fn values_out_of_range_and_contradictions_are_refused() {
        for (name, text) in [
            ("num_leaves", "1"),
            ("learning_rate", "0"),
            ("learning_rate", "nan"),
            ("bagging_fraction", "1.5"),
            ("max_bin", "many"),
            ("is_unbalance", "perhaps"),
            ("objective", "lambdarank"),
            ("lambda_l1", "-1"),
        ] {
            assert_eq!(Parameters::from_pairs([(name, text)]).unwrap_err().code, "bad_parameter", "{name}");
        }
        for pairs in [
            vec![("objective", "binary"), ("is_unbalance", "true"), ("scale_pos_weight", "3")],
            vec![("objective", "multiclass")],
            vec![("objective", "binary"), ("num_class", "3")],
            vec![("data_sample_strategy", "goss"), ("top_rate", "0.8"), ("other_rate", "0.3")],
        ] {
            assert_eq!(Parameters::from_pairs(pairs).unwrap_err().code, "contradictory_parameters");
        }
    }
}
