//! The frame of every page: head, header, footer; and the filling of templates.

use super::words::{Language, Variant, Words, escape};
use crate::repository::write;
use crate::server::CONTENT_SECURITY_POLICY;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

const HEAD: &str = include_str!("../../templates/head.html");
const HEADER: &str = include_str!("../../templates/header.html");
const FOOTER: &str = include_str!("../../templates/footer.html");

/// A finished page.
#[derive(Clone)]
pub struct Page {
    /// Where it lies in the site.
    pub path: String,
    /// Its HTML.
    pub html: String,
}

impl Page {
    /// Writes the page into the site; answers where.
    pub fn write(&self, site: &Path) -> Result<PathBuf> {
        let path = site.join(&self.path);
        write(&path, &self.html)?;
        Ok(path)
    }
}

/// What a template is filled with.
pub struct Frame<'a> {
    /// Languages of the page.
    pub variant: Variant,
    /// The words of the site.
    pub words: &'a Words,
    /// Values by name.
    values: Vec<(&'static str, String)>,
}

impl<'a> Frame<'a> {
    /// The frame of a page with a title and a description in each language (as HTML text); `root` is the
    /// way from the page to the root of the site: empty, or `../`, `preview` the name of the picture that stands for the
    /// page where somebody links to it.
    pub fn new(
        words: &'a Words,
        variant: Variant,
        root: &'static str,
        preview: &str,
        title: impl Fn(Language) -> Result<String>,
        description: impl Fn(Language) -> Result<String>,
    ) -> Result<Self> {
        let mut frame = Self { variant, words, values: Vec::new() };
        let first = variant.first();
        let mut titles = String::new();
        for language in variant.languages() {
            titles += &format!(" data-{}=\"{}\"", language.code(), title(language)?);
        }
        frame.set("root", root);
        frame.set("lang", first.code());
        frame.set("languages", variant.languages().iter().map(|l| l.code()).collect::<Vec<_>>().join(" "));
        frame.set("policy", CONTENT_SECURITY_POLICY);
        frame.set("titles", titles);
        frame.set("title", title(first)?);
        frame.set("description", description(first)?);
        let language = first.code();
        frame.set("preview", format!("{root}previews/{preview}.{language}.jpg"));
        frame.set("locale", if first == Language::Zh { "zh_CN" } else { "en" });
        frame.set("home", if root.is_empty() { "./" } else { root });
        for (name, language) in [("current_zh", Language::Zh), ("current_en", Language::En)] {
            frame.set(name, if first == language { " aria-current=\"true\"" } else { "" });
        }
        for (name, template) in [("head", HEAD), ("header", HEADER), ("footer", FOOTER)] {
            let filled = frame.fill(template)?;
            frame.set(name, filled);
        }
        Ok(frame)
    }

    /// Gives a name in templates its HTML.
    pub fn set(&mut self, name: &'static str, html: impl Into<String>) {
        self.values.push((name, html.into()));
    }

    /// Fills a template: `{{name}}` is a value, `{{ui.site.skip}}` words in the languages of the page.
    ///
    /// # Errors
    /// When a name has neither value nor words.
    pub fn fill(&self, template: &str) -> Result<String> {
        let mut html = String::new();
        let mut rest = template;
        while let Some((text, after)) = rest.split_once("{{") {
            html += text;
            let (name, after) = after.split_once("}}").context("a template has {{ without }}")?;
            html += &match self.values.iter().rev().find(|(known, _)| *known == name) {
                Some((_, value)) => value.clone(),
                None if name.contains('.') => self.words.text(self.variant, name)?,
                None => bail!("a template asks for {name}, which nobody gives"),
            };
            rest = after;
        }
        Ok(html + rest)
    }
}

/// A list of links to headings.
pub fn contents<'a>(headings: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let items: String =
        headings.map(|(id, title)| format!("<li><a href=\"#{}\">{title}</a></li>", escape(id))).collect();
    format!("<ol>{items}</ol>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::Repository;

    fn fill(variant: Variant, template: &str) -> Result<String> {
        let words = Words::read(&Repository::find()?)?;
        let mut frame = Frame::new(&words, variant, "../", "cover", |_| Ok("T".into()), |_| Ok("D".into()))?;
        frame.set("name", "<b>value</b>");
        frame.fill(template)
    }

    #[test]
    fn a_page_of_one_language_holds_no_other() {
        let english = fill(Variant::Only(Language::En), "{{name}} {{ui.site.language}}").unwrap();
        assert_eq!(english, "<b>value</b> Language");
        let both = fill(Variant::Both, "{{ui.site.language}}").unwrap();
        assert!(both.contains("only-zh") && both.contains("only-en"), "{both}");
    }

    #[test]
    fn what_nobody_gives_fails() {
        for template in ["{{nothing}}", "{{ui.site.nothing}}", "{{name"] {
            assert!(fill(Variant::Both, template).is_err(), "{template}");
        }
    }

    #[test]
    fn the_policy_stands_in_every_head() {
        assert!(fill(Variant::Both, "{{head}}").unwrap().contains(CONTENT_SECURITY_POLICY));
    }
}
