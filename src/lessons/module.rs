//! Which WebAssembly module opens a lesson, and how its lab is built there.

use super::material::Material;
use crate::controls::Settings;
use crate::error::LabError;
use crate::lab::Lab;

/// A WebAssembly module that holds lessons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Module {
    /// Models without tensors.
    Trees,
    /// Networks that classify, on the CPU; the module `gpu` has every lesson with tensors, on a graphics card.
    Cpu,
    /// Recommenders of films, on the CPU.
    Recommenders,
    /// Recommenders for sequences, on the CPU.
    Sequences,
}

impl Module {
    /// Name of its folder under `pkg/`.
    pub fn name(self) -> &'static str {
        match self {
            Module::Trees => "trees",
            Module::Cpu => "cpu",
            Module::Recommenders => "recommenders",
            Module::Sequences => "sequences",
        }
    }
}

/// Builds a lab with checked settings.
pub type OpenPlain = fn(Settings, &Material) -> Result<Box<dyn Lab>, LabError>;

/// Builds a lab with checked settings on a device.
#[cfg(feature = "tensors")]
pub type OpenOnDevice = fn(Settings, burn::tensor::Device, &Material) -> Result<Box<dyn Lab>, LabError>;

/// How a lab is built.
#[derive(Clone, Copy)]
pub enum OpenLab {
    /// Not at all: this build only declares the lesson.
    Declared,
    /// Without a device: the model has no tensors.
    Plain(OpenPlain),
    /// On a device.
    #[cfg(feature = "tensors")]
    OnDevice(OpenOnDevice),
}

/// The answer to whoever opens a lesson in a build without it.
pub(super) fn not_in_this_build(module: Module) -> LabError {
    let message = format!("This lesson is opened by the module `{}`.", module.name());
    LabError::new("unknown_lesson", message).with("module", module.name())
}
