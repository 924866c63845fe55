//! Emberbook: models of five published tutorials that train live in the reader's browser.
//!
//! Each layer knows only those before it:
//!
//! | module | what it holds |
//! |---|---|
//! | [`random`] | the one seeded generator |
//! | [`error`], [`progress`], [`history`] | the one form of error; how far a run has come; what was recorded |
//! | [`controls`] | declared settings |
//! | [`lab`] | what every lesson offers |
//! | [`data`] | tables, pictures, ratings, sequences, scaling, splits, minibatches |
//! | `ranking` (feature `tensors`) | how good lists of recommendations are, and one protocol to judge them by |
//! | `classic` (feature `tensors`) | models in plain floats, without tensors: softmax regression, support vector machines, recommenders |
//! | `nn` (feature `tensors`) | what burn does not have in the documents' form: runner, optimisers, metrics, weights |
//! | [`lessons`] | the models of each lesson, their labs and code views; the registry |
//! | `web` (feature `web`) | the only place that knows wasm-bindgen |

#[cfg(any(test, all(feature = "web", target_family = "wasm")))]
mod allocator;
#[cfg(feature = "tensors")]
pub mod classic;
pub mod controls;
pub mod data;
pub mod error;
pub mod history;
pub mod lab;
pub mod lessons;
#[cfg(feature = "tensors")]
pub mod nn;
pub mod progress;
pub mod random;
#[cfg(feature = "tensors")]
pub mod ranking;
#[cfg(all(test, feature = "lessons"))]
mod typescript;
#[cfg(feature = "web")]
pub mod web;
