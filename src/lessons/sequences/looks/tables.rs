//! What programs read: histories and codes as tables, and the weights that the run begins with.

use crate::error::LabError;
use crate::lessons::code::tables::csv_of;
use crate::lessons::run::answers::base64;
use crate::lessons::run::looks::NoOptions;
use crate::lessons::sequences::lab::code::no_program;
use crate::lessons::sequences::lab::prepared::has_features;
use crate::lessons::sequences::lab::run::SequencesRun;
use crate::lessons::sequences::lab::weights_file;
use crate::nn::layers::parameters::NamedTensor;
use crate::nn::run::weights::to_safetensors;
use serde::Serialize;

/// Files by their names.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Tables {
    /// CSV, `user,item`: what each user took, in order.
    histories: String,
    /// CSV, `item,images,texts`: the codes of each item's picture and words; none where it has no picture or no words.
    codes: String,
    /// A safetensors file in base64, where pictures and words are given by their features: `images` and `texts`, a row for
    /// each item. Its codes are then its own number, where it has features.
    features: Option<String>,
    /// A safetensors file in base64: the weights before the first step.
    start: String,
}

/// The files.
///
/// # Errors
/// `no_program` where the model has none; `device_lost`.
pub async fn tables(run: &mut SequencesRun, _: NoOptions) -> Result<Tables, LabError> {
    run.ready();
    if !run.settings.has_program() {
        return Err(no_program());
    }
    let items = &run.items().list;
    let users = run.sequences.user_ids.iter().zip(run.histories.iter());
    let taken = users.flat_map(|(user, history)| {
        history.iter().map(|item| [user.clone(), items[*item as usize].id.clone()])
    });
    let codes = items.iter().zip(run.catalogue.images.iter().zip(run.catalogue.texts.iter()));
    let codes = codes.map(|(item, (images, texts))| [item.id.clone(), spaced(images), spaced(texts)]);
    Ok(Tables {
        histories: csv_of(["user", "item"], taken),
        codes: csv_of(["item", "images", "texts"], codes),
        features: run.prepared.as_ref().filter(|_| has_features(&run.settings)).map(|prepared| {
            let tensors = [("images", &prepared.images), ("texts", &prepared.texts)].map(|(name, of)| {
                let shape = vec![of.features.len(), of.features.columns()];
                NamedTensor::new(name, shape, of.features.values().to_vec())
            });
            base64(&to_safetensors(tensors.into(), String::new()))
        }),
        start: base64(&weights_file::start(run).await?),
    })
}

/// Numbers with spaces between them.
fn spaced(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
}
