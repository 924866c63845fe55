//! What holds for the sequences lesson, a module for each concept.

mod auto_encoder;
mod encoders;
mod graphs;
mod layers;
mod model;
mod own;
mod support;
