//! Hands the files of the site to browsers on this machine, and tells them when there are new ones.
//!
//! The script that reloads a page is put in here, on the way: no file of the site has it.

use crate::terminal::{said, tell};
use crate::words;
use anyhow::{Context, Result};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::watch;
use tower_http::services::{ServeDir, ServeFile};

/// Where a page asks for news of the site.
const NEWS: &str = "/-/news";

/// What a reader sees until the book has been built for the first time.
const NOTHING_YET: &str = "<!DOCTYPE html><meta charset=\"utf-8\"><title>k8s-ladder</title><body style=\"font:18px/1.6 system-ui;margin:15vh auto;max-width:32em\">\
    <p lang=\"zh-CN\">书里有错误，还没有可以看的网站。终端里写着错在哪里、怎样改；改好保存，这里会自动刷新。</p>\
    <p lang=\"en\">The book has errors, so there is no site to show yet. Your terminal says where and what to do; save the fix, and this page reloads by itself.</p></body>";

/// A running server.
pub(super) struct Server {
    version: watch::Sender<u64>,
}

#[derive(Clone)]
struct Shown {
    site: PathBuf,
    version: watch::Receiver<u64>,
}

impl Server {
    /// Serves the files in `site` on a thread of its own.
    pub(super) fn start(listener: TcpListener, site: &Path) -> Result<Server> {
        // A page of an earlier server has an earlier version, and so reloads.
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |time| time.as_millis() as u64);
        let (sender, version) = watch::channel(now);
        let router = router(Shown {
            site: site.to_owned(),
            version,
        });
        let fault = || words::fault(words::language(), "fault.server", &[]);
        listener.set_nonblocking(true).with_context(fault)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .with_context(fault)?;
        thread::spawn(move || {
            let served = runtime.block_on(async {
                axum::serve(tokio::net::TcpListener::from_std(listener)?, router).await
            });
            if let Err(error) = served {
                tell(&said(&anyhow::Error::from(error).context(fault())));
            }
        });
        Ok(Server { version: sender })
    }

    /// Tells every open page that there are new files.
    pub(super) fn reload(&self) {
        self.version.send_modify(|version| *version += 1);
    }
}

fn router(shown: Shown) -> Router {
    let files =
        ServeDir::new(&shown.site).not_found_service(ServeFile::new(shown.site.join("404.html")));
    Router::new()
        .route(NEWS, get(news))
        .fallback_service(files)
        .layer(middleware::map_response_with_state(
            shown.clone(),
            reloading,
        ))
        .with_state(shown)
}

#[derive(Deserialize)]
struct Since {
    since: u64,
}

/// One server-sent event, as soon as there is a newer version than the page has.
async fn news(State(mut shown): State<Shown>, Query(Since { since }): Query<Since>) -> Response {
    let _ = shown.version.wait_for(|version| *version != since).await; // the server ends: so does the answer
    (
        [(header::CONTENT_TYPE, "text/event-stream")],
        "data: reload\n\n",
    )
        .into_response()
}

/// Puts the script that reloads into a page.
async fn reloading(State(shown): State<Shown>, response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    head.headers
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let is_page = head
        .headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let nothing_yet =
        head.status == StatusCode::NOT_FOUND && !shown.site.join("index.html").exists();
    if !is_page && !nothing_yet {
        return Response::from_parts(head, body);
    }
    let page = if nothing_yet {
        NOTHING_YET.into()
    } else {
        to_bytes(body, usize::MAX).await.unwrap_or_default()
    };
    let version = *shown.version.borrow();
    let script = format!(
        "<script>new EventSource(\"{NEWS}?since={version}\").onmessage = () => location.reload();</script>\n"
    );
    head.headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, Body::from([&page[..], script.as_bytes()].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::time::Duration;

    fn ask(address: std::net::SocketAddr, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).expect("a server");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("a timeout");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        .expect("asked");
        stream
    }

    fn answer(mut stream: TcpStream) -> String {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    #[test]
    fn a_page_gets_the_script_and_learns_of_a_new_version() {
        let site = tempfile::tempdir().expect("a temporary folder");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let server = Server::start(listener, site.path()).expect("a server");
        assert!(answer(ask(address, "/")).contains("The book has errors"));

        std::fs::write(site.path().join("index.html"), "<p>k8s").expect("a page");
        std::fs::write(site.path().join("a.js"), "1").expect("a script");
        let page = answer(ask(address, "/"));
        assert!(
            page.starts_with("HTTP/1.1 200") && page.contains("<p>k8s<script>"),
            "{page}"
        );
        assert!(!answer(ask(address, "/a.js")).contains("EventSource"));
        assert!(answer(ask(address, "/none.html")).starts_with("HTTP/1.1 404"));
        assert!(answer(ask(address, "/../../etc/passwd")).starts_with("HTTP/1.1 404"));

        let since = page
            .split("since=")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("a version")
            .to_owned();
        let waiting = ask(address, &format!("{NEWS}?since={since}"));
        server.reload();
        assert!(answer(waiting).contains("data: reload"));
    }
}
