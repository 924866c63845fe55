//! How long each group of checks took, as a table.

use super::check;
use super::counts::Counts;
use anyhow::Result;
use std::fmt;
use std::time::{Duration, Instant};

/// Times by the names of their groups, in the order in which these began. What runs side by side counts for each, so that
/// all together took less than their sum.
pub struct Times {
    began: Instant,
    groups: Vec<(&'static str, Duration)>,
}

impl Times {
    /// No times yet; from now on counts how long all take.
    pub fn begin() -> Self {
        Self { began: Instant::now(), groups: Vec::new() }
    }

    /// Adds the times of what ran beside.
    pub fn join(&mut self, beside: Self) {
        for (group, time) in beside.groups {
            self.add(group, time);
        }
    }

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
        match self.groups.iter_mut().find(|(other, _)| *other == group) {
            Some((_, sum)) => *sum += time,
            None => self.groups.push((group, time)),
        }
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (group, time) in self.groups.iter().chain(&[("all", self.began.elapsed())]) {
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
        let [mut times, mut beside] = [Times::begin(), Times::begin()];
        for (group, seconds) in [("format", 2), ("clippy", 60)] {
            times.add(group, Duration::from_secs(seconds));
        }
        beside.add("format", Duration::from_secs(3));
        times.join(beside);
        let table = times.to_string();
        let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[..2], [["format", "5.0", "s"], ["clippy", "60.0", "s"]]);
        assert_eq!((lines.len(), lines[2][0]), (3, "all"));
        assert!(table.lines().all(|line| Counts::of_line(line).is_none()));
    }
}
