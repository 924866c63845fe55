//! The words of the page's frame, from the language files `www/i18n/<lang>.json`.

use crate::repository::{Repository, read};
use anyhow::{Context, Result};
use serde_json::Value;

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

/// Both language files.
pub struct Words {
    zh: Value,
    en: Value,
}

impl Words {
    /// Reads the language files.
    pub fn read(repository: &Repository) -> Result<Self> {
        let read_one = |language: Language| -> Result<Value> {
            let path = repository.path(&format!("www/i18n/{}.json", language.code()));
            serde_json::from_str(&read(&path)?).with_context(|| format!("{} is not JSON", path.display()))
        };
        Ok(Self { zh: read_one(Language::Zh)?, en: read_one(Language::En)? })
    }

    /// The words under a key such as `ui.site.skip`, as HTML text.
    ///
    /// # Errors
    /// When the language file has no such words.
    pub fn get(&self, language: Language, key: &str) -> Result<String> {
        let words = match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        };
        key.split('.')
            .try_fold(words, |value, name| value.get(name))
            .and_then(Value::as_str)
            .map(escape)
            .with_context(|| format!("www/i18n/{}.json has no words under {key}", language.code()))
    }

    /// The words under a key in the languages of a page.
    pub fn text(&self, variant: Variant, key: &str) -> Result<String> {
        variant.each(|language| self.get(language, key))
    }
}

/// Text as HTML, also inside a quoted attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
