//! `ladder serve`: builds, shows the site to this machine, and builds and reloads again on every save.
//!
//! Knows what happens when. How pages reach the browser is `serve/server.rs`, what counts as a save `serve/watch.rs`. A book
//! with errors keeps showing its last good site.

mod server;
mod watch;

use crate::build::{self, Built, interrupt};
use crate::cli::ServeOptions;
use crate::report::{self, Style};
use crate::{Outcome, check};
use anyhow::{Context, Result};
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
    let style = Style::text(options.speech.language());
    build_and_tell(&root, &output, &style);
    let server = Server::start(listener, &output)?;
    eprintln!("serving {address} (Ctrl-C ends)");
    if options.open
        && let Err(error) = opener::open_browser(&address)
    {
        eprintln!("no browser could be opened: {error}\nOpen {address} yourself.");
    }
    while let Ok(Event::Saved) = events.recv() {
        if watch::settled(&events) == Some(Event::Stop) {
            break;
        }
        if build_and_tell(&root, &output, &style) {
            server.reload();
        }
    }
    Ok(Outcome::Clean)
}

/// Whether there is a new site. What is wrong can be put right while this goes on, also a fault of the machine.
fn build_and_tell(root: &Path, output: &Path, style: &Style) -> bool {
    let told = match build::site(root, output, false) {
        Ok(Built::Written) => return true,
        Ok(Built::Interrupted) => Ok(()),
        Ok(Built::Wrong(checked)) => report::print(&checked, style)
            .map(|()| eprintln!("the last good site stays; waiting for a save")),
        Err(error) => Err(error),
    };
    if let Err(error) = told {
        eprintln!("{}", crate::said(&error));
    }
    false
}

fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).with_context(|| match port.checked_add(1) {
        Some(next) => format!("port {port} cannot be used\nStop what uses it, or take another: ladder serve --port {next}"),
        None => format!("port {port} cannot be used\nStop what uses it, or take another with --port."),
    })
}
