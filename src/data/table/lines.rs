//! In which line of the file each row of a table begins.

/// Lines of rows. Most rows follow each other line by line; only those that do not are noted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lines {
    /// Line of the header; 0 where there is none.
    header: usize,
    /// Rows that do not begin in the line after the one before, with their lines.
    jumps: Vec<(usize, usize)>,
}

impl Lines {
    /// Lines of a table whose header stands in this one, and its rows in those that follow.
    pub(super) fn from_header(header: usize) -> Self {
        Self { header, jumps: Vec::new() }
    }

    /// Notes the line of the next row.
    pub(super) fn push(&mut self, row: usize, line: usize) {
        if self.of(row) != line {
            self.jumps.push((row, line));
        }
    }

    /// Line of the header; 0 where there is none.
    pub(super) fn header(&self) -> usize {
        self.header
    }

    /// Line of a row.
    pub(super) fn of(&self, row: usize) -> usize {
        match self.jumps.partition_point(|(from, _)| *from <= row) {
            0 => self.header + 1 + row,
            place => {
                let (from, line) = self.jumps[place - 1];
                line + row - from
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_behind_blank_lines_keep_the_lines_they_stand_in() {
        let mut lines = Lines::from_header(2);
        let all = [3, 4, 8, 9, 12];
        all.iter().enumerate().for_each(|(row, line)| lines.push(row, *line));
        assert_eq!(lines.jumps.len(), 2);
        all.iter().enumerate().for_each(|(row, line)| assert_eq!(lines.of(row), *line));
        assert_eq!(lines.header(), 2);
    }
}
