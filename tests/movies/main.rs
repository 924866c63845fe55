//! What holds for the movies lesson, a module for each concept.

mod answers;
mod choosing;
mod data;
mod figures;
mod fusion;
mod generated_ratings;
mod oracle;
mod own;
mod parity;
mod splits;
mod support;
