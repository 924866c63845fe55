//! What holds for the sequences lesson, a module for each concept.

mod encoders;
mod graphs;
mod layers;
mod model;
mod support;
