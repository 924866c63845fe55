//! The signal that a made world has in secret.

use crate::error::LabError;
use crate::lessons::sequences::lab::loaded::{SIGNALS, secret};
use crate::lessons::sequences::lab::run::SequencesRun;
use crate::lessons::sequences::settings::Signals;
use serde::{Deserialize, Serialize};

/// What the reader takes it for.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
pub struct SecretOptions {
    #[cfg_attr(test, ts(optional, type = "'order' | 'image' | 'text'"))]
    guess: Option<String>,
}

/// Whether that was right.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Secret {
    /// None before the first guess. A second one counts for nothing: another seed has another secret.
    right: Option<bool>,
    /// Which it is, once something was said.
    #[cfg_attr(test, ts(type = "'order' | 'image' | 'text' | null"))]
    signal: Option<&'static str>,
}

/// Judges what the reader takes the signal for.
///
/// # Errors
/// `bad_input` for another name, or where there is no secret.
pub fn judge(run: &mut SequencesRun, SecretOptions { guess }: SecretOptions) -> Result<Secret, LabError> {
    if run.settings.signals != Signals::OneSecret || run.truth.is_none() {
        return Err(LabError::bad_input("`signals` = `one_secret`"));
    }
    let hidden = SIGNALS[secret(run.settings.seed)];
    if let Some(guess) = guess {
        if !SIGNALS.contains(&guess.as_str()) {
            return Err(LabError::bad_input("`guess` as order, image or text"));
        }
        run.guess.get_or_insert(guess == hidden);
    }
    Ok(Secret { right: run.guess, signal: run.guess.map(|_| hidden) })
}
