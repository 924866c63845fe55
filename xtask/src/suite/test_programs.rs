//! The programs that hold the native tests, side by side: `cargo test` runs one after another, and while the last long test
//! of one runs alone, the other cores wait.

use super::counts::Counts;
use crate::command::{Finished, exists, finish, program};
use crate::stage;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// A program of tests as cargo has built it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestProgram {
    /// Its target, such as `sequences`.
    pub name: String,
    /// The program.
    pub executable: PathBuf,
    /// The folder of its crate, in which cargo starts tests.
    pub folder: PathBuf,
}

/// Programs that begin first: they take longest, and what is short fills the end.
const LONGEST: [&str; 3] = ["sequences", "movies", "vision"];

/// The programs that `cargo test --no-run --message-format json` tells of, in the order in which they are to begin.
///
/// # Errors
/// When a message has another form.
pub fn of_messages(messages: &str) -> Result<Vec<TestProgram>> {
    let mut programs = Vec::new();
    for line in messages.lines().filter(|line| line.starts_with('{')) {
        let message: Value = serde_json::from_str(line).context("cargo wrote a message that is no JSON")?;
        if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
            continue;
        }
        let Some(executable) = message["executable"].as_str() else { continue };
        let text =
            |value: &Value| value.as_str().map(str::to_string).context("a message of cargo lacks a text");
        let target = text(&message["target"]["name"])?;
        let manifest = PathBuf::from(text(&message["manifest_path"])?);
        let folder = manifest.parent().context("a crate's file stands in no folder")?.to_path_buf();
        programs.push(TestProgram { name: target, executable: executable.into(), folder });
    }
    // Sorted without changing places among equals.
    programs.sort_by_key(|program| {
        LONGEST.iter().position(|name| *name == program.name).unwrap_or(LONGEST.len())
    });
    Ok(programs)
}

/// Runs programs, `at_once` of them at a time, with variables of the environment; answers how many tests passed and failed,
/// and what the programs said of which some failed.
pub fn run(
    programs: Vec<TestProgram>,
    at_once: usize,
    variables: &[(&str, PathBuf)],
) -> (Counts, Vec<String>) {
    let line = stage::mine();
    let waiting = Mutex::new(VecDeque::from(programs));
    let ended = Mutex::new((Counts::default(), Vec::new()));
    thread::scope(|scope| {
        for _ in 0..at_once.max(1) {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                    let Some(tests) = next else { break };
                    stage::note_on(line, format!("running {}", tests.name));
                    let (counts, said) = one(&tests, variables);
                    let mut ended = ended.lock().unwrap_or_else(PoisonError::into_inner);
                    ended.0 += counts;
                    ended.1.extend(said);
                }
            });
        }
    });
    ended.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Runs one program; answers its counts, and what it said if it failed.
fn one(tests: &TestProgram, variables: &[(&str, PathBuf)]) -> (Counts, Option<String>) {
    let mut command = yielding(tests);
    command.arg("--quiet").envs(variables.iter().map(|(name, value)| (name, value)));
    // As cargo has it when it runs tests.
    command.env("CARGO_MANIFEST_DIR", &tests.folder);
    match finish(&mut command) {
        Ok(finished) => judge(&tests.name, &finished),
        Err(error) => (Counts::FAILED, Some(format!("{}: {error:#}", tests.name))),
    }
}

/// A program of tests that lets others go first: beside it modules are compiled, one crate after another for a good part of
/// the time, and the tests have work for whatever core is left.
fn yielding(tests: &TestProgram) -> Command {
    if !exists("nice") {
        return program(&tests.executable, &tests.folder);
    }
    let mut command = program("nice", &tests.folder);
    command.args(["-n", "10"]).arg(&tests.executable);
    command
}

/// A program that fails without a failed test, because it crashed or never began, counts as one.
fn judge(name: &str, finished: &Finished) -> (Counts, Option<String>) {
    let mut counts = Counts::of_cargo(&finished.stdout).unwrap_or_default();
    if finished.success && counts.failed == 0 {
        return (counts, None);
    }
    counts.failed = counts.failed.max(1);
    (counts, Some(format!("{name}:\n{}", finished.output())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(success: bool, stdout: &str) -> Finished {
        Finished { success, stdout: stdout.into(), stderr: "and this".into() }
    }

    #[test]
    fn the_longest_come_first_and_what_is_no_test_is_left_out() {
        let artifact = |name: &str, test: bool, executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"/book/Cargo.toml","profile":{{"test":{test}}},"target":{{"name":"{name}"}},"executable":{executable}}}"#
            )
        };
        let messages = [
            artifact("emberbook", true, r#""/target/emberbook-1""#),
            artifact("serde", false, "null"),
            artifact("example", false, r#""/target/example""#),
            artifact("vision", true, r#""/target/vision-1""#),
            r#"{"reason":"build-finished","success":true}"#.to_string(),
        ];
        let programs = of_messages(&messages.join("\n")).unwrap();
        let names: Vec<&str> = programs.iter().map(|program| program.name.as_str()).collect();
        assert_eq!(names, ["vision", "emberbook"]);
        assert_eq!(programs[0].executable, PathBuf::from("/target/vision-1"));
        assert_eq!(programs[0].folder, PathBuf::from("/book"));
        assert!(of_messages("{").is_err());
    }

    #[test]
    fn a_program_that_crashes_counts_as_one_failed_test() {
        let passed = "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(judge("movies", &finished(true, passed)), (Counts::of_cargo(passed).unwrap(), None));
        let (counts, said) = judge("movies", &finished(false, "running 3 tests\n"));
        assert_eq!(counts.failed, 1);
        assert_eq!(said.as_deref(), Some("movies:\nrunning 3 tests\nand this"));
    }

    #[cfg(unix)]
    #[test]
    fn all_are_run_and_those_that_fail_are_told() {
        let named = |name: &str, executable: &str| TestProgram {
            name: name.into(),
            executable: executable.into(),
            folder: "/".into(),
        };
        let programs =
            vec![named("a", "/bin/true"), named("b", "/bin/false"), named("c", "/no/such/program")];
        let (counts, said) = run(programs, 2, &[]);
        assert_eq!((counts.passed, counts.failed), (0, 2));
        assert_eq!(said.len(), 2);
    }
}
