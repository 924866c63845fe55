//! What programs in Python are written with.

#[cfg(any(feature = "networks", feature = "recommenders", feature = "trees"))]
use std::fmt::Write;

/// A name as a literal; signs that cannot be seen are escaped.
#[cfg(any(feature = "networks", feature = "recommenders", feature = "trees"))]
pub(in crate::lessons) fn literal(name: &str) -> String {
    let mut text = String::from("\"");
    for sign in name.chars() {
        match sign {
            '"' | '\\' => text.extend(['\\', sign]),
            '\t' => text.push_str("\\t"),
            // As Rust sees it: what it would write as a code point.
            _ if sign.escape_debug().count() > 2 => {
                write!(text, "\\U{:08x}", u32::from(sign)).expect("a string takes all that is written");
            }
            _ if sign.is_control() => {
                write!(text, "\\x{:02x}", u32::from(sign)).expect("a string takes all that is written");
            }
            _ => text.push(sign),
        }
    }
    text + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_ends_where_the_name_ends() {
        for (name, expected) in [
            ("花瓣长", "\"花瓣长\""),
            ("a\"b\\", r#""a\"b\\""#),
            ("it's", "\"it's\""),
            ("a\nb", r#""a\x0ab""#),
            ("\u{202e}x", r#""\U0000202ex""#),
            ("\t", r#""\t""#),
        ] {
            assert_eq!(literal(name), expected);
        }
    }
}
