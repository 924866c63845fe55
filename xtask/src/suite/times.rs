//! How long each group of checks took, as a table.

use super::check;
use super::counts::Counts;
use anyhow::Result;
use std::fmt;
use std::time::{Duration, Instant};

/// Times by the names of their groups, in the order in which these began.
#[derive(Default)]
pub struct Times(Vec<(&'static str, Duration)>);

impl Times {
    /// Does some work and adds its time to a group.
    pub fn measure<T>(&mut self, group: &'static str, work: impl FnOnce() -> T) -> T {
        let clock = Instant::now();
        let result = work();
        self.add(group, clock.elapsed());
        result
    }

    /// Runs a check on a line of its own and adds its time to a group.
    pub fn check(
        &mut self,
        group: &'static str,
        name: &str,
        work: impl FnOnce() -> Result<Counts>,
    ) -> Counts {
        self.measure(group, || check(name, work))
    }

    fn add(&mut self, group: &'static str, time: Duration) {
        match self.0.iter_mut().find(|(other, _)| *other == group) {
            Some((_, sum)) => *sum += time,
            None => self.0.push((group, time)),
        }
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Duration = self.0.iter().map(|(_, time)| *time).sum();
        for (group, time) in self.0.iter().chain(&[("all", all)]) {
            writeln!(f, "{group:<16}{:>9.1} s", time.as_secs_f64())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_of_a_group_are_added_up() {
        let mut times = Times::default();
        for (group, seconds) in [("format", 2), ("clippy", 60), ("format", 3)] {
            times.add(group, Duration::from_secs(seconds));
        }
        let table = times.to_string();
        let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines, [["format", "5.0", "s"], ["clippy", "60.0", "s"], ["all", "65.0", "s"]]);
        assert!(table.lines().all(|line| Counts::of_line(line).is_none()));
    }
}
