//! `ladder serve`: builds, shows the site to this machine, and builds and reloads again on every save.
//!
//! Knows what happens when. How pages reach the browser is `serve/server.rs`, what counts as a save `serve/watch.rs`. A book
//! with errors keeps showing its last good site.

mod server;
mod watch;

use crate::build::{self, Built, interrupt};
use crate::cli::ServeOptions;
use crate::terminal::{said, tell};
use crate::words::{self, say};
use crate::{Outcome, check};
use anyhow::{Context, Result};
use ladder_manifest::Language;
use server::Server;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::mpsc;

/// What the loop below waits for.
#[derive(PartialEq, Eq)]
enum Event {
    /// A file of the book was saved.
    Saved,
    /// Ctrl-C.
    Stop,
}

/// Serves the book of the current folder until Ctrl-C.
pub(crate) fn run(options: &ServeOptions) -> Result<Outcome> {
    build::log_warnings();
    let root = check::book_root()?;
    let output = root.join(build::OUTPUT);
    let listener = listen(options.port)?;
    let address = format!("http://{}/", listener.local_addr()?);
    let (sender, events) = mpsc::channel();
    let stop = sender.clone();
    interrupt::listen(move || {
        let _ = stop.send(Event::Stop); // nobody listens any more: it is stopping already
    })?;
    let _watcher = watch::book(&root, sender)?;
    let language = options.speech.language();
    build(&root, &output, language);
    let server = Server::start(listener, &output)?;
    tell(&say(
        language,
        "serve.serving",
        &[("address", address.clone())],
    ));
    if options.open
        && let Err(error) = opener::open_browser(&address)
    {
        let fault = words::fault(language, "fault.browser", &[("address", address)]);
        tell(&said(&anyhow::Error::from(error).context(fault)));
    }
    while let Ok(Event::Saved) = events.recv() {
        if watch::settled(&events) == Some(Event::Stop) {
            break;
        }
        if build(&root, &output, language) {
            server.reload();
        }
    }
    Ok(Outcome::Clean)
}

/// Whether there is a new site. What is wrong can be put right while this goes on, also a fault of the machine.
fn build(root: &Path, output: &Path, language: Language) -> bool {
    match build::site(root, output, false, language) {
        Ok(Built::Written) => return true,
        Ok(Built::Interrupted) => return false,
        Ok(Built::Wrong) => {}
        Err(error) => tell(&said(&error)),
    }
    tell(&say(language, "serve.waiting", &[]));
    false
}

fn listen(port: u16) -> Result<TcpListener> {
    let fault = || {
        let next = port.checked_add(1).unwrap_or(3000);
        let arguments = [("port", port.to_string()), ("next", next.to_string())];
        words::fault(words::language(), "fault.port", &arguments)
    };
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).with_context(fault)
}
