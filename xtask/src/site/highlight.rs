//! Colours for code, as classes: the colours themselves stand in `www/styles/site.css`, for light and dark.

use anyhow::{Context, Result};
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// Prefix of the classes, so that they meet no others.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "code-" };

/// Knows the syntaxes.
pub struct Highlighter {
    syntaxes: SyntaxSet,
}

impl Highlighter {
    /// Loads the syntaxes.
    pub fn new() -> Self {
        Self { syntaxes: two_face::syntax::extra_newlines() }
    }

    /// A block of code as HTML; `name` is the word after the fence, empty for plain text.
    ///
    /// # Errors
    /// When there is no syntax of this name.
    pub fn block(&self, name: &str, code: &str) -> Result<String> {
        let syntax = if name.is_empty() {
            self.syntaxes.find_syntax_plain_text()
        } else {
            self.syntaxes
                .find_syntax_by_token(name)
                .with_context(|| format!("no syntax is called `{name}`"))?
        };
        let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &self.syntaxes, STYLE);
        for line in LinesWithEndings::from(code) {
            generator.parse_html_for_line_which_includes_newline(line)?;
        }
        Ok(format!("<pre class=\"code\"><code>{}</code></pre>\n", generator.finalize()))
    }
}

#[cfg(test)]
mod tests {
    use super::Highlighter;

    #[test]
    fn code_gets_classes_and_no_inline_style() {
        let html = Highlighter::new().block("rust", "let x = \"<\"; // why\n").unwrap();
        assert!(html.contains("code-comment") && html.contains("code-string"), "{html}");
        assert!(html.contains("&lt;") && !html.contains("style="), "{html}");
    }

    #[test]
    fn a_language_nobody_knows_fails() {
        assert!(Highlighter::new().block("no-such-language", "x").is_err());
    }
}
