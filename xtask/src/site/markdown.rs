//! A lesson's text: Markdown to HTML, with formulas, coloured code and the place of the lab.

use super::formula;
use super::highlight::Highlighter;
use super::living::{self, Figure, Names};
use super::words::{Language, escape};
use anyhow::{Context, Result, bail, ensure};
use comrak::adapters::{HeadingAdapter, HeadingMeta};
use comrak::nodes::{NodeHtmlBlock, NodeValue, Sourcepos};
use comrak::options::Plugins;
use comrak::{Anchorizer, Arena, Options, format_html_with_plugins, parse_document};
use std::collections::VecDeque;
use std::fmt;
use std::sync::Mutex;

/// The line that marks where the lab stands.
const LAB: &str = "<!-- lab -->";

/// A text in one language.
pub struct Text {
    /// `title` of the front matter.
    pub title: String,
    /// `description` of the front matter.
    pub description: String,
    /// HTML of the figure that the text begins with, which stands in the first screen; empty where there is none.
    pub front: String,
    /// HTML of everything else before the lab.
    pub before: String,
    /// HTML of everything after the lab; empty when the text has no lab.
    pub after: String,
    /// Headings of the second level, in order.
    pub headings: Vec<Heading>,
    /// Its figures, in order.
    pub figures: Vec<Figure>,
}

/// A heading that the table of contents leads to.
pub struct Heading {
    /// Its `id`, which begins with the language so that both languages fit on one page.
    pub id: String,
    /// Its words.
    pub title: String,
}

/// Renders Markdown with front matter.
///
/// # Errors
/// When the front matter lacks `title` or `description`, when a formula or a code block is not understood, when the text
/// names a setting or a look that is not among `names`, and when it holds scripts or inline styles, which the page's
/// policy forbids.
pub fn render(source: &str, language: Language, highlighter: &Highlighter, names: &Names) -> Result<Text> {
    let (front_matter, body) = front_matter(source)?;
    let field = |name: &str| -> Result<String> {
        let value = front_matter.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        value.with_context(|| format!("the front matter has no `{name}`"))
    };
    let (html, headings, figures) = render_with(body, language, highlighter, 0, Some(names))?;
    let (before, after) = html.split_once(LAB).unwrap_or((&html, ""));
    ensure!(!after.contains(LAB), "the line {LAB} stands twice");
    let (front, before) = living::front(before);
    Ok(Text {
        title: field("title")?,
        description: field("description")?,
        front: front.to_string(),
        before: before.to_string(),
        after: after.to_string(),
        headings,
        figures,
    })
}

/// Renders Markdown without front matter, its headings so many levels `deeper`; answers the HTML and the
/// headings that are then of the second level.
pub fn render_body(
    body: &str,
    language: Language,
    highlighter: &Highlighter,
    deeper: u8,
) -> Result<(String, Vec<Heading>)> {
    let (html, headings, _) = render_with(body, language, highlighter, deeper, None)?;
    Ok((html, headings))
}

fn render_with(
    body: &str,
    language: Language,
    highlighter: &Highlighter,
    deeper: u8,
    names: Option<&Names>,
) -> Result<(String, Vec<Heading>, Vec<Figure>)> {
    let options = options();
    let arena = Arena::new();
    let root = parse_document(&arena, body, &options);
    let mut anchorizer = Anchorizer::new();
    let mut ids = VecDeque::new();
    let mut headings = Vec::new();
    for node in root.descendants() {
        let title = node.collect_text();
        let mut data = node.data_mut();
        let own_id = data.attrs.as_ref().and_then(|attributes| attributes.id.clone());
        match &mut data.value {
            NodeValue::Heading(heading) => {
                let name = own_id.unwrap_or_else(|| anchorizer.anchorize(&title));
                let id = format!("{}-{name}", language.code());
                heading.level = (heading.level + deeper).min(6);
                if heading.level == 2 {
                    headings.push(Heading { id: id.clone(), title: escape(&title) });
                }
                ids.push_back(id);
            }
            NodeValue::Math(math) => {
                let html = formula::render(&math.literal, math.display_math)?;
                data.value = NodeValue::HtmlInline(html);
            }
            NodeValue::CodeBlock(code) => {
                let name = code.info.split_whitespace().next().unwrap_or_default();
                let literal = highlighter.block(name, &code.literal)?;
                data.value = NodeValue::HtmlBlock(NodeHtmlBlock { block_type: 6, literal });
            }
            NodeValue::FootnoteDefinition(note) => note.name = format!("{}-{}", language.code(), note.name),
            NodeValue::FootnoteReference(note) => note.name = format!("{}-{}", language.code(), note.name),
            NodeValue::Link(link) => {
                if let Some(name) = link.url.strip_prefix('#') {
                    link.url = format!("#{}-{name}", language.code());
                }
            }
            _ => {}
        }
    }
    let figures = match names {
        Some(names) => living::put(&arena, root, language, names, &options)?,
        None => Vec::new(),
    };
    let adapter = Ids(Mutex::new(ids));
    let mut plugins = Plugins::default();
    plugins.render.heading_adapter = Some(&adapter);
    let mut html = String::new();
    format_html_with_plugins(root, &options, &mut html, &plugins)?;
    check(&html)?;
    Ok((tables(&html), headings, figures))
}

/// A table wider than a phone scrolls in a frame of its own; a corner without words is no header.
fn tables(html: &str) -> String {
    html.replace("<table>", "<div class=\"table\"><table>")
        .replace("</table>", "</table></div>")
        .replace("<th></th>", "<td></td>")
        .replace("<th align=\"right\"></th>", "<td></td>")
        .replace("<th align=\"center\"></th>", "<td></td>")
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    options.extension.math_dollars = true;
    options.extension.header_attributes = true;
    // Without it `**加粗（测试）。**后面` keeps its asterisks.
    options.extension.cjk_friendly_emphasis = true;
    // The texts are ours: they may hold figures in HTML, and formulas become HTML here.
    options.render.r#unsafe = true;
    options
}

/// Writes each heading with the next of the ids made before.
struct Ids(Mutex<VecDeque<String>>);

impl HeadingAdapter for Ids {
    fn enter(&self, output: &mut dyn fmt::Write, heading: &HeadingMeta, _: Option<Sourcepos>) -> fmt::Result {
        let id = self.0.lock().map_err(|_| fmt::Error)?.pop_front().ok_or(fmt::Error)?;
        write!(output, "<h{} id=\"{}\">", heading.level, escape(&id))
    }

    fn exit(&self, output: &mut dyn fmt::Write, heading: &HeadingMeta) -> fmt::Result {
        writeln!(output, "</h{}>", heading.level)
    }
}

/// Splits off the lines between the first two `---`.
fn front_matter(source: &str) -> Result<(Vec<(String, String)>, &str)> {
    let rest = source.strip_prefix("---\n").context("the text does not begin with front matter (---)")?;
    let (lines, body) = rest.split_once("\n---\n").context("the front matter has no end (---)")?;
    let mut fields = Vec::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let Some((name, value)) = line.split_once(':') else {
            bail!("front matter: `{line}` is not of the form `name: value`");
        };
        fields.push((name.trim().to_string(), value.trim().trim_matches('"').to_string()));
    }
    Ok((fields, body))
}

/// What the Content-Security-Policy would silently drop in the browser is an error here.
fn check(html: &str) -> Result<()> {
    for forbidden in [" style=\"", "<script", "<style", " onclick=", " onload=", "javascript:"] {
        ensure!(!html.contains(forbidden), "the text holds `{forbidden}`, which the page's policy forbids");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::Repository;
    use crate::site::stills::Stills;
    use crate::site::words::Words;

    fn whole(source: &str, language: Language) -> Result<Text> {
        let words = Words::read(&Repository::find()?)?;
        let stills = Stills::default();
        let names = Names::of("iris", emberbook::lessons::find("iris").unwrap(), &words, &stills);
        render(source, language, &Highlighter::new(), &names)
    }

    fn text(body: &str) -> Result<Text> {
        whole(&format!("---\ntitle: T\ndescription: D: more\n---\n{body}"), Language::Zh)
    }

    #[test]
    fn the_lab_divides_the_text() {
        let text = text("one\n\n<!-- lab -->\n\ntwo\n").unwrap();
        assert_eq!((text.title.as_str(), text.description.as_str()), ("T", "D: more"));
        assert_eq!((text.before.trim(), text.after.trim()), ("<p>one</p>", "<p>two</p>"));
    }

    #[test]
    fn headings_and_their_links_carry_the_language() {
        let text = text("## 数据 {#data}\n\n[see](#data)\n\n## 模型\n").unwrap();
        assert!(text.before.contains("<h2 id=\"zh-data\">数据</h2>"), "{}", text.before);
        assert!(text.before.contains("href=\"#zh-data\""), "{}", text.before);
        let ids: Vec<_> = text.headings.iter().map(|heading| heading.id.as_str()).collect();
        assert_eq!(ids, ["zh-data", "zh-模型"]);
    }

    #[test]
    fn an_empty_corner_of_a_table_is_no_header() {
        let html = text("| | a |\n|---:|---|\n| 1 | 2 |\n").unwrap().before;
        assert!(html.contains("<td></td>") && html.contains("<th>a</th>"), "{html}");
        assert!(html.contains("<div class=\"table\"><table>"), "{html}");
    }

    #[test]
    fn emphasis_closes_beside_chinese_punctuation() {
        assert!(
            text("**加粗（测试）。**后面\n").unwrap().before.contains("<strong>加粗（测试）。</strong>后面")
        );
    }

    #[test]
    fn footnotes_of_two_languages_do_not_meet() {
        assert!(text("a[^1]\n\n[^1]: note\n").unwrap().before.contains("id=\"fn-zh-1\""));
    }

    #[test]
    fn what_the_policy_forbids_fails() {
        assert!(text("<p style=\"color: red\">x</p>\n").is_err());
        assert!(text("<script>alert(1)</script>\n").is_err());
    }

    #[test]
    fn a_setting_in_a_sentence_is_its_handle() {
        let before = |body| text(body).map(|text| text.before);
        let html = before("with {learning_rate}, {learning_rate=0.5} or {optimizer}\n").unwrap();
        assert!(html.contains("<ember-handle name=\"learning_rate\">0.2</ember-handle>"), "{html}");
        assert!(
            html.contains("<ember-handle name=\"learning_rate\" own=\"0.5\">0.5</ember-handle>"),
            "{html}"
        );
        assert!(html.contains("<ember-handle name=\"optimizer\">"), "{html}");
        for wrong in ["{nothing}", "{learning_rate=fast}", "{learning_rate=-1}", "{learning_rate"] {
            assert!(before(wrong).is_err(), "{wrong}");
        }
        assert!(before("`{nothing}` and $a_{b}$\n").is_ok(), "code and formulas keep their braces");
    }

    #[test]
    fn the_name_of_a_setting_in_code_leads_to_its_control() {
        let before = |body| text(body).unwrap().before;
        let html = before("The spread is `init_std`.\n");
        let link = "<a class=\"to-setting\" href=\"#zh-lab\" data-setting=\"init_std\" title=\"";
        assert!(html.contains(link) && html.contains("\"><code>init_std</code></a>."), "{html}");
        let elsewhere = before("## `init_std`\n\n[`init_std`](#data) and `fc1.weight`\n");
        assert!(!elsewhere.contains("to-setting"), "{elsewhere}");
    }

    #[test]
    fn a_figure_of_the_run_stands_with_what_was_measured() {
        let html = text("got {= test.accuracy | 93.3%}.\n").unwrap().before;
        assert!(html.contains("got <ember-value name=\"test.accuracy\">93.3%</ember-value>."), "{html}");
        assert!(text("{= test.accuracy}\n").is_err());
    }

    #[test]
    fn a_figure_takes_the_paragraph_behind_it_as_its_caption() {
        let html = text("Words.\n\n<!-- figure regions run=no -->\n\nMove {learning_rate}.\n\nNext.\n")
            .unwrap()
            .before;
        let from = html.find("<figure").unwrap();
        let figure = &html[from..html.find("</figure>").unwrap()];
        assert!(figure.contains("<ember-figure name=\"regions\" data-run=\"no\">"), "{html}");
        assert!(figure.contains("<ember-handle") && !figure.contains("Next"), "{html}");
        let needy = text("W.\n\n<!-- figure vectors model=svm run=no -->\n\nC.\n").unwrap().before;
        let needs = "data-run=\"no\" needs=\"{&quot;model&quot;:&quot;svm&quot;}\"";
        assert!(needy.contains(needs), "{needy}");
        assert!(text("<!-- figure vectors model=tree -->\n\nC.\n").is_err());
        let one = text("W.\n\n<!-- figure experiments experiment=seeds -->\n\nC.\n").unwrap().before;
        assert!(one.contains("name=\"experiments\" data-run=\"no\" data-experiment=\"seeds\">"), "{one}");
        assert!(text("<!-- figure experiments experiment=none -->\n\nNo such experiment.\n").is_err());
        assert!(text("<!-- figure charts experiment=seeds -->\n\nNobody reads it.\n").is_err());
        assert!(text("<!-- figure regions x=petal_length -->\n\nNobody reads x.\n").is_err());
        assert!(text("<!-- figure leaves -->\n\nNo such look.\n").is_err());
        assert!(text("<!-- figure regions -->\n\n## No caption\n").is_err());
    }

    #[test]
    fn a_figure_can_be_linked_to_and_says_what_it_is_without_the_lab() {
        let caption = "Move {learning_rate} and $x$, as [above](#a). See `w` bend.";
        let body =
            format!("W.\n\n<!-- figure regions -->\n\n{caption}\n\n<!-- figure regions run=no -->\n\nB.\n");
        let text = text(&body).unwrap();
        let [first, second] = &text.figures[..] else { panic!("{:?}", text.figures) };
        assert_eq!((first.id.as_str(), second.id.as_str()), ("regions", "regions-2"));
        assert!(
            text.before.contains("<figure class=\"living\" id=\"zh-figure-regions-2\">"),
            "{}",
            text.before
        );
        assert!(first.runs && !second.runs && second.caption == "B.");
        assert!(first.caption.starts_with("Move 0.2 and <math"), "{}", first.caption);
        assert!(first.caption.ends_with(", as above. See <code>w</code> bend."), "{}", first.caption);
        assert_eq!(first.alt(), "Move 0.2 and x, as above.");
    }

    #[test]
    fn a_figure_before_all_words_stands_in_the_first_screen() {
        let figure = "<!-- figure charts -->\n\nA caption.\n\n";
        let with = text(&format!("{figure}Words.\n\n{figure}")).unwrap();
        assert!(with.front.contains("A caption.") && with.front.ends_with("</figure>"), "{}", with.front);
        assert!(with.before.trim_start().starts_with("<p>Words."), "{}", with.before);
        let without = text(&format!("Words.\n\n{figure}")).unwrap();
        assert!(without.front.is_empty() && without.before.contains("<figure"), "{}", without.before);
    }

    #[test]
    fn front_matter_is_required() {
        assert!(whole("# x\n", Language::En).is_err());
        assert!(whole("---\ntitle: T\n---\nx\n", Language::En).is_err());
    }
}
