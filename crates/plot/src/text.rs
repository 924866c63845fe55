//! How wide a text will be, without asking a font: the same answer on every surface.

/// Estimated width in CSS pixels of `text` in a sans-serif font of `size` pixels, on the wide side.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| em(c) * size).sum()
}

/// `text` cut with an ellipsis so that its estimated width is at most `room` pixels.
pub fn fitted(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.into();
    }
    let room = room - em('…') * size;
    let mut used = 0.0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += em(*c) * size;
            used <= room
        })
        .collect();
    format!("{}…", kept.trim_end())
}

/// `text` in at most `most_lines` lines of `room` pixels, broken at its spaces; what is longer than a line is cut.
pub fn wrapped(text: &str, size: f64, room: f64, most_lines: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let full = lines.len() == most_lines;
        let joined = |line: &String| width(line, size) + width(" ", size) + width(word, size);
        match lines.last_mut() {
            Some(line) if full || joined(line) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.into()),
        }
    }
    lines.iter().map(|line| fitted(line, size, room)).collect()
}

/// Width of a character in ems.
fn em(c: char) -> f64 {
    match c {
        // Chinese, kana, Hangul, full-width forms.
        '\u{2e80}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}' => 1.0,
        '.' | ',' | ' ' | '·' | ':' | 'i' | 'j' | 'l' | '|' | '\'' => 0.33,
        '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '⁻' => 0.4,
        'm' | 'w' | 'M' | 'W' | '…' | '−' => 0.85,
        _ => 0.62,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_wider_than_latin() {
        assert_eq!(width("花瓣长度", 10.0), 40.0);
        assert!(width("petal", 10.0) < 31.0);
    }

    #[test]
    fn a_text_is_broken_at_its_spaces() {
        assert_eq!(wrapped("petal length (cm)", 10.0, 200.0, 3), ["petal length (cm)"]);
        assert_eq!(wrapped("petal length (cm)", 10.0, 45.0, 3), ["petal", "length", "(cm)"]);
        let two = wrapped("petal length (cm)", 10.0, 45.0, 2);
        assert!(two.len() == 2 && two[1].ends_with('…'), "{two:?}");
        assert!(wrapped("", 10.0, 45.0, 2).is_empty());
    }

    #[test]
    fn a_long_text_is_cut_and_a_short_one_is_not() {
        assert_eq!(fitted("petal length", 10.0, 200.0), "petal length");
        let cut = fitted("petal length", 10.0, 45.0);
        assert!(cut.ends_with('…') && width(&cut, 10.0) <= 45.0, "{cut}");
        assert_eq!(fitted("花瓣长度", 10.0, 0.0), "…");
    }
}
