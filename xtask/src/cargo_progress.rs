//! Runs cargo and follows how far it is, from the progress bar that it writes to its standard error.

use crate::children;
use crate::command::line;
use crate::stage;
use anyhow::{Context, Result, bail};
use std::fmt;
use std::io::Read;
use std::process::{Command, Stdio};

/// How far cargo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It compiles: `done` of `total` crates and build scripts.
    Crates { done: usize, total: usize },
    /// It fetches crates.
    Fetching,
    /// Another cargo works in the same folder.
    Waiting,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Crates { done, total } => write!(f, "{done} of {total} crates"),
            Step::Fetching => f.write_str("fetching crates"),
            Step::Waiting => f.write_str("waiting for another cargo"),
        }
    }
}

/// Runs a command of cargo to its end and tells how far it is, also the line of the stage. Answers what else it said: warnings.
///
/// # Errors
/// When it cannot be started, or fails: the error holds what it said, without the lines about its progress.
pub fn run(command: &mut Command, tell: &dyn Fn(Step)) -> Result<String> {
    command
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "80")
        .env("CARGO_TERM_COLOR", "never")
        .env("CARGO_TERM_QUIET", "false")
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let (mut child, _registered) = children::start(command)?;
    let mut errors = child.stderr.take().context("cargo has no standard error")?;
    let mut tell = |step: Step| {
        stage::note(step.to_string());
        tell(step);
    };
    let mut reader = Reader::default();
    let mut bytes = [0; 4096];
    loop {
        match errors.read(&mut bytes)? {
            0 => break,
            read => reader.take(&bytes[..read], &mut tell),
        }
    }
    let success = child.wait()?.success();
    let said = reader.finish(&mut tell).trim_end().to_string();
    if !success {
        bail!("{said}\n`{}` failed", line(command));
    }
    Ok(said)
}

/// Separates what cargo says of its progress from everything else.
#[derive(Default)]
struct Reader {
    /// The line so far.
    line: Vec<u8>,
    /// Everything else.
    said: String,
}

impl Reader {
    fn take(&mut self, bytes: &[u8], tell: &mut impl FnMut(Step)) {
        for byte in bytes {
            match byte {
                b'\n' => self.end_line(tell),
                // The progress bar is drawn over; what the compiler says is not.
                b'\r' => {
                    if let Some(step) = status(&self.line_text()).and_then(step) {
                        tell(step);
                    }
                    self.line.clear();
                }
                byte => self.line.push(*byte),
            }
        }
    }

    fn end_line(&mut self, tell: &mut impl FnMut(Step)) {
        let line = self.line_text();
        self.line.clear();
        match status(&line) {
            Some(status) => step(status).into_iter().for_each(tell),
            None => {
                self.said.push_str(&line);
                self.said.push('\n');
            }
        }
    }

    fn line_text(&self) -> String {
        String::from_utf8_lossy(&self.line).into_owned()
    }

    /// What was said.
    fn finish(mut self, tell: &mut impl FnMut(Step)) -> String {
        if !self.line.is_empty() {
            self.end_line(tell);
        }
        self.said
    }
}

/// Word and rest of a line about cargo's progress: the word ends at the twelfth column.
fn status(line: &str) -> Option<(&str, &str)> {
    let (word, rest) = (line.get(..12)?.trim_start(), line.get(12..)?);
    let is_word = word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    (is_word && rest.starts_with(' ')).then(|| (word, rest.trim()))
}

fn step((word, rest): (&str, &str)) -> Option<Step> {
    match word {
        "Building" => {
            // Building [=====>          ] 12/34: serde, burn-tensor
            let (done, rest) = rest.split_once("] ")?.1.split_once('/')?;
            let total = rest.split(|c: char| !c.is_ascii_digit()).next()?;
            Some(Step::Crates { done: done.parse().ok()?, total: total.parse().ok()? })
        }
        "Updating" | "Downloading" | "Downloaded" => Some(Step::Fetching),
        "Blocking" => Some(Step::Waiting),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps told, and what else was said.
    fn read(output: &str, chunk: usize) -> (Vec<Step>, String) {
        let mut steps = Vec::new();
        let mut reader = Reader::default();
        for bytes in output.as_bytes().chunks(chunk) {
            reader.take(bytes, &mut |step| steps.push(step));
        }
        let said = reader.finish(&mut |step| steps.push(step));
        (steps, said)
    }

    const FAILING: &str = "    Blocking waiting for file lock on build directory\n\
        \x20 Downloaded serde v1.0.0\n   Compiling pb v0.1.0 (/pb)\n\
        \x20   Building [===>                         ] 3/12: pb(bin), serde              \r\
        error[E0308]: mismatched types\n --> src/main.rs:1:25\n  |\n\
        1 | fn main(){ let x: i32 = \"ä\"; }\n\
        \x20   Building [=======================>     ] 11/12: pb(bin)                    \r\
        error: could not compile `pb`";

    #[test]
    fn progress_is_told_and_kept_out_of_what_was_said() {
        let crates = |done| Step::Crates { done, total: 12 };
        // However the pipe cuts it.
        for chunk in [1, 7, 4096] {
            let (steps, said) = read(FAILING, chunk);
            assert_eq!(steps, [Step::Waiting, Step::Fetching, crates(3), crates(11)]);
            assert!(said.starts_with("error[E0308]: mismatched types\n --> src"), "{said}");
            assert!(said.contains("\"ä\"") && said.ends_with("could not compile `pb`\n"), "{said}");
            assert!(!said.contains("Building") && !said.contains("Compiling"), "{said}");
        }
    }

    #[test]
    fn a_bar_of_another_form_is_passed_over() {
        assert_eq!(read("    Building [==>   ] almost there\r    Building\r", 4096), (vec![], String::new()));
    }

    #[test]
    fn a_failing_cargo_is_an_error_with_what_it_said() {
        let error = run(Command::new("cargo").arg("no-such-command"), &|_| ()).unwrap_err().to_string();
        assert!(error.contains("no-such-command") && error.contains("failed"), "{error}");
    }
}
