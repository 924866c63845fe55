//! How many tests passed and failed, and reading it from what test programs print.

use std::fmt;
use std::ops::{Add, AddAssign};

/// Numbers of tests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed.
    pub failed: usize,
    /// Tests that were not run.
    pub skipped: usize,
}

impl Counts {
    /// One test, passed.
    pub const PASSED: Self = Self { passed: 1, failed: 0, skipped: 0 };
    /// One test, failed.
    pub const FAILED: Self = Self { passed: 0, failed: 1, skipped: 0 };
    /// One test, not run.
    pub const SKIPPED: Self = Self { passed: 0, failed: 0, skipped: 1 };

    /// All of them.
    pub fn total(self) -> usize {
        self.passed + self.failed + self.skipped
    }

    /// Reads the lines `test result: ok. 5 passed; 0 failed; 1 ignored; …` of `cargo test`; none if there are none.
    pub fn of_cargo(output: &str) -> Option<Self> {
        output.lines().filter_map(|line| line.strip_prefix("test result: ")).map(Self::read).reduce(Add::add)
    }

    /// Reads the closing lines `# pass 5`, `# fail 0`, `# skipped 1` of Node's test runner; none if there are none.
    pub fn of_tap(output: &str) -> Option<Self> {
        let number = |name: &str| {
            output
                .lines()
                .rev()
                .find_map(|line| line.strip_prefix("# ")?.strip_prefix(name)?.trim().parse().ok())
        };
        Some(Self {
            passed: number("pass ")?,
            failed: number("fail ")?,
            skipped: number("skipped ").unwrap_or(0),
        })
    }

    /// Reads a line of the form `5 passed, 0 failed, 1 skipped`; none if it is not of this form.
    pub fn of_line(line: &str) -> Option<Self> {
        (line.contains(" passed, ") && line.contains(" failed")).then(|| Self::read(line))
    }

    /// Reads numbers by the word that follows each.
    fn read(line: &str) -> Self {
        let words: Vec<&str> =
            line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let number = |name: &str| {
            words.windows(2).find(|pair| pair[1] == name).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
        };
        Self {
            passed: number("passed"),
            failed: number("failed"),
            skipped: number("skipped") + number("ignored"),
        }
    }
}

impl From<()> for Counts {
    fn from((): ()) -> Self {
        Self::PASSED
    }
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn the_closing_lines_of_node_are_counted() {
        let output = "ok 1 - adds\n# tests 4\n# pass 2\n# fail 1\n# cancelled 0\n# skipped 1\n";
        assert_eq!(Counts::of_tap(output), Some(Counts { passed: 2, failed: 1, skipped: 1 }));
        assert_eq!(Counts::of_tap("SyntaxError"), None);
    }

    #[test]
    fn the_results_of_cargo_add_up() {
        let output = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
            noise 9 passed\ntest result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured\n";
        assert_eq!(Counts::of_cargo(output), Some(Counts { passed: 5, failed: 4, skipped: 1 }));
        assert_eq!(Counts::of_cargo("error: could not compile"), None);
    }

    #[test]
    fn the_last_line_is_read_as_it_is_written() {
        for counts in
            [Counts { passed: 7, failed: 0, skipped: 0 }, Counts { passed: 7, failed: 2, skipped: 3 }]
        {
            assert_eq!(Counts::of_line(&counts.to_string()), Some(counts));
        }
        assert_eq!(Counts::of_line("all is well"), None);
    }
}
