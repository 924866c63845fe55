//! Tests of the movies lesson.

mod data;
mod splits;
mod support;
