//! LaTeX formulas to MathML.

use anyhow::{Result, bail};
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::mathml::push_mathml;
use pulldown_latex::{Parser, Storage};

/// Renders a formula; `display` sets it on a line of its own.
///
/// # Errors
/// When the formula is not understood, or would need an inline style (which the page's policy forbids).
pub fn render(latex: &str, display: bool) -> Result<String> {
    let storage = Storage::new();
    for event in Parser::new(latex, &storage) {
        if let Err(error) = event {
            bail!("formula `{latex}`: {error}");
        }
    }
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let mut mathml = String::new();
    push_mathml(
        &mut mathml,
        Parser::new(latex, &storage),
        RenderConfig { display_mode, ..Default::default() },
    )?;
    if mathml.contains("<merror") {
        bail!("formula `{latex}` cannot be rendered");
    }
    if mathml.contains(" style=") {
        bail!("formula `{latex}` needs an inline style: leave out colours and explicit spaces");
    }
    Ok(mathml)
}

#[cfg(test)]
mod tests {
    use super::render;

    #[test]
    fn the_formulas_of_a_lesson_render() {
        for latex in [
            r"\theta \leftarrow \theta - \frac{\alpha}{|B|} \sum_{i \in B} \nabla_\theta \ell(\theta; x_i, y_i)",
            r"p_k = \frac{e^{z_k}}{\sum_{j=1}^{3} e^{z_j}}",
            r"\mathcal{N}(0, 0.01^2)",
            r"\ln 3 \approx 1.0986",
            r"\hat{y} = \operatorname{arg\,max}_k p_k",
        ] {
            let mathml = render(latex, true).unwrap();
            assert!(mathml.starts_with("<math"), "{mathml}");
        }
    }

    #[test]
    fn a_formula_that_is_not_understood_fails() {
        assert!(render(r"\frac{1}", false).is_err());
        assert!(render(r"\nosuchcommand x", false).is_err());
    }

    #[test]
    fn a_formula_with_an_inline_style_fails() {
        assert!(render(r"\color{red} x", false).is_err());
    }
}
