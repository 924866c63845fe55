//! All methods by name, trained in steps.

use super::Recommender;
use super::bias::{Bias, BiasConfig};
use super::content::{Content, ContentConfig};
use super::ease::{EaseConfig, EaseFit};
use super::factorisation::{FactorisationConfig, FactorisationFit};
use super::hybrid::{Hybrid, HybridConfig};
use super::item_knn::ItemKnnFit;
use super::knn::KnnConfig;
use super::popularity::{Mean, Popular, RandomOrder};
use super::svd::SvdFit;
use super::user_knn::UserKnn;
use crate::data::ratings::{Interactions, Ratings};
use std::rc::Rc;

/// A method without a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// A random order.
    Random,
    /// The mean of all ratings.
    Mean,
    /// User and film bias.
    Bias,
    /// Truncated singular value decomposition.
    Svd,
    /// Biased matrix factorisation.
    Factorisation,
    /// The number of raters.
    Popular,
    /// User-based collaborative filtering.
    UserKnn,
    /// Item-based collaborative filtering.
    ItemKnn,
    /// A linear model from films to films.
    Ease,
    /// Content-based filtering.
    Content,
    /// Content-based and item-based filtering.
    Hybrid,
}

impl Method {
    /// All methods, with the names of the setting `model`.
    pub const ALL: [(&str, Method); 11] = [
        ("random", Method::Random),
        ("mean", Method::Mean),
        ("bias", Method::Bias),
        ("svd", Method::Svd),
        ("mf", Method::Factorisation),
        ("popular", Method::Popular),
        ("user_cf", Method::UserKnn),
        ("item_cf", Method::ItemKnn),
        ("ease", Method::Ease),
        ("content", Method::Content),
        ("hybrid", Method::Hybrid),
    ];

    /// The method of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, method)| *method)
    }

    /// Whether it predicts stars; the others only rank.
    pub fn gives_stars(self) -> bool {
        matches!(
            self,
            Self::Mean
                | Self::Bias
                | Self::Factorisation
                | Self::UserKnn
                | Self::ItemKnn
                | Self::Content
                | Self::Hybrid
        )
    }
}

/// Settings of all methods. The defaults are what `valid` chooses on latest-small.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Configs {
    /// Biases, which neighbours build on too.
    pub bias: BiasConfig,
    /// Factors of the singular value decomposition.
    pub svd_factors: usize,
    /// Matrix factorisation.
    pub factorisation: FactorisationConfig,
    /// User-based filtering.
    pub users: KnnConfig,
    /// Item-based filtering.
    pub films: KnnConfig,
    /// The linear model.
    pub ease: EaseConfig,
    /// Content-based filtering.
    pub content: ContentConfig,
    /// The hybrid.
    pub hybrid: HybridConfig,
}

impl Default for Configs {
    fn default() -> Self {
        Self {
            bias: BiasConfig::default(),
            svd_factors: 48,
            factorisation: FactorisationConfig::default(),
            users: KnnConfig::USERS,
            films: KnnConfig::FILMS,
            ease: EaseConfig::default(),
            content: ContentConfig::default(),
            hybrid: HybridConfig::default(),
        }
    }
}

/// What a method is trained on.
#[derive(Debug, Clone)]
pub struct Learning {
    /// The table.
    pub table: Rc<Ratings>,
    /// The rows of it that are learned from.
    pub rows: Rc<[u32]>,
    /// One of them that is left out, to see what it changes.
    pub without: Option<u32>,
    /// Those rows but the one, by user and by film.
    pub train: Rc<Interactions>,
}

impl Learning {
    /// Some rows of a table, but one.
    pub fn new(table: Rc<Ratings>, rows: &[u32], without: Option<u32>) -> Self {
        let kept: Vec<u32> = rows.iter().copied().filter(|row| Some(*row) != without).collect();
        let train = Rc::new(Interactions::new(&table, &kept));
        Self { table, rows: rows.into(), without, train }
    }
}

/// A method while it is trained.
#[expect(clippy::large_enum_variant, reason = "there are a dozen at most")]
pub enum Training {
    /// Trained.
    Ready(Rc<dyn Recommender>),
    /// Passes of a factorisation.
    Factorisation(FactorisationFit),
    /// Iterations of a decomposition.
    Svd(SvdFit),
    /// Films whose neighbours are found.
    ItemKnn(ItemKnnFit),
    /// Blocks of a system of equations.
    Ease(EaseFit),
    /// Films whose neighbours are found, for the hybrid.
    Hybrid(ItemKnnFit, Rc<Content>, HybridConfig),
}

impl Training {
    /// Begins; methods that take no time worth waiting for are ready at once.
    pub fn new(method: Method, learning: &Learning, configs: &Configs, seed: u64) -> Self {
        let train = || Rc::clone(&learning.train);
        let bias = || Rc::new(Bias::fit(&learning.train, configs.bias));
        let content = || Rc::new(Content::fit(&learning.table.films, &learning.train, configs.content));
        match method {
            Method::Random => Self::Ready(Rc::new(RandomOrder { seed })),
            Method::Mean => Self::Ready(Rc::new(Mean::fit(&learning.train))),
            Method::Popular => Self::Ready(Rc::new(Popular::fit(&learning.train))),
            Method::Bias => Self::Ready(bias()),
            Method::Content => Self::Ready(content()),
            Method::UserKnn => Self::Ready(Rc::new(UserKnn::fit(train(), bias(), configs.users))),
            Method::ItemKnn => Self::ItemKnn(ItemKnnFit::new(train(), bias(), configs.films)),
            Method::Hybrid => {
                Self::Hybrid(ItemKnnFit::new(train(), bias(), configs.films), content(), configs.hybrid)
            }
            Method::Svd => Self::Svd(SvdFit::new(train(), configs.svd_factors, seed)),
            Method::Ease => Self::Ease(EaseFit::new(&learning.train, configs.ease)),
            Method::Factorisation => {
                let (table, rows, without) = (&learning.table, &learning.rows, learning.without);
                Self::Factorisation(FactorisationFit::new(table, rows, without, configs.factorisation, seed))
            }
        }
    }

    /// The next piece of work, a fraction of a second at most. Returns whether more is to come.
    pub fn step(&mut self) -> bool {
        match self {
            Self::Ready(_) => false,
            Self::Factorisation(fit) => fit.step(),
            Self::Svd(fit) => fit.step(),
            Self::ItemKnn(fit) | Self::Hybrid(fit, ..) => fit.step(),
            Self::Ease(fit) => fit.step(),
        }
    }

    /// How much of the work is done, 0 to 1.
    pub fn progress(&self) -> f64 {
        let share = |(done, all): (usize, usize)| done as f64 / all.max(1) as f64;
        match self {
            Self::Ready(_) => 1.0,
            Self::Factorisation(fit) => share(fit.progress()),
            Self::Svd(fit) => share(fit.progress()),
            Self::ItemKnn(fit) | Self::Hybrid(fit, ..) => share(fit.progress()),
            Self::Ease(fit) => fit.progress(),
        }
    }

    /// The model, once no step is to come.
    ///
    /// # Panics
    /// If one is.
    pub fn finish(self) -> Rc<dyn Recommender> {
        match self {
            Self::Ready(model) => model,
            Self::Factorisation(fit) => Rc::new(fit.model().clone()),
            Self::Svd(fit) => Rc::new(fit.finish()),
            Self::ItemKnn(fit) => Rc::new(fit.finish()),
            Self::Ease(fit) => Rc::new(fit.finish()),
            Self::Hybrid(fit, content, config) => {
                Rc::new(Hybrid::new(content, Rc::new(fit.finish()), config))
            }
        }
    }

    /// Trains to the end.
    pub fn run(mut self) -> Rc<dyn Recommender> {
        while self.step() {}
        self.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_has_a_name_of_its_own() {
        for (name, method) in Method::ALL {
            assert_eq!(Method::named(name), Some(method));
        }
        assert_eq!(Method::named("fusion"), None);
    }
}
