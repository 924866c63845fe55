//! The pages of a lesson: both languages with the lab, one language each, and the lab alone for frames.

use super::highlight::Highlighter;
use super::living::Names;
use super::markdown::{self, Text};
use super::page::{Frame, Page, contents};
use super::turn;
use super::words::{Language, Variant, Words, escape};
use crate::repository::{Repository, files_under, read};
use anyhow::{Context, Result};
use emberbook::lessons::LESSONS;
use std::path::{Path, PathBuf};

const LESSON: &str = include_str!("../../templates/lesson.html");
const LAB_ONLY: &str = include_str!("../../templates/frame.html");

/// Renders the pages of every lesson that is there.
///
/// # Errors
/// When a lesson of the registry lacks its text in a language.
pub fn render(repository: &Repository, words: &Words) -> Result<Vec<Page>> {
    let highlighter = Highlighter::new();
    let mut pages = Vec::new();
    for lesson in LESSONS {
        let Some(definition) = &lesson.definition else { continue };
        let names = Names::of(lesson.id, definition, words);
        let text = |language: Language| -> Result<Text> {
            let path = folder(repository, lesson.id).join(format!("{}.md", language.code()));
            markdown::render(&read(&path)?, language, &highlighter, &names)
                .with_context(|| path.display().to_string())
        };
        let texts = Texts { zh: text(Language::Zh)?, en: text(Language::En)? };
        for variant in Variant::ALL {
            pages.push(lesson_page(lesson.id, variant, words, &texts)?);
        }
        pages.push(lab_page(lesson.id, words, &texts)?);
    }
    Ok(pages)
}

/// Pictures and other files of the lessons: where each lies, and its place in the site.
pub fn figures(repository: &Repository) -> Result<Vec<(PathBuf, PathBuf)>> {
    let mut figures = Vec::new();
    for lesson in LESSONS.iter().filter(|lesson| lesson.definition.is_some()) {
        let folder = folder(repository, lesson.id);
        for file in files_under(&folder)? {
            if file.extension().is_none_or(|extension| extension != "md") {
                let inside = file.strip_prefix(&folder).context("a file outside its folder")?;
                figures.push((file.clone(), Path::new(lesson.id).join(inside)));
            }
        }
    }
    Ok(figures)
}

struct Texts {
    zh: Text,
    en: Text,
}

impl Texts {
    fn get(&self, language: Language) -> &Text {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

fn folder(repository: &Repository, id: &str) -> PathBuf {
    repository.path("www/lessons").join(id)
}

fn lesson_page(id: &str, variant: Variant, words: &Words, texts: &Texts) -> Result<Page> {
    let mut frame = frame(words, id, variant, texts)?;
    let sections = |part: fn(&Text) -> &str, opening: bool| -> Result<String> {
        let mut html = String::new();
        for language in variant.languages() {
            let (code, text) = (language.code(), texts.get(language));
            if part(text).trim().is_empty() {
                continue;
            }
            html += &format!("<section class=\"text only-{code}\" lang=\"{code}\">\n");
            if opening {
                html += &format!(
                    "<h1>{}</h1>\n<p class=\"lead\">{}</p>\n",
                    escape(&text.title),
                    escape(&text.description)
                );
                html += &text.front;
                let list = contents(text.headings.iter().map(|h| (h.id.as_str(), h.title.as_str())));
                let name = words.get(language, "ui.site.contents")?;
                html += &format!(
                    "<details class=\"contents\"><summary>{name}</summary><nav>{list}</nav></details>\n"
                );
            }
            html += part(text);
            html += "</section>\n";
        }
        Ok(html)
    };
    let before = sections(|text| &text.before, true)?;
    let after = sections(|text| &text.after, false)?;
    frame.set("before", before);
    frame.set("after", after);
    frame.set("turn", turn::links(id, variant, words)?);
    frame.set("lesson", id);
    frame.set("no_script", no_script(words)?);
    Ok(Page { path: format!("{id}/{}", variant.file()), html: frame.fill(LESSON)? })
}

fn lab_page(id: &str, words: &Words, texts: &Texts) -> Result<Page> {
    let mut frame = frame(words, id, Variant::Both, texts)?;
    let title = Variant::Both.each(|language| Ok(escape(&texts.get(language).title)))?;
    frame.set("title_text", title);
    frame.set("lesson", id);
    frame.set("no_script", no_script(words)?);
    Ok(Page { path: format!("{id}/frame.html"), html: frame.fill(LAB_ONLY)? })
}

/// What stands in the lab's place without script: in both languages, because nothing can choose one.
fn no_script(words: &Words) -> Result<String> {
    let mut html = String::new();
    for language in Language::ALL {
        let sentence = words.get(language, "ui.site.no_script")?;
        html += &format!("<span lang=\"{}\">{sentence}</span>", language.code());
    }
    Ok(html)
}

/// The frame of the lesson's pages.
fn frame<'a>(words: &'a Words, id: &str, variant: Variant, texts: &Texts) -> Result<Frame<'a>> {
    Frame::new(
        words,
        variant,
        "../",
        id,
        |language| {
            Ok(format!("{} · {}", escape(&texts.get(language).title), words.get(language, "ui.site.title")?))
        },
        |language| Ok(escape(&texts.get(language).description)),
    )
}
