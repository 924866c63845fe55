//! What holds for the sequences lesson, a module for each concept.

#[path = "../common/mod.rs"]
mod common;

mod auto_encoder;
mod code;
mod edited;
mod encoders;
mod graphs;
mod lab;
mod layers;
mod model;
mod own;
mod shown_settings;
mod support;
