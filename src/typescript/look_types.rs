//! Types of the looks of one lesson.

use super::HEADER;
use super::declarations::Declarations;
use crate::error::LabError;
use std::marker::PhantomData;
use ts_rs::TS;

/// Types of the looks of one lesson.
pub struct LookTypes {
    declarations: Declarations,
    map: String,
    /// Name of the type that `predict` answers with.
    prediction: Option<String>,
}

impl LookTypes {
    /// The types that `looks` adds.
    pub fn of(looks: fn(&mut Self)) -> Self {
        let mut types = Self { declarations: Declarations::new(), map: String::new(), prediction: None };
        looks(&mut types);
        types
    }

    /// Adds a look; the function is there for its types.
    pub fn look<Run, Options: TS + 'static, Answer: TS + 'static>(
        &mut self,
        _: PhantomData<Run>,
        name: &str,
        _: impl Fn(&mut Run, Options) -> Result<Answer, LabError>,
    ) {
        self.entry::<Options, Answer>(name);
    }

    /// The same for a function that waits for a device.
    pub fn look_async<Run, Options: TS + 'static, Answer: TS + 'static>(
        &mut self,
        _: PhantomData<Run>,
        name: &str,
        _: impl AsyncFn(&mut Run, Options) -> Result<Answer, LabError>,
    ) {
        self.entry::<Options, Answer>(name);
    }

    /// Declares what the lesson's `predict` answers with.
    pub fn prediction<Answer: TS + 'static>(&mut self) {
        self.prediction = Some(self.declarations.declare::<Answer>());
    }

    /// Name of what `predict` answers with, where the lesson predicts.
    pub fn predicted(&self) -> Option<&str> {
        self.prediction.as_deref()
    }

    fn entry<Options: TS + 'static, Answer: TS + 'static>(&mut self, name: &str) {
        let (options, answer) =
            (self.declarations.declare::<Options>(), self.declarations.declare::<Answer>());
        self.map.push_str(&format!("  {name}: {{ options: {options}; answer: {answer} }};\n"));
    }

    /// The text of the file that declares them, with their map under a name.
    pub fn file(self, map: &str) -> String {
        let (text, entries) = (self.declarations.text(), self.map);
        let named: Vec<&str> = ["Json", "Settings"]
            .into_iter()
            .filter(|name| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == *name))
            .collect();
        let import = match &named[..] {
            [] => String::new(),
            names => format!("\nimport type {{ {} }} from './engine.js';\n", names.join(", ")),
        };
        format!(
            "{HEADER}{import}{text}\n/** Looks inside by name. */\nexport interface {map} {{\n{entries}}}\n"
        )
    }
}
