//! Networks over graphs of histories.

pub mod any;
pub mod auto_encoder;
pub mod batch;
pub mod by_kind;
pub mod examples;
pub mod gate;
pub mod graph_net;
pub mod han;
pub mod holistic;
pub mod nodes;
pub mod picture_encoder;
pub mod sequence_net;
pub mod steps;
pub mod synchronous;
