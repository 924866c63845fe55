//! What stands for a history: the last item's state or the mean of all, at the same weights, of pairs of histories that
//! differ in the last item.

use crate::data::sequences::histories::HistoryPart;
use crate::error::LabError;
use crate::lessons::run::looks::NoOptions;
use crate::lessons::sequences::graph::{Graph, Step};
use crate::lessons::sequences::lab::network::as_graphs;
use crate::lessons::sequences::lab::run::{SequencesRun, Trained};
use crate::lessons::sequences::networks::any::HistoryNet;
use crate::lessons::sequences::networks::batch::Batch;
use crate::lessons::sequences::networks::graph_net::{GraphInput, GraphNet, Pooling};
use crate::lessons::sequences::networks::nodes::POSITIONS;
use crate::nn::layers::parameters::floats;
use crate::nn::run::runner::{Weights, device_lost};
use crate::random::{Purpose, Random};
use burn::module::Module;
use serde::Serialize;

/// Pairs that are compared.
const PAIRS: usize = 100;
/// Items of the list of which is counted how many stay.
const TOP: usize = 20;
/// Places of the stream that pairs are drawn from, behind those of disturbed histories.
const STREAM: u64 = 1 << 40;

/// Means over the pairs.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PoolingShown {
    pairs: usize,
    /// Mean items of a history.
    length: f64,
    last: Apart,
    mean: Apart,
}

/// How far the two histories of a pair are apart.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Apart {
    /// `1 − cosine` of what stands for them.
    distance: f64,
    /// Of the first 20 items, how many are on both lists.
    shared: f64,
}

/// Pairs of histories that differ in the last item.
///
/// # Errors
/// `no_graph` for a model without one, `too_few_histories`, `diverged`, `device_lost`.
pub async fn pooling(run: &mut SequencesRun, _: NoOptions) -> Result<PoolingShown, LabError> {
    run.ready();
    let run = &*run;
    let Some(network) = graph_net(run) else { return Err(no_graph()) };
    let users: Vec<usize> = (0..run.histories.len())
        .filter(|user| run.histories.range(*user, HistoryPart::Test).start > 2)
        .take(PAIRS)
        .collect();
    if users.is_empty() {
        let message = "No history has three items before those that judge.";
        return Err(LabError::new("too_few_histories", message).with("split", "test"));
    }
    let mut random = Random::at_place(run.settings.seed, Purpose::Disturbances, STREAM);
    let mut histories: Vec<Vec<u32>> = Vec::new();
    for user in &users {
        let range = run.histories.range(*user, HistoryPart::Test);
        let history = &run.histories.of(*user)[..range.start];
        let mut history = history[history.len().saturating_sub(run.settings.max_history)..].to_vec();
        histories.push(history.clone());
        let last = history.len() - 1;
        let other = random.below(run.items().len() - 1) as u32;
        history[last] = other + u32::from(other >= history[last]);
        histories.push(history);
    }
    let length = histories.iter().map(Vec::len).sum::<usize>() as f64 / histories.len() as f64;
    let steps: Vec<Vec<Step>> = histories.iter().map(|history| run.steps(history)).collect();
    let graphs: Vec<Graph> = steps.iter().map(|steps| as_graphs(&run.settings).graph(steps)).collect();
    let of = async |pooling| apart(run, &network.clone().pooled_by(pooling), &graphs).await;
    Ok(PoolingShown {
        pairs: users.len(),
        length,
        last: of(Pooling::Last).await?,
        mean: of(Pooling::Mean).await?,
    })
}

/// The network over graphs with the weights a result is judged by, where there is one.
pub(super) fn graph_net(run: &SequencesRun) -> Option<GraphNet> {
    match &run.model {
        Trained::Network(trained) => match trained.network(Weights::BestDev) {
            HistoryNet::Graph(network) => Some(network.valid()),
            HistoryNet::Steps(_) => None,
        },
        _ => None,
    }
}

pub(super) fn no_graph() -> LabError {
    LabError::new("no_graph", "This model is not given a graph.")
}

async fn apart(run: &SequencesRun, network: &GraphNet, graphs: &[Graph]) -> Result<Apart, LabError> {
    let batch = Batch::new(graphs, POSITIONS, &run.device);
    let (histories, _) = network.histories(GraphInput { batch, dropout: None });
    let width = histories.dims()[1];
    let scores = network.scores(histories.clone());
    let vectors = floats(histories.into_data_async().await.map_err(device_lost)?);
    let scores = floats(scores.into_data_async().await.map_err(device_lost)?);
    let (mut distance, mut shared) = (0.0, 0.0);
    let items = run.items().len();
    for (pair, scores) in vectors.chunks_exact(2 * width).zip(scores.chunks_exact(2 * items)) {
        let (one, other) = pair.split_at(width);
        distance += 1.0 - cosine(one, other);
        let [one, other] = [&scores[..items], &scores[items..]]
            .map(|scores| crate::lessons::sequences::lab::predict::best(scores, TOP));
        shared += one.iter().filter(|item| other.contains(item)).count() as f64;
    }
    let pairs = (graphs.len() / 2) as f64;
    Ok(Apart { distance: distance / pairs, shared: shared / pairs })
}

/// 0 where one of both is 0.
fn cosine(one: &[f32], other: &[f32]) -> f64 {
    let product = |one: &[f32], other: &[f32]| -> f64 {
        one.iter().zip(other).map(|(one, other)| f64::from(*one) * f64::from(*other)).sum()
    };
    let lengths = (product(one, one) * product(other, other)).sqrt();
    if lengths > 0.0 { product(one, other) / lengths } else { 0.0 }
}
