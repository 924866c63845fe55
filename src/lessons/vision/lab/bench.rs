//! The task `filters`: nothing is trained, a picture is filtered when asked.

use super::super::task::ASCENT;
use super::source;
use crate::controls::Settings;
use crate::data::pictures::Picture;
use crate::error::LabError;
use crate::lessons::Material;

/// A gray picture that filters are laid on.
pub struct FilterBench {
    /// The settings as they were declared.
    pub declared: Settings,
    pub picture: Picture,
}

impl FilterBench {
    /// # Errors
    /// `data_missing`.
    pub fn new(declared: Settings, material: &Material) -> Result<Self, LabError> {
        let picture = source::sheet(material, ASCENT)?.gray();
        Ok(Self { declared, picture })
    }
}
