//! What a table from outside may hold, and what of it is refused while it is read.

/// What a table may hold at most; everything from outside is read with limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableLimits {
    /// Most bytes of the text.
    pub bytes: usize,
    /// Most rows below the header.
    pub rows: usize,
    /// Most columns.
    pub columns: usize,
}

/// How a lesson has a table read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableRules {
    /// What the table may hold at most.
    pub limits: TableLimits,
    /// Whether a file whose name ends in `.svm` or `.libsvm` holds LibSVM's lines.
    pub libsvm: bool,
}

impl TableRules {
    /// Whether a file of this name holds LibSVM's lines.
    pub(super) fn is_libsvm(&self, file: &str) -> bool {
        let file = file.to_ascii_lowercase();
        self.libsvm && [".svm", ".libsvm"].iter().any(|ending| file.ends_with(ending))
    }
}
