//! `ladder serve` as a writer has it: a page, a save, the page anew; a mistake, and the last good page.
#![cfg(unix)]

mod build_book;

use build_book::{interrupt, ladder, said, small_book};
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

struct Served {
    process: Child,
    port: u16,
}

impl Served {
    fn start(book: &Path) -> Served {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let mut command = ladder(book, &["serve", "--port", &port.to_string()]);
        let process = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command runs");
        let served = Served { process, port };
        served.until("/zh/pods.html", |answer| !answer.is_empty());
        served
    }

    /// What the server answers; nothing while there is none.
    fn ask(&self, path: &str) -> String {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else {
            return String::new();
        };
        let mut answer = String::new();
        let asked = write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        );
        let read = asked.and_then(|()| stream.read_to_string(&mut answer));
        if read.is_ok() { answer } else { String::new() }
    }

    fn until(&self, path: &str, is_there: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let answer = self.ask(path);
            if is_there(&answer) {
                return answer;
            }
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "{path} still says: {answer}"
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn stop(mut self) -> Option<i32> {
        interrupt(self.process.id());
        self.process.wait().expect("it ends").code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill(); // it has ended, unless a test failed
    }
}

#[test]
fn a_save_is_seen_and_a_mistake_is_not() {
    let book = small_book();
    let page = book.path().join("src/zh/pods.md");
    let text = fs::read_to_string(&page).expect("a page");
    let served = Served::start(book.path());
    let first = served.until("/zh/pods.html", |answer| answer.contains("小心"));
    assert!(first.contains("EventSource"), "the page learns of news");

    fs::write(&page, text.replace("小心", "留神")).expect("saved");
    served.until("/zh/pods.html", |answer| answer.contains("留神"));

    fs::write(
        &page,
        text.replace("小心", "当真") + "\n```yaml\napiVersion: v1\nkind: Pod\nmetadata: [\n```\n",
    )
    .expect("saved");
    thread::sleep(Duration::from_millis(1500));
    assert!(
        served.ask("/zh/pods.html").contains("留神"),
        "the last good page stays"
    );

    fs::write(&page, text.replace("小心", "改好了")).expect("saved");
    served.until("/zh/pods.html", |answer| answer.contains("改好了"));

    let written = fs::read_to_string(book.path().join("book/zh/pods.html")).expect("a page");
    assert!(!written.contains("EventSource"), "the script is in no file");
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn a_book_that_was_never_right_is_shown_as_soon_as_it_is() {
    let book = small_book();
    let manifest = book.path().join("manifests/pods/pod.yaml");
    let right = fs::read_to_string(&manifest).expect("a manifest");
    fs::write(&manifest, "apiVersion: [").expect("saved");
    let served = Served::start(book.path());
    served.until("/", |answer| {
        answer.contains("The book has errors") && answer.contains("EventSource")
    });
    fs::write(&manifest, right).expect("saved");
    served.until("/", |answer| {
        answer.contains("k8s-ladder") && answer.starts_with("HTTP/1.1 200")
    });
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn a_port_that_is_taken_is_named_with_what_to_do() {
    let book = small_book();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let refused = ladder(book.path(), &["serve", "--port", &port])
        .output()
        .expect("the command runs");
    assert_eq!(refused.status.code(), Some(2));
    let said = said(&refused);
    assert!(
        said.contains(&format!("port {port}")) && said.contains("--port"),
        "{said}"
    );
}
