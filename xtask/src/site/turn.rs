//! The end of a lesson's page: the lesson before and the next one.

use super::words::{Variant, Words};
use anyhow::Result;
use emberbook::lessons::LESSONS;

/// Links to the neighbours of a lesson among those that are there; at either end of the book there is one.
pub fn links(id: &str, variant: Variant, words: &Words) -> Result<String> {
    let there: Vec<_> =
        LESSONS.iter().filter(|lesson| lesson.definition.is_some()).map(|lesson| lesson.id).collect();
    let at = there.iter().position(|other| *other == id).unwrap_or_default();
    let before = at.checked_sub(1).map(|at| there[at]);
    let next = there.get(at + 1).copied();
    let mut html = format!(
        "<nav class=\"turn\" aria-labelledby=\"turn\">\n<h2 class=\"visually-hidden\" id=\"turn\">{}</h2>\n",
        words.text(variant, "ui.site.turn")?
    );
    for (class, key, lesson) in
        [("before", "ui.site.lesson_before", before), ("next", "ui.site.lesson_next", next)]
    {
        let Some(lesson) = lesson else { continue };
        // As on the cover: a page in one language leads to its like.
        let page = match variant {
            Variant::Both => String::new(),
            Variant::Only(_) => variant.file(),
        };
        let (said, title) = (words.text(variant, key)?, words.of_lesson(variant, lesson, "lesson.title")?);
        let question = words.of_lesson(variant, lesson, "lesson.question")?;
        html += &format!(
            "<a class=\"{class}\" href=\"../{lesson}/{page}\" data-page><span>{said}</span> <b>{title}</b> <span class=\"question\">{question}</span></a>\n"
        );
    }
    Ok(html + "</nav>\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::Repository;
    use crate::site::words::Language;

    #[test]
    fn every_lesson_leads_to_its_neighbours_and_the_ends_to_one() {
        let words = Words::read(&Repository::find().unwrap()).unwrap();
        let ids: Vec<_> = LESSONS.iter().map(|lesson| lesson.id).collect();
        for (at, id) in ids.iter().enumerate() {
            let html = links(id, Variant::Only(Language::En), &words).unwrap();
            for (other, neighbour) in ids.iter().enumerate() {
                let leads = html.contains(&format!("href=\"../{neighbour}/en.html\""));
                assert_eq!(leads, other.abs_diff(at) == 1, "{id} to {neighbour}");
            }
        }
        let both = links(ids[0], Variant::Both, &words).unwrap();
        assert!(both.contains(&format!("href=\"../{}/\" data-page", ids[1])), "{both}");
    }
}
