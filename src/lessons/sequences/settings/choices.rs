//! Settings of a few named values.

use serde::Deserialize;

/// What the reader is told of the three signals of the made users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signals {
    /// They are as strong as their settings say.
    Shown,
    /// The seed switches one of them on, and the reader is to find out which.
    OneSecret,
}

/// What stands for a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PoolingName {
    Last,
    Mean,
}

/// What stands for pictures and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModalityForm {
    Codes,
    Features,
}

/// What a node is given beside its own vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeInfoName {
    Both,
    Position,
    Type,
    None,
}

/// Which statement of HAN-GNN is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModeName {
    Paper,
    Code,
}

/// In which order nodes hear of their own kind and of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderName {
    Gate,
    HoHe,
    HeHo,
}

/// Whether the second phase passes on the states of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    Off,
    On,
}

/// What near means between an item and the centre of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeDistance {
    Cosine,
    Euclidean,
}

/// The sequence model of early and late fusion and of item ids alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EncoderName {
    Gru,
    SelfAttention,
}

/// What the products of queries and keys are multiplied by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScoreScale {
    /// 1, as the paper and its program have it.
    None,
    /// 1/√d, as in Vaswani et al. (2017).
    Root,
}
