//! What can be wrong with parameters, tables and model files.

use std::fmt;
use std::ops::{Deref, DerefMut};

/// An error with a stable code, an English sentence, and the facts the sentence is made of.
///
/// It is one word long, for nearly every function may answer with it and each hands it on.
#[derive(Debug, Clone, PartialEq)]
pub struct BoostingError(Box<Failure>);

/// What an error says.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// Stable name, for whoever has sentences of their own for it.
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: String,
    /// Facts by name, such as `column`, `line`, `expected`.
    pub facts: Vec<(&'static str, String)>,
}

impl BoostingError {
    /// An error without facts.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Failure { code, message: message.into(), facts: Vec::new() }))
    }

    /// Adds a fact.
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.facts.push((name, value.to_string()));
        self
    }
}

impl Deref for BoostingError {
    type Target = Failure;

    fn deref(&self) -> &Failure {
        &self.0
    }
}

impl DerefMut for BoostingError {
    fn deref_mut(&mut self) -> &mut Failure {
        &mut self.0
    }
}

impl fmt::Display for BoostingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.code)
    }
}

impl std::error::Error for BoostingError {}
