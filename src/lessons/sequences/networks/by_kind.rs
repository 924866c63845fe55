//! Weights of which each kind of node has its own.

use crate::nn::layers::embedding::some_rows;
use crate::nn::layers::initializer::glorot_uniform;
use crate::random::Random;
use burn::module::{Module, Param};
use burn::tensor::{Device, Tensor, TensorData};

/// A matrix for items, one for codes of pictures and one for codes of words; no biases.
#[derive(Module, Debug)]
pub struct ByKind {
    item: Param<Tensor<2>>,
    image: Param<Tensor<2>>,
    text: Param<Tensor<2>>,
}

impl ByKind {
    /// Glorot's uniform weights.
    pub fn init(inputs: usize, outputs: usize, random: &mut Random, device: &Device) -> Self {
        let mut matrix = || {
            let values = glorot_uniform(inputs * outputs, inputs, outputs, random);
            Param::from_data(TensorData::new(values, [inputs, outputs]), device)
        };
        Self { item: matrix(), image: matrix(), text: matrix() }
    }

    /// Each row times the matrix of its kind.
    ///
    /// # Shapes
    /// `[items + images + texts, inputs]`, in this order and of `counts` rows each, to as many rows of `[outputs]`.
    pub fn forward(&self, rows: &Tensor<2>, counts: [usize; 3]) -> Tensor<2> {
        let mut first = 0;
        let mut found = Vec::with_capacity(3);
        for (count, matrix) in counts.into_iter().zip([&self.item, &self.image, &self.text]) {
            if count > 0 {
                let of_kind = if count == rows.dims()[0] {
                    rows.clone()
                } else {
                    some_rows(rows, (first as u32..(first + count) as u32).collect())
                };
                found.push(of_kind.matmul(matrix.val()));
            }
            first += count;
        }
        if found.len() == 1 { found.remove(0) } else { Tensor::cat(found, 0) }
    }
}
