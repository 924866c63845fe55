//! The loops in which boosting spends its time. They are a package of their own because Cargo knows optimisation by
//! package only: these are compiled for speed, the rest of `gbdt` for size.

pub mod bin_steps;
pub mod logistic;
pub mod order;
pub mod partition;
pub mod rules;
pub mod scan;
pub mod steps;
pub mod sums;
