//! The graph of a history, as it is or as the reader changed it, with what the weights of this step make of it.

use crate::data::sequences::behaviour::{Behaviour, Taste};
use crate::data::sequences::histories::HistoryPart;
use crate::error::LabError;
use crate::lessons::sequences::edits::Edits;
use crate::lessons::sequences::graph::{Graph, Link, Step};
use crate::lessons::sequences::lab::network::as_graphs;
use crate::lessons::sequences::lab::predict::{LONGEST, best, number, numbers, softmax};
use crate::lessons::sequences::lab::run::{SequencesRun, Trained};
use crate::lessons::sequences::networks::any::HistoryNet;
use crate::lessons::sequences::networks::batch::Batch;
use crate::lessons::sequences::networks::graph_net::GraphInput;
use crate::lessons::sequences::networks::han::HanTrace;
use crate::lessons::sequences::networks::nodes::POSITIONS;
use crate::lessons::sequences::node_name::NodeKind;
use crate::lessons::sequences::settings::{Model, Signals};
use crate::nn::layers::parameters::floats;
use crate::nn::run::runner::{Weights, device_lost};
use crate::ranking::next_item::Rank;
use burn::module::Module;
use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Items of the list beside the graph.
const LISTED: usize = 10;

/// Whose history.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct GraphOptions {
    /// Ids of the items, the oldest first; in its place a user.
    #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
    history: Option<Vec<String>>,
    /// The number of a user, from 0: what this user took before the last validation place,
    /// whose item is what comes next; what is held out for testing is not shown.
    #[cfg_attr(test, ts(optional, as = "Option<usize>"))]
    user: Option<usize>,
    /// The id of the item that comes next, where a history was given.
    #[cfg_attr(test, ts(optional, as = "Option<String>"))]
    next: Option<String>,
    /// What is changed.
    #[cfg_attr(test, ts(optional, as = "Option<Edits>"))]
    edits: Value,
}

/// A graph and what follows from it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct GraphShown {
    /// The user, where it is a user's history.
    user: Option<usize>,
    /// Users whose history can be shown, by number: those of whom something is judged.
    users: usize,
    /// The place in the whole history of the first step that is shown: a model looks at the last ones.
    first: usize,
    /// What is learned from of the history that the setting `edited` changes; none where it changes none.
    edited: Option<EditedShown>,
    /// The history before any change.
    history: Vec<StepShown>,
    /// Items, codes of pictures, codes of words.
    nodes: Vec<NodeShown>,
    /// By node, then by neighbour.
    edges: Vec<EdgeShown>,
    /// The node of the last item.
    last: usize,
    /// Whether the network is given this graph; the others are given the items alone, or rows of steps.
    used: bool,
    /// The item that comes next, where it is known.
    next: Option<NextShown>,
    /// The likeliest next items.
    list: Vec<ListedItem>,
    /// The largest difference between two numbers of `h^hohe` and `h^he`, where the layer has both: 0 where the first step
    /// of the path has no effect.
    hohe_from_he: Option<f64>,
    /// The same of `h^heho` and `h^ho`.
    heho_from_ho: Option<f64>,
}

/// What is learned from of a history as it was changed.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct EditedShown {
    /// Examples that are made of it.
    examples: usize,
    /// All examples that are learned from.
    learned: usize,
}

/// A step of the history.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct StepShown {
    /// Number of the item.
    item: u32,
    /// Codes of its picture.
    images: Vec<u32>,
    /// Codes of its words.
    texts: Vec<u32>,
}

/// A node.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct NodeShown {
    kind: NodeKind,
    /// Number of the item or the code.
    number: u32,
    /// The steps it belongs to, from 0, the oldest.
    positions: Vec<u32>,
    /// The share of `h^hohe` in its state, where there is a gate.
    gate: Option<f64>,
}

/// An edge.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct EdgeShown {
    /// The node that attends.
    node: usize,
    /// To whom.
    neighbour: usize,
    /// The number of the relation, 1 to 10.
    relation: u8,
    /// Attention among nodes of a kind, or among all neighbours where the layer makes no difference.
    within: Option<f64>,
    /// Attention among nodes of other kinds.
    between: Option<f64>,
}

/// The item that comes next.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct NextShown {
    /// Its number.
    item: u32,
    /// Its rank among all items, from 1; of equal scores the middle.
    rank: f64,
    /// Its probability.
    probability: f64,
    /// `−log` of it.
    loss: f64,
}

/// A likely item.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct ListedItem {
    /// Its number.
    item: u32,
    /// Its probability by the model.
    probability: f64,
    /// Its probability by the rule of the made users, for a user of mean taste; none of other histories, and none where
    /// the rule is to be found out.
    truth: Option<f64>,
}

/// The graph of a history.
///
/// # Errors
/// `bad_input`, `unknown_item`, `unknown_user`, `not_trained`, `diverged`, `device_lost`.
pub async fn graph(run: &mut SequencesRun, options: GraphOptions) -> Result<GraphShown, LabError> {
    run.ready();
    let run = &*run;
    let judged = run.histories.judged();
    let (user, history, next) = asked(run, &options, &judged)?;
    let first = history.len().saturating_sub(run.settings.max_history.min(LONGEST));
    let history = &history[first..];
    let edits = Edits::read(&options.edits)?;
    let steps = edits.steps(run.steps(history))?;
    let graph = edits.graph(as_graphs(&run.settings).graph(&steps));
    let (scores, trace) = seen(run, &steps, &graph).await?;
    if scores.iter().any(|score| score.is_nan()) {
        return Err(LabError::new("diverged", "The weights are no numbers any more: nothing can be ranked."));
    }
    let probabilities = softmax(&scores, run.settings.model.is_network());
    let truth = truth(run, history);
    let used = trace.is_some();
    // Of attention between all nodes there is more than the edges show.
    let trace = trace.filter(|_| run.settings.model != Model::FullAttention).unwrap_or_default();
    let [within, between, gate] =
        [read(trace.homogeneous).await?, read(trace.heterogeneous).await?, read(trace.gate).await?];
    let listed = |item: u32| ListedItem {
        item,
        probability: probabilities[item as usize],
        truth: truth.as_ref().map(|truth| truth[item as usize]),
    };
    Ok(GraphShown {
        user,
        users: judged.len(),
        first,
        edited: run
            .edited
            .as_ref()
            .map(|edited| EditedShown { examples: edited.examples(), learned: run.learned_from() }),
        history: run.steps(history).iter().map(shown).collect(),
        edges: edges(&graph, within.as_deref(), between.as_deref()),
        last: graph.last,
        used,
        next: next.map(|item| NextShown {
            item,
            rank: Rank::of(&scores, item as usize).mean(),
            probability: probabilities[item as usize],
            loss: -probabilities[item as usize].max(f64::MIN_POSITIVE).ln(),
        }),
        list: best(&scores, LISTED).into_iter().map(listed).collect(),
        hohe_from_he: difference(trace.hohe, trace.he).await?,
        heho_from_ho: difference(trace.heho, trace.ho).await?,
        nodes: graph
            .nodes
            .into_iter()
            .enumerate()
            .map(|(node, of)| NodeShown {
                kind: of.kind.into(),
                number: of.number,
                positions: of.positions,
                gate: gate.as_ref().map(|gate| f64::from(gate[node])),
            })
            .collect(),
    })
}

fn shown(step: &Step) -> StepShown {
    StepShown { item: step.item, images: step.images.to_vec(), texts: step.texts.to_vec() }
}

/// A user, a history and what comes next.
type Asked = (Option<usize>, Vec<u32>, Option<u32>);

fn asked(run: &SequencesRun, options: &GraphOptions, judged: &[usize]) -> Result<Asked, LabError> {
    if let Some(history) = &options.history {
        let next = options.next.as_deref().map(|id| number(run, id)).transpose()?;
        return Ok((None, numbers(run, history)?, next));
    }
    let place = options.user.unwrap_or(0);
    let Some(user) = judged.get(place) else {
        let message = format!("There are {} users: the first has the number 0.", judged.len());
        return Err(LabError::new("unknown_user", message).with("user", place).with("users", judged.len()));
    };
    // What is held out for testing is read once, and not while a run is watched.
    let items = &run.histories.of(*user)[..run.histories.range(*user, HistoryPart::Valid).end];
    let [before @ .., last] = items else { unreachable!("somebody who is judged took items") };
    Ok((Some(place), before.to_vec(), Some(*last)))
}

/// The scores of all items, and what there is to see of the layer that read the graph.
async fn seen(
    run: &SequencesRun,
    steps: &[Step<'_>],
    graph: &Graph,
) -> Result<(Vec<f32>, Option<HanTrace>), LabError> {
    if let Trained::Network(network) = &run.model
        && let HistoryNet::Graph(net) = network.network(Weights::BestDev)
    {
        let net = net.valid();
        let batch = Batch::new(std::slice::from_ref(graph), POSITIONS, &run.device);
        let (histories, trace) = net.histories(GraphInput { batch, dropout: None });
        let scores = net.scores(histories).into_data_async().await.map_err(device_lost)?;
        return Ok((floats(scores), Some(trace)));
    }
    if matches!(&run.model, Trained::Counted(counted) if counted.model().is_none()) {
        return Ok((vec![0.0; run.items().len()], None));
    }
    Ok((run.scores(&[steps.to_vec()]).await?, None))
}

async fn read(tensor: Option<Tensor<2>>) -> Result<Option<Vec<f32>>, LabError> {
    let Some(tensor) = tensor else { return Ok(None) };
    Ok(Some(floats(tensor.into_data_async().await.map_err(device_lost)?)))
}

async fn difference(one: Option<Tensor<2>>, other: Option<Tensor<2>>) -> Result<Option<f64>, LabError> {
    let (Some(one), Some(other)) = (read(one).await?, read(other).await?) else { return Ok(None) };
    let apart = one.iter().zip(&other).map(|(one, other)| f64::from((one - other).abs()));
    Ok(Some(apart.fold(0.0, f64::max)))
}

/// The edges with their attention, which is in the order of the edges it was computed over.
fn edges(graph: &Graph, within: Option<&[f32]>, between: Option<&[f32]>) -> Vec<EdgeShown> {
    let is_one = between.is_none() && within.is_some_and(|within| within.len() == graph.links.len());
    let (mut within, mut between) = (within.unwrap_or_default().iter(), between.unwrap_or_default().iter());
    let shown = |link: &Link| {
        let take = |of: &mut std::slice::Iter<f32>| of.next().map(|value| f64::from(*value));
        let relation = link.relation;
        EdgeShown {
            node: link.node,
            neighbour: link.neighbour,
            relation: relation as u8,
            within: if is_one || relation.is_homogeneous() { take(&mut within) } else { None },
            between: if relation.is_heterogeneous() { take(&mut between) } else { None },
        }
    };
    graph.links.iter().map(shown).collect()
}

/// The chance of each item by the rule of the made users, for a taste of zeros and a place held out.
fn truth(run: &SequencesRun, history: &[u32]) -> Option<Vec<f64>> {
    let truth = run.truth.as_ref().filter(|_| run.settings.signals == Signals::Shown)?;
    let world = &truth.world;
    let taste = Taste { groups: vec![0.0; world.groups], subgroups: vec![0.0; world.subgroups] };
    Some(Behaviour::new(world, truth.strengths, run.settings.seed).chances(&taste, history, true))
}
