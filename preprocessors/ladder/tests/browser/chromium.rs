//! A reader: one Chromium with one tab, which writes down everything that goes wrong in it.
//!
//! Knows the browser's protocol, nothing of the book.

use headless_chrome::protocol::cdp::types::{Event, Method};
use headless_chrome::protocol::cdp::{Log, Network};
use headless_chrome::{Browser, LaunchOptions, Tab};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeSet, HashMap};
use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a page may take for anything.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser with one tab. Ends with the value.
pub(crate) struct Reader {
    tab: Arc<Tab>,
    notes: Arc<Mutex<Notes>>,
    _browser: Browser,
    /// Where the browser keeps its profile; it leaves things behind when it is ended.
    _scratch: TempDir,
}

#[derive(Default)]
struct Notes {
    /// Errors and warnings of the console, exceptions, requests that failed.
    troubles: Vec<String>,
    /// Every address that was asked for.
    requests: BTreeSet<String>,
}

impl Reader {
    pub(crate) fn new() -> Reader {
        let path = executable();
        let scratch = tempfile::tempdir().expect("there is room for a profile");
        let temporary = ("TMPDIR".to_owned(), scratch.path().display().to_string());
        let options = LaunchOptions {
            path: Some(path.clone()),
            user_data_dir: Some(scratch.path().join("profile")),
            process_envs: Some(HashMap::from([temporary])),
            sandbox: false, // it refuses to run as root, as which containers run tests
            window_size: Some((1280, 900)),
            idle_browser_timeout: Duration::from_secs(300),
            args: ["--disable-component-update", "--no-default-browser-check"]
                .map(OsStr::new)
                .to_vec(),
            ..LaunchOptions::default()
        };
        let browser = Browser::new(options).unwrap_or_else(|error| {
            panic!("`{}` does not start as Chromium: {error}", path.display())
        });
        let tab = browser.new_tab().expect("Chromium opens a tab");
        let reader = Reader {
            tab,
            notes: Arc::default(),
            _browser: browser,
            _scratch: scratch,
        };
        reader.take_notes();
        reader
    }

    fn take_notes(&self) {
        let notes = Arc::clone(&self.notes);
        let listener = move |event: &Event| {
            let mut notes = notes.lock().expect("no listener panics");
            if let Event::NetworkRequestWillBeSent(event) = event {
                notes.requests.insert(event.params.request.url.clone());
            }
            notes.troubles.extend(trouble(event));
        };
        self.tab
            .add_event_listener(Arc::new(listener))
            .expect("the tab listens");
        self.call(Log::Enable(None));
        self.tab.enable_runtime().expect("the runtime reports");
        self.call(Network::Enable {
            max_total_buffer_size: None,
            max_resource_buffer_size: None,
            max_post_data_size: None,
            report_direct_socket_traffic: None,
            enable_durable_messages: None,
        });
    }

    /// Opens an address and waits until all of the page is there.
    pub(crate) fn open(&self, url: &str) {
        // From page to page of the same address only the fragment would change.
        self.tab
            .navigate_to("about:blank")
            .and_then(Tab::wait_until_navigated)
            .expect("an empty page opens");
        self.tab
            .navigate_to(url)
            .unwrap_or_else(|error| panic!("{url}: {error}"));
        self.wait(&format!(
            "location.href === {} && document.readyState === 'complete'",
            json(&url)
        ));
    }

    /// Opens an address where no script may run, so that the page cannot tell when it is there.
    pub(crate) fn open_unseen(&self, url: &str) {
        self.tab
            .navigate_to(url)
            .and_then(Tab::wait_until_navigated)
            .unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// The value of a JavaScript expression, which may `await`.
    pub(crate) fn value<T: DeserializeOwned>(&self, expression: &str) -> T {
        self.try_value(expression)
            .unwrap_or_else(|error| panic!("{error}\nin {}: {expression}", self.tab.get_url()))
    }

    fn try_value<T: DeserializeOwned>(&self, expression: &str) -> Result<T, String> {
        let script = format!(
            "(async () => {{ try {{ return JSON.stringify({{ ok: (await ({expression})) ?? null }}) }} catch (e) {{ return JSON.stringify({{ error: String(e) }}) }} }})()"
        );
        let result = self
            .tab
            .evaluate(&script, true)
            .map_err(|error| error.to_string())?;
        let text = result
            .value
            .as_ref()
            .and_then(|value| value.as_str())
            .ok_or("the script has no value")?;
        let mut answer: serde_json::Value =
            serde_json::from_str(text).map_err(|error| error.to_string())?;
        if let Some(error) = answer.get("error") {
            return Err(error.to_string());
        }
        serde_json::from_value(answer["ok"].take()).map_err(|error| error.to_string())
    }

    /// Waits until a JavaScript expression is true, also on a page that is yet to come.
    pub(crate) fn wait(&self, condition: &str) {
        let start = Instant::now();
        while self.try_value::<bool>(&format!("!!({condition})")) != Ok(true) {
            assert!(
                start.elapsed() < PATIENCE,
                "never came true: {condition}\nin {}",
                self.tab.get_url()
            );
            sleep(Duration::from_millis(20));
        }
    }

    /// Presses one key: `/`, `Enter`, `ArrowDown`.
    pub(crate) fn press(&self, key: &str) {
        self.tab.press_key(key).expect("a key that there is");
    }

    /// Types into whatever has the focus, key by key; Chinese comes in as from an input method.
    pub(crate) fn type_text(&self, text: &str) {
        self.tab.type_str(text).expect("the page takes text");
    }

    /// Clicks in the middle of the first element that a selector finds.
    pub(crate) fn click(&self, selector: &str) {
        self.tab
            .wait_for_element(selector)
            .and_then(|element| element.click().map(drop))
            .unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Gives the page this many CSS pixels to be laid out in.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        self.call(SetSize {
            width,
            height,
            device_scale_factor: 1.0,
            mobile: width < 600,
        });
    }

    /// Any other method of the protocol.
    pub(crate) fn call<M: Method + Serialize>(&self, method: M) -> M::ReturnObject {
        self.tab
            .call_method(method)
            .unwrap_or_else(|error| panic!("{}: {error}", M::NAME))
    }

    /// The HTML of an element that is to be seen, as the protocol tells it without running a script.
    pub(crate) fn text_of(&self, selector: &str) -> String {
        let element = self
            .tab
            .wait_for_element(selector)
            .unwrap_or_else(|error| panic!("{selector}: {error}"));
        let quad = element.get_box_model().expect("the element is laid out");
        assert!(
            quad.width > 0.0 && quad.height > 0.0,
            "{selector} is not to be seen"
        );
        element.get_content().expect("the element has content")
    }

    /// Fails if the console said anything, a request failed, or one went elsewhere than to addresses that begin with `home`.
    pub(crate) fn assert_quiet(&self, home: &str) {
        let notes = self.notes.lock().expect("no listener panics");
        assert!(
            notes.troubles.is_empty(),
            "the browser complains:\n{}",
            notes.troubles.join("\n")
        );
        let known = [home, "about:", "data:", "blob:"];
        let outside: Vec<&String> = notes
            .requests
            .iter()
            .filter(|url| !known.iter().any(|known| url.starts_with(known)))
            .collect();
        assert!(
            outside.is_empty(),
            "requests that leave the site: {outside:?}"
        );
        assert!(
            notes.requests.iter().any(|url| url.starts_with(home)),
            "nothing was asked of {home}: the notes are broken"
        );
    }
}

/// What an event says that should not have happened.
fn trouble(event: &Event) -> Option<String> {
    match event {
        Event::RuntimeConsoleAPICalled(event) => {
            let words: Vec<String> = event
                .params
                .args
                .iter()
                .map(|argument| format!("{:?} {:?}", argument.value, argument.description))
                .collect();
            Some(format!(
                "console.{:?}: {}",
                event.params.Type,
                words.join(" ")
            ))
        }
        Event::RuntimeExceptionThrown(event) => {
            let details = &event.params.exception_details;
            let description = details
                .exception
                .as_ref()
                .and_then(|exception| exception.description.clone())
                .unwrap_or_default();
            Some(format!(
                "{} {} {description}",
                details.url.clone().unwrap_or_default(),
                details.text
            ))
        }
        Event::LogEntryAdded(event) => {
            let entry = &event.params.entry;
            Some(format!(
                "{:?}: {} {}",
                entry.level,
                entry.text,
                entry.url.clone().unwrap_or_default()
            ))
        }
        Event::NetworkLoadingFailed(event) if event.params.canceled != Some(true) => {
            Some(format!("a request failed: {}", event.params.error_text))
        }
        Event::NetworkResponseReceived(event) if event.params.response.status >= 400 => {
            Some(format!(
                "{}: {}",
                event.params.response.status, event.params.response.url
            ))
        }
        _ => None,
    }
}

/// `LADDER_CHROMIUM`, or the first of the usual names on `PATH`.
fn executable() -> PathBuf {
    if let Some(path) = env::var_os("LADDER_CHROMIUM").filter(|path| !path.is_empty()) {
        return path.into();
    }
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
    ];
    let folders: Vec<PathBuf> = env::var_os("PATH")
        .map(|path| env::split_paths(&path).collect())
        .unwrap_or_default();
    let found = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file());
    found.unwrap_or_else(|| {
        panic!("no Chromium on PATH: `apt-get install chromium`, or set LADDER_CHROMIUM to one")
    })
}

/// A value as JavaScript reads it.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("a test's value is JSON")
}

/// `Emulation.setDeviceMetricsOverride` without its twenty options.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SetSize {
    width: u32,
    height: u32,
    device_scale_factor: f64,
    mobile: bool,
}

impl Method for SetSize {
    const NAME: &'static str = "Emulation.setDeviceMetricsOverride";
    type ReturnObject = serde_json::Value;
}
