//! Pictures and convolutional networks: filters, MNIST, horse or human, happy or sad, and what the layers see
//! (document 004).

#[cfg(feature = "tensors")]
mod answers;
#[cfg(feature = "tensors")]
mod bench;
#[cfg(feature = "tensors")]
mod code;
mod controls;
#[cfg(feature = "tensors")]
mod cost;
mod describe;
mod experiments;
#[cfg(feature = "tensors")]
mod filter;
#[cfg(feature = "tensors")]
mod goals;
#[cfg(feature = "tensors")]
mod inspect;
#[cfg(feature = "tensors")]
mod lab;
#[cfg(feature = "tensors")]
mod maps;
#[cfg(feature = "tensors")]
mod source;
mod task;

use super::{Chapter, Lesson, Module, OpenLab, Tables};

/// The registry's entry.
pub const LESSON: Lesson = Lesson {
    id: "vision",
    chapter: Some(Chapter {
        leading: Some("task"),
        controls: controls::controls,
        presets: controls::presets,
        needs: task::needs,
        tables: Tables::None,
        describe: describe::describe,
        module: Module::Cpu,
        open: cfg_select! {
            feature = "tensors" => { OpenLab::OnDevice(lab::open) }
            _ => { OpenLab::Declared }
        },
    }),
};
