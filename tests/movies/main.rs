//! What holds for the movies lesson, a module for each concept.

mod data;
mod fusion;
mod parity;
mod splits;
mod support;
