//! The histories as a table: how many, how long, how they are split, and what lies behind them.

use crate::data::sequences::histories::HistoryPart;
use crate::error::LabError;
use crate::lessons::run::looks::NoOptions;
use crate::lessons::sequences::lab::run::SequencesRun;
use crate::lessons::sequences::settings::Signals;
use serde::Serialize;

/// Items of a history, as bounds of bars.
const BOUNDS: [usize; 7] = [2, 3, 5, 8, 13, 21, usize::MAX];

/// What the run learns from.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Data {
    users: usize,
    items: usize,
    /// Items taken, all in all.
    taken: usize,
    /// Mean items of a history.
    mean_length: f64,
    /// Items of the longest history.
    longest: usize,
    /// The most items of each bar of `lengths` but the last, which has no end.
    bounds: Vec<usize>,
    /// How many histories have at most 2, 3, 4–5, 6–8, 9–13, 14–21 and more items.
    lengths: [usize; 7],
    /// Places that are learned from.
    train: usize,
    /// Places that choose the weights.
    valid: usize,
    /// Places that judge the result.
    test: usize,
    /// Test places whose item was never taken in training.
    unseen: usize,
    /// Items with a picture, or a vector in its place.
    images: usize,
    /// Items with a title.
    titles: usize,
    /// The signals behind made histories; none of others, and none where the reader is to find them out.
    signals: Option<SignalsShown>,
    /// Whether the reader is to find the signal out.
    secret: bool,
    /// Items that are new.
    cold: usize,
}

/// How strong each signal is.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct SignalsShown {
    order: f64,
    image: f64,
    text: f64,
}

/// Counts of the histories.
///
/// # Errors
/// None.
pub fn data(run: &SequencesRun, _: NoOptions) -> Result<Data, LabError> {
    let (items, histories) = (run.items(), &run.histories);
    let mut lengths = [0; 7];
    let length = |history: &[u32]| BOUNDS.partition_point(|bound| *bound < history.len());
    histories.iter().for_each(|history| lengths[length(history)] += 1);
    let places = |part| histories.places(part);
    let mut seen = vec![false; items.len()];
    histories.train().flatten().for_each(|item| seen[*item as usize] = true);
    let test = places(HistoryPart::Test);
    let has_image = |item: &usize| {
        let vector = items.image_vectors.as_ref().is_some_and(|vectors| !vectors.is_zero(*item));
        vector || items.pictures.as_ref().is_some_and(|pictures| pictures.has(*item))
    };
    let secret = run.settings.signals == Signals::OneSecret && run.truth.is_some();
    let strengths = run.truth.as_ref().filter(|_| !secret).map(|truth| truth.strengths);
    Ok(Data {
        users: histories.len(),
        items: items.len(),
        taken: histories.taken(),
        mean_length: histories.taken() as f64 / histories.len().max(1) as f64,
        longest: histories.iter().map(<[u32]>::len).max().unwrap_or(0),
        bounds: BOUNDS[..BOUNDS.len() - 1].to_vec(),
        lengths,
        train: places(HistoryPart::Train).len(),
        valid: places(HistoryPart::Valid).len(),
        unseen: test.iter().filter(|place| !seen[histories.target(**place) as usize]).count(),
        test: test.len(),
        images: (0..items.len()).filter(has_image).count(),
        titles: items.list.iter().filter(|item| item.titles().next().is_some()).count(),
        signals: strengths.map(|of| SignalsShown { order: of.order, image: of.image, text: of.text }),
        secret,
        cold: run
            .truth
            .as_ref()
            .map_or(0, |truth| truth.world.drawn.is_cold.iter().filter(|cold| **cold).count()),
    })
}
