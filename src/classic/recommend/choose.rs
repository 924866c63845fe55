//! The settings that `valid` chooses for each method, among a handful, candidate by candidate.

use super::bias::BiasConfig;
use super::content::ContentConfig;
use super::ease::EaseConfig;
use super::factorisation::FactorisationConfig;
use super::hybrid::HybridConfig;
use super::knn::KnnConfig;
use super::methods::{Configs, Learning, Method, Training};
use super::validation::Validation;
use crate::data::ratings::{RatingSplit, Ratings};
use std::rc::Rc;

const SHRINKAGES: [f32; 4] = [1.0, 3.0, 5.0, 10.0];
const NEIGHBOURS: [usize; 4] = [20, 50, 100, 200];
const KNN_SHRINKAGES: [f32; 3] = [0.1, 0.3, 1.0];
const DECAYS: [f32; 3] = [0.05, 0.1, 0.15];
const PASSES: usize = 50;
const EASE_DECAYS: [f32; 4] = [50.0, 100.0, 200.0, 400.0];
const SVD_FACTORS: [usize; 4] = [8, 16, 32, 48];
const WORDS: [f32; 4] = [0.0, 0.25, 0.5, 1.0];
const CONTENT_SHRINKAGES: [f32; 3] = [1.0, 3.0, 10.0];
const CONTENT_SHARES: [f32; 4] = [0.05, 0.1, 0.2, 0.4];

/// What candidates are judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    /// RMSE of stars.
    Stars,
    /// NDCG@10.
    Ranking,
}

/// Makes settings those of a numbered candidate.
type Change<'a> = dyn Fn(&mut Configs, usize) + 'a;

/// Methods with settings to choose, each behind those it builds on: neighbours on biases, the hybrid on contents and
/// neighbours.
pub const ORDER: [Method; 8] = [
    Method::Bias,
    Method::Factorisation,
    Method::UserKnn,
    Method::ItemKnn,
    Method::Ease,
    Method::Svd,
    Method::Content,
    Method::Hybrid,
];

/// The candidates of a method's `stage`-th choice, and what they are judged by; none after the last.
fn candidates(method: Method, stage: usize, configs: &Configs) -> Option<(Vec<Configs>, Measure)> {
    let with = |change: &Change, count: usize| -> Vec<Configs> {
        (0..count)
            .map(|place| {
                let mut candidate = *configs;
                change(&mut candidate, place);
                candidate
            })
            .collect()
    };
    let neighbours = |change: &dyn Fn(&mut Configs) -> &mut KnnConfig| match stage {
        0 => {
            let count = NEIGHBOURS.len() * KNN_SHRINKAGES.len();
            let stars = |configs: &mut Configs, place: usize| {
                let (star_neighbours, shrinkage) = (NEIGHBOURS[place / 3], KNN_SHRINKAGES[place % 3]);
                // Stars need no neighbours of a ranking: none are looked for.
                *change(configs) = KnnConfig { neighbours: 0, star_neighbours, shrinkage };
            };
            Some((with(&stars, count), Measure::Stars))
        }
        1 => {
            let ranking =
                |configs: &mut Configs, place: usize| change(configs).neighbours = NEIGHBOURS[place];
            Some((with(&ranking, NEIGHBOURS.len()), Measure::Ranking))
        }
        _ => None,
    };
    let (change, count, measure): (&Change, _, _) = match (method, stage) {
        (Method::UserKnn, _) => return neighbours(&|configs| &mut configs.users),
        (Method::ItemKnn, _) => return neighbours(&|configs| &mut configs.films),
        (Method::Bias, 0) => (
            &|configs, place| {
                let (film_shrinkage, user_shrinkage) = (SHRINKAGES[place / 4], SHRINKAGES[place % 4]);
                configs.bias = BiasConfig { film_shrinkage, user_shrinkage };
            },
            SHRINKAGES.len() * SHRINKAGES.len(),
            Measure::Stars,
        ),
        (Method::Factorisation, 0) => (
            &|configs, place| {
                let factor_decay = DECAYS[place];
                configs.factorisation =
                    FactorisationConfig { factor_decay, passes: PASSES, ..configs.factorisation };
            },
            DECAYS.len(),
            Measure::Stars,
        ),
        (Method::Ease, 0) => (
            &|configs, place| configs.ease = EaseConfig { decay: EASE_DECAYS[place], ..configs.ease },
            EASE_DECAYS.len(),
            Measure::Ranking,
        ),
        (Method::Svd, 0) => {
            (&|configs, place| configs.svd_factors = SVD_FACTORS[place], SVD_FACTORS.len(), Measure::Ranking)
        }
        (Method::Content, 0) => (
            &|configs, place| configs.content = ContentConfig { words: WORDS[place], ..configs.content },
            WORDS.len(),
            Measure::Ranking,
        ),
        (Method::Content, 1) => (
            &|configs, place| configs.content.shrinkage = CONTENT_SHRINKAGES[place],
            CONTENT_SHRINKAGES.len(),
            Measure::Stars,
        ),
        (Method::Hybrid, 0) => (
            &|configs, place| {
                configs.hybrid = HybridConfig { content: CONTENT_SHARES[place], ..configs.hybrid };
            },
            CONTENT_SHARES.len(),
            Measure::Ranking,
        ),
        (Method::Hybrid, 1) => (
            &|configs, place| configs.hybrid.star_content = CONTENT_SHARES[place],
            CONTENT_SHARES.len(),
            Measure::Stars,
        ),
        _ => return None,
    };
    Some((with(change, count), measure))
}

/// A candidate that is trained, and those that wait.
struct Stage {
    measure: Measure,
    waiting: std::vec::IntoIter<Configs>,
    current: Option<(Configs, Training)>,
    best: Option<(f64, Configs)>,
}

/// Choosing settings, in steps of a fraction of a second.
pub struct Choosing {
    learning: Learning,
    validation: Validation,
    seed: u64,
    configs: Configs,
    methods: std::vec::IntoIter<Method>,
    current: Option<(Method, usize)>,
    stage: Option<Stage>,
    done: usize,
    all: usize,
}

impl Choosing {
    /// Chooses for some methods, in the order of [`ORDER`]; settings of the others stay as they are in `configs`.
    pub fn new(
        table: Rc<Ratings>,
        split: &RatingSplit,
        methods: &[Method],
        configs: Configs,
        seed: u64,
    ) -> Self {
        let validation = Validation::new(&table, split);
        let methods: Vec<Method> = ORDER.into_iter().filter(|method| methods.contains(method)).collect();
        let count = |method: &Method| -> usize {
            (0..).map_while(|stage| candidates(*method, stage, &configs)).map(|(all, _)| all.len()).sum()
        };
        let all = methods.iter().map(count).sum();
        let learning = Learning::new(table, &split.fit, None);
        let methods = methods.into_iter();
        Self { learning, validation, seed, configs, methods, current: None, stage: None, done: 0, all }
    }

    /// The next piece of work. Returns whether more is to come.
    pub fn step(&mut self) -> bool {
        let Some(mut stage) = self.stage.take() else { return self.next_stage() };
        let Some((method, _)) = self.current else { return false };
        match &mut stage.current {
            None => match stage.waiting.next() {
                Some(candidate) => {
                    let training = Training::new(method, &self.learning, &candidate, self.seed);
                    stage.current = Some((candidate, training));
                }
                None => {
                    self.configs = stage.best.map_or(self.configs, |(_, best)| best);
                    return self.next_stage();
                }
            },
            Some((candidate, training)) => {
                let more = training.step();
                if let Training::Factorisation(fit) = training {
                    // Each pass is a candidate: the best of them is kept.
                    let mut candidate = *candidate;
                    candidate.factorisation.passes = fit.progress().0;
                    keep(&mut stage.best, self.validation.rmse(fit.model()), candidate);
                }
                if !more && let Some((candidate, training)) = stage.current.take() {
                    self.done += 1;
                    if method != Method::Factorisation {
                        let model = training.finish();
                        let cost = match stage.measure {
                            Measure::Stars => self.validation.rmse(&*model),
                            Measure::Ranking => -self.validation.ndcg(&*model),
                        };
                        keep(&mut stage.best, cost, candidate);
                    }
                }
            }
        }
        self.stage = Some(stage);
        true
    }

    /// Goes to the next choice of this method, or the first of the next.
    fn next_stage(&mut self) -> bool {
        let next = self.current.map(|(method, stage)| (method, stage + 1));
        let next = next.filter(|(method, stage)| candidates(*method, *stage, &self.configs).is_some());
        self.current = next.or_else(|| self.methods.next().map(|method| (method, 0)));
        let found = self.current.and_then(|(method, stage)| candidates(method, stage, &self.configs));
        self.stage = found.map(|(all, measure)| Stage {
            measure,
            waiting: all.into_iter(),
            current: None,
            best: None,
        });
        self.stage.is_some()
    }

    /// Candidates done, and all.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.all)
    }

    /// The settings as they are chosen so far.
    pub fn configs(&self) -> &Configs {
        &self.configs
    }

    /// Chooses to the end.
    pub fn run(mut self) -> Configs {
        while self.step() {}
        self.configs
    }
}

/// Keeps the first of the candidates with the least cost.
fn keep(best: &mut Option<(f64, Configs)>, cost: f64, candidate: Configs) {
    if best.as_ref().is_none_or(|(least, _)| cost < *least) {
        *best = Some((cost, candidate));
    }
}
