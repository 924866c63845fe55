//! From settings and the reader's own data to an open lab. The settings are resolved once; what is fetched, on which
//! device the lab opens and what the page shows all follow from that.

use super::module::not_in_this_build;
use super::{Description, Files, LessonDefinition, Material, Needs, OpenLab, Own, Resolved};
use crate::controls::Layer;
use crate::error::LabError;
use crate::lab::Lab;
use serde::Serialize;

/// A lab that can be opened once its files are there.
pub struct Plan {
    definition: &'static LessonDefinition,
    needs: Needs,
    /// The settings and the data they are used with.
    pub resolved: Resolved,
    /// What the page shows.
    pub description: Description,
}

/// What the choice of a device rests on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Hints {
    /// Whether the lab computes with tensors, and so can use a GPU.
    pub tensors: bool,
    /// Whether the model is so small that the CPU is faster than any GPU.
    pub small: bool,
    /// Pipelines that a first step on WebGPU compiles, about.
    pub pipelines: u32,
    /// Milliseconds of one step on one core of a laptop, where they are estimated.
    pub milliseconds_per_step: Option<f64>,
}

impl LessonDefinition {
    /// Resolves the settings for the reader's own data, or the lesson's where there are none.
    ///
    /// # Errors
    /// `bad_table` for columns of the reader's table that cannot be learned from.
    pub fn plan(&'static self, layers: Vec<Layer>, own: Option<Own>) -> Result<Plan, LabError> {
        let resolved = self.resolve(layers, own);
        let description = (self.describe)(&resolved.settings, &resolved.material)?;
        let needs = (self.needs)(&resolved.settings);
        Ok(Plan { definition: self, needs, resolved, description })
    }
}

impl Plan {
    /// What has to be fetched and read first.
    pub fn needs(&self) -> &Needs {
        &self.needs
    }

    /// What the choice of a device rests on.
    pub fn hints(&self) -> Hints {
        let Description { tensors, small, pipelines, cost, .. } = &self.description;
        let milliseconds_per_step = cost.as_ref().map(|cost| cost.milliseconds_per_step);
        Hints { tensors: *tensors, small: *small, pipelines: *pipelines, milliseconds_per_step }
    }

    /// Whether the settings ask for data of the reader's own that were not brought, so that the lesson's stand in.
    pub fn misses_own(&self) -> bool {
        self.resolved.misses_own
    }

    /// Opens the lab on the CPU.
    ///
    /// # Errors
    /// `data_missing` where a file or picture that is needed is not there, what is wrong with the data or settings, and
    /// `unknown_lesson` where this build only declares the lesson.
    pub fn open_on_cpu(&self, files: Files) -> Result<Box<dyn Lab>, LabError> {
        let (settings, material) = (self.resolved.settings.clone(), self.material(files));
        match self.definition.open {
            OpenLab::Declared => Err(not_in_this_build(self.definition.module)),
            OpenLab::Plain(open) => open(settings, &material),
            #[cfg(feature = "tensors")]
            OpenLab::OnDevice(open) => open(settings, burn::tensor::Device::flex(), &material),
        }
    }

    /// Opens the lab on a device; a lesson without tensors needs none.
    ///
    /// # Errors
    /// As [`Plan::open_on_cpu`].
    #[cfg(feature = "tensors")]
    pub fn open(&self, files: Files, device: burn::tensor::Device) -> Result<Box<dyn Lab>, LabError> {
        match self.definition.open {
            OpenLab::OnDevice(open) => open(self.resolved.settings.clone(), device, &self.material(files)),
            _ => self.open_on_cpu(files),
        }
    }

    fn material(&self, files: Files) -> Material {
        Material { files, ..self.resolved.material.clone() }
    }
}
