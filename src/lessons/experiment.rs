//! Experiments: the same question put to many runs, declared by a lesson and carried out by the page.
//!
//! A run is opened with the reader's settings as far as they are kept, a variant's settings over them, and one of
//! several consecutive seeds, the first of which is the reader's own; it is trained to its end and measured. The
//! runs go through all variants with one seed before they take the next, so that an experiment that is stopped
//! half-way still compares like with like.

use crate::controls::Control;
use serde::Serialize;
use serde_json::{Map, Value};

/// Settings by name.
pub type Values = Map<String, Value>;

/// Many runs side by side, and how they are judged.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Experiment {
    /// Key under `experiments` in the language files.
    pub id: &'static str,
    /// How many seeds each variant is run with.
    pub seeds: u32,
    /// Numbers of seeds that the reader chooses from, the usual one first; none where it is always [`seeds`](Self::seeds).
    pub seed_counts: Vec<u32>,
    /// A setting that the reader chooses in the experiment itself, if there is one.
    pub choice: Option<Choice>,
    /// What is compared, in the order shown; at least one.
    pub variants: Vec<Variant>,
    /// Which of the reader's settings hold.
    pub keep: Keep,
    /// What is measured of each run; the first is the headline, which the dots show.
    pub measures: Vec<Measure>,
    /// How one variant is chosen in the end, if that is what the experiment is for.
    pub selection: Option<Selection>,
    /// The goal of the lesson that this experiment judges.
    pub goal: Option<ExperimentGoal>,
    /// A recorded metric whose curves over the steps are laid over each other, one for each variant.
    pub curves: Option<&'static str>,
    /// Seconds the whole takes on one laptop core with the default settings, to be shown before the first run.
    pub seconds: f64,
}

/// A setting that is chosen for an experiment, whatever the lab has.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Choice {
    /// Its name; a choice among those that are kept.
    pub setting: &'static str,
    /// Its options, the usual one first.
    pub options: Vec<&'static str>,
}

/// One of the things compared.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Variant {
    /// Key under `experiments.<id>.variants` in the language files.
    pub id: &'static str,
    /// Settings laid over those kept.
    #[cfg_attr(test, ts(type = "Settings"))]
    pub settings: Values,
    /// Whether a seed changes what it comes to; where none does, it is run with the first alone.
    pub seeded: bool,
}

/// Which of the reader's current settings an experiment keeps; the others stand at their defaults.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Keep {
    /// All of them.
    All,
    /// Only these, where the lesson has them.
    Only {
        /// Names of settings.
        names: Vec<&'static str>,
    },
}

/// A number measured of each run.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Measure {
    /// Key under `measures` in the language files.
    pub id: &'static str,
    /// How it is measured.
    #[serde(flatten)]
    pub source: MeasureSource,
    /// Key under `measure_groups`, where a table would have too many columns: those of one group are shown at a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub group: Option<&'static str>,
}

impl Measure {
    /// A measure that is always shown.
    pub const fn new(id: &'static str, source: MeasureSource) -> Self {
        Self { id, source, group: None }
    }
}

impl Variant {
    /// A variant that is run with every seed.
    pub fn new(id: &'static str, settings: Values) -> Self {
        Self { id, settings, seeded: true }
    }
}

/// How a number is measured.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MeasureSource {
    /// A figure of `evaluate(split)` after the last step.
    Figure {
        /// Name of the split.
        split: &'static str,
        /// Name of the figure: `loss`, `accuracy`.
        metric: &'static str,
    },
    /// Steps made until the mean training loss of the steps of one whole epoch, ended by this one, is first below
    /// `loss`; no number where it never is.
    StepsTo {
        /// The loss to come below.
        loss: f64,
    },
    /// Milliseconds of wall-clock time per step.
    MillisecondsPerStep,
    /// √(Σ(lᵢ − l̄)² / n) over the losses lᵢ of all steps, each beside the mean l̄ of its epoch: the scatter that
    /// the choice of minibatches brings.
    LossNoise,
    /// A number in the answer of `inspect(what)`.
    Inspected {
        /// What is looked at.
        what: &'static str,
        /// Name of the number in the answer.
        name: &'static str,
    },
}

/// How one variant is chosen.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Selection {
    /// Means over the seeds, compared in this order; a later one counts only where those before are equal.
    pub by: Vec<Criterion>,
    /// Measured of the chosen variant alone, once all is decided.
    pub report: Measure,
}

/// One mean to compare.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Criterion {
    /// Id of one of the experiment's measures.
    pub measure: &'static str,
    /// Whether the largest is best, or the smallest.
    pub largest: bool,
}

/// A goal of the lesson that is reached by an experiment, and by no single run.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ExperimentGoal {
    /// One of the lesson's goals.
    pub id: &'static str,
    /// What has to be so.
    #[serde(flatten)]
    pub condition: GoalCondition,
}

/// What reaches a goal.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GoalCondition {
    /// The experiment has run to its end.
    Finished,
    /// The experiment has run to its end and the reader has written down an answer.
    Answered,
    /// The experiment has run to its end with some settings, and a mean over all seeds is large enough.
    MeanAtLeast {
        /// Id of one of the experiment's measures.
        measure: &'static str,
        /// The least mean, of the first variant.
        least: f64,
        /// Settings that the runs must have had.
        #[cfg_attr(test, ts(type = "Settings"))]
        given: Values,
    },
}

impl Experiment {
    /// The same experiment with only what these settings can take. Variants that set what is not declared or not
    /// allowed are left out, and so are names to keep and conditions of the goal; `None` if nothing is left to
    /// compare.
    pub fn with(mut self, controls: &[Control]) -> Option<Self> {
        let find = |name: &str| controls.iter().find(|control| control.name == name);
        let fits =
            |(name, value): (&String, &Value)| find(name).is_some_and(|control| control.check(value).is_ok());
        let declared = self.variants.len();
        self.variants.retain(|variant| variant.settings.iter().all(fits));
        if self.variants.len() < declared.min(2) {
            return None;
        }
        if let Keep::Only { names } = &mut self.keep {
            names.retain(|name| find(name).is_some());
        }
        if let Some(ExperimentGoal { condition: GoalCondition::MeanAtLeast { given, .. }, .. }) =
            &mut self.goal
        {
            given.retain(|name, _| find(name).is_some());
        }
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controls::ControlGroup;
    use serde_json::json;

    fn values(value: Value) -> Values {
        value.as_object().unwrap().clone()
    }

    fn experiment(setting: Value) -> Experiment {
        Experiment {
            id: "one",
            seed_counts: vec![],
            choice: None,
            seeds: 2,
            variants: vec![Variant::new("only", values(setting))],
            keep: Keep::Only { names: vec!["rate", "kernel"] },
            measures: Vec::new(),
            selection: None,
            goal: Some(ExperimentGoal {
                id: "goal",
                condition: GoalCondition::MeanAtLeast {
                    measure: "test_accuracy",
                    least: 0.9,
                    given: values(json!({"rate": 1.0, "kernel": "rbf"})),
                },
            }),
            curves: None,
            seconds: 1.0,
        }
    }

    #[test]
    fn only_what_is_declared_stays() {
        let controls = [Control::number("rate", ControlGroup::Training, 0.0, 2.0, 1.0)];
        let fitting = experiment(json!({"rate": 2.0})).with(&controls).unwrap();
        assert!(matches!(fitting.keep, Keep::Only { names } if names == ["rate"]));
        let Some(ExperimentGoal { condition: GoalCondition::MeanAtLeast { given, .. }, .. }) = fitting.goal
        else {
            panic!("the goal is gone")
        };
        assert_eq!(given, values(json!({"rate": 1.0})));
        assert!(experiment(json!({"rate": 3.0})).with(&controls).is_none(), "out of range");
        assert!(experiment(json!({"kernel": "rbf"})).with(&controls).is_none(), "not declared");
    }

    #[test]
    fn one_of_several_variants_is_no_comparison() {
        let controls = [Control::number("rate", ControlGroup::Training, 0.0, 2.0, 1.0)];
        let comparing = |rates: &[f64]| {
            let variant = |rate: &f64| Variant::new("rate", values(json!({ "rate": rate })));
            Experiment { variants: rates.iter().map(variant).collect(), ..experiment(json!({})) }
        };
        let variants = |rates: &[f64]| comparing(rates).with(&controls).map(|fitting| fitting.variants.len());
        assert_eq!(variants(&[1.0, 2.0, 3.0]), Some(2));
        assert_eq!(variants(&[1.0, 3.0]), None);
    }

    #[test]
    fn the_page_reads_flat_measures_and_goals() {
        let measure = Measure::new("dev_loss", MeasureSource::Figure { split: "dev", metric: "loss" });
        let read = serde_json::to_value(measure).unwrap();
        assert_eq!(read, json!({"id": "dev_loss", "kind": "figure", "split": "dev", "metric": "loss"}));
        let goal = ExperimentGoal { id: "question_2", condition: GoalCondition::Finished };
        assert_eq!(serde_json::to_value(goal).unwrap(), json!({"id": "question_2", "kind": "finished"}));
    }
}
