//! Classical models in plain `f64`: no tensors, no randomness, no threads.
//!
//! The optimisers come from crates: [`basin`](https://docs.rs/basin) minimises the softmax regression by L-BFGS,
//! [`libsvm-rs`](https://docs.rs/libsvm-rs) solves the support vector machines as LIBSVM does. Both are driven in
//! steps, so that a lab can pause between them.

pub mod rows;
pub mod softmax;
pub mod softmax_regression;
pub mod svm;
