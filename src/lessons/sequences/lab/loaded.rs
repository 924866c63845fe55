//! The histories of a lab.

use crate::data::ratings::packed;
use crate::data::sequences::behaviour::{Strengths, World};
use crate::data::sequences::{Sequences, emoji, movielens};
use crate::error::LabError;
use crate::lessons::Material;
use crate::lessons::sequences::dataset::{Dataset, EMOJI, EMOJI_SHEET, LATEST_SMALL};
use crate::lessons::sequences::settings::{SequencesSettings, Signals};
use crate::random::{Purpose, Random};
use std::rc::Rc;

/// What lies behind made histories.
#[derive(Debug, Clone)]
pub struct Truth {
    /// How alike items are, what follows what, which items are new.
    pub world: World,
    /// How strong each signal is.
    pub strengths: Strengths,
}

/// Histories, and what lies behind them where they were made.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The histories.
    pub sequences: Rc<Sequences>,
    /// What lies behind them.
    pub truth: Option<Rc<Truth>>,
}

/// The three signals by their names among the options of the look `secret`.
pub const SIGNALS: [&str; 3] = ["order", "image", "text"];

/// The signal that a seed switches on where only one is, by its place in [`SIGNALS`].
pub fn secret(seed: u64) -> usize {
    Random::new(seed, Purpose::Secrets).below(SIGNALS.len())
}

/// How strong each signal is.
pub fn strengths(settings: &SequencesSettings) -> Strengths {
    match settings.signals {
        Signals::Shown => Strengths {
            order: settings.order_strength,
            image: settings.image_strength,
            text: settings.text_strength,
        },
        Signals::OneSecret => {
            let of = |place| if secret(settings.seed) == place { SECRET_STRENGTH } else { 0.0 };
            Strengths { order: of(0), image: of(1), text: of(2) }
        }
    }
}

/// Strength of a signal that is to be found.
const SECRET_STRENGTH: f64 = 1.5;

/// The histories of these settings.
///
/// # Errors
/// `data_missing` where a file was not fetched or the reader's own histories are not there, `bad_data` where a file is
/// damaged.
pub fn load(settings: &SequencesSettings, material: &Material) -> Result<Loaded, LabError> {
    let missing = LabError::data_missing;
    match settings.dataset {
        Dataset::Emoji => {
            let list = material.files.bytes(EMOJI).ok_or_else(|| missing(EMOJI))?;
            let sheet = material.files.picture(EMOJI_SHEET).ok_or_else(|| missing(EMOJI_SHEET))?;
            let items = emoji::read(&list, &sheet)?;
            let strengths = strengths(settings);
            let world = World::new(&items, settings.seed);
            let sequences = emoji::sequences(items, &world, settings.users, strengths, settings.seed);
            let truth = Some(Rc::new(Truth { world, strengths }));
            Ok(Loaded { sequences: Rc::new(sequences), truth })
        }
        Dataset::Movielens => {
            let pack = material.files.bytes(LATEST_SMALL).ok_or_else(|| missing(LATEST_SMALL))?;
            let sequences = movielens::sequences(&packed::read(&pack)?);
            Ok(Loaded { sequences: Rc::new(sequences), truth: None })
        }
        Dataset::Own => {
            let own = material.sequences().ok_or_else(|| missing("own"))?;
            Ok(Loaded { sequences: own.sequences.clone(), truth: None })
        }
    }
}
