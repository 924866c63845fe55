//! Tables of vectors, looked up by number.

use super::operations::rows_of;
use crate::random::Random;
use burn::module::{Module, Param};
use burn::tensor::{Device, Int, Tensor, TensorData};

/// A table of vectors without a bias, as Paddle's `embedding_layer`: number `i` stands for row `i`.
#[derive(Module, Debug)]
pub struct Embedding {
    /// `[numbers, width]`.
    table: Param<Tensor<2>>,
}

impl Embedding {
    /// A table from N(0, `std`²).
    pub fn normal(numbers: usize, width: usize, std: f64, random: &mut Random, device: &Device) -> Self {
        let values = (0..numbers * width).map(|_| random.normal(0.0, std) as f32).collect();
        Self::of(values, width, device)
    }

    /// A table uniform within ±`limit`.
    pub fn uniform(numbers: usize, width: usize, limit: f64, random: &mut Random, device: &Device) -> Self {
        let values = (0..numbers * width).map(|_| random.uniform(-limit, limit) as f32).collect();
        Self::of(values, width, device)
    }

    /// A table of these numbers, row-major.
    ///
    /// # Panics
    /// If they do not fill rows of `width`.
    pub fn of(values: Vec<f32>, width: usize, device: &Device) -> Self {
        let rows = values.len() / width;
        Self { table: Param::from_data(TensorData::new(values, [rows, width]), device) }
    }

    /// The rows of some numbers.
    ///
    /// # Shapes
    /// `[N]` to `[N, width]`.
    pub fn forward(&self, numbers: Tensor<1, Int>) -> Tensor<2> {
        let table = self.table.val();
        let all = Tensor::ones([1, 1], &numbers.device());
        rows_of(table, numbers, all)
    }

    /// The rows of some numbers, each times its share.
    ///
    /// # Shapes
    /// `[N]` and `[N, 1]` to `[N, width]`.
    pub fn shared(&self, numbers: Tensor<1, Int>, shares: Tensor<2>) -> Tensor<2> {
        rows_of(self.table.val(), numbers, shares)
    }

    /// Columns of the table.
    pub fn width(&self) -> usize {
        self.table.val().dims()[1]
    }

    /// The whole table, `[numbers, width]`.
    pub fn table(&self) -> Tensor<2> {
        self.table.val()
    }
}

/// Some rows of a tensor: a lookup, because a slice and its gradient are compiled anew for each type of number.
///
/// # Shapes
/// `[R, width]` to `[N, width]`.
pub fn some_rows(of: &Tensor<2>, rows: Vec<u32>) -> Tensor<2> {
    let device = of.device();
    rows_of(of.clone(), numbers(rows, &device), Tensor::ones([1, 1], &device))
}

/// Numbers to be looked up, `[N]`.
pub fn numbers(values: impl IntoIterator<Item = u32>, device: &Device) -> Tensor<1, Int> {
    let values: Vec<i32> = values.into_iter().map(|value| value as i32).collect();
    let count = values.len();
    Tensor::from_data(TensorData::new(values, [count]), device)
}
