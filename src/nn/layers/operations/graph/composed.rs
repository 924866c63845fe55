//! Attention along edges, composed of burn's operations.

use crate::nn::layers::operations::rows::added;
use burn::backend::Backend;
use burn::backend::TensorMetadata;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::tensor::Shape;

#[allow(clippy::too_many_arguments, reason = "attention has that many inputs")]
pub(super) fn attended<B: Backend>(
    queries: FloatTensor<B>,
    keys: FloatTensor<B>,
    relations: FloatTensor<B>,
    values: FloatTensor<B>,
    keep: FloatTensor<B>,
    edges: &IntTensor<B>,
    groups: IntTensor<B>,
    there: FloatTensor<B>,
    slope: f32,
) -> (FloatTensor<B>, FloatTensor<B>) {
    let [nodes, longest] = there.shape().dims();
    let [of_node, of_neighbour, of_relation, place] = ends::<B>(edges);
    let products = B::float_mul(
        B::float_mul(
            B::float_select(queries, 0, of_node.clone()),
            B::float_select(keys, 0, of_neighbour.clone()),
        ),
        B::float_select(relations, 0, of_relation),
    );
    let scores = B::leaky_relu(B::float_sum_dim(products, 1), slope.into());
    let grouped = B::float_select(scores, 0, groups);
    let grouped = B::float_reshape(grouped, Shape::new([nodes, longest]));
    // Behind its end a group holds its first edge again, so that the largest is that of the group.
    let largest = B::float_max_dim(grouped.clone(), 1);
    let raised = B::float_mul(B::float_exp(B::float_sub(grouped, largest)), there);
    // A node without edges has a sum of 0.
    let sums = B::float_clamp_min(B::float_sum_dim(raised.clone(), 1), 1e-30.into());
    let attention = B::float_div(raised, sums);
    let attention = B::float_reshape(attention, Shape::new([nodes * longest, 1]));
    let attention = B::float_select(attention, 0, place);
    let heard = B::float_mul(B::float_select(values, 0, of_neighbour), B::float_mul(attention.clone(), keep));
    (added::<B>(heard, of_node, nodes), attention)
}

pub(super) fn attended_backward<B: Backend>(
    [queries, keys, relations, values, keep]: [FloatTensor<B>; 5],
    edges: &IntTensor<B>,
    attention: FloatTensor<B>,
    gradient: FloatTensor<B>,
    slope: f32,
) -> (FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>) {
    let [of_node, of_neighbour, of_relation, _] = ends::<B>(edges);
    let counts = [&queries, &keys, &relations, &values].map(|tensor| tensor.shape()[0]);
    let gradient = B::float_select(gradient, 0, of_node.clone());
    let shares = B::float_mul(attention.clone(), keep.clone());
    let by_values = added::<B>(B::float_mul(gradient.clone(), shares), of_neighbour.clone(), counts[3]);
    let heard = B::float_mul(gradient, B::float_select(values, 0, of_neighbour.clone()));
    let by_attention = B::float_mul(B::float_sum_dim(heard, 1), keep);
    let weighted = B::float_mul(attention.clone(), by_attention);
    let of_group = added::<B>(weighted.clone(), of_node.clone(), counts[0]);
    let mean = B::float_select(of_group, 0, of_node.clone());
    let by_leaky = B::float_sub(weighted, B::float_mul(attention, mean));
    let query = B::float_select(queries, 0, of_node.clone());
    let key = B::float_select(keys, 0, of_neighbour.clone());
    let relation = B::float_select(relations, 0, of_relation.clone());
    let products = B::float_mul(B::float_mul(query.clone(), key.clone()), relation.clone());
    // 1 above 0, the slope below.
    let above = B::relu_backward(B::relu(B::float_sum_dim(products, 1)), by_leaky.clone());
    let by_score = B::float_add(
        B::float_mul_scalar(above, (1.0 - slope).into()),
        B::float_mul_scalar(by_leaky, slope.into()),
    );
    let by =
        |one: FloatTensor<B>, other: FloatTensor<B>| B::float_mul(B::float_mul(one, other), by_score.clone());
    (
        added::<B>(by(key.clone(), relation.clone()), of_node, counts[0]),
        added::<B>(by(query.clone(), relation), of_neighbour, counts[1]),
        added::<B>(by(query, key), of_relation, counts[2]),
        by_values,
    )
}

/// The columns of the edges: node, neighbour, relation, place in its group.
fn ends<B: Backend>(edges: &IntTensor<B>) -> [IntTensor<B>; 4] {
    let count = edges.shape()[1];
    [0, 1, 2, 3].map(|column: usize| {
        let row = B::int_slice(edges.clone(), &[(column..column + 1).into(), (0..count).into()]);
        B::int_reshape(row, Shape::new([count]))
    })
}
