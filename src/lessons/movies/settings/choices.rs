//! Settings of a few named values.

#[cfg(feature = "recommenders")]
use crate::data::ratings::SplitRule;
use serde::Deserialize;

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
