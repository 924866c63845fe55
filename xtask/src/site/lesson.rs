//! The pages of a lesson: both languages with the lab, one language each, and the lab alone for frames.

use super::highlight::Highlighter;
use super::living::Names;
use super::markdown::{self, Text};
use super::page::{Frame, Page, contents};
use super::stills::Stills;
use super::turn;
use super::words::{Language, Variant, Words, escape};
use crate::repository::{Repository, files_under, read};
use anyhow::{Context, Result};
use emberbook::lessons::{LESSONS, Lesson};
use std::path::{Path, PathBuf};

const LESSON: &str = include_str!("../../templates/lesson.html");
const LAB_ONLY: &str = include_str!("../../templates/frame.html");

/// A lesson that is there, with what its pages are made of.
pub struct LessonTexts {
    /// The lesson itself.
    pub lesson: &'static Lesson,
    /// The pictures of its figures.
    pub stills: Stills,
    zh: Text,
    en: Text,
}

impl LessonTexts {
    /// The text in a language.
    pub fn get(&self, language: Language) -> &Text {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// Reads every lesson that is there.
///
/// # Errors
/// When a lesson of the registry lacks its text in a language, or a text cannot be rendered.
pub fn read_all(repository: &Repository, words: &Words) -> Result<Vec<LessonTexts>> {
    let highlighter = Highlighter::new();
    let mut lessons = Vec::new();
    for lesson in LESSONS {
        let Some(definition) = &lesson.definition else { continue };
        let stills = Stills::read(repository, lesson.id)?;
        let names = Names::of(lesson.id, definition, words, &stills);
        let text = |language: Language| -> Result<Text> {
            let path = folder(repository, lesson.id).join(format!("{}.md", language.code()));
            markdown::render(&read(&path)?, language, &highlighter, &names)
                .with_context(|| path.display().to_string())
        };
        let (zh, en) = (text(Language::Zh)?, text(Language::En)?);
        lessons.push(LessonTexts { lesson, stills, zh, en });
    }
    Ok(lessons)
}

/// Renders the pages of every lesson.
pub fn render(lessons: &[LessonTexts], words: &Words) -> Result<Vec<Page>> {
    let mut pages = Vec::new();
    for texts in lessons {
        let id = texts.lesson.id;
        for variant in Variant::ALL {
            pages.push(lesson_page(id, variant, words, texts)?);
        }
        pages.push(lab_page(id, words, texts)?);
    }
    Ok(pages)
}

/// What of a lesson's folder is a picture; the rest are texts, words and scripts, which the site has in another form.
const PICTURES: [&str; 4] = ["webp", "png", "jpg", "svg"];

/// Pictures of the lessons: where each lies, and its place in the site.
pub fn pictures(repository: &Repository) -> Result<Vec<(PathBuf, PathBuf)>> {
    let mut pictures = Vec::new();
    for lesson in LESSONS.iter().filter(|lesson| lesson.definition.is_some()) {
        let folder = folder(repository, lesson.id);
        for file in files_under(&folder)? {
            let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            if PICTURES.contains(&extension) {
                let inside = file.strip_prefix(&folder).context("a file outside its folder")?;
                pictures.push((file.clone(), Path::new(lesson.id).join(inside)));
            }
        }
    }
    Ok(pictures)
}

fn folder(repository: &Repository, id: &str) -> PathBuf {
    repository.path("www/lessons").join(id)
}

fn lesson_page(id: &str, variant: Variant, words: &Words, texts: &LessonTexts) -> Result<Page> {
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

fn lab_page(id: &str, words: &Words, texts: &LessonTexts) -> Result<Page> {
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
fn frame<'a>(words: &'a Words, id: &str, variant: Variant, texts: &LessonTexts) -> Result<Frame<'a>> {
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
