//! Networks over graphs of histories.

pub mod batch;
pub mod by_kind;
pub mod gate;
pub mod graph_net;
pub mod han;
pub mod nodes;
pub mod synchronous;
