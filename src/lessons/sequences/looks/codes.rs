//! What pictures and words became: clusters, codes, and what sharing them does to graphs.

use crate::data::order::{ascending, rising};
use crate::error::LabError;
use crate::lessons::run::looks::NoOptions;
use crate::lessons::sequences::graph::Kind;
use crate::lessons::sequences::lab::network::as_graphs;
use crate::lessons::sequences::lab::prepared::has_features;
use crate::lessons::sequences::lab::run::SequencesRun;
use crate::lessons::sequences::preparation::Modal;
use emberbook_kernels::squared_distance;
use serde::Serialize;

/// Both modalities.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CodesShown {
    image: ModalityShown,
    text: ModalityShown,
    /// Losses of the convolutional auto-encoder of pictures, by epoch; none where other features are used.
    picture_losses: Vec<f64>,
    graphs: GraphCounts,
}

/// One modality.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct ModalityShown {
    /// Numbers of an item's features.
    columns: usize,
    /// Losses of the linear auto-encoder, by epoch.
    losses: Vec<f64>,
    /// The items whose first code is this cluster, the nearest to its centre first.
    clusters: Vec<Vec<u32>>,
    /// All codes of each item, the nearest first.
    codes: Vec<Vec<u32>>,
    /// Items without any.
    without: usize,
    /// Of two items with the same first code, how often they are of one group; none where items have no groups.
    same_group: Option<f64>,
    /// How often two items with codes are of one group at all.
    same_group_by_chance: Option<f64>,
}

/// Means over the histories.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct GraphCounts {
    /// Items of a history, with repetitions.
    steps: f64,
    /// Nodes of a graph.
    nodes: f64,
    /// Edges of a graph, in both directions, with self-loops.
    edges: f64,
    /// Codes of pictures and words that belong to two or more steps.
    shared: f64,
    /// Items that come back.
    repeated: f64,
}

/// Clusters and codes.
///
/// # Errors
/// `no_codes` for a model without pictures and words.
pub fn codes(run: &mut SequencesRun, _: NoOptions) -> Result<CodesShown, LabError> {
    run.ready();
    let run = &*run;
    let Some(prepared) = &run.prepared else {
        return Err(LabError::new("no_codes", "This model looks at neither pictures nor words."));
    };
    Ok(CodesShown {
        image: modality(run, &prepared.images),
        text: modality(run, &prepared.texts),
        picture_losses: prepared
            .pictures
            .as_ref()
            .map_or_else(Vec::new, |pictures| pictures.losses().to_vec()),
        graphs: counts(run),
    })
}

fn modality(run: &SequencesRun, of: &Modal) -> ModalityShown {
    let codes = &of.codes.of_item;
    let centres = of.codes.clusters.as_ref().map_or(&[][..], |clusters| clusters.centres());
    let count = centres.len() / of.encoded.columns();
    let mut clusters = vec![Vec::new(); if has_features(&run.settings) { 0 } else { count }];
    if !clusters.is_empty() {
        for item in 0..codes.len() {
            if let Some(code) = codes.row(item).first() {
                clusters[*code as usize].push(item as u32);
            }
        }
    }
    for (members, centre) in clusters.iter_mut().zip(centres.chunks_exact(of.encoded.columns())) {
        let distance = |at: usize| f64::from(squared_distance(of.encoded.row(members[at] as usize), centre));
        let order = ascending(members.len(), &|at| rising(distance(at)));
        *members = order.iter().map(|at| members[*at as usize]).collect();
    }
    let with: Vec<u32> =
        (0..codes.len() as u32).filter(|item| !codes.row(*item as usize).is_empty()).collect();
    ModalityShown {
        columns: of.features.columns(),
        losses: of.losses.clone(),
        same_group: same_group(run, &clusters),
        same_group_by_chance: same_group(run, std::slice::from_ref(&with)),
        clusters,
        without: codes.len() - with.len(),
        codes: codes.iter().map(<[u32]>::to_vec).collect(),
    }
}

/// Of all pairs of items within the clusters, the share of one group.
fn same_group(run: &SequencesRun, clusters: &[Vec<u32>]) -> Option<f64> {
    let groups = run.items().groups.len();
    let pairs = |count: f64| count * (count - 1.0) / 2.0;
    let (mut same, mut all) = (0.0, 0.0);
    for members in clusters {
        let mut counts = vec![0.0; groups];
        for item in members {
            counts[run.items().list[*item as usize].kind?.group] += 1.0;
        }
        same += counts.into_iter().map(pairs).sum::<f64>();
        all += pairs(members.len() as f64);
    }
    (all > 0.0).then(|| same / all)
}

fn counts(run: &SequencesRun) -> GraphCounts {
    let mut sums = [0usize; 5];
    for history in run.histories.iter().filter(|history| !history.is_empty()) {
        let history = &history[history.len().saturating_sub(run.settings.max_history)..];
        let graph = as_graphs(&run.settings).graph(&run.steps(history));
        let many = |is_item: bool| {
            let nodes = graph.nodes.iter().filter(|node| (node.kind == Kind::Item) == is_item);
            nodes.filter(|node| node.positions.len() > 1).count()
        };
        let of_graph = [history.len(), graph.nodes.len(), graph.links.len(), many(false), many(true)];
        sums.iter_mut().zip(of_graph).for_each(|(sum, value)| *sum += value);
    }
    let count = run.histories.iter().filter(|history| !history.is_empty()).count().max(1) as f64;
    let [steps, nodes, edges, shared, repeated] = sums.map(|sum| sum as f64 / count);
    GraphCounts { steps, nodes, edges, shared, repeated }
}
