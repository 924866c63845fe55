//! What holds for the movies lesson, a module for each concept.

mod parity;
