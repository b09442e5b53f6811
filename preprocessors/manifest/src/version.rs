//! The Kubernetes releases whose schemas this crate carries.

use std::fmt;
use std::str::FromStr;

/// A minor release of Kubernetes 1.x, from 1.29 to 1.37.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version(u8);

impl Version {
    /// The oldest release with schemas here.
    pub const OLDEST: Version = Version(29);
    /// The newest release with schemas here: the one whose wording and defaults everything follows.
    pub const NEWEST: Version = Version(37);
    /// The three releases that Kubernetes supports together with [`Version::NEWEST`]: what is checked when nothing is asked for.
    pub const SUPPORTED: [Version; 3] = [Version(35), Version(36), Version(37)];

    /// Every release, oldest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Version> {
        (Self::OLDEST.0..=Self::NEWEST.0).map(Version)
    }

    /// The release 1.`minor`, if its schemas are here.
    pub fn from_minor(minor: u8) -> Option<Version> {
        Version::all().find(|version| version.0 == minor)
    }

    /// The number after `1.`.
    pub const fn minor(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "1.{}", self.0)
    }
}

/// The text names no release that is known here.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownVersion(pub String);

impl fmt::Display for UnknownVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "unknown Kubernetes version `{}`: known are {} to {}",
            self.0,
            Version::OLDEST,
            Version::NEWEST
        )
    }
}

impl std::error::Error for UnknownVersion {}

impl FromStr for Version {
    type Err = UnknownVersion;

    /// Reads `1.37`, `v1.37` and `1.37.2` (schemas do not change within a minor release).
    fn from_str(text: &str) -> Result<Version, UnknownVersion> {
        let unknown = || UnknownVersion(text.to_owned());
        let mut parts = text.trim().trim_start_matches('v').split('.');
        let (Some("1"), Some(minor)) = (parts.next(), parts.next()) else {
            return Err(unknown());
        };
        minor
            .parse()
            .ok()
            .and_then(Version::from_minor)
            .ok_or_else(unknown)
    }
}
