//! What holds for the iris lesson, a module for each concept.

#[cfg(feature = "tensors")]
#[path = "../common/mod.rs"]
mod common;

mod classic_parity;
mod code;
mod gradients;
mod judgement;
mod lab;
mod models;
mod network_inside;
mod own_tables;
mod parity;
mod statistics;
mod weights;
