//! The cover: the lessons of the registry, and what this machine offers.

use super::lesson::LessonTexts;
use super::page::{Frame, Page};
use super::words::{Variant, Words};
use crate::repository::{Repository, read};
use anyhow::Result;
use emberbook::lessons::LESSONS;

/// Renders the cover from the template `index.html` at the top of the repository.
pub fn render(repository: &Repository, words: &Words, texts: &[LessonTexts]) -> Result<Vec<Page>> {
    let template = read(&repository.path("index.html"))?;
    Variant::ALL
        .into_iter()
        .map(|variant| {
            let mut frame = Frame::new(
                words,
                variant,
                "",
                "cover",
                |language| words.get(language, "ui.site.title"),
                |language| words.get(language, "ui.site.tagline"),
            )?;
            let lessons = lessons(words, texts, variant)?;
            frame.set("lessons", lessons);
            frame.set("first_lesson", LESSONS[0].id);
            Ok(Page { path: variant.file(), html: frame.fill(&template)? })
        })
        .collect()
}

fn lessons(words: &Words, texts: &[LessonTexts], variant: Variant) -> Result<String> {
    let mut html = String::new();
    for (place, lesson) in LESSONS.iter().enumerate() {
        let id = lesson.id;
        let title = words.of_lesson(variant, id, "lesson.title")?;
        let question = words.of_lesson(variant, id, "lesson.question")?;
        let number = place + 1;
        let body = format!("<span class=\"number\" aria-hidden=\"true\">{number}</span>");
        html += &if lesson.definition.is_some() {
            // The page with both languages is the lesson's address; a page in one language leads to its like.
            let target = match variant {
                Variant::Both => format!("{id}/"),
                Variant::Only(_) => format!("{id}/{}", variant.file()),
            };
            let picture = picture(texts, id, variant)?;
            format!(
                "<li class=\"card\">{body}<h3><a href=\"{target}\" data-page>{title}</a></h3><p>{question}</p>\
                 {picture}</li>\n"
            )
        } else {
            let coming = words.text(variant, "ui.site.coming")?;
            format!(
                "<li class=\"card planned\">{body}<h3>{title}</h3><p>{question}</p><p class=\"mark\">{coming}</p></li>\n"
            )
        };
    }
    Ok(html)
}

/// The still of a lesson's first figure, for the eye alone: title and question stand above it.
fn picture(texts: &[LessonTexts], id: &str, variant: Variant) -> Result<String> {
    let Some(lesson) = texts.iter().find(|texts| texts.lesson.id == id) else { return Ok(String::new()) };
    variant.each(|language| {
        let first = lesson.get(language).figures.first();
        let folder = format!("{id}/");
        Ok(first.map_or(String::new(), |figure| lesson.stills.thumbnail(&folder, language, &figure.id)))
    })
}
