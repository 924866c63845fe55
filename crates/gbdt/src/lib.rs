//! Gradient boosting by LightGBM's rules: the same trees, to the last bit of every leaf.
//!
//! What LightGBM 4.6.0 does with one thread (`num_threads=1 deterministic=true force_col_wise=true`), written anew in
//! plain Rust. It knows nothing of tensors and nothing of the page, and can be used as a library:
//!
//! ```
//! use gbdt::{Booster, Column, Dataset, Parameters, Table};
//!
//! let table = Table::new(vec![Column::numeric("age", (0..60).map(f64::from).collect())]).unwrap();
//! let labels = (0..60).map(|row| f32::from(row >= 30)).collect();
//! let parameters = Parameters::from_pairs([("objective", "binary"), ("num_leaves", "4")]).unwrap();
//! let data = Dataset::new(&table, labels, None, &parameters).unwrap();
//! let mut booster = Booster::new(data, parameters).unwrap();
//! for _ in 0..5 {
//!     booster.train_one_round();
//! }
//! assert!(booster.model().raw_scores(&table)[59] > 0.0);
//! ```
//!
//! The road of a row: [`Table`] → [`binning`] → [`Dataset`] → [`histogram`] → [`split`] → [`grow`] → [`Tree`] →
//! [`Booster`] → [`Model`], which [`model_text`] writes and reads and [`contribution`] explains.

mod aliases;
mod bin_walk;
pub mod binning;
mod booster;
pub mod contribution;
mod dataset;
mod early_stopping;
mod error;
mod exact;
mod exponential;
pub mod grow;
pub mod histogram;
pub mod metric;
mod model;
pub mod model_text;
pub mod number;
mod objective;
mod parameters;
mod random;
mod rules;
mod sampling;
pub mod split;
mod table;
mod tree;
mod walk;

pub use aliases::ALIASES;
pub use booster::{Booster, Valid};
pub use dataset::Dataset;
pub use early_stopping::EarlyStopping;
pub use error::BoostingError;
pub use exact::ExactBooster;
pub use metric::Metric;
pub use model::{Importance, Model};
pub use objective::Objective;
pub use parameters::{Boosting, GrowPolicy, NAMES, Parameters, SampleStrategy};
pub use sampling::ColumnSampler;
pub use table::{Column, Part, Table};
pub use tree::{Child, Decision, MissingType, Tree};
