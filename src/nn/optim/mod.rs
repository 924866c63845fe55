//! Optimisers in the documents' forms.

pub mod optimizer;
pub mod update;
