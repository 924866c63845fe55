//! placeholder until the branch compose is merged
use super::{LabelledPictures, Picture};
use crate::lab::LabError;
/// .
pub fn horses_and_humans(
    _: &Picture,
    _: usize,
    _: usize,
    _: usize,
    _: u64,
) -> Result<LabelledPictures, LabError> {
    Err(LabError::bad_input("x"))
}
/// .
pub fn faces(_: &Picture, _: usize, _: usize, _: usize, _: u64) -> Result<LabelledPictures, LabError> {
    Err(LabError::bad_input("x"))
}
