//! Tests of the movies lesson.

mod answers;
mod choosing;
mod data;
mod figures;
mod oracle;
mod splits;
mod support;
