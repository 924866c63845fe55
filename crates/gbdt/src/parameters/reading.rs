//! Parameters from names and values as text, as LightGBM reads them.

use super::super::error::BoostingError;
use super::super::known::{Effect, known, words};
use super::super::number::EPSILON;
use super::super::random::Random;
use super::value::OTHER_OBJECTIVES;
use super::{Boosting, NAMES, Objective, Parameters, SampleStrategy};

impl Parameters {
    /// Parameters from names and values as text; the others keep their defaults. Aliases are understood: a parameter's
    /// own name wins over them, and of two aliases the shorter; of two equal names the later one. A value left empty is
    /// none. What LightGBM changes where parameters do not fit each other is changed here too.
    ///
    /// # Errors
    /// `unknown_parameter` with the nearest known name, `unsupported_parameter` for one that LightGBM alone has,
    /// `bad_parameter` for a value out of range, `contradictory_parameters`.
    pub fn from_pairs<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, BoostingError> {
        Self::from_list(&pairs.into_iter().collect::<Vec<_>>())
    }

    fn from_list(pairs: &[(&str, &str)]) -> Result<Self, BoostingError> {
        let mut parameters = Self::default();
        let mut chosen: Vec<(&str, &str, &str)> = Vec::new();
        for &(given, text) in pairs {
            let name = own_name(given)?;
            match chosen.iter_mut().find(|(own, ..)| *own == name) {
                _ if text.is_empty() => {}
                None => chosen.push((name, given, text)),
                Some(place) if rank(given, name) <= rank(place.1, name) => *place = (name, given, text),
                Some(_) => {}
            }
        }
        // The seeds that are made from one come first.
        for seed in [true, false] {
            for (name, _, text) in chosen.iter().filter(|(name, ..)| (*name == "seed") == seed) {
                parameters.set(name, text)?;
            }
        }
        parameters.settle(chosen.iter().any(|(name, ..)| *name == "num_leaves"));
        parameters.check()?;
        Ok(parameters)
    }

    /// Sets one parameter by its name or an alias.
    ///
    /// # Errors
    /// `unknown_parameter`, `unsupported_parameter`, `bad_parameter`.
    pub fn set(&mut self, name: &str, text: &str) -> Result<(), BoostingError> {
        let name = own_name(name)?;
        match (known(name).map(|known| known.effect), name) {
            (Some(Effect::Nothing), _) => Ok(()),
            (Some(Effect::Only(value)), _) => {
                // "0.0" and "False" are other ways to write what it does without.
                let same = |text: &str| match (text.parse::<f64>(), value.parse::<f64>()) {
                    (Ok(text), Ok(value)) => text == value,
                    _ => text.eq_ignore_ascii_case(value),
                };
                if same(text) { Ok(()) } else { Err(unsupported(name, text)) }
            }
            (_, "seed") => self.seed(text),
            // The older name of a strategy.
            (_, "boosting") if text.eq_ignore_ascii_case("goss") => {
                (self.boosting, self.data_sample_strategy) = (Boosting::Gbdt, SampleStrategy::Goss);
                Ok(())
            }
            (_, "objective") if OTHER_OBJECTIVES.split(' ').any(|other| text.eq_ignore_ascii_case(other)) => {
                Err(unsupported(name, text))
            }
            _ => self.assign(name, text),
        }
    }

    /// Makes all seeds from one, as LightGBM does.
    fn seed(&mut self, text: &str) -> Result<(), BoostingError> {
        // Read by the rules of a seed, which are those of any of them.
        self.assign("bagging_seed", text)?;
        let mut random = Random::new(self.bagging_seed);
        let mut next = || random.next_short(0, i32::from(i16::MAX));
        self.data_random_seed = next();
        self.bagging_seed = next();
        self.drop_seed = next();
        self.feature_fraction_seed = next();
        // The objective's.
        next();
        self.extra_seed = next();
        Ok(())
    }

    /// What LightGBM changes before it begins.
    fn settle(&mut self, leaves_are_given: bool) {
        if self.max_depth > 0 && !leaves_are_given {
            let full = 2.0_f64.powi(self.max_depth);
            if full < f64::from(self.num_leaves) {
                self.num_leaves = full as i32;
            }
        }
        if self.path_smooth > EPSILON && self.min_data_in_leaf < 2 {
            self.min_data_in_leaf = 2;
        }
        if self.min_data_in_leaf <= 0 && self.min_sum_hessian_in_leaf <= EPSILON {
            self.min_data_in_leaf = 1;
        }
    }

    /// Whether the parameters fit each other.
    ///
    /// # Errors
    /// `contradictory_parameters` with the names.
    pub fn check(&self) -> Result<(), BoostingError> {
        if self.is_unbalance && (self.scale_pos_weight - 1.0).abs() > 1e-6 {
            return Err(contradiction("is_unbalance, scale_pos_weight", "each weighs the positive rows"));
        }
        let goss = self.data_sample_strategy == SampleStrategy::Goss;
        if goss {
            if self.top_rate + self.other_rate > 1.0 || self.top_rate <= 0.0 || self.other_rate <= 0.0 {
                let reason = "both must be above 0 and together at most 1";
                return Err(contradiction("top_rate, other_rate", reason));
            }
            if self.bagging_freq > 0 && self.bagging_fraction < 1.0 {
                let names = "data_sample_strategy=goss, bagging_fraction";
                return Err(contradiction(names, "each draws the rows"));
            }
        }
        let draws = self.bagging_freq > 0 && self.bagging_fraction < 1.0 || self.feature_fraction < 1.0;
        if self.boosting == Boosting::Forest && !goss && !draws {
            let names = "boosting=rf, bagging_fraction, bagging_freq, feature_fraction";
            return Err(contradiction(names, "without a draw of rows or columns all its trees are the same"));
        }
        if self.objective.has_classes() != (self.num_class > 1) {
            let reason = "multiclass needs two classes or more, the others one";
            return Err(contradiction("objective, num_class", reason));
        }
        if self.objective == Objective::RegressionL1 && !self.monotone_constraints.is_empty() {
            let reason = "the answers of its leaves are medians, which keep to no constraint";
            return Err(contradiction("objective=regression_l1, monotone_constraints", reason));
        }
        Ok(())
    }
}

/// The name of the parameter that is meant.
fn own_name(given: &str) -> Result<&'static str, BoostingError> {
    let own = NAMES.iter().copied().find(|name| *name == given);
    own.or_else(|| known(given).map(|known| known.name)).ok_or_else(|| unknown(given))
}

/// The lower, the more a name counts among those that are given for one parameter.
fn rank<'a>(given: &'a str, own: &str) -> (bool, usize, &'a str) {
    (given != own, given.len(), given)
}

/// What contradicts what, and why.
pub(in super::super) fn contradiction(parameters: &str, reason: &str) -> BoostingError {
    let message = format!("{parameters} do not go together: {reason}.");
    BoostingError::new("contradictory_parameters", message)
        .with("parameters", parameters)
        .with("reason", reason)
}

fn unsupported(name: &str, text: &str) -> BoostingError {
    let text: String = text.chars().take(60).collect();
    let message = format!("LightGBM has `{name}={text}`, this engine does not.");
    BoostingError::new("unsupported_parameter", message).with("parameter", name).with("value", text)
}

pub(super) fn unknown(name: &str) -> BoostingError {
    let known = NAMES.iter().copied().chain(words());
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
