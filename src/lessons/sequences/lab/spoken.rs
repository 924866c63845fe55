//! What spoke for an item: by how much its score falls without an edge of the graph, or without a step of the history.

use super::run::{SequencesRun, Trained};
use crate::data::order::{ascending, falling};
use crate::error::LabError;
use crate::lessons::sequences::graph::{Graph, Link, Step};
use crate::lessons::sequences::networks::any::{HistoryForm, HistoryInput, HistoryNet};
use crate::lessons::sequences::networks::batch::Batch;
use crate::lessons::sequences::networks::graph_net::GraphInput;
use crate::lessons::sequences::networks::nodes::POSITIONS;
use crate::lessons::sequences::node_name::{NodeKind, NodeName};
use crate::nn::layers::network::Network;
use crate::nn::layers::parameters::floats;
use crate::nn::run::runner::{Weights, device_lost};
use burn::module::Module;
use serde::Serialize;

/// Graphs that are scored at once, each without another edge.
const AT_ONCE: usize = 64;
/// Reasons beside an item.
const REASONS: usize = 5;

/// What moved the score of an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Reason {
    /// Who is heard: of a model without a graph, an item of the history.
    pub from: NodeName,
    /// Who hears; none of a model without a graph.
    pub to: Option<NodeName>,
    /// How the one that hears stands to the other: the number of the relation.
    pub relation: Option<u8>,
    /// What the score loses without it.
    pub weight: f64,
}

/// What moved the scores of some items most, for each of them.
///
/// # Errors
/// `not_trained`, `device_lost`.
pub async fn spoken(
    run: &SequencesRun,
    history: &[Step<'_>],
    items: &[u32],
) -> Result<Vec<Vec<Reason>>, LabError> {
    let (reasons, scores) = match &run.model {
        Trained::Network(network) => match (network.network(Weights::BestDev), network.examples().form) {
            (net @ HistoryNet::Graph(_), HistoryForm::Graph(form)) => {
                without_edges(&net.valid(), &form.graph(history), items, run).await?
            }
            _ => without_steps(run, history, items).await?,
        },
        _ => without_steps(run, history, items).await?,
    };
    let of_item = |place: usize| {
        let weight = |reason: usize| f64::from(scores[0][place] - scores[1 + reason][place]);
        let order = ascending(reasons.len(), &|reason| falling(weight(reason).abs()));
        let largest = order.iter().take(REASONS).map(|reason| *reason as usize);
        largest.map(|reason| Reason { weight: weight(reason), ..reasons[reason].clone() }).collect()
    };
    Ok((0..items.len()).map(of_item).collect())
}

/// Reasons whose weight is still to be told, and the scores of the items: with everything, then without each of them.
type Scored = (Vec<Reason>, Vec<Vec<f32>>);

async fn without_edges(
    network: &HistoryNet,
    graph: &Graph,
    items: &[u32],
    run: &SequencesRun,
) -> Result<Scored, LabError> {
    let links: Vec<Link> = graph.links.iter().filter(|link| link.node != link.neighbour).copied().collect();
    let without = |left_out: &Link| {
        let links = graph.links.iter().filter(|link| *link != left_out).copied().collect();
        Graph { links, ..graph.clone() }
    };
    let mut scores = Vec::with_capacity(1 + links.len());
    let all: Vec<Option<&Link>> = std::iter::once(None).chain(links.iter().map(Some)).collect();
    for some in all.chunks(AT_ONCE) {
        let graphs: Vec<Graph> =
            some.iter().map(|link| link.map_or_else(|| graph.clone(), without)).collect();
        let batch = Batch::new(&graphs, POSITIONS, &run.device);
        let output = network.forward(HistoryInput::Graph(GraphInput { batch, dropout: None }));
        let output = floats(output.into_data_async().await.map_err(device_lost)?);
        scores.extend(output.chunks_exact(run.items().len()).map(|row| of_items(row, items)));
    }
    let reason = |link: &Link| Reason {
        from: NodeName::of(graph, link.neighbour),
        to: Some(NodeName::of(graph, link.node)),
        relation: Some(link.relation as u8),
        weight: 0.0,
    };
    Ok((links.iter().map(reason).collect(), scores))
}

async fn without_steps(run: &SequencesRun, history: &[Step<'_>], items: &[u32]) -> Result<Scored, LabError> {
    let left_out = if history.len() > 1 { history.len() } else { 0 };
    let without = |at: usize| [&history[..at], &history[at + 1..]].concat();
    let histories: Vec<Vec<Step>> =
        std::iter::once(history.to_vec()).chain((0..left_out).map(without)).collect();
    let scores = run.scores(&histories).await?;
    let scores = scores.chunks_exact(run.items().len()).map(|row| of_items(row, items)).collect();
    let reason = |step: &Step| Reason {
        from: NodeName { kind: NodeKind::Item, number: step.item },
        to: None,
        relation: None,
        weight: 0.0,
    };
    Ok((history[..left_out].iter().map(reason).collect(), scores))
}

fn of_items(scores: &[f32], items: &[u32]) -> Vec<f32> {
    items.iter().map(|item| scores[*item as usize]).collect()
}
