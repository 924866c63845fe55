//! What a run makes small, and what its results are judged by.

pub mod loss;
pub mod metric;
