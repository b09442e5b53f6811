//! Packs the site into one zip: unpacked anywhere, it is read and searched from `index.html` without a network.
//!
//! The same site gives the same bytes: files in the order of their names, all of one moment.

use crate::site::fault;
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;
use walkdir::WalkDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The zip's name in the site.
pub(crate) const FILE: &str = "k8s-ladder-offline.zip";

/// The one folder in the zip.
const FOLDER: &str = "k8s-ladder";

/// For a web server only: nothing in a folder is ever not found.
const LEFT_OUT: [&str; 2] = ["404.html", FILE];

/// Packs the site in `site` into itself. Gives the size of the zip.
pub(crate) fn pack(site: &Path) -> Result<u64> {
    let file = site.join(FILE);
    let fault = || fault("fault.site-write", &file);
    write(site, &file).with_context(fault)?;
    Ok(fs::metadata(&file).with_context(fault)?.len())
}

fn write(site: &Path, file: &Path) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(BufWriter::new(File::create(file)?));
    for entry in WalkDir::new(site).sort_by_file_name() {
        let entry = entry?;
        let name = entry
            .path()
            .strip_prefix(site)?
            .to_string_lossy()
            .replace('\\', "/");
        if entry.file_type().is_file() && !LEFT_OUT.contains(&name.as_str()) {
            zip.start_file(format!("{FOLDER}/{name}"), options)?;
            io::copy(&mut File::open(entry.path())?, &mut zip)?;
        }
    }
    zip.finish()?
        .into_inner()
        .map_err(|error| error.into_error())?
        .sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_site_gives_the_same_bytes() {
        let zips = [(), ()].map(|()| {
            let site = tempfile::tempdir().expect("a temporary folder");
            fs::create_dir(site.path().join("zh")).expect("a folder");
            fs::write(site.path().join("zh/容器.html"), "容器").expect("a file");
            fs::write(site.path().join("404.html"), "nothing").expect("a file");
            pack(site.path()).expect("packed");
            fs::read(site.path().join(FILE)).expect("a zip")
        });
        assert_eq!(zips[0], zips[1]);
        let mut zip = zip::ZipArchive::new(io::Cursor::new(&zips[0])).expect("a zip");
        assert_eq!(zip.len(), 1);
        assert_eq!(
            io::read_to_string(zip.by_name("k8s-ladder/zh/容器.html").expect("a file"))
                .expect("text"),
            "容器"
        );
    }
}
