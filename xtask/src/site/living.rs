//! What in a text is alive: `{learning_rate}` is the setting itself, `{= test.accuracy | 0.93}` a figure of the reader's
//! run, and `<!-- figure regions -->` a look that the paragraph behind it explains. The name of a setting in code is a
//! link to its control in the lab.
//!
//! Each becomes an element of the page (`www/panels/text/`) around what stands there without script.

use super::stills::Stills;
use super::words::{Language, Variant, Words, escape};
use anyhow::{Context, Result, bail, ensure};
use comrak::nodes::{AstNode, NodeHtmlBlock, NodeValue};
use comrak::{Arena, Options, format_html, nodes::Ast};
use emberbook::controls::{Control, ControlKind};
use emberbook::lessons::{LessonDefinition, Material};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::sync::LazyLock;

/// What every lesson has beside the looks in its description; the page reads the same file.
static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../www/panels/text/parts.json")).expect("a list of parts")
});

/// The lesson's own figure, with which its text begins.
const FRONT: &str = "front";

/// Parts of the lab that a text can show.
#[derive(Deserialize)]
struct Parts {
    /// All but the lesson's own.
    framed: Vec<String>,
    /// Those that show no run, and so have no Run button.
    at_rest: Vec<String>,
}

impl Parts {
    fn has(&self, name: &str) -> bool {
        name == FRONT || self.framed.iter().any(|part| part == name)
    }

    fn runs(&self, name: &str) -> bool {
        !self.at_rest.iter().any(|part| part == name)
    }
}

/// Leaves the Run button of a figure out.
const NO_RUN: &str = "run=no";

/// A figure of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The look or part it shows.
    pub name: String,
    /// Its name among the figures of the text, the same in both languages: that of the look, and a number from the
    /// second on that shows it.
    pub id: String,
    /// The settings it needs, by their names.
    pub needs: Map<String, Value>,
    /// Whether it has a Run button.
    pub runs: bool,
    /// Of experiments, the one it shows.
    pub experiment: Option<String>,
    /// The paragraph that explains it, as HTML without what lives and without links.
    pub caption: String,
}

impl Figure {
    /// The `id` of its element in the page of a lesson.
    pub fn anchor(&self, language: Language) -> String {
        format!("{}-figure-{}", language.code(), self.id)
    }

    /// What its still picture shows, as the text of an attribute: the first sentence of the caption.
    pub fn alt(&self) -> String {
        let text = without_tags(&self.caption, |_| true);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let end = [". ", "。", "? ", "？"].iter().filter_map(|end| Some(text.find(end)? + end.len())).min();
        text[..end.unwrap_or(text.len())].trim_end().to_string()
    }
}

/// What a lesson's text can name.
pub struct Names<'a> {
    lesson: &'static str,
    words: &'a Words,
    stills: &'a Stills,
    controls: Vec<Control>,
    looks: &'static [&'static str],
}

impl<'a> Names<'a> {
    /// The settings and looks of a lesson, as they are declared, and the stills it has.
    pub fn of(
        lesson: &'static str,
        definition: &LessonDefinition,
        words: &'a Words,
        stills: &'a Stills,
    ) -> Self {
        let controls = definition.all_controls(&Material::default(), None);
        Self { lesson, words, stills, controls, looks: definition.inside }
    }

    /// The element for what stands between braces.
    fn element(&self, inside: &str, language: Language) -> Result<String> {
        match inside.strip_prefix('=') {
            Some(figure) => value(figure),
            None => self.handle(inside, language),
        }
    }

    /// A setting. The text's own value is the declared default, or the one behind `=`.
    fn handle(&self, inside: &str, language: Language) -> Result<String> {
        let (name, own) = inside.split_once('=').map_or((inside, None), |(name, own)| (name, Some(own)));
        let name = name.trim();
        let control = self
            .controls
            .iter()
            .find(|control| control.name == name)
            .with_context(|| format!("`{{{inside}}}`: the lesson has no setting called `{name}`"))?;
        let value = match own {
            None => control.default.clone(),
            Some(text) => given(control, text.trim())?,
        };
        let shown = match (&control.kind, &value) {
            (ControlKind::Choice { .. }, Value::String(option)) => {
                let key = format!("controls.{name}.options.{option}");
                self.words
                    .of_lesson(Variant::Only(language), self.lesson, &key)
                    .unwrap_or_else(|_| escape(option))
            }
            _ => escape(&control.to_text(&value)),
        };
        let given = own.map_or(String::new(), |_| format!(" own=\"{}\"", escape(&value.to_string())));
        Ok(format!("<ember-handle name=\"{}\"{given}>{shown}</ember-handle>", escape(name)))
    }

    /// The name of a setting as a text has it in code: a link to its control in the whole lab. None for other code.
    fn link(&self, code: &str, language: Language) -> Option<String> {
        let name = &self.controls.iter().find(|control| control.name == code)?.name;
        let key = format!("controls.{name}.label");
        let label = self.words.of_lesson(Variant::Only(language), self.lesson, &key).ok()?;
        let (lang, name) = (language.code(), escape(name));
        Some(format!(
            "<a class=\"to-setting\" href=\"#{lang}-lab\" data-setting=\"{name}\" title=\"{label}\"><code>{name}</code></a>"
        ))
    }

    /// Whether the lesson has an experiment of this name.
    fn has_experiment(&self, name: &str) -> bool {
        let key = format!("experiments.{name}.title");
        self.words.of_lesson(Variant::Both, self.lesson, &key).is_ok()
    }

    /// A figure as a comment of the text declares it, the paragraph behind it being its caption. A setting with a value
    /// is what the figure needs; the other words are `run=no` and, of experiments, which one.
    fn figure(&self, comment: &str, before: &[Figure], caption: String) -> Result<Figure> {
        let mut words = comment.split_whitespace();
        let name = words.next().context("a figure without a name")?;
        ensure!(
            PARTS.has(name) || self.looks.contains(&name),
            "a figure `{name}`: the lesson has {}, {FRONT} and {}",
            self.looks.join(", "),
            PARTS.framed.join(", ")
        );
        let (mut runs, mut needs, mut experiment) = (PARTS.runs(name), Map::new(), None);
        for word in words {
            let (key, value) =
                word.split_once('=').with_context(|| format!("a figure with `{word}`, without a value"))?;
            match self.controls.iter().find(|control| control.name == key) {
                Some(control) => drop(needs.insert(key.into(), given(control, value)?)),
                None if word == NO_RUN => runs = false,
                None if name == "experiments" && key == "experiment" => {
                    ensure!(
                        self.has_experiment(value),
                        "a figure with `{word}`: there is no such experiment"
                    );
                    experiment = Some(value.to_string());
                }
                None => {
                    bail!("a figure with `{word}`: that is neither a setting of the lesson nor `{NO_RUN}`")
                }
            }
        }
        let same = before.iter().filter(|figure| figure.name == name).count();
        let id = if same == 0 { name.to_string() } else { format!("{name}-{}", same + 1) };
        Ok(Figure { name: name.into(), id, needs, runs, experiment, caption })
    }

    /// The page's element for a figure around its still, and the `figcaption` that stays open.
    fn figure_html(&self, figure: &Figure, language: Language, is_first: bool) -> String {
        let mut attributes = String::new();
        if !figure.runs {
            attributes += " data-run=\"no\"";
        }
        if let Some(experiment) = &figure.experiment {
            attributes += &format!(" data-experiment=\"{}\"", escape(experiment));
        }
        if !figure.needs.is_empty() {
            let needs = Value::Object(figure.needs.clone()).to_string();
            attributes += &format!(" needs=\"{}\"", escape(&needs));
        }
        let still = self.stills.picture("", language, &figure.id, &figure.alt(), is_first);
        let (name, id) = (&figure.name, figure.anchor(language));
        format!(
            "<figure class=\"living\" id=\"{id}\">\n<ember-figure name=\"{name}\"{attributes}>{still}\
             </ember-figure>\n<figcaption>"
        )
    }
}

/// A value of a setting as a text gives it: the setting must be able to take it.
fn given(control: &Control, text: &str) -> Result<Value> {
    let value = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.into()));
    control
        .check(&value)
        .map_err(|expected| anyhow::anyhow!("`{}` is {expected}, not `{text}`", control.name))
}

/// A figure of the run: `split.name` or the name of a curve, and what was measured with the defaults.
fn value(inside: &str) -> Result<String> {
    let (name, measured) = inside
        .split_once('|')
        .with_context(|| format!("`{{={inside}}}` has no `|` with what was measured with the defaults"))?;
    Ok(format!("<ember-value name=\"{}\">{}</ember-value>", escape(name.trim()), escape(measured.trim())))
}

/// Separates the figure that a text's HTML begins with from the rest; empty where it begins with words.
pub fn front(html: &str) -> (&str, &str) {
    const END: &str = "</figure>";
    match html.find(END) {
        Some(at) if html.trim_start().starts_with("<figure class=\"living\"") => {
            html.split_at(at + END.len())
        }
        _ => ("", html),
    }
}

/// Puts elements in place of all that is alive below a document's root; answers its figures in their order.
///
/// # Errors
/// Where a setting or a look is named that the lesson does not have, or a value that a setting cannot take.
pub fn put<'a>(
    arena: &'a Arena<'a>,
    root: &'a AstNode<'a>,
    language: Language,
    names: &Names,
    options: &Options,
) -> Result<Vec<Figure>> {
    let nodes: Vec<_> = root.descendants().collect();
    let mut links = Vec::new();
    for node in &nodes {
        let literal = match &node.data().value {
            NodeValue::Text(text) if text.contains('{') => text.to_string(),
            _ => continue,
        };
        put_inline(arena, node, &literal, language, names)?;
    }
    let mut figures = Vec::new();
    // After what lives in sentences: a caption is read as it will stand there.
    for node in nodes {
        let literal = match &node.data().value {
            NodeValue::HtmlBlock(block) => block.literal.trim().to_string(),
            NodeValue::Code(code) if !is_within_link(node) => {
                if let Some(html) = names.link(&code.literal, language) {
                    links.push((node, html));
                }
                continue;
            }
            _ => continue,
        };
        let Some(comment) = literal.strip_prefix("<!-- figure ").and_then(|rest| rest.strip_suffix("-->"))
        else {
            continue;
        };
        let caption = node.next_sibling().filter(|next| matches!(next.data().value, NodeValue::Paragraph));
        let Some(caption) = caption else {
            bail!("the figure `{}` has no caption behind it", comment.trim())
        };
        let mut said = String::new();
        format_html(caption, options, &mut said)?;
        let figure = names.figure(comment, &figures, at_rest(&said))?;
        let is_first = node.previous_sibling().is_none();
        node.data_mut().value = html_block(names.figure_html(&figure, language, is_first));
        caption.insert_after(new(arena, html_block("</figcaption>\n</figure>".into())));
        figures.push(figure);
    }
    for (node, html) in links {
        node.data_mut().value = NodeValue::HtmlInline(html);
    }
    Ok(figures)
}

/// A caption without its paragraph, its links and the elements that need a lab, whose words stay.
fn at_rest(html: &str) -> String {
    let leaves = |tag: &str| {
        let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        matches!(name, "p" | "a" | "sup") || name.starts_with("ember-")
    };
    without_tags(html.trim(), leaves)
}

/// HTML without the tags that `leaves` says of what stands between their brackets.
fn without_tags(html: &str, leaves: impl Fn(&str) -> bool) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        kept += before;
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        if !leaves(tag) {
            kept += &format!("<{tag}>");
        }
        rest = after;
    }
    kept + rest
}

/// Whether a link would stand in a link, or in a heading, to which others link.
fn is_within_link<'a>(node: &'a AstNode<'a>) -> bool {
    node.ancestors().any(|above| matches!(above.data().value, NodeValue::Link(_) | NodeValue::Heading(_)))
}

/// Separates a text at its braces.
fn put_inline<'a>(
    arena: &'a Arena<'a>,
    node: &'a AstNode<'a>,
    text: &str,
    language: Language,
    names: &Names,
) -> Result<()> {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, after) = after.split_once('}').with_context(|| format!("`{text}` has {{ without }}"))?;
        let html = names.element(inside.trim(), language)?;
        node.insert_before(new(arena, NodeValue::Text(before.to_string().into())));
        node.insert_before(new(arena, NodeValue::HtmlInline(html)));
        rest = after;
    }
    node.data_mut().value = NodeValue::Text(rest.to_string().into());
    Ok(())
}

fn new<'a>(arena: &'a Arena<'a>, value: NodeValue) -> &'a AstNode<'a> {
    arena.alloc(AstNode::new(RefCell::new(Ast::new(value, (0, 0).into()))))
}

fn html_block(literal: String) -> NodeValue {
    NodeValue::HtmlBlock(NodeHtmlBlock { block_type: 6, literal })
}
