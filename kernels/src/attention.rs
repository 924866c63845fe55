//! Attention along the edges of a graph: of each node over its neighbours, and its gradients.

use crate::{add_scaled, dot};

/// The edges of a graph, or of many side by side: edge `e` is what node `nodes[e]` hears of node `neighbours[e]`, with a
/// relation between them. The edges of a node follow one another.
#[derive(Debug, Clone, Copy)]
pub struct Edges<'a> {
    /// Who attends.
    pub nodes: &'a [i32],
    /// To whom.
    pub neighbours: &'a [i32],
    /// Rows of the table of relations.
    pub relations: &'a [i32],
}

/// What attention is computed from, row-major.
#[derive(Debug, Clone, Copy)]
pub struct Attention<'a> {
    /// `[nodes, depth]`: of those who attend.
    pub queries: &'a [f32],
    /// `[nodes, depth]`: of those who are attended to.
    pub keys: &'a [f32],
    /// `[relations, depth]`: a weight for each product of a query's and a key's column.
    pub relations: &'a [f32],
    /// `[nodes, width]`
    pub values: &'a [f32],
    /// Columns of queries, keys and relations.
    pub depth: usize,
    /// Columns of the values.
    pub width: usize,
    /// What a score below 0 is multiplied by (LeakyReLU); 1 leaves it as it is.
    pub slope: f32,
    /// By edge, or one for all: what the attention is multiplied by after softmax (0 where dropout leaves an edge out).
    pub keep: &'a [f32],
}

/// The gradients by all that [`attend`] is computed from, of the same sizes.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct AttentionGradients {
    /// By the queries.
    pub queries: Vec<f32>,
    /// By the keys.
    pub keys: Vec<f32>,
    /// By the weights of the relations.
    pub relations: Vec<f32>,
    /// By the values.
    pub values: Vec<f32>,
}

impl Attention<'_> {
    fn scores(&self, edges: Edges, into: &mut [f32]) {
        let depth = self.depth;
        let mut weighted = vec![0.0f32; depth];
        for (e, score) in into.iter_mut().enumerate() {
            let query = row(self.queries, depth, edges.nodes[e]);
            let relation = row(self.relations, depth, edges.relations[e]);
            for ((weighted, query), relation) in weighted.iter_mut().zip(query).zip(relation) {
                *weighted = query * relation;
            }
            *score = dot(&weighted, row(self.keys, depth, edges.neighbours[e]));
        }
    }

    fn leaky(&self, score: f32) -> f32 {
        if score < 0.0 { score * self.slope } else { score }
    }

    fn keep(&self, edge: usize) -> f32 {
        if self.keep.len() == 1 { self.keep[0] } else { self.keep[edge] }
    }
}

/// Softmax over the edges of each node of LeakyReLU of `Σ query · relation · key`, written to `attention`, and with it
/// the sum of the neighbours' values, added to `into` (`[nodes, width]`, zeros before). A node without edges gets nothing.
///
/// # Panics
/// If the lengths do not fit.
pub fn attend(of: &Attention, edges: Edges, attention: &mut [f32], into: &mut [f32]) {
    assert!(attention.len() == edges.nodes.len(), "a place for each edge");
    of.scores(edges, attention);
    for range in groups(edges.nodes) {
        let scores = &mut attention[range.clone()];
        let mut largest = f32::NEG_INFINITY;
        for score in scores.iter_mut() {
            *score = of.leaky(*score);
            largest = largest.max(*score);
        }
        let mut sum = 0.0;
        for score in scores.iter_mut() {
            *score = (*score - largest).exp();
            sum += *score;
        }
        let node = edges.nodes[range.start] as usize;
        let into = &mut into[node * of.width..][..of.width];
        for (e, score) in range.zip(scores) {
            *score /= sum;
            add_scaled(row(of.values, of.width, edges.neighbours[e]), *score * of.keep(e), into);
        }
    }
}

/// The gradients of a loss by all that [`attend`] was computed from; `attention` is what it wrote, `gradient` that by its
/// result.
///
/// # Panics
/// If the lengths do not fit.
pub fn attend_backward(
    of: &Attention,
    edges: Edges,
    attention: &[f32],
    gradient: &[f32],
) -> AttentionGradients {
    assert!(attention.len() == edges.nodes.len(), "a place for each edge");
    let (depth, width) = (of.depth, of.width);
    let zeros = |like: &[f32]| vec![0.0f32; like.len()];
    let mut by = AttentionGradients {
        queries: zeros(of.queries),
        keys: zeros(of.keys),
        relations: zeros(of.relations),
        values: zeros(of.values),
    };
    let mut scores = vec![0.0f32; attention.len()];
    of.scores(edges, &mut scores);
    let mut slopes = vec![0.0f32; attention.len()];
    for range in groups(edges.nodes) {
        let gradient = row(gradient, width, edges.nodes[range.start]);
        let mut mean = 0.0;
        for e in range.clone() {
            let neighbour = edges.neighbours[e];
            slopes[e] = of.keep(e) * dot(gradient, row(of.values, width, neighbour));
            mean += attention[e] * slopes[e];
            let first = neighbour as usize * width;
            add_scaled(gradient, attention[e] * of.keep(e), &mut by.values[first..first + width]);
        }
        for e in range {
            let leak = if scores[e] < 0.0 { of.slope } else { 1.0 };
            slopes[e] = attention[e] * (slopes[e] - mean) * leak;
        }
    }
    for (e, slope) in slopes.into_iter().enumerate() {
        let [at_query, at_key, at_weight] = [edges.nodes[e], edges.neighbours[e], edges.relations[e]]
            .map(|number| number as usize * depth..(number as usize + 1) * depth);
        let [query, key, weight] =
            [&of.queries[at_query.clone()], &of.keys[at_key.clone()], &of.relations[at_weight.clone()]];
        let (by_query, by_key) = (&mut by.queries[at_query], &mut by.keys[at_key]);
        let by_weight = &mut by.relations[at_weight];
        for column in 0..depth {
            by_query[column] += slope * key[column] * weight[column];
            by_key[column] += slope * query[column] * weight[column];
            by_weight[column] += slope * query[column] * key[column];
        }
    }
    by
}

/// The runs of equal numbers.
fn groups(nodes: &[i32]) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut start = 0;
    nodes.chunk_by(|one, other| one == other).map(move |group| {
        let range = start..start + group.len();
        start = range.end;
        range
    })
}

fn row(values: &[f32], width: usize, number: i32) -> &[f32] {
    let first = number as usize * width;
    &values[first..first + width]
}

#[cfg(test)]
mod tests {
    use super::*;

    const NODES: [i32; 6] = [0, 0, 0, 1, 3, 3];
    const NEIGHBOURS: [i32; 6] = [0, 1, 2, 1, 0, 3];
    const RELATIONS: [i32; 6] = [0, 1, 1, 0, 1, 0];
    const EDGES: Edges<'static> = Edges { nodes: &NODES, neighbours: &NEIGHBOURS, relations: &RELATIONS };

    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|at| ((at * 37 + seed * 11) % 23) as f32 / 11.5 - 1.0).collect()
    }

    struct Inputs {
        queries: Vec<f32>,
        keys: Vec<f32>,
        relations: Vec<f32>,
        values: Vec<f32>,
        keep: Vec<f32>,
    }

    impl Inputs {
        fn new() -> Self {
            Self {
                queries: numbers(12, 1),
                keys: numbers(12, 2),
                relations: numbers(6, 3),
                values: numbers(8, 4),
                keep: vec![1.0, 1.25, 0.0, 1.25, 1.25, 1.0],
            }
        }

        fn attention(&self) -> Attention<'_> {
            Attention {
                queries: &self.queries,
                keys: &self.keys,
                relations: &self.relations,
                values: &self.values,
                depth: 3,
                width: 2,
                slope: 0.1,
                keep: &self.keep,
            }
        }

        fn result(&self) -> (Vec<f32>, Vec<f32>) {
            let (mut attention, mut into) = (vec![0.0; 6], vec![0.0; 8]);
            attend(&self.attention(), EDGES, &mut attention, &mut into);
            (attention, into)
        }

        /// A loss whose gradient by the result is `slopes`.
        fn loss(&self, slopes: &[f32]) -> f64 {
            self.result()
                .1
                .iter()
                .zip(slopes)
                .map(|(value, slope)| f64::from(*value) * f64::from(*slope))
                .sum()
        }
    }

    #[test]
    fn the_attention_of_a_node_is_a_softmax_over_its_edges() {
        let inputs = Inputs::new();
        let (attention, into) = inputs.result();
        for range in [0..3, 3..4, 4..6] {
            assert!((attention[range].iter().sum::<f32>() - 1.0).abs() < 1e-6);
        }
        let score = |e: usize| {
            let [node, neighbour, relation] = [NODES[e], NEIGHBOURS[e], RELATIONS[e]].map(|n| n as usize * 3);
            let sum: f32 = (0..3)
                .map(|c| {
                    inputs.queries[node + c] * inputs.keys[neighbour + c] * inputs.relations[relation + c]
                })
                .sum();
            (if sum < 0.0 { 0.1 * sum } else { sum }).exp()
        };
        let sum: f32 = (0..3).map(score).sum();
        for (e, attention) in attention[..3].iter().enumerate() {
            assert!((attention - score(e) / sum).abs() < 1e-6);
        }
        // The third edge is left out, the second counts for it.
        let expected = attention[0] * inputs.values[1] + 1.25 * attention[1] * inputs.values[3];
        assert!((into[1] - expected).abs() < 1e-6);
        assert_eq!(into[4..6], [0.0; 2], "a node without edges");
    }

    #[test]
    fn gradients_are_slopes() {
        let inputs = Inputs::new();
        let slopes = numbers(8, 5);
        let (attention, _) = inputs.result();
        let found = attend_backward(&inputs.attention(), EDGES, &attention, &slopes);
        type Part = fn(&mut Inputs) -> &mut Vec<f32>;
        let parts: [(Part, Vec<f32>); 4] = [
            (|inputs| &mut inputs.queries, found.queries),
            (|inputs| &mut inputs.keys, found.keys),
            (|inputs| &mut inputs.relations, found.relations),
            (|inputs| &mut inputs.values, found.values),
        ];
        for (part, gradient) in parts {
            for (at, gradient) in gradient.into_iter().enumerate() {
                let at_distance = |distance: f32| {
                    let mut inputs = Inputs::new();
                    part(&mut inputs)[at] += distance;
                    inputs.loss(&slopes)
                };
                let slope = (at_distance(1e-2) - at_distance(-1e-2)) / 2e-2;
                assert!((slope - f64::from(gradient)).abs() < 2e-3, "{at}: {slope} {gradient}");
            }
        }
    }
}
