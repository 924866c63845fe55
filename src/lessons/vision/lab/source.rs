//! The pictures of a task: read, composed, or the reader's own.

use super::super::needs;
use super::super::settings::VisionSettings;
use super::super::task::{HELD_OUT_FACES, HELD_OUT_FIGURES, Task};
use crate::data::pictures::{LabelledPictures, Picture, compose, mnist};
use crate::error::LabError;
use crate::lessons::Material;
use std::rc::Rc;

/// The pictures a network of these settings learns from.
///
/// # Errors
/// `data_missing` where the site's file was not handed over, and whatever is wrong with it.
pub fn pictures(settings: &VisionSettings, material: &Material) -> Result<Rc<LabelledPictures>, LabError> {
    if settings.is_own() {
        let own = || LabError::data_missing("the reader's own pictures");
        let (side, seed) = (settings.side, settings.seed);
        return material.pictures().and_then(|pictures| pictures.pictures(side, seed)).ok_or_else(own);
    }
    let VisionSettings { task, side, train_size: train, seed, .. } = *settings;
    let file = needs::file(settings);
    // Digits are real: the seed changes nothing about them.
    let drawn = if task == Task::Mnist { 0 } else { seed };
    material.files.pictures(&format!("{file} {side} {train} {drawn}"), || match task {
        Task::Mnist => {
            mnist::read(&material.files.bytes(file).ok_or_else(|| LabError::data_missing(file))?, train)
        }
        Task::HorseOrHuman => {
            compose::horses_and_humans(&*sheet(material, file)?, side, train, HELD_OUT_FIGURES, seed)
        }
        Task::HappyOrSad => compose::faces(&*sheet(material, file)?, side, train, HELD_OUT_FACES, seed),
        Task::Filters => Err(LabError::data_missing("a task that trains")),
    })
}

/// A picture of the site.
///
/// # Errors
/// `data_missing`.
pub fn sheet(material: &Material, file: &str) -> Result<Rc<Picture>, LabError> {
    material.files.picture(file).ok_or_else(|| LabError::data_missing(file))
}
