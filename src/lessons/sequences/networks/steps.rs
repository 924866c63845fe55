//! Histories as rows of steps: what early, late and holistic fusion and item numbers alone are given.

use crate::lessons::sequences::graph::Step;
use crate::nn::layers::embedding::{Embedding, numbers};
use crate::nn::layers::gru::Packed;
use crate::nn::layers::operations::{Edge, Edges, mean_of};
use crate::nn::layers::self_attention::causal_edges;
use burn::tensor::{Device, Int, Tensor, TensorData};

/// Places that have vectors of their own; those further from the end share the last one.
pub const PLACES: u32 = 50;

/// The steps of several histories, one history behind the other.
#[derive(Debug, Clone)]
pub struct Steps {
    /// Items, `[steps]`.
    pub items: Tensor<1, Int>,
    /// Codes of pictures.
    pub images: Codes,
    /// Codes of words.
    pub texts: Codes,
    /// Places from the end of each history, 0 for the last, at most [`PLACES`] − 1, `[steps]`.
    pub from_end: Tensor<1, Int>,
    /// Where the histories begin and end.
    pub lengths: Vec<usize>,
    /// The row of the last step of each history.
    pub last: Vec<u32>,
}

/// The codes of each step; their vectors are averaged, those of none are zeros.
#[derive(Debug, Clone)]
pub struct Codes {
    edges: Edges,
    /// `[edges, 1]`: 0 where a step has no codes.
    there: Tensor<2>,
}

impl Codes {
    fn new<'a>(codes: impl Iterator<Item = &'a [u32]>, device: &Device) -> Self {
        let (mut edges, mut there, mut steps) = (Vec::new(), Vec::new(), 0);
        for (node, codes) in (0..).zip(codes) {
            let edge = |code: u32| Edge { node, neighbour: code, relation: 0 };
            edges.extend(codes.iter().copied().map(edge));
            there.extend(codes.iter().map(|_| 1.0f32));
            if codes.is_empty() {
                edges.push(edge(0));
                there.push(0.0);
            }
            steps += 1;
        }
        let count = there.len();
        Self {
            edges: Edges::new(&edges, steps, device),
            there: Tensor::from_data(TensorData::new(there, [count, 1]), device),
        }
    }

    /// The mean vector of each step, `[steps, width]`.
    pub fn mean(&self, table: Tensor<2>) -> Tensor<2> {
        mean_of(table, &self.edges, self.there.clone())
    }
}

impl Steps {
    /// Of histories.
    ///
    /// # Panics
    /// If one is empty.
    pub fn new(histories: &[Vec<Step>], device: &Device) -> Self {
        assert!(histories.iter().all(|history| !history.is_empty()), "a history has a step");
        let all = || histories.iter().flatten();
        let from_end = histories
            .iter()
            .flat_map(|history| (0..history.len() as u32).rev().map(|place| place.min(PLACES - 1)));
        let lengths: Vec<usize> = histories.iter().map(Vec::len).collect();
        let mut rows = 0;
        let mut last = Vec::with_capacity(lengths.len());
        for length in &lengths {
            rows += *length as u32;
            last.push(rows - 1);
        }
        Self {
            items: numbers(all().map(|step| step.item), device),
            images: Codes::new(all().map(|step| step.images), device),
            texts: Codes::new(all().map(|step| step.texts), device),
            from_end: numbers(from_end, device),
            last,
            lengths,
        }
    }

    /// As a recurrent unit takes them.
    pub fn packed(&self, device: &Device) -> Packed {
        Packed::new(&self.lengths, device)
    }

    /// As causal attention takes them.
    pub fn causal(&self, device: &Device) -> Edges {
        causal_edges(&self.lengths, device)
    }

    /// Vectors of their places, `[steps, width]`, from a table of [`PLACES`].
    pub fn places(&self, table: &Embedding) -> Tensor<2> {
        table.forward(self.from_end.clone())
    }
}
