//! First lists as a run keeps them, while they are judged: it does not know that another run makes them.

#[cfg(test)]
use crate::data::ratings::Ratings;
use crate::error::LabError;
use crate::ranking::RankingFigures;
use async_trait::async_trait;

/// Means over the newcomers judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// The model's lists.
    pub model: RankingFigures,
    /// Those by popularity, for the same newcomers.
    pub popular: RankingFigures,
    /// The standard error of the difference of NDCG, newcomer by newcomer.
    pub error: f64,
}

impl Compared {
    /// Whether the model's lists are above popularity by more than chance explains: by NDCG, twice the standard error.
    pub fn is_above(&self) -> bool {
        self.model.ndcg - self.popular.ndcg > 2.0 * self.error
    }
}

/// How far the work has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ListsSoFar {
    /// Users of a part, those who come new now.
    pub newcomers: usize,
    /// Ratings that the model of this part learns from.
    pub learned: usize,
    /// Newcomers judged so far.
    pub judged: usize,
    /// How much of the work is done, 0 to 1.
    pub share: f64,
    /// Whether all are judged.
    pub finished: bool,
    /// Means over the newcomers judged so far; none before the first.
    pub compared: Option<Compared>,
}

impl ListsSoFar {
    /// Means over all newcomers, once all are judged.
    pub fn result(&self) -> Option<Compared> {
        self.compared.filter(|_| self.finished)
    }
}

/// First lists of users who come new.
#[async_trait(?Send)]
pub trait JudgedLists {
    /// Goes on for some milliseconds, one piece of work at least.
    ///
    /// # Errors
    /// `device_lost`.
    async fn advance(&mut self, milliseconds: f64) -> Result<(), LabError>;

    /// How far the work has come.
    fn so_far(&self) -> ListsSoFar;

    /// What the model of this part learns from.
    #[cfg(test)]
    fn others(&self) -> &Ratings;
}
