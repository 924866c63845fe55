//! How good a ranking is, and one protocol by which all methods of a table are judged.
//!
//! The rules, each with a test: films that a user has seen are left out; duplicates are removed first; an ideal list
//! ends at k, so that every figure lies in 0 to 1 and a perfect ranking has 1; equal scores count by their mean over
//! all orders, so that one score for everything is as good as chance.

pub mod exposure;
pub mod metrics;
pub mod next_item;
pub mod protocol;
pub mod stars;
pub mod top;

pub use exposure::Exposure;
pub use metrics::{RankingFigures, Tie};
pub use next_item::{NextItemTotals, Rank};
pub use protocol::{Protocol, RankingTotals};
pub use stars::StarErrors;
pub use top::Top;
