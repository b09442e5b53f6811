//! The site under test: this repository's book, built once by the `ladder` binary, served over http and unpacked from its zip.

use crate::server;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The ways in which the site is read; tests that hold for both go through them all.
pub(crate) static WAYS: LazyLock<[Site; 2]> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let (built, unpacked) = (folder.join("site"), folder.join("unpacked"));
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the last run's site can go");
    }
    build(&built);
    unpack(&built.join("k8s-ladder-offline.zip"), &unpacked);
    let home = page_beside(&unpacked);
    [
        Site {
            home: server::serve(built.clone()),
            folder: built,
        },
        Site {
            home: format!("file://{}/", home.display()),
            folder: home,
        },
    ]
});

/// A site that can be opened.
pub(crate) struct Site {
    /// The address of its root, with a `/` at its end.
    pub(crate) home: String,
    /// Its files.
    pub(crate) folder: PathBuf,
}

impl Site {
    /// The site over http.
    pub(crate) fn served() -> &'static Site {
        &WAYS[0]
    }

    /// The address of a page.
    pub(crate) fn url(&self, page: &str) -> String {
        format!("{}{page}", self.home)
    }

    /// Every page of both languages and the front page: `zh/index.html`.
    pub(crate) fn pages(&self) -> Vec<String> {
        let mut pages = vec!["index.html".to_owned()];
        for language in ["zh", "en"] {
            let files =
                fs::read_dir(self.folder.join(language)).expect("each language has a folder");
            let names = files
                .flatten()
                .filter_map(|file| file.file_name().into_string().ok());
            let read = |name: &String| {
                name.ends_with(".html") && !["404.html", "toc.html"].contains(&name.as_str())
            };
            pages.extend(names.filter(read).map(|name| format!("{language}/{name}")));
        }
        pages.sort();
        pages
    }
}

/// The root of the repository.
pub(crate) fn book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the repository is there")
}

fn build(output: &Path) {
    let ladder = Command::new(env!("CARGO_BIN_EXE_ladder"))
        .args(["build", "--offline", "--output"])
        .arg(output)
        .current_dir(book())
        .output();
    let ladder = ladder.expect("`ladder` starts");
    assert!(
        ladder.status.success(),
        "`ladder build --offline` fails:\n{}",
        String::from_utf8_lossy(&ladder.stderr)
    );
}

fn unpack(zip: &Path, folder: &Path) {
    let file = fs::File::open(zip).unwrap_or_else(|error| panic!("{}: {error}", zip.display()));
    zip::ZipArchive::new(file)
        .and_then(|mut zip| zip.extract(folder))
        .expect("the zip unpacks");
}

/// The folder in which the unpacked `index.html` lies: the only folder of the zip, or its root.
fn page_beside(unpacked: &Path) -> PathBuf {
    if unpacked.join("index.html").is_file() {
        return unpacked.to_owned();
    }
    let inside: Vec<PathBuf> = fs::read_dir(unpacked)
        .expect("the zip holds files")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    inside
        .into_iter()
        .find(|folder| folder.join("index.html").is_file())
        .expect("the zip holds an index.html")
}
