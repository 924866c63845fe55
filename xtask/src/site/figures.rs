//! The page of all figures: those of every text side by side, each with its still, its caption, its place in the text and
//! the lines that put it into another page; below them the elements that texts are made of.

use super::lesson::LessonTexts;
use super::living::Figure;
use super::page::{Frame, Page};
use super::words::{Language, Variant, Words, escape};
use anyhow::{Context, Result};
use emberbook::controls::{Control, ControlKind};
use emberbook::lessons::{Lesson, Material};
use serde_json::Value;

const FIGURES: &str = include_str!("../../templates/figures.html");

/// Where a built site lies is known on the page alone, which puts its own address in this one's place.
const SITE: &str = "https://your.site/emberbook/";

/// Renders `figures/` in all variants.
pub fn render(lessons: &[LessonTexts], words: &Words) -> Result<Vec<Page>> {
    Variant::ALL
        .into_iter()
        .map(|variant| {
            let mut frame = Frame::new(
                words,
                variant,
                "../",
                "cover",
                |language| {
                    let title = words.get(language, "ui.all_figures.title")?;
                    Ok(format!("{title} · {}", words.get(language, "ui.site.title")?))
                },
                |language| words.get(language, "ui.all_figures.intro"),
            )?;
            let mut sections = String::new();
            let mut contents = String::new();
            for lesson in lessons {
                let id = lesson.lesson.id;
                let title = words.of_lesson(variant, id, "lesson.title")?;
                contents += &format!("<li><a href=\"#{id}\">{title}</a></li>");
                sections += &section(variant, lesson, &title, words)?;
            }
            frame.set("contents", contents);
            frame.set("sections", sections);
            frame.set("elements", elements(variant, lessons[0].lesson, words)?);
            frame.set("first", lessons[0].lesson.id);
            Ok(Page { path: format!("figures/{}", variant.file()), html: frame.fill(FIGURES)? })
        })
        .collect()
}

/// The figures of one lesson.
fn section(variant: Variant, lesson: &LessonTexts, title: &str, words: &Words) -> Result<String> {
    let mut html = format!(
        "<section class=\"specimens\" aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n",
        id = lesson.lesson.id
    );
    for figure in &lesson.get(variant.first()).figures {
        html += &specimen(variant, lesson, figure, words)?;
    }
    Ok(html + "</section>\n")
}

/// One figure. Both texts have the same figures, which a test sees to.
fn specimen(variant: Variant, lesson: &LessonTexts, figure: &Figure, words: &Words) -> Result<String> {
    let id = lesson.lesson.id;
    let (name, code) = (&figure.name, &figure.id);
    let in_language = |language: Language| {
        let figures = &lesson.get(language).figures;
        figures.iter().find(|one| one.id == figure.id).with_context(|| {
            format!("the figure `{}` of {id} does not stand in the text in {}", figure.id, language.code())
        })
    };
    let title = variant.each(|language| Ok(title(language, id, name, words)))?;
    let still = variant.each(|language| {
        let figure = in_language(language)?;
        Ok(lesson.stills.picture(&format!("../{id}/"), language, &figure.id, &figure.alt(), false))
    })?;
    let caption = variant.each(|language| Ok(in_language(language)?.caption.clone()))?;
    let place = variant.each(|language| {
        let file = match variant {
            Variant::Both => format!("?lang={}", language.code()),
            Variant::Only(language) => format!("{}.html", language.code()),
        };
        let anchor = figure.anchor(language);
        let words = words.get(language, "ui.all_figures.in_text")?;
        Ok(format!("<a href=\"../{id}/{file}#{anchor}\">{words}</a>"))
    })?;
    let config = config(figure);
    let needs = figure.needs.iter().map(|(name, value)| format!(" {name}={}", plain(value)));
    let needs: String = needs.map(|need| escape(&need)).collect();
    let lang = variant.first().code();
    let label = words.text(variant, "ui.all_figures.embed")?;
    let lines = variant.each(|language| snippets(id, figure, language, words))?;
    Ok(format!(
        "<article class=\"specimen\" id=\"{id}-{code}\" aria-labelledby=\"{id}-{code}-name\">\n\
         <h3 id=\"{id}-{code}-name\">{title} <code>{name}{needs}</code></h3>\n\
         <ember-lab lesson=\"{id}\" figure=\"{name}\" lang=\"{lang}\" load=\"click\"{config}>\
         <div slot=\"poster\">{still}</div></ember-lab>\n\
         <p class=\"caption\">{caption}</p>\n<p>{place}</p>\n\
         <details><summary>{label}</summary>{lines}</details>\n</article>\n"
    ))
}

/// A figure's name in a language: that of the look or part, in the lesson's words or the shared ones.
fn title(language: Language, lesson: &str, name: &str, words: &Words) -> String {
    let keys = [format!("ui.inside.{name}"), format!("parts.{name}")];
    let of_lesson = keys.iter().find_map(|key| words.of_lesson(Variant::Only(language), lesson, key).ok());
    let shared = || keys.iter().find_map(|key| words.get(language, key).ok());
    of_lesson.or_else(shared).unwrap_or_else(|| escape(name))
}

/// The attribute `config` with what the figure needs.
fn config(figure: &Figure) -> String {
    if figure.needs.is_empty() {
        return String::new();
    }
    format!(" config=\"{}\"", escape(&Value::Object(figure.needs.clone()).to_string()))
}

/// A value as it stands in an address.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

/// The lines for another page, by the script and in an iframe, each with a button that copies it.
fn snippets(id: &str, figure: &Figure, language: Language, words: &Words) -> Result<String> {
    let code = language.code();
    let name = &figure.name;
    let config = if figure.needs.is_empty() {
        String::new()
    } else {
        format!(" config='{}'", Value::Object(figure.needs.clone()))
    };
    let script = format!(
        "<script type=\"module\" src=\"{SITE}embed.js\"></script>\n\
         <ember-lab lesson=\"{id}\" figure=\"{name}\" lang=\"{code}\"{config}></ember-lab>"
    );
    let needs = figure.needs.iter().map(|(name, value)| format!("&amp;{name}={}", plain(value)));
    let needs: String = needs.collect();
    let title = title(language, id, name, words);
    let frame = format!(
        "<iframe src=\"{SITE}{id}/frame.html?lang={code}&amp;figure={name}{needs}\" title=\"{title}\" \
         width=\"100%\" height=\"600\"></iframe>"
    );
    let copy = words.get(language, "ui.copy.copy")?;
    let copied = words.get(language, "ui.copy.copied")?;
    let refused = words.get(language, "ui.copy.refused")?;
    [("embed", script), ("frame", frame)]
        .into_iter()
        .map(|(key, lines)| {
            let heading = words.get(language, &format!("ui.share.{key}"))?;
            Ok(format!(
                "<div class=\"lines\"><p>{heading}</p><pre><code>{}</code></pre>\
                 <p class=\"needs-script\"><button type=\"button\" data-copy>{copy}</button> \
                 <span role=\"status\" data-copied=\"{copied}\" data-refused=\"{refused}\"></span></p></div>",
                escape(&lines)
            ))
        })
        .collect()
}

/// One handle of each kind that a lesson has, with the text's own value and with one that the text proposes, and a figure
/// of the run: bound to the lab beside them, as in a text.
fn elements(variant: Variant, lesson: &Lesson, words: &Words) -> Result<String> {
    let definition = lesson.definition.as_ref().context("a lesson without a definition")?;
    let controls = definition.all_controls(&Material::default(), None);
    let mut rows = Vec::new();
    let kind_of = |kind: &ControlKind| match kind {
        ControlKind::Integer { .. } => "integer",
        ControlKind::Number { .. } => "number",
        ControlKind::Choice { .. } => "choice",
        _ => "",
    };
    for kind in ["integer", "number", "choice"] {
        // The first of all is the seed, which no text has as a handle.
        let of_kind = |control: &&Control| kind_of(&control.kind) == kind;
        let Some(control) = controls.iter().skip(1).find(of_kind) else { continue };
        let name = &control.name;
        let shown = escape(&control.to_text(&control.default));
        rows.push((kind, format!("<ember-handle name=\"{name}\">{shown}</ember-handle>")));
        if let ControlKind::Number { max, .. } = control.kind {
            let own = format!("{}", max / 2.0);
            rows.push((
                "proposed",
                format!("<ember-handle name=\"{name}\" own=\"{own}\">{own}</ember-handle>"),
            ));
        }
    }
    rows.push(("value", "<ember-value name=\"loss\">0.5</ember-value>".into()));
    variant.each(|language| {
        let rows = rows.iter().map(|(kind, element)| {
            let name = words.get(language, &format!("ui.all_figures.elements.{kind}"))?;
            Ok(format!("<dt>{name}</dt><dd>{element}</dd>"))
        });
        Ok(format!("<dl>{}</dl>", rows.collect::<Result<String>>()?))
    })
}
