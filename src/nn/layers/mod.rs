//! What networks are made of: parameters by name, initial weights, operations burn does not have.

pub mod embedding;
pub mod gru;
pub mod initializer;
pub mod network;
pub mod operations;
pub mod parameters;
pub mod self_attention;
pub mod text_conv;
