//! The folder aside in which a site is made, and the moment in which it takes the place of the last one.
//!
//! Knows folders, not what is in them. Whatever happens before that moment, the last site stays as it is; the folder aside
//! goes away in any case.

use super::fault;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What tells a site of ours from any other folder, which must not be replaced.
const OF_A_SITE: [&str; 3] = ["index.html", "zh", "en"];

/// A folder beside the one that it will replace: on the same disk, so that it can be moved in one step.
pub(crate) struct Aside {
    scratch: TempDir,
    output: PathBuf,
}

impl Aside {
    /// Makes the folder. Refuses to replace a folder that is no site.
    pub(crate) fn beside(output: &Path) -> Result<Aside> {
        let output = fs::canonicalize(output)
            .or_else(|_| std::path::absolute(output))
            .with_context(|| fault("fault.folder", output))?;
        if !may_be_replaced(&output) {
            return Err(fault("fault.folder-of-others", &output));
        }
        let Some(parent) = output.parent().map(Path::to_owned) else {
            return Err(fault("fault.folder", &output));
        };
        let not_writable = || fault("fault.folder-write", &parent);
        fs::create_dir_all(&parent).with_context(not_writable)?;
        let scratch = tempfile::Builder::new()
            .prefix(".ladder-")
            .tempdir_in(&parent)
            .with_context(not_writable)?;
        let aside = Aside { scratch, output };
        fs::create_dir(aside.folder()).with_context(not_writable)?;
        Ok(aside)
    }

    /// Where to write the site.
    pub(crate) fn folder(&self) -> PathBuf {
        self.scratch.path().join("site")
    }

    /// Puts the site in the place of the last one.
    pub(crate) fn swap(self) -> Result<()> {
        let site = self.folder();
        let moved = if !self.output.exists() {
            fs::rename(&site, &self.output)
        } else {
            exchange(&site, &self.output).or_else(|_| self.replace(&site))
        };
        moved.with_context(|| fault("fault.swap", &self.output))
    }

    /// In two steps, where the system cannot exchange two folders in one.
    fn replace(&self, site: &Path) -> std::io::Result<()> {
        let last = self.scratch.path().join("last");
        fs::rename(&self.output, &last)?;
        fs::rename(site, &self.output).inspect_err(|_| {
            let _ = fs::rename(&last, &self.output); // the reason why it failed is told, the last site is back
        })
    }
}

fn may_be_replaced(output: &Path) -> bool {
    let Ok(mut entries) = fs::read_dir(output) else {
        return !output.exists();
    };
    entries.next().is_none() || OF_A_SITE.iter().all(|name| output.join(name).exists())
}

#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_one: &Path, _other: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(folder: &Path, text: &str) {
        for name in ["zh", "en"] {
            fs::create_dir_all(folder.join(name)).expect("a folder");
        }
        fs::write(folder.join("index.html"), text).expect("a file");
    }

    #[test]
    fn a_site_takes_the_place_of_the_last_one_and_leaves_nothing_beside_it() {
        let parent = tempfile::tempdir().expect("a temporary folder");
        let output = parent.path().join("book");
        for text in ["first", "second"] {
            let aside = Aside::beside(&output).expect("a folder aside");
            site(&aside.folder(), text);
            aside.swap().expect("swapped");
            assert_eq!(
                fs::read_to_string(output.join("index.html")).expect("a page"),
                text
            );
            assert_eq!(fs::read_dir(parent.path()).expect("a folder").count(), 1);
        }
    }

    #[test]
    fn a_site_that_is_given_up_leaves_the_last_one() {
        let parent = tempfile::tempdir().expect("a temporary folder");
        let output = parent.path().join("book");
        site(&output, "last");
        drop(Aside::beside(&output).expect("a folder aside"));
        assert_eq!(
            fs::read_to_string(output.join("index.html")).expect("a page"),
            "last"
        );
        assert_eq!(fs::read_dir(parent.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn a_folder_of_other_things_is_not_replaced() {
        let output = tempfile::tempdir().expect("a temporary folder");
        fs::write(output.path().join("thesis.txt"), "years of work").expect("a file");
        let error = Aside::beside(output.path())
            .err()
            .expect("refused")
            .to_string();
        assert!(
            error.contains(&output.path().display().to_string()),
            "{error}"
        );
        assert!(output.path().join("thesis.txt").exists());
    }
}
