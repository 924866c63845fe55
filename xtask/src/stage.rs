//! One line of progress per stage, with the time it took.

use anyhow::Result;
use std::io::Write;
use std::time::Instant;

/// What a stage had to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did its work.
    Done,
    /// Its result was there already.
    UpToDate,
}

/// Runs a stage and prints its name, then its time.
pub fn stage(name: &str, work: impl FnOnce() -> Result<Outcome>) -> Result<()> {
    let clock = begin(name);
    let result = work();
    match &result {
        Ok(Outcome::Done) => println!("{}", seconds(clock)),
        Ok(Outcome::UpToDate) => println!("up to date"),
        Err(_) => println!("failed after {}", seconds(clock)),
    }
    result.map(|_| ())
}

/// Prints the name of a stage and leaves the line open for its end.
pub fn begin(name: &str) -> Instant {
    print!("{name:<44} ");
    // Only the look of the terminal depends on it.
    let _ = std::io::stdout().flush();
    Instant::now()
}

/// Time since a stage began, for its line.
pub fn seconds(clock: Instant) -> String {
    format!("{:6.1} s", clock.elapsed().as_secs_f64())
}
