//! Sets of releases.

use crate::Version;

/// Some of the releases from 1.29 to 1.37.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Releases(u16);

impl Releases {
    /// Every release with schemas here.
    #[cfg(test)]
    pub(crate) const ALL: Releases =
        Releases((1 << (Version::NEWEST.minor() - Version::OLDEST.minor() + 1)) - 1);

    /// From the first to the last, both counted from [`Version::OLDEST`].
    pub(crate) fn between(first: u8, last: u8) -> Releases {
        Releases((first..=last).map(|bit| 1 << bit).sum())
    }

    pub(crate) fn and(self, other: Releases) -> Releases {
        Releases(self.0 & other.0)
    }

    pub(crate) fn without(self, other: Releases) -> Releases {
        Releases(self.0 & !other.0)
    }

    pub(crate) fn meets(self, other: Releases) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn count(self) -> u32 {
        self.0.count_ones()
    }

    pub(crate) fn first(self) -> Option<Version> {
        self.iter().next()
    }

    pub(crate) fn last(self) -> Option<Version> {
        self.iter().next_back()
    }

    /// Oldest first.
    pub(crate) fn iter(self) -> impl DoubleEndedIterator<Item = Version> {
        Version::all()
            .filter(move |version| self.0 >> (version.minor() - Version::OLDEST.minor()) & 1 == 1)
    }
}

impl FromIterator<Version> for Releases {
    fn from_iter<I: IntoIterator<Item = Version>>(versions: I) -> Releases {
        let bits = versions
            .into_iter()
            .map(|version| 1 << (version.minor() - Version::OLDEST.minor()));
        Releases(bits.fold(0, |all, bit: u16| all | bit))
    }
}
