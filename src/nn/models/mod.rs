//! Networks that more than one task is learned with.

pub mod conv_net;
pub mod mlp;
