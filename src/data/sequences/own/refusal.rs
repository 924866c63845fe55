//! What is refused of the reader's files.

use crate::error::LabError;

/// Most bytes of a table.
pub const MOST_BYTES: usize = 64_000_000;
/// Most rows of a table.
pub const MOST_ROWS: usize = 1_000_000;
/// Most users.
pub const MOST_USERS: usize = 100_000;
/// Most items: each is ranked for every history.
pub const MOST_ITEMS: usize = 20_000;

/// A file of sequences that cannot be read; `reason` is a key of the page's words.
pub(super) fn bad(file: &str, reason: &str, message: String) -> LabError {
    LabError::new("bad_sequences", message).with("file", file).with("reason", reason)
}
