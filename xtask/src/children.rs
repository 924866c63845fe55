//! The programs that xtask runs end with it: on Ctrl+C, and when it is told to end.

use anyhow::{Context, Result};
use std::process::{Child, Command};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Process ids of what is running.
static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// Keeps a program on the list of those that end with xtask.
pub struct Registered(u32);

/// Starts a program, in a process group of its own where there are such: what it starts in turn (cargo's compilers)
/// is in there too, and can be ended with it.
///
/// # Errors
/// When the program cannot be started.
pub fn start(command: &mut Command) -> Result<(Child, Registered)> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let name = command.get_program().to_string_lossy().into_owned();
    // Held while it starts, so that nothing starts unseen while everything is being ended.
    let mut running = running();
    let child = command.spawn().with_context(|| format!("cannot start `{name}`"))?;
    running.push(child.id());
    let id = child.id();
    Ok((child, Registered(id)))
}

impl Drop for Registered {
    fn drop(&mut self) {
        running().retain(|id| *id != self.0);
    }
}

/// From now on Ctrl+C and the request to end (SIGTERM) end everything that was started, and xtask itself.
///
/// # Errors
/// When the system takes no handlers.
pub fn end_with_this() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    std::thread::spawn(move || {
        let Ok(code) = runtime.block_on(asked_to_end()) else { return };
        // Never given back: nothing new starts.
        let running = running();
        end(&running);
        println!(
            "\nstopped{}",
            if running.is_empty() { "" } else { "; what was begun goes on at the next start" }
        );
        std::process::exit(code);
    });
    Ok(())
}

/// Ends programs and what they have started.
#[cfg(unix)]
fn end(ids: &[u32]) {
    use rustix::process::{Pid, Signal, kill_process_group};
    for pid in ids.iter().filter_map(|id| Pid::from_raw(*id as i32)) {
        // One that has just ended by itself is no error.
        let _ = kill_process_group(pid, Signal::TERM);
    }
}

/// Elsewhere Ctrl+C reaches every program of the terminal by itself.
#[cfg(not(unix))]
fn end(_: &[u32]) {}

/// Waits until xtask is asked to end; answers the exit code that says so.
#[cfg(unix)]
async fn asked_to_end() -> std::io::Result<i32> {
    use std::task::Poll;
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(std::future::poll_fn(|context| {
        if interrupt.poll_recv(context).is_ready() {
            return Poll::Ready(130);
        }
        terminate.poll_recv(context).map(|_| 143)
    })
    .await)
}

#[cfg(not(unix))]
async fn asked_to_end() -> std::io::Result<i32> {
    tokio::signal::ctrl_c().await.map(|()| 130)
}

fn running() -> MutexGuard<'static, Vec<u32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::io::Read;
    use std::process::Stdio;

    #[test]
    fn what_a_program_has_started_ends_with_it() {
        // The inner program holds the pipe open: it is read to its end only when both are gone.
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 600 & echo begun; wait"]).stdout(Stdio::piped());
        let (mut child, registered) = start(&mut command).unwrap();
        let mut output = child.stdout.take().unwrap();
        let mut begun = [0; 6];
        output.read_exact(&mut begun).unwrap();
        assert!(running().contains(&child.id()));
        end(&[child.id()]);
        let mut rest = String::new();
        output.read_to_string(&mut rest).unwrap();
        assert!(!child.wait().unwrap().success());
        drop(registered);
        assert!(!running().contains(&child.id()));
    }
}
