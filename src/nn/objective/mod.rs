//! What a run minimises, and the figures its results are judged by.

pub mod classification;
pub mod cross_entropy;
pub mod figures;
pub mod item_softmax;
pub mod metric;
#[cfg(feature = "sequences")]
pub mod next_item;
pub mod regression;
pub mod weighted_logistic;

use burn::tensor::{Gradients, Tensor};
use figures::{Figure, Figures};

/// What a run minimises, and the figures its results are judged by. The runner knows a task only through this.
///
/// Losses and figures are not computed on the device: a step leaves there what they are computed from, which is read
/// when the device is waited for anyway.
pub trait Objective {
    /// What an output is compared with: what examples give beside a network's input.
    type Target;

    /// The figures that are tallied, in the order in which they are shown. The first is the loss: it is recorded at
    /// every step, and one that is not finite ends the run.
    fn figures(&self) -> &[Figure];

    /// The gradients of the loss of a minibatch by everything `output` was computed from, and the values
    /// [`tally`](Self::tally) reads, without autodiff.
    ///
    /// # Shapes
    /// `output` is `[N, outputs]`; the values are `[N, columns]`, where `columns` is the objective's own choice.
    fn backward(&self, output: Tensor<2>, target: &Self::Target) -> (Tensor<2>, Gradients);

    /// The values [`tally`](Self::tally) reads of rows that are not trained on. They may have more columns than those
    /// of a training step where some figures are computed in evaluations only.
    ///
    /// # Shapes
    /// As for [`backward`](Self::backward).
    fn readable(&self, output: Tensor<2>, target: &Self::Target) -> Tensor<2>;

    /// Adds the figures of one batch.
    ///
    /// # Panics
    /// If `read`, row-major with `columns` columns, does not fit `target`.
    fn tally(&self, read: &[f32], columns: usize, target: &Self::Target, into: &mut Figures);
}
