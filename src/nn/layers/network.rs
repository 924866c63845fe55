//! What the runner needs of a network.

use burn::module::Module;
use burn::tensor::Tensor;

/// A network that gives one row of outputs for each row of its input.
pub trait Network: Module {
    /// What it is given.
    type Input;

    /// Outputs before any last activation: logits of classes, or the numbers themselves.
    ///
    /// # Shapes
    /// `[N, outputs]`.
    fn forward(&self, input: Self::Input) -> Tensor<2>;
}
