//! Classical models on plain slices: no tensors, no threads.
//!
//! The optimisers come from crates: [`basin`](https://docs.rs/basin) minimises the softmax regression by L-BFGS,
//! [`libsvm-rs`](https://docs.rs/libsvm-rs) solves the support vector machines as LIBSVM does. Both are driven in
//! steps, so that a lab can pause between them. So are the recommenders, whose inner loops are in the crate
//! `emberbook-kernels`.

#[cfg(feature = "sequences")]
pub mod k_means;
#[cfg(feature = "sequences")]
pub mod next_item;
#[cfg(feature = "recommenders")]
pub mod plane;
#[cfg(feature = "recommenders")]
pub mod recommend;
#[cfg(feature = "networks")]
pub mod rows;
pub mod softmax;
#[cfg(feature = "networks")]
pub mod softmax_regression;
#[cfg(feature = "networks")]
pub mod svm;
