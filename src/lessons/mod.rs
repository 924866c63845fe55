//! The five lessons: the registry, from which the cover's list is made too.
//!
//! A sixth lesson is a folder beside the others and one line in [`LESSONS`].

use crate::error::LabError;

#[cfg(any(feature = "trees", not(target_family = "wasm")))]
pub mod boosting;
#[cfg(any(feature = "tensors", feature = "trees"))]
mod code;
mod definition;
mod description;
pub mod experiment;
#[cfg(any(feature = "networks", not(target_family = "wasm")))]
pub mod iris;
mod material;
mod module;
#[cfg(any(feature = "recommenders", not(target_family = "wasm")))]
pub mod movies;
mod needs;
mod own;
mod plan;
mod resolve;
#[cfg(any(feature = "tensors", feature = "trees"))]
pub mod run;
#[cfg(any(feature = "sequences", not(target_family = "wasm")))]
pub mod sequences;
mod site_files;
#[cfg(any(feature = "networks", not(target_family = "wasm")))]
pub mod vision;

pub use definition::{Lesson, LessonDefinition, Preset};
pub use description::{
    ALL_PARTS, Chart, Cost, Description, FeatureDescription, Metric, PicturesDescription, TableDescription,
};
pub use material::{Content, Files, Material};
pub use module::{Module, OpenLab};
pub use needs::{Needs, PictureForm};
pub use own::{Accepted, Accepts, Own, OwnDescription, OwnTableDescription, TableForm};
pub use plan::{Hints, Plan};
pub use resolve::{Resolved, address};
pub use site_files::{SiteFile, SiteSource};

/// All lessons in the order of the cover. A WebAssembly module has only those it can open.
pub static LESSONS: &[Lesson] = &[
    #[cfg(any(feature = "networks", not(target_family = "wasm")))]
    iris::LESSON,
    #[cfg(any(feature = "networks", not(target_family = "wasm")))]
    vision::LESSON,
    #[cfg(any(feature = "trees", not(target_family = "wasm")))]
    boosting::LESSON,
    #[cfg(any(feature = "recommenders", not(target_family = "wasm")))]
    movies::LESSON,
    #[cfg(any(feature = "sequences", not(target_family = "wasm")))]
    sequences::LESSON,
];

/// The declared side of the lesson with this name.
///
/// # Errors
/// `unknown_lesson` where there is none, or none yet.
pub fn find(id: &str) -> Result<&'static LessonDefinition, LabError> {
    let lesson = LESSONS.iter().find(|lesson| lesson.id == id);
    lesson.and_then(|lesson| lesson.definition.as_ref()).ok_or_else(|| {
        let message = format!("There is no lesson called `{id}`.");
        LabError::new("unknown_lesson", message).with("lesson", id)
    })
}
