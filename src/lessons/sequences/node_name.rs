//! How the page names the nodes of graphs.

use super::graph::{Graph, Kind};
use serde::Serialize;

/// A node by what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NodeName {
    /// What kind of node.
    pub kind: NodeKind,
    /// Number of the item or the code.
    pub number: u32,
}

/// What a node stands for, as the page names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// An item.
    Item,
    /// A code of pictures.
    Image,
    /// A code of words.
    Text,
}

impl From<Kind> for NodeKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Item => Self::Item,
            Kind::Image => Self::Image,
            Kind::Text => Self::Text,
        }
    }
}

impl NodeName {
    /// The node of a graph with this number.
    pub fn of(graph: &Graph, node: usize) -> Self {
        let node = &graph.nodes[node];
        Self { kind: node.kind.into(), number: node.number }
    }
}
