//! Looks inside as a table: `inspect(what, options)` finds its entry, reads the options into their struct, calls the
//! function and writes its answer.
//!
//! ```text
//! pub const LOOKS: &[Look<IrisRun>] = &[
//!     look!("data", data::data),                       // fn(&IrisRun, NoOptions) -> Result<Data, LabError>
//!     look!("regions", async regions::regions),        // async fn(&IrisRun, RegionsOptions) -> Result<Regions, LabError>
//!     look!("maps", async maps::maps, with picture),   // async fn(&VisionRun, MapsOptions, Option<Picture>) -> …
//! ];
//! ```
//!
//! Options are structs with `#[derive(Deserialize)]`, answers structs with `#[derive(Serialize)]`; in tests both have
//! `ts_rs::TS` too, from which `www/generated` is written (`src/typescript.rs`).

use super::options;
use crate::data::pictures::Picture;
use crate::error::LabError;
use crate::lab::Ask;
#[cfg(test)]
use crate::typescript::LookTypes;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::pin::Pin;

/// An answer on its way.
pub type Answer<'run> = Pin<Box<dyn Future<Output = Result<Value, LabError>> + 'run>>;

/// One look inside a run; made by the macro `look!`.
pub struct Look<Run: 'static> {
    /// Its name in `inspect`.
    pub name: &'static str,
    /// Reads the options, looks, and writes the answer.
    pub answer: for<'run> fn(&'run mut Run, Ask) -> Answer<'run>,
    /// Declares the types of its options and its answer.
    #[cfg(test)]
    pub types: fn(std::marker::PhantomData<Run>, &mut LookTypes),
}

#[cfg(test)]
impl LookTypes {
    /// Adds the looks of a table.
    pub fn add<Run>(&mut self, looks: &[Look<Run>]) {
        looks.iter().for_each(|look| (look.types)(std::marker::PhantomData, self));
    }
}

/// Options of a look that has none.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct NoOptions {}

/// Answers `inspect(what, …)`.
///
/// # Errors
/// `unknown_inspection` with the names there are, `bad_input` with the option at fault, and what the look says.
pub async fn inspect<Run>(
    looks: &[Look<Run>],
    run: &mut Run,
    what: &str,
    ask: Ask,
) -> Result<Value, LabError> {
    let Some(look) = looks.iter().find(|look| look.name == what) else {
        let names: Vec<&str> = looks.iter().map(|look| look.name).collect();
        return Err(LabError::unknown_inspection(what, &names));
    };
    (look.answer)(run, ask).await
}

/// The options of a look at which no picture is handed over.
#[doc(hidden)]
pub fn options<Options: DeserializeOwned>(what: &str, ask: Ask) -> Result<Options, LabError> {
    match &ask.attachments[..] {
        [] => options::read(what, ask.value),
        _ => Err(LabError::bad_input(format!("`{what}` without a picture"))),
    }
}

/// The options of a look, and the picture that takes the place of the lesson's.
#[doc(hidden)]
pub fn options_and_picture<Options: DeserializeOwned>(
    what: &str,
    ask: Ask,
) -> Result<(Options, Option<Picture>), LabError> {
    let picture = ask.attachments.into_iter().next().map(|named| named.picture);
    Ok((options::read(what, ask.value)?, picture))
}

/// An answer as the page reads it.
#[doc(hidden)]
pub fn written(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).expect("the names in an answer are text")
}

/// An entry of a table of looks: see the module.
macro_rules! look {
    ($name:literal, async $function:path) => {
        $crate::lessons::run::looks::Look {
            name: $name,
            answer: |run, ask| {
                Box::pin(async move {
                    let options = $crate::lessons::run::looks::options($name, ask)?;
                    Ok($crate::lessons::run::looks::written($function(run, options).await?))
                })
            },
            #[cfg(test)]
            types: |run, types| {
                types.look_async(run, $name, async |run, options| $function(run, options).await)
            },
        }
    };
    ($name:literal, async $function:path, with picture) => {
        $crate::lessons::run::looks::Look {
            name: $name,
            answer: |run, ask| {
                Box::pin(async move {
                    let (options, picture) = $crate::lessons::run::looks::options_and_picture($name, ask)?;
                    Ok($crate::lessons::run::looks::written($function(run, options, picture).await?))
                })
            },
            #[cfg(test)]
            types: |run, types| {
                types.look_async(run, $name, async |run, options| $function(run, options, None).await)
            },
        }
    };
    ($name:literal, $function:path) => {
        $crate::lessons::run::looks::Look {
            name: $name,
            answer: |run, ask| {
                Box::pin(async move {
                    let options = $crate::lessons::run::looks::options($name, ask)?;
                    Ok($crate::lessons::run::looks::written($function(run, options)?))
                })
            },
            #[cfg(test)]
            types: |run, types| types.look(run, $name, |run, options| $function(run, options)),
        }
    };
    ($name:literal, $function:path, with picture) => {
        $crate::lessons::run::looks::Look {
            name: $name,
            answer: |run, ask| {
                Box::pin(async move {
                    let (options, picture) = $crate::lessons::run::looks::options_and_picture($name, ask)?;
                    Ok($crate::lessons::run::looks::written($function(run, options, picture)?))
                })
            },
            #[cfg(test)]
            types: |run, types| types.look(run, $name, |run, options| $function(run, options, None)),
        }
    };
}

pub(crate) use look;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::pictures::NamedPicture;
    use pollster::block_on;
    use serde_json::json;

    /// A run that counts how often it was looked at.
    struct Run(usize);

    #[derive(Deserialize, ts_rs::TS)]
    #[serde(deny_unknown_fields)]
    struct Times {
        times: usize,
    }

    #[derive(Serialize, ts_rs::TS)]
    struct Counted {
        count: usize,
        side: usize,
    }

    fn count(run: &Run, _: NoOptions) -> Result<Counted, LabError> {
        Ok(Counted { count: run.0, side: 0 })
    }

    async fn add(run: &mut Run, options: Times) -> Result<Counted, LabError> {
        run.0 += options.times;
        count(run, NoOptions {})
    }

    fn measure(run: &mut Run, _: NoOptions, picture: Option<Picture>) -> Result<Counted, LabError> {
        Ok(Counted { count: run.0, side: picture.map_or(0, |picture| picture.width) })
    }

    const LOOKS: &[Look<Run>] =
        &[look!("count", count), look!("add", async add), look!("measure", measure, with picture)];

    fn ask(run: &mut Run, what: &str, ask: impl Into<Ask>) -> Result<Value, LabError> {
        block_on(inspect(LOOKS, run, what, ask.into()))
    }

    fn pictures() -> Vec<NamedPicture> {
        let picture = Picture { width: 2, height: 1, channels: 1, pixels: vec![0, 1] };
        vec![NamedPicture { name: "two.png".into(), picture }]
    }

    #[test]
    fn a_look_is_found_by_its_name_and_reads_its_options() {
        let mut run = Run(1);
        assert_eq!(ask(&mut run, "add", json!({ "times": 2 })).unwrap(), json!({ "count": 3, "side": 0 }));
        assert_eq!(ask(&mut run, "count", Value::Null).unwrap()["count"], 3);
        let error = ask(&mut run, "add", json!({ "time": 2 })).unwrap_err();
        assert_eq!((error.code.as_str(), &error.details["option"]), ("bad_input", &json!("time")));
    }

    #[test]
    fn an_unknown_look_is_answered_with_the_names_there_are() {
        let error = ask(&mut Run(0), "weight", Value::Null).unwrap_err();
        assert_eq!(error.code, "unknown_inspection");
        assert!(error.message.contains("count, add, measure"), "{}", error.message);
    }

    #[test]
    fn a_picture_goes_only_where_it_is_looked_at() {
        let with_picture = || Ask::default().with(pictures());
        assert_eq!(ask(&mut Run(0), "measure", with_picture()).unwrap()["side"], 2);
        assert_eq!(ask(&mut Run(0), "count", with_picture()).unwrap_err().code, "bad_input");
    }
}
