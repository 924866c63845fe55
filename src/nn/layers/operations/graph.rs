//! Attention along the edges of graphs as one operation.
//!
//! Composed of burn's it looks up four rows for each edge, keeps all of them for the backward pass and needs a softmax over
//! groups of different sizes, which burn does not have. The CPU path goes over the edges once forward and twice backward
//! (`emberbook-kernels`); a GPU composes the operations of burn's.

mod composed;
#[cfg(test)]
mod tests;

use super::on_cpu::{OnCpu, values, whole_numbers};
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Autodiff, Backend, Dispatch, Flex, backend_extension};
use burn::tensor::{Device, Int, Tensor, TensorData};
use emberbook_kernels as kernels;

/// Attention along edges.
#[backend_extension(Autodiff, Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait Graphs: Backend {
    /// See [`attend`]: what each node hears, `[nodes, width]`, and the attention of each edge, `[edges, 1]`.
    #[fusion(default)]
    #[allow(clippy::too_many_arguments, reason = "attention has that many inputs")]
    fn attended(
        queries: FloatTensor<Self>,
        keys: FloatTensor<Self>,
        relations: FloatTensor<Self>,
        values: FloatTensor<Self>,
        keep: FloatTensor<Self>,
        edges: IntTensor<Self>,
        groups: IntTensor<Self>,
        there: FloatTensor<Self>,
        slope: f32,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        composed::attended::<Self>(queries, keys, relations, values, keep, &edges, groups, there, slope)
    }

    /// The gradients by queries, keys, relations and values.
    #[fusion(default)]
    #[allow(clippy::too_many_arguments, reason = "a backward pass needs what the forward pass had and gave")]
    fn attended_backward(
        queries: FloatTensor<Self>,
        keys: FloatTensor<Self>,
        relations: FloatTensor<Self>,
        values: FloatTensor<Self>,
        keep: FloatTensor<Self>,
        edges: IntTensor<Self>,
        attention: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        slope: f32,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let inputs = [queries, keys, relations, values, keep];
        composed::attended_backward::<Self>(inputs, &edges, attention, gradient, slope)
    }
}

#[cfg(feature = "webgpu")]
impl Graphs for burn_wgpu::CubeBackend {}

impl Graphs for Flex {
    fn attended(
        queries: OnCpu,
        keys: OnCpu,
        relations: OnCpu,
        values_: OnCpu,
        keep: OnCpu,
        edges: IntTensor<Self>,
        _groups: IntTensor<Self>,
        _there: OnCpu,
        slope: f32,
    ) -> (OnCpu, OnCpu) {
        let inputs = [queries, keys, relations, values_, keep].map(|tensor| tensor.to_contiguous());
        let edges = edges.to_contiguous();
        let of = attention_of(&inputs, slope);
        let nodes = inputs[0].layout().shape()[0];
        let edges = edges_of(&edges);
        let mut attention = vec![0.0f32; edges.nodes.len()];
        let mut heard = vec![0.0f32; nodes * of.width];
        kernels::attend(&of, edges, &mut attention, &mut heard);
        let shape = [attention.len(), 1];
        let heard = TensorData::new(heard, [nodes, of.width]);
        (OnCpu::from_data(heard), OnCpu::from_data(TensorData::new(attention, shape)))
    }

    fn attended_backward(
        queries: OnCpu,
        keys: OnCpu,
        relations: OnCpu,
        values_: OnCpu,
        keep: OnCpu,
        edges: IntTensor<Self>,
        attention: OnCpu,
        gradient: OnCpu,
        slope: f32,
    ) -> (OnCpu, OnCpu, OnCpu, OnCpu) {
        let inputs = [queries, keys, relations, values_, keep].map(|tensor| tensor.to_contiguous());
        let [attention, gradient] = [attention, gradient].map(|tensor| tensor.to_contiguous());
        let edges = edges.to_contiguous();
        let of = attention_of(&inputs, slope);
        let by = kernels::attend_backward(&of, edges_of(&edges), values(&attention), values(&gradient));
        let shaped = |gradient: Vec<f32>, like: &OnCpu| {
            OnCpu::from_data(TensorData::new(gradient, like.layout().shape().clone()))
        };
        (
            shaped(by.queries, &inputs[0]),
            shaped(by.keys, &inputs[1]),
            shaped(by.relations, &inputs[2]),
            shaped(by.values, &inputs[3]),
        )
    }
}

fn attention_of(inputs: &[OnCpu; 5], slope: f32) -> kernels::Attention<'_> {
    let [queries, keys, relations, of_values, keep] = inputs;
    kernels::Attention {
        queries: values(queries),
        keys: values(keys),
        relations: values(relations),
        values: values(of_values),
        depth: queries.layout().shape()[1],
        width: of_values.layout().shape()[1],
        slope,
        keep: values(keep),
    }
}

fn edges_of(edges: &IntTensor<Flex>) -> kernels::Edges<'_> {
    let numbers = whole_numbers(edges);
    let count = numbers.len() / EDGE_ROWS;
    let row = |row: usize| &numbers[row * count..(row + 1) * count];
    kernels::Edges { nodes: row(0), neighbours: row(1), relations: row(2) }
}

impl<B: Graphs, C: CheckpointStrategy> Graphs for Autodiff<B, C> {
    fn attended(
        queries: FloatTensor<Self>,
        keys: FloatTensor<Self>,
        relations: FloatTensor<Self>,
        values: FloatTensor<Self>,
        keep: FloatTensor<Self>,
        edges: IntTensor<Self>,
        groups: IntTensor<Self>,
        there: FloatTensor<Self>,
        slope: f32,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let nodes = [queries.node(), keys.node(), relations.node(), values.node()];
        let [queries, keys, relations, values, keep, there] =
            [queries, keys, relations, values, keep, there].map(FloatTensor::<Self>::into_primitive);
        match Attend.prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(operation) => {
                let inputs = [queries.clone(), keys.clone(), relations.clone(), values.clone(), keep.clone()];
                let (heard, attention) =
                    B::attended(queries, keys, relations, values, keep, edges.clone(), groups, there, slope);
                let state = State { inputs, edges, attention: attention.clone(), slope };
                (operation.finish(state, heard), FloatTensor::<Self>::new(attention))
            }
            OpsKind::UnTracked(operation) => {
                let (heard, attention) =
                    B::attended(queries, keys, relations, values, keep, edges, groups, there, slope);
                (operation.finish(heard), FloatTensor::<Self>::new(attention))
            }
        }
    }
}

#[derive(Debug)]
struct Attend;

/// What the backward pass needs.
#[derive(Debug, Clone)]
struct State<B: Backend> {
    inputs: [FloatTensor<B>; 5],
    edges: IntTensor<B>,
    attention: FloatTensor<B>,
    slope: f32,
}

impl<B: Graphs> Backward<B, 4> for Attend {
    type State = State<B>;

    fn backward(
        self,
        Ops { parents, node, state }: Ops<Self::State, 4>,
        gradients: &mut Gradients,
        _checkpointer: &mut Checkpointer,
    ) {
        let gradient = gradients.consume::<B>(&node);
        let State { inputs: [queries, keys, relations, values, keep], edges, attention, slope } = state;
        let (by_queries, by_keys, by_relations, by_values) =
            B::attended_backward(queries, keys, relations, values, keep, edges, attention, gradient, slope);
        for (parent, gradient) in parents.into_iter().zip([by_queries, by_keys, by_relations, by_values]) {
            if let Some(parent) = parent {
                gradients.register::<B>(parent.id, gradient);
            }
        }
    }
}

/// Rows of [`Edges`]: node, neighbour, relation, and the place of the edge among the groups.
const EDGE_ROWS: usize = 4;

/// The edges of graphs side by side on a device.
#[derive(Debug, Clone)]
pub struct Edges {
    /// `[4, edges]`
    edges: Tensor<2, Int>,
    /// `[nodes · longest]`: the edges of each node, filled up to the longest with its first one.
    groups: Tensor<1, Int>,
    /// `[nodes, longest]`: 1 for each that counts.
    there: Tensor<2>,
    /// Rows of the table of relations that they lead to.
    relations: usize,
}

/// One edge: what `node` hears of `neighbour`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// Who attends.
    pub node: u32,
    /// To whom.
    pub neighbour: u32,
    /// Row of the table of relations.
    pub relation: u32,
}

impl Edges {
    /// Edges of `nodes` nodes. Those of one node follow one another, and each node has one at least.
    ///
    /// # Panics
    /// If it is not so.
    pub fn new(edges: &[Edge], nodes: usize, device: &Device) -> Self {
        let mut rows = Vec::with_capacity(EDGE_ROWS * edges.len());
        rows.extend(edges.iter().map(|edge| edge.node as i32));
        rows.extend(edges.iter().map(|edge| edge.neighbour as i32));
        rows.extend(edges.iter().map(|edge| edge.relation as i32));
        let groups: Vec<&[Edge]> = edges.chunk_by(|one, other| one.node == other.node).collect();
        assert!(
            groups.len() == nodes && groups.iter().zip(0..).all(|(group, node)| group[0].node == node),
            "an edge for each node, in their order"
        );
        let longest = groups.iter().map(|group| group.len()).max().unwrap_or(0).max(1);
        let (mut places, mut there, mut first) = (vec![], vec![], 0);
        for (node, group) in groups.iter().enumerate() {
            rows.extend((0..group.len()).map(|place| (node * longest + place) as i32));
            for place in 0..longest {
                let counts = place < group.len();
                places.push(if counts { first + place } else { first } as i32);
                there.push(f32::from(u8::from(counts)));
            }
            first += group.len();
        }
        Self {
            edges: Tensor::from_data(TensorData::new(rows, [EDGE_ROWS, edges.len()]), device),
            groups: Tensor::from_data(TensorData::new(places, [nodes * longest]), device),
            there: Tensor::from_data(TensorData::new(there, [nodes, longest]), device),
            relations: edges.iter().map(|edge| edge.relation as usize + 1).max().unwrap_or(1),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.edges.dims()[1]
    }
}

/// What attention is computed from.
#[derive(Debug, Clone)]
pub struct Attention {
    /// `[nodes, depth]`: of those who attend.
    pub queries: Tensor<2>,
    /// `[nodes, depth]`: of those who are attended to.
    pub keys: Tensor<2>,
    /// `[relations, depth]`: a weight for each product of a query's and a key's column.
    pub relations: Tensor<2>,
    /// `[nodes, width]`
    pub values: Tensor<2>,
    /// `[edges, 1]`: what the attention is multiplied by after softmax, as dropout does. It has no gradient.
    pub keep: Tensor<2>,
    /// What a score below 0 is multiplied by (LeakyReLU).
    pub slope: f32,
}

/// What each node hears of its neighbours: the sum of their values, `[nodes, width]`, with the softmax over its edges of
/// LeakyReLU of `Σ query · relation · key`; and that softmax, `[edges, 1]`, without a gradient of its own.
pub fn attend(of: Attention, edges: &Edges) -> (Tensor<2>, Tensor<2>) {
    let Attention { queries, keys, relations, values, keep, slope } = of;
    let (heard, attention) = Dispatch::attended(
        queries.into_dispatch(),
        keys.into_dispatch(),
        relations.into_dispatch(),
        values.into_dispatch(),
        keep.into_dispatch(),
        edges.edges.clone().into_dispatch(),
        edges.groups.clone().into_dispatch(),
        edges.there.clone().into_dispatch(),
        slope,
    );
    (Tensor::from_dispatch(heard), Tensor::from_dispatch(attention))
}

/// The mean of the rows that each node's edges lead to, each times its `keep` (`[edges, 1]`, no gradient): attention by equal
/// scores. With the number of a node's edges as `keep` it is their sum.
///
/// # Shapes
/// `[rows, width]` to `[nodes, width]`.
pub fn mean_of(rows: Tensor<2>, edges: &Edges, keep: Tensor<2>) -> Tensor<2> {
    let device = rows.device();
    let zeros = |count: usize| Tensor::zeros([count, 1], &device);
    let of = Attention {
        queries: zeros(edges.there.dims()[0]),
        keys: zeros(rows.dims()[0]),
        relations: zeros(edges.relations),
        values: rows,
        keep,
        slope: 1.0,
    };
    attend(of, edges).0
}
