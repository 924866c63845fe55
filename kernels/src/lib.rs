//! The inner loops of the CPU path, on plain slices.
//!
//! They stand in a crate of their own so that they can be optimised for speed where everything around them is
//! optimised for size. Loops go over contiguous slices in blocks of fixed length, which the compiler turns into
//! vector instructions; the order of additions is fixed, so that every browser computes the same bits.

mod attention;
mod block;
mod distance;
mod factors;
mod gradient;
mod lanes;
mod nearest;
mod rows;
mod softmax;
mod sparse;
mod tanh;
mod update;

pub use attention::{Attention, AttentionGradients, Edges, attend, attend_backward};
pub use block::{Block, DEAD, forward};
pub use distance::squared_distance;
pub use factors::{Examples, FactorStep, Factors, descend, dot};
pub use gradient::{input_gradient, kernel_gradient};
pub use nearest::{nearest, scale};
pub use rows::{add_back, add_to_chosen, largest, look_up};
pub use softmax::softmax_slope;
pub use sparse::{add_at, add_scaled, add_scaled_at};
pub use tanh::{tanh, tanh_backward};
pub use update::{Adam, RmsProp, adam, adam_lazy, rmsprop};
