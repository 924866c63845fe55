//! Iris with a feed-forward network: NNDL experiment 5 (document 003).

#[cfg(feature = "tensors")]
mod classical;
#[cfg(feature = "tensors")]
mod code;
mod controls;
mod describe;
mod experiments;
#[cfg(feature = "tensors")]
mod inspect;
#[cfg(feature = "tensors")]
mod judgement;
#[cfg(feature = "tensors")]
mod lab;
#[cfg(feature = "tensors")]
mod network_inside;
mod table;

use super::{Chapter, Lesson, Module, Needs, OpenLab, Tables};

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "iris",
    chapter: Some(Chapter {
        leading: None,
        controls: |material, _| controls::controls(material),
        presets: |_| controls::presets(),
        needs: |_| Needs::default(),
        tables: Tables::Numbers,
        describe: describe::describe,
        module: Module::Cpu,
        open: cfg_select! {
            feature = "tensors" => { OpenLab::OnDevice(lab::open) }
            _ => { OpenLab::Declared }
        },
    }),
};
