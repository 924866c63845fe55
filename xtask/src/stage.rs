//! One line per stage: its name, while it works for how long and how far it is, then the time it took.
//!
//! On a terminal the line is drawn anew every second. Elsewhere there are no control characters: a stage that takes
//! long adds a line every 15 seconds.

use anyhow::Result;
use std::cell::RefCell;
use std::io::{IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Time between two looks at a stage.
const TICK: Duration = Duration::from_secs(1);
/// Time between two lines where lines cannot be drawn anew.
const PLAIN_TICK: Duration = Duration::from_secs(15);

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
    let (result, _) = watched(name, work, |result, time| match result {
        Ok(Outcome::Done) => time.to_string(),
        Ok(Outcome::UpToDate) => "up to date".to_string(),
        Err(_) => format!("failed after {time}"),
    });
    result.map(|_| ())
}

/// Does some work with a line of its own, which ends with what `end` makes of the result and the time; answers how
/// long it took.
pub fn watched<T>(
    name: &str,
    work: impl FnOnce() -> T,
    end: impl FnOnce(&T, &str) -> String,
) -> (T, Duration) {
    let clock = Instant::now();
    let id = open(Line::new(name, std::io::stdout().is_terminal()));
    MINE.with_borrow_mut(|mine| mine.push(id));
    let (done, is_done) = mpsc::channel::<()>();
    let ticker = std::thread::spawn(move || {
        while is_done.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
            tick(id, clock.elapsed());
        }
    });
    let result = work();
    let time = clock.elapsed();
    drop(done);
    let _ = ticker.join();
    MINE.with_borrow_mut(Vec::pop);
    close(id, &end(&result, &seconds(time)));
    (result, time)
}

thread_local! {
    /// The stages that this thread has begun, the innermost last: others may run beside them.
    static MINE: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// The innermost stage that this thread has begun, for threads that work at it ([`note_on`]).
pub fn mine() -> Option<u64> {
    MINE.with_borrow(|mine| mine.last().copied())
}

/// Says how far the innermost stage is that this thread has begun, such as `12 of 34 crates`; a thread without one speaks
/// for the innermost of all.
pub fn note(text: impl Into<String>) {
    note_on(mine(), text);
}

/// Says how far a stage is that another thread has begun.
pub fn note_on(mine: Option<u64>, text: impl Into<String>) {
    let mut open = stages();
    let place = mine.and_then(|id| open.iter().position(|(other, _)| *other == id));
    let line = match place {
        Some(place) => open.get_mut(place),
        None => open.last_mut(),
    };
    if let Some((_, line)) = line {
        line.note = text.into();
    }
}

/// A time for a line.
pub fn seconds(time: Duration) -> String {
    format!("{:6.1} s", time.as_secs_f64())
}

/// The stages at work, the innermost last: it alone is drawn.
static OPEN: Mutex<Vec<(u64, Line)>> = Mutex::new(Vec::new());

fn open(mut line: Line) -> u64 {
    let mut open = stages();
    let interrupted = open.last_mut().map(|(_, outer)| outer.interrupt()).unwrap_or_default();
    print(&(interrupted + &line.begin()));
    let id = open.last().map_or(0, |(id, _)| id + 1);
    open.push((id, line));
    id
}

fn tick(id: u64, elapsed: Duration) {
    let mut open = stages();
    if let Some((last, line)) = open.last_mut()
        && *last == id
    {
        print(&line.tick(elapsed));
    }
}

fn close(id: u64, text: &str) {
    let mut open = stages();
    if let Some(place) = open.iter().position(|(other, _)| *other == id) {
        let (_, line) = open.remove(place);
        // One that began beside it may stand there without its end.
        let interrupted = open.last_mut().map(|(_, other)| other.interrupt()).unwrap_or_default();
        print(&(interrupted + &line.end(text)));
    }
}

fn print(text: &str) {
    print!("{text}");
    // Only the look of the terminal depends on it.
    let _ = std::io::stdout().flush();
}

fn stages() -> MutexGuard<'static, Vec<(u64, Line)>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The line of one stage: its methods answer what is to be printed.
struct Line {
    name: String,
    is_terminal: bool,
    /// Whether what was printed last is this line, without its end.
    is_open: bool,
    /// When a line was added last, where it cannot be drawn anew.
    told: Duration,
    /// How far the stage is.
    note: String,
}

impl Line {
    fn new(name: &str, is_terminal: bool) -> Self {
        Self {
            name: name.to_string(),
            is_terminal,
            is_open: false,
            told: Duration::ZERO,
            note: String::new(),
        }
    }

    fn begin(&mut self) -> String {
        self.is_open = true;
        format!("{:<44} ", self.name)
    }

    fn tick(&mut self, elapsed: Duration) -> String {
        let note = if self.note.is_empty() { String::new() } else { format!(", {}", self.note) };
        if self.is_terminal {
            self.is_open = true;
            return format!("\r{:<44} {}{note}\x1b[K", self.name, seconds(elapsed));
        }
        if elapsed < self.told + PLAIN_TICK {
            return String::new();
        }
        self.told = elapsed;
        let end = self.interrupt();
        format!("{end}  {}: {:.0} s{note}\n", self.name, elapsed.as_secs_f64())
    }

    /// Ends the line as it stands, because another comes.
    fn interrupt(&mut self) -> String {
        if std::mem::take(&mut self.is_open) { "\n".to_string() } else { String::new() }
    }

    fn end(self, text: &str) -> String {
        match (self.is_open, self.is_terminal) {
            (true, true) => format!("\r{:<44} {text}\x1b[K\n", self.name),
            (true, false) => format!("{text}\n"),
            (false, _) => format!("{:<44} {text}\n", self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn on_a_terminal_the_line_is_drawn_anew() {
        let mut line = Line::new("compile", true);
        assert_eq!(line.begin().trim_end(), "compile");
        line.note = "3 of 9 crates".into();
        let drawn = line.tick(after(2));
        assert!(drawn.starts_with("\rcompile") && drawn.ends_with("2.0 s, 3 of 9 crates\x1b[K"), "{drawn:?}");
        let end = line.end("   2.5 s");
        assert!(end.starts_with("\rcompile") && end.ends_with("2.5 s\x1b[K\n"), "{end:?}");
    }

    #[test]
    fn elsewhere_a_line_is_added_now_and_then_without_control_characters() {
        let mut line = Line::new("compile", false);
        let mut printed = line.begin();
        for second in 1..=40 {
            line.note = format!("{second} of 99 crates");
            printed += &line.tick(after(second));
        }
        printed += &line.end("  40.5 s");
        let lines: Vec<&str> = printed.lines().map(str::trim_end).collect();
        let end = format!("{:<44}   40.5 s", "compile");
        assert_eq!(
            lines,
            ["compile", "  compile: 15 s, 15 of 99 crates", "  compile: 30 s, 30 of 99 crates", &end]
        );
        assert!(!printed.contains(['\r', '\x1b']));
    }

    #[test]
    fn a_short_stage_has_one_line() {
        let mut line = Line::new("pages", false);
        let printed = line.begin() + &line.tick(after(1)) + &line.end("   1.2 s");
        assert_eq!(printed, format!("{:<44}    1.2 s\n", "pages"));
    }

    #[test]
    fn a_stage_within_another_ends_the_line_of_the_outer_one() {
        let mut outer = Line::new("Python", true);
        outer.begin();
        assert_eq!(outer.interrupt(), "\n");
        assert_eq!(outer.interrupt(), "");
        assert_eq!(outer.end("   9.0 s"), format!("{:<44}    9.0 s\n", "Python"));
    }
}
