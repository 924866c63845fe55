//! The lines of a published file.

use super::bad_ratings;
use crate::error::LabError;
use std::borrow::Cow;

/// A file of a table as it was published.
#[derive(Debug, Clone, Copy)]
pub struct NamedFile<'a> {
    /// Its name, for errors; it may have folders before it.
    pub name: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
}

impl<'a> NamedFile<'a> {
    /// Lines from the first on; the last may end without a line feed.
    pub(super) fn lines(self) -> impl Iterator<Item = Line<'a>> {
        let bytes = self.bytes.strip_suffix(b"\n").unwrap_or(self.bytes);
        // A file that was written anew as UTF-8 is one without any fault of encoding; Latin-1 beyond ASCII never is.
        let utf8 = std::str::from_utf8(bytes).is_ok();
        let lines = bytes.split(|byte| *byte == b'\n').enumerate().filter(move |_| !bytes.is_empty());
        lines.map(move |(at, line)| Line {
            file: self.name,
            number: at + 1,
            bytes: line.strip_suffix(b"\r").unwrap_or(line),
            utf8,
        })
    }
}

/// One line of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    file: &'a str,
    pub number: usize,
    bytes: &'a [u8],
    utf8: bool,
}

impl<'a> Line<'a> {
    /// Its `COUNT` fields.
    ///
    /// # Errors
    /// `bad_ratings` where there are more or fewer.
    pub fn fields<const COUNT: usize>(self, separator: &[u8]) -> Result<[&'a [u8]; COUNT], LabError> {
        let mut fields = [&[][..]; COUNT];
        self.fill(separator, &mut fields)?;
        Ok(fields)
    }

    fn fill(self, separator: &[u8], fields: &mut [&'a [u8]]) -> Result<(), LabError> {
        let count = fields.len();
        let mut rest = Some(self.bytes);
        for field in fields.iter_mut() {
            let text = rest.ok_or_else(|| self.bad_fields(count))?;
            let end = text.windows(separator.len()).position(|window| window == separator);
            *field = &text[..end.unwrap_or(text.len())];
            rest = end.map(|end| &text[end + separator.len()..]);
        }
        if rest.is_some() { Err(self.bad_fields(count)) } else { Ok(()) }
    }

    fn bad_fields(self, count: usize) -> LabError {
        self.bad("fields", &format!("{count} fields were expected")).with("expected", count)
    }

    /// A field as text: Latin-1, or UTF-8 where the whole file is.
    pub fn text(self, field: &'a [u8]) -> Cow<'a, str> {
        match std::str::from_utf8(field) {
            Ok(text) if self.utf8 => text.into(),
            _ => field.iter().map(|byte| char::from(*byte)).collect(),
        }
    }

    /// A field as a whole number from `least` to `most`.
    ///
    /// # Errors
    /// `bad_ratings` where it is something else.
    pub fn number(self, field: &'a [u8], what: &str, least: u32, most: u32) -> Result<u32, LabError> {
        let number = std::str::from_utf8(field).ok().and_then(|text| text.parse().ok());
        number.filter(|number| (least..=most).contains(number)).ok_or_else(|| {
            let message = format!("{what} has to be a whole number from {least} to {most}");
            let value = self.text(&field[..field.len().min(40)]).into_owned();
            self.bad("number", &message).with("value", value).with("least", least).with("most", most)
        })
    }

    /// What is wrong with this line.
    pub fn bad(self, reason: &str, message: &str) -> LabError {
        bad_ratings(self.file, Some(self.number), reason, message)
    }
}
