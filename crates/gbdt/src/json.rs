//! Reads JSON text.
//!
//! The reader of `serde_json`, with numbers read to the nearest `f64`, is 20 KB of WebAssembly (brotli), a tenth of a
//! module with boosting in it; this one reads numbers as the standard library does, which is there anyway.

use serde_json::{Map, Number, Value};

/// Most lists and objects inside one another, as in `serde_json`.
const DEEPEST: usize = 127;

/// The value of a JSON text (RFC 8259); `None` where it is not one, or holds a number that is too large for an `f64`.
pub fn read(text: &str) -> Option<Value> {
    let mut reader = Reader::new(text);
    let value = reader.value(0)?;
    reader.skip_space();
    reader.is_at_end().then_some(value)
}

pub(crate) struct Reader<'text> {
    text: &'text str,
    /// Always between two characters.
    at: usize,
}

impl<'text> Reader<'text> {
    /// A reader at the start of a text.
    pub(crate) fn new(text: &'text str) -> Self {
        Self { text, at: 0 }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    /// What stands there up to the next comma, bracket or blank.
    pub(crate) fn word(&mut self) -> &'text str {
        let rest = &self.text[self.at..];
        let end = rest.find([',', ']', ' ']).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Whether the text goes on with this, which is then passed.
    fn passes(&mut self, expected: &str) -> bool {
        let goes_on = self.text[self.at..].starts_with(expected);
        if goes_on {
            self.at += expected.len();
        }
        goes_on
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip_space();
        match self.peek()? {
            b'n' => self.passes("null").then_some(Value::Null),
            b't' => self.passes("true").then_some(Value::Bool(true)),
            b'f' => self.passes("false").then_some(Value::Bool(false)),
            b'"' => self.string().map(Value::String),
            b'[' | b'{' if depth == DEEPEST => None,
            b'[' => self.list(depth + 1),
            b'{' => self.object(depth + 1),
            _ => self.number().map(Value::Number),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        self.items(|reader| reader.value(depth)).map(Value::Array)
    }

    /// A list of what `item` reads.
    pub(crate) fn items<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = Vec::new();
        self.passes("[").then_some(())?;
        self.skip_space();
        if self.passes("]") {
            return Some(items);
        }
        loop {
            self.skip_space();
            items.push(item(self)?);
            self.skip_space();
            if self.passes("]") {
                return Some(items);
            }
            self.passes(",").then_some(())?;
        }
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        let mut values = Map::new();
        self.at += 1;
        self.skip_space();
        if self.passes("}") {
            return Some(Value::Object(values));
        }
        loop {
            self.skip_space();
            let name = self.string()?;
            self.skip_space();
            self.passes(":").then_some(())?;
            let value = self.value(depth)?;
            values.insert(name, value);
            self.skip_space();
            if self.passes("}") {
                return Some(Value::Object(values));
            }
            self.passes(",").then_some(())?;
        }
    }

    pub(crate) fn string(&mut self) -> Option<String> {
        self.passes("\"").then_some(())?;
        let mut string = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(|next| matches!(next, '"' | '\\' | '\0'..='\x1f'))?;
            string.push_str(&rest[..plain]);
            self.at += plain + 1;
            match rest.as_bytes()[plain] {
                b'"' => return Some(string),
                b'\\' => string.push(self.escaped()?),
                _ => return None,
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let kind = self.peek()?;
        // A character of several bytes is refused below, before the next look at the text.
        self.at += 1;
        Some(match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.four_digits()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first);
                }
                self.passes("\\u").then_some(())?;
                let second = self.four_digits()?.checked_sub(0xdc00).filter(|second| *second < 0x400)?;
                char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + second)?
            }
            _ => return None,
        })
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        // `from_str_radix` alone would take a sign.
        let are_digits = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| are_digits)
    }

    fn number(&mut self) -> Option<Number> {
        let begin = self.at;
        self.passes("-");
        if !self.passes("0") {
            self.digits()?;
        }
        let mut whole = true;
        if self.passes(".") {
            whole = false;
            self.digits()?;
        }
        if self.passes("e") || self.passes("E") {
            whole = false;
            let _ = self.passes("+") || self.passes("-");
            self.digits()?;
        }
        let text = &self.text[begin..self.at];
        // Less than nothing, but zero: a whole number has no such value.
        if whole && text != "-0" {
            if let Ok(number) = text.parse::<u64>() {
                return Some(number.into());
            }
            if let Ok(number) = text.parse::<i64>() {
                return Some(number.into());
            }
        }
        Number::from_f64(text.parse().ok()?)
    }

    /// One digit at least.
    fn digits(&mut self) -> Option<()> {
        let begin = self.at;
        while self.peek().is_some_and(|digit| digit.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > begin).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use serde_json::{Value, from_str};

    /// What `serde_json` reads, by its feature `float_roundtrip`.
    fn expected(text: &str) -> Option<Value> {
        from_str(text).ok()
    }

    #[test]
    fn it_reads_what_serde_json_reads() {
        for text in [
            "null",
            " [ ] ",
            "{}",
            "\t[true,\r\nfalse , null]",
            r#"[["a","b"],[]]"#,
            r#"{"a":{"b":[1,-2,0]},"a":3,"z":"","y":1}"#,
            "[0,-0,-0.0,1.0,1e5,1E+2,1e-7,0.1,0.30000000000000004,1e308,5e-324,4.9e-324,1e-400]",
            "[18446744073709551615,18446744073709551616,-9223372036854775808,-9223372036854775809]",
            "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207",
            r#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00 é 中 \u0000""#,
        ] {
            assert!(expected(text).is_some(), "{text}");
            assert_eq!(read(text), expected(text), "{text}");
        }
    }

    #[test]
    fn it_refuses_what_serde_json_refuses() {
        for text in [
            "",
            " ",
            "nul",
            "nulll",
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[,]",
            "[1 2]",
            "]",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{a:1}",
            "{1:1}",
            "\"",
            "\"a",
            "\"\\",
            "\"\\x\"",
            "\"\\é\"",
            "\"\\u12\"",
            "\"\\u+123\"",
            "\"\\u12é\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\ud800\\n\"",
            "\"\\udc00\"",
            "\"\n\"",
            "\"\0\"",
            "01",
            "-",
            "+1",
            ".5",
            "1.",
            "1e",
            "1e+",
            "--1",
            "0x1",
            "NaN",
            "Infinity",
            "1e999",
            "-1e999",
            "é",
            "1 1",
            "\u{feff}1",
        ] {
            assert_eq!((read(text), expected(text)), (None, None), "{text}");
        }
    }

    #[test]
    fn it_goes_as_deep_as_serde_json() {
        for depth in [126, 127, 128, 100_000] {
            let text = "[".repeat(depth) + &"]".repeat(depth);
            assert_eq!(read(&text), expected(&text), "{depth}");
            let text = "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
            assert_eq!(read(&text), expected(&text), "{depth}");
        }
    }

    #[test]
    fn numbers_come_back_to_the_bit() {
        let mut bits = 0x3fb9_9999_9999_999a_u64;
        for _ in 0..10_000 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let value = f64::from_bits(bits);
            if value.is_finite() {
                let text = serde_json::to_string(&value).unwrap();
                assert_eq!(read(&text).unwrap().as_f64().unwrap().to_bits(), bits, "{text}");
            }
        }
    }
}
