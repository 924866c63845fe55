//! What a history costs: attention scores and seconds by its length.

use super::pooling::{graph_net, no_graph};
use crate::error::LabError;
use crate::lessons::run::looks::NoOptions;
use crate::lessons::sequences::graph::Graph;
use crate::lessons::sequences::lab::network::as_graphs;
use crate::lessons::sequences::lab::run::SequencesRun;
use crate::lessons::sequences::networks::batch::Batch;
use crate::lessons::sequences::networks::graph_net::GraphInput;
use crate::lessons::sequences::networks::nodes::POSITIONS;
use crate::nn::layers::parameters::floats;
use crate::nn::run::runner::device_lost;
use crate::random::{Purpose, Random};
use serde::Serialize;
use web_time::Instant;

/// Items of the histories that are measured.
const LENGTHS: [usize; 6] = [2, 3, 5, 10, 20, 50];
/// Histories of each length.
const HISTORIES: usize = 32;
/// Each length is measured so often; the shortest time counts.
const REPEATS: usize = 3;
/// Places of the stream that histories are drawn from, behind those of pairs.
const STREAM: u64 = 1 << 41;

/// By length.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CostShown {
    rows: Vec<CostRow>,
}

/// Of histories of one length.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct CostRow {
    /// Items of each history.
    length: usize,
    /// Mean nodes of a graph.
    nodes: f64,
    /// Mean edges without self-loops, in both directions.
    edges: f64,
    /// Mean attention scores of HAN-GNN with both orders: each edge twice, self-loops four times.
    scores: f64,
    /// Mean attention scores where every node attends to every node.
    complete: f64,
    /// Milliseconds of this model's forward pass, for one history.
    milliseconds: f64,
}

/// Costs by length.
///
/// # Errors
/// `no_graph` for a model without one, `device_lost`.
pub async fn cost(run: &mut SequencesRun, _: NoOptions) -> Result<CostShown, LabError> {
    run.ready();
    let run = &*run;
    let Some(network) = graph_net(run) else { return Err(no_graph()) };
    let mut random = Random::at_place(run.settings.seed, Purpose::Disturbances, STREAM);
    let mut rows = Vec::new();
    for length in LENGTHS {
        let mut history =
            || -> Vec<u32> { (0..length).map(|_| random.below(run.items().len()) as u32).collect() };
        let histories: Vec<Vec<u32>> = (0..HISTORIES).map(|_| history()).collect();
        let graph = |history: &Vec<u32>| as_graphs(&run.settings).graph(&run.steps(history));
        let graphs: Vec<Graph> = histories.iter().map(graph).collect();
        let mean =
            |of: &dyn Fn(&Graph) -> usize| graphs.iter().map(of).sum::<usize>() as f64 / HISTORIES as f64;
        let mut shortest = f64::INFINITY;
        for _ in 0..REPEATS {
            let begin = Instant::now();
            let graphs: Vec<Graph> = histories.iter().map(graph).collect();
            let batch = Batch::new(&graphs, POSITIONS, &run.device);
            let (states, _) = network.histories(GraphInput { batch, dropout: None });
            floats(network.scores(states).into_data_async().await.map_err(device_lost)?);
            shortest = shortest.min(1e3 * begin.elapsed().as_secs_f64() / HISTORIES as f64);
        }
        let loops = |graph: &Graph| graph.nodes.len();
        rows.push(CostRow {
            length,
            nodes: mean(&loops),
            edges: mean(&|graph| graph.links.len() - loops(graph)),
            scores: mean(&|graph| 2 * (graph.links.len() + loops(graph))),
            complete: mean(&|graph| loops(graph) * loops(graph)),
            milliseconds: shortest,
        });
    }
    Ok(CostShown { rows })
}
