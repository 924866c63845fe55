//! Blanks and signs without a width at the ends of names and cells: seen by nobody, they would still tell two names apart.

/// Whether a sign at the end of a name is seen by nobody.
fn is_unseen(sign: char) -> bool {
    sign.is_whitespace() || is_without_width(sign)
}

/// Whether a sign takes no room: spaces of no width, joiners, marks of direction, a byte-order mark.
fn is_without_width(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// A name or a cell without what nobody sees at its ends.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(is_unseen)
}

/// Whether signs without a width stand at the ends of a text, blanks among them or not.
pub fn hides_signs(text: &str) -> bool {
    let blanks_off = text.trim();
    blanks_off.len() > trimmed(text).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_signs_without_a_width_are_taken_off_the_ends_alone() {
        for (text, expected, hides) in [
            ("a", "a", false),
            (" a\u{a0}", "a", false),
            ("\u{feff}a", "a", true),
            (" \u{200b} a\u{200d}b \u{2060}", "a\u{200d}b", true),
            ("a b", "a b", false),
            ("\u{200b}", "", true),
            ("", "", false),
        ] {
            assert_eq!((trimmed(text), hides_signs(text)), (expected, hides), "{text:?}");
        }
    }
}
