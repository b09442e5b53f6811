//! Writes files so that nothing is ever half written: aside, then in the place of the old one; and takes back what was
//! written where a later step fails.
//!
//! Knows files only.

use crate::words::{self, fault};
use anyhow::Result;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Puts `text` in the place of `file`, whole or not at all. Permissions stay, and a symbolic link keeps leading to its file.
pub(crate) fn replace(file: &Path, text: &str) -> Result<()> {
    replaced(file, text).map_err(|error| cannot(file, &error))
}

fn replaced(file: &Path, text: &str) -> io::Result<()> {
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let mut aside = aside(file.parent().unwrap_or(Path::new(".")))?;
    aside.write_all(text.as_bytes())?;
    if let Ok(old) = fs::metadata(&file) {
        fs::set_permissions(aside.path(), old.permissions())?;
    }
    aside.persist(&file)?;
    Ok(())
}

/// A temporary file that others may read once it stands in its place, as any other file that is written.
fn aside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".ladder-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666)); // the umask still applies
    }
    builder.tempfile_in(folder)
}

/// What was written so far. Dropped before [`Written::keep`], it is all taken back.
#[derive(Default)]
pub(crate) struct Written {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    before: Vec<(PathBuf, String)>,
}

impl Written {
    /// Writes a file that must not be there yet, and the folders that lead to it.
    pub(crate) fn create(&mut self, file: &Path, text: &str) -> Result<()> {
        self.created(file, text)
            .map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => exists(file),
                _ => cannot(file, &error),
            })
    }

    fn created(&mut self, file: &Path, text: &str) -> io::Result<()> {
        let missing = file
            .ancestors()
            .skip(1)
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        for folder in missing.collect::<Vec<_>>().into_iter().rev() {
            fs::create_dir(folder)?;
            self.folders.push(folder.to_owned());
        }
        let mut new = fs::File::create_new(file)?;
        self.files.push(file.to_owned());
        new.write_all(text.as_bytes())
    }

    /// Puts a text in the place of a file that held `before`.
    pub(crate) fn replace(&mut self, file: &Path, before: &str, text: &str) -> Result<()> {
        replace(file, text)?;
        self.before.push((file.to_owned(), before.to_owned()));
        Ok(())
    }

    /// Everything is as it should be.
    pub(crate) fn keep(mut self) {
        self.files.clear();
        self.folders.clear();
        self.before.clear();
    }
}

impl Drop for Written {
    /// Takes back as much as the machine lets us: the fault that led here is told already.
    fn drop(&mut self) {
        for (file, text) in &self.before {
            let _ = replaced(file, text);
        }
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The fault that a file is there already.
pub(crate) fn exists(file: &Path) -> anyhow::Error {
    let path = file.display().to_string();
    fault(words::language(), "fault.exists", &[("path", path)])
}

fn cannot(file: &Path, error: &io::Error) -> anyhow::Error {
    let arguments = [
        ("path", file.display().to_string()),
        ("reason", error.to_string()),
    ];
    fault(words::language(), "fault.write", &arguments)
}
