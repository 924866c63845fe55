//! The words of the page's frame, from the language files `www/i18n/<lang>.json` and, for the cover, those of the lessons.

use crate::repository::{Repository, read};
use anyhow::{Context, Result};
use emberbook::lessons::LESSONS;
use serde_json::Value;
use std::collections::HashMap;

/// A language of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Language {
    /// Both, in the order of the pages without a choice: a page without script shows the first.
    pub const ALL: [Language; 2] = [Language::Zh, Language::En];

    /// Its code in `lang` attributes, addresses and file names.
    pub fn code(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::En => "en",
        }
    }
}

/// Which languages a page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// Both; the page's script shows one of them.
    Both,
    /// One, for readers without script and for search.
    Only(Language),
}

impl Variant {
    /// The three variants of every page.
    pub const ALL: [Variant; 3] = [Variant::Both, Variant::Only(Language::Zh), Variant::Only(Language::En)];

    /// The languages it holds.
    pub fn languages(self) -> Vec<Language> {
        match self {
            Variant::Both => Language::ALL.to_vec(),
            Variant::Only(language) => vec![language],
        }
    }

    /// The language shown before any script has run.
    pub fn first(self) -> Language {
        match self {
            Variant::Both => Language::ALL[0],
            Variant::Only(language) => language,
        }
    }

    /// File name of the page.
    pub fn file(self) -> String {
        match self {
            Variant::Both => "index.html".into(),
            Variant::Only(language) => format!("{}.html", language.code()),
        }
    }

    /// Text in the page's languages: with both, each in an element that is shown with its language only.
    pub fn each(self, text: impl Fn(Language) -> Result<String>) -> Result<String> {
        match self {
            Variant::Only(language) => text(language),
            Variant::Both => Language::ALL
                .into_iter()
                .map(|language| {
                    let code = language.code();
                    Ok(format!(r#"<span class="only-{code}" lang="{code}">{}</span>"#, text(language)?))
                })
                .collect(),
        }
    }
}

/// The language files.
pub struct Words {
    shared: [Value; 2],
    /// By lesson.
    lessons: HashMap<&'static str, [Value; 2]>,
}

impl Words {
    /// Reads the language files.
    pub fn read(repository: &Repository) -> Result<Self> {
        let both = |path: &dyn Fn(&str) -> String| -> Result<[Value; 2]> {
            let [zh, en] = Language::ALL.map(|language| {
                let path = repository.path(&path(language.code()));
                serde_json::from_str(&read(&path)?).with_context(|| format!("{} is not JSON", path.display()))
            });
            Ok([zh?, en?])
        };
        let lessons = LESSONS
            .iter()
            .map(|lesson| {
                Ok((lesson.id, both(&|code| format!("www/lessons/{}/words.{code}.json", lesson.id))?))
            })
            .collect::<Result<_>>()?;
        Ok(Self { shared: both(&|code| format!("www/i18n/{code}.json"))?, lessons })
    }

    /// The words under a key such as `ui.site.skip`, as HTML text.
    ///
    /// # Errors
    /// When the language file has no such words.
    pub fn get(&self, language: Language, key: &str) -> Result<String> {
        find(&self.shared, language, key)
            .with_context(|| format!("www/i18n/{}.json has no words under {key}", language.code()))
    }

    /// The words of a lesson under a key such as `lesson.title`, in the languages of a page.
    ///
    /// # Errors
    /// When the lesson has no such words.
    pub fn of_lesson(&self, variant: Variant, lesson: &str, key: &str) -> Result<String> {
        variant.each(|language| {
            self.lessons.get(lesson).and_then(|words| find(words, language, key)).with_context(|| {
                format!("www/lessons/{lesson}/words.{}.json has no words under {key}", language.code())
            })
        })
    }

    /// The words under a key in the languages of a page.
    pub fn text(&self, variant: Variant, key: &str) -> Result<String> {
        variant.each(|language| self.get(language, key))
    }
}

/// The words under a key, as HTML text.
fn find([zh, en]: &[Value; 2], language: Language, key: &str) -> Option<String> {
    let words = match language {
        Language::Zh => zh,
        Language::En => en,
    };
    key.split('.').try_fold(words, |value, name| value.get(name)).and_then(Value::as_str).map(escape)
}

/// Text as HTML, also inside a quoted attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
