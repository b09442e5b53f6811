//! Starts a program and collects what it prints, in order, until it ends, the time is over, or somebody presses Ctrl-C.
//!
//! Knows neither kubectl nor pages. A program gets a process group of its own, so that Ctrl-C reaches `ladder` alone, which
//! then decides what is ended and cleaned up.

use super::target::Stopped;
use crate::build::interrupt;
use std::io::{self, PipeReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How a program is started.
pub(crate) struct Order<'o> {
    pub(crate) program: &'o str,
    pub(crate) arguments: &'o [String],
    pub(crate) folder: &'o Path,
    pub(crate) environment: &'o [(String, String)],
    pub(crate) input: &'o [u8],
    pub(crate) limit: Duration,
    /// Cleaning up goes on after Ctrl-C.
    pub(crate) in_spite_of_interrupt: bool,
}

/// What a program left behind.
pub(crate) struct Ended {
    pub(crate) status: i32,
    /// Standard output, with standard error among it where both were asked for as one.
    pub(crate) output: Vec<u8>,
    /// Standard error, where it was asked for apart.
    pub(crate) complaints: Vec<u8>,
}

/// Runs the program with standard output and standard error as one, as a terminal shows them.
pub(crate) fn run(order: &Order<'_>) -> Result<Ended, Stopped> {
    start(order, true)
}

/// Runs the program with standard error apart: what a pipe leads on is standard output only.
pub(crate) fn run_apart(order: &Order<'_>) -> Result<Ended, Stopped> {
    start(order, false)
}

fn start(order: &Order<'_>, together: bool) -> Result<Ended, Stopped> {
    let machine = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Stopped::Missing(order.program.to_owned()),
        _ => Stopped::Machine(error.to_string()),
    };
    let (output, output_end) = io::pipe().map_err(machine)?;
    let (complaints, complaints_end) = io::pipe().map_err(machine)?;
    let complaints_end = match together {
        true => {
            drop(complaints_end); // Its reader would wait for it.
            output_end.try_clone().map_err(machine)?
        }
        false => complaints_end,
    };
    let mut command = Command::new(order.program);
    command
        .args(order.arguments)
        .current_dir(order.folder)
        .envs(order.environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::piped())
        .stdout(output_end)
        .stderr(complaints_end);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(machine)?;
    drop(command); // It holds the pipes' other ends.
    feed(&mut child, order.input);
    let (output, complaints) = (Collected::of(output), Collected::of(complaints));
    match wait(&mut child, order) {
        Ok(status) => Ok(Ended {
            status: number(status),
            output: output.take(),
            complaints: complaints.take(),
        }),
        Err(Stopped::Hangs(_)) => Err(Stopped::Hangs(
            String::from_utf8_lossy(&output.take()).into_owned(),
        )),
        Err(stopped) => Err(stopped),
    }
}

/// A program that does not read its input to the end is none of our business.
fn feed(child: &mut Child, input: &[u8]) {
    let Some(mut pipe) = child.stdin.take() else {
        return;
    };
    let input = input.to_vec();
    thread::spawn(move || drop(pipe.write_all(&input)));
}

fn wait(child: &mut Child, order: &Order<'_>) -> Result<ExitStatus, Stopped> {
    let started = Instant::now();
    loop {
        let stopped = match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Err(error) => Stopped::Machine(error.to_string()),
            Ok(None) if interrupt::asked() && !order.in_spite_of_interrupt => Stopped::Interrupted,
            Ok(None) if started.elapsed() > order.limit => Stopped::Hangs(String::new()),
            Ok(None) => {
                thread::sleep(Duration::from_millis(10));
                continue;
            }
        };
        end(child);
        return Err(stopped);
    }
}

/// Ends the program and all that it started.
fn end(child: &mut Child) {
    #[cfg(target_os = "linux")]
    if let Some(group) = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// The exit status as a shell says it: 128 and the signal's number where a signal ended the program.
fn number(status: ExitStatus) -> i32 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return 128 + signal;
    }
    status.code().unwrap_or(-1)
}

/// What comes through a pipe, read as it comes.
struct Collected {
    bytes: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Collected {
    fn of(mut pipe: PipeReader) -> Collected {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&bytes);
        let reader = thread::spawn(move || {
            let mut piece = [0; 8192];
            while let Ok(length @ 1..) = pipe.read(&mut piece) {
                if let Ok(mut bytes) = kept.lock() {
                    bytes.extend_from_slice(&piece[..length]);
                }
            }
        });
        Collected { bytes, reader }
    }

    /// All that came. A program left in the background may hold the pipe open: it is not waited for.
    fn take(self) -> Vec<u8> {
        for _ in 0..50 {
            if self.reader.is_finished() {
                break;
            }
            thread::sleep(Duration::from_millis(10));
        }
        self.bytes
            .lock()
            .map(|bytes| bytes.clone())
            .unwrap_or_default()
    }
}
