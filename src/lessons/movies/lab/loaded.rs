//! The ratings of a lab.

use crate::data::ratings::made::{Truth, World};
use crate::data::ratings::{Ratings, packed};
use crate::error::LabError;
use crate::lessons::Material;
use crate::lessons::movies::dataset::{Dataset, LATEST_SMALL};
use crate::lessons::movies::settings::MoviesSettings;
use std::rc::Rc;

/// Ratings, and what lies behind them where they were made.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The ratings.
    pub ratings: Rc<Ratings>,
    /// The hidden tastes of a made world.
    pub truth: Option<Rc<Truth>>,
}

/// The ratings of these settings.
///
/// # Errors
/// `data_missing` where the file was not fetched or the reader's own ratings are not there, `bad_data` where the file is
/// damaged.
pub fn load(settings: &MoviesSettings, material: &Material) -> Result<Loaded, LabError> {
    match settings.dataset {
        Dataset::LatestSmall => {
            let pack =
                material.files.bytes(LATEST_SMALL).ok_or_else(|| LabError::data_missing(LATEST_SMALL))?;
            Ok(Loaded { ratings: Rc::new(packed::read(&pack)?), truth: None })
        }
        Dataset::Own => {
            let own = material.ratings().ok_or_else(|| LabError::data_missing("own"))?;
            Ok(Loaded { ratings: own.table.clone(), truth: None })
        }
        Dataset::Made => {
            let World { ratings, truth } = World::new(&settings.world(), settings.seed);
            Ok(Loaded { ratings: Rc::new(ratings), truth: Some(Rc::new(truth)) })
        }
    }
}
