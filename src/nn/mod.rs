//! What burn does not have in the documents' form: the runner with its histories, accuracy accumulated over
//! batches, optimisers whose state can be put away, weights by name.
//!
//! | folder | what it holds | knows |
//! |---|---|---|
//! | [`layers`] | parameters by name, initial weights, operations | |
//! | [`optim`] | optimisers and their updates | |
//! | [`objective`] | losses and metrics | `layers` |
//! | [`models`] | networks | `layers` |
//! | [`run`] | the runner, examples, checkpoints, weights as files | all of them |
//!
//! One code path serves both devices: nothing here blocks on a read, because a browser's GPU cannot.

pub mod layers;
pub mod models;
pub mod objective;
pub mod optim;
pub mod run;
