//! What is declared of a lesson without any model being built.

use super::description::Description;
use super::material::Material;
use super::module::{Module, OpenLab};
use super::needs::Needs;
use super::own::Accepts;
use super::site_files::SiteFile;
use crate::controls::{Control, ControlKind, Layer, Notice, Settings, Source, seed_control};
use crate::error::LabError;
use serde_json::{Map, Value};

/// One lesson.
pub struct Lesson {
    /// Name in addresses, folders and language files.
    pub id: &'static str,
    /// What is there once the lesson is built; `None` for a lesson that is still to come.
    pub definition: Option<LessonDefinition>,
}

impl Lesson {
    /// A lesson that stands on the cover but is not there yet.
    pub const fn planned(id: &'static str) -> Self {
        Self { id, definition: None }
    }
}

/// A named set of settings.
pub type Preset = (&'static str, Map<String, Value>);

/// Puts a lesson's own names in place of others that are given, and says what of them it does not have.
pub type Understand = fn(&mut Layer, &[Control]) -> Vec<Notice>;

/// The declared side of a lesson that is there.
pub struct LessonDefinition {
    /// The setting whose value the defaults of the others follow, if there is one.
    pub leading: Option<&'static str>,
    /// The lesson's own settings, with the defaults that belong to a value of the leading one (its own default where
    /// the value is none of its options); the seed is added to them. Names of columns come from the reader's table.
    pub controls: fn(&Material, Option<&str>) -> Vec<Control>,
    /// Reads other names that people know for the lesson's settings, where there are any.
    pub understand: Option<Understand>,
    /// Named sets of settings (`quick`, `document`) for a value of the leading setting.
    pub presets: fn(Option<&str>) -> Vec<Preset>,
    /// Files that the site holds for this lesson in its folder `data/`.
    pub site_files: &'static [SiteFile],
    /// Which files of the site a lab with these settings needs, and how the reader's pictures are read. Settings that
    /// ask for the reader's own data need no file in their place.
    pub needs: fn(&Settings) -> Needs,
    /// What of the reader's own the lesson learns from.
    pub accepts: Accepts,
    /// What the page shows for these settings.
    ///
    /// # Errors
    /// `bad_table` where the settings ask for columns the reader's table cannot be learned from.
    pub describe: fn(&Settings, &Material) -> Result<Description, LabError>,
    /// All that can stand in [`Description::inside`]: the page's entry of the lesson has an element for each.
    pub inside: &'static [&'static str],
    /// The WebAssembly module that opens it.
    pub module: Module,
    /// Builds the lab.
    pub open: OpenLab,
    /// Adds the lesson's tables of looks to those whose types are written for the page.
    #[cfg(all(test, feature = "lessons"))]
    pub looks: fn(&mut crate::typescript::LookTypes),
}

impl LessonDefinition {
    /// All settings with the defaults of a value of the leading setting, the seed first.
    pub fn all_controls(&self, material: &Material, leading: Option<&str>) -> Vec<Control> {
        let mut controls = vec![seed_control()];
        controls.extend((self.controls)(material, leading));
        controls
    }

    /// Values of the leading setting; one `None` where there is no such setting.
    pub fn leading_values(&self) -> Vec<Option<String>> {
        let controls = self.all_controls(&Material::default(), None);
        let leading = self.leading.and_then(|name| controls.into_iter().find(|control| control.name == name));
        match leading.map(|control| control.kind) {
            Some(ControlKind::Choice { options }) => options.into_iter().map(Some).collect(),
            _ => vec![None],
        }
    }

    /// What the page shows with a value of the leading setting, the declared defaults and the lesson's own data.
    ///
    /// # Panics
    /// Never: a test describes every lesson.
    pub fn default_description(&self, leading: Option<&str>) -> Description {
        let material = Material::default();
        let mut controls = self.all_controls(&material, leading);
        if let Some(value) = leading {
            let leads = controls.iter_mut().find(|control| self.leading == Some(control.name.as_str()));
            leads.expect("a lesson with such a value declares the setting").default = value.into();
        }
        let settings = Settings::defaults(&controls);
        (self.describe)(&settings, &material).expect("a lesson can be described as it is declared")
    }

    /// The layer of settings a preset stands for; `None` if there is no such preset.
    pub fn preset(&self, name: &str, leading: Option<&str>) -> Option<Layer> {
        let (_, values) = (self.presets)(leading).into_iter().find(|(n, _)| *n == name)?;
        Some(Layer { source: Source::Preset, values })
    }
}
