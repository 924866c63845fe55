//! The file of a batch transform: records, one a line, without a header.

/// A file that a job runs over.
pub struct BatchFile {
    /// What tells it from other files.
    pub key: String,
    /// Its number of records.
    pub records: usize,
    /// Its lines, each ended.
    lines: String,
}

impl BatchFile {
    /// The file of these lines.
    pub fn of(key: String, lines: Vec<String>) -> Self {
        let records = lines.len();
        Self { key, records, lines: lines.into_iter().flat_map(|line| [line, "\n".into()]).collect() }
    }

    /// The text of the file, with an end to its last line or without.
    pub fn text(&self, ends_with_line: bool) -> &str {
        if ends_with_line { &self.lines } else { self.lines.strip_suffix('\n').unwrap_or(&self.lines) }
    }
}
