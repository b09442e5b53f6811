//! The name of a place in an object, as the API server writes it: `spec.containers[0].image`, `metadata.labels[app]`.

use std::fmt;

/// A way from the outermost map of an object to a value. Written out only where something was found.
#[derive(Debug)]
pub(crate) enum Path<'p> {
    Root,
    Field(&'p Path<'p>, &'p str),
    Item(&'p Path<'p>, usize),
    Key(&'p Path<'p>, &'p str),
}

impl Path<'_> {
    /// The last field on the way.
    pub(crate) fn last(&self) -> &str {
        match self {
            Path::Root => "",
            Path::Field(_, name) | Path::Key(_, name) => name,
            Path::Item(above, _) => above.last(),
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Field(Path::Root, name) => formatter.write_str(name),
            Path::Field(above, name) => write!(formatter, "{above}.{name}"),
            Path::Item(above, index) => write!(formatter, "{above}[{index}]"),
            Path::Key(above, key) => write!(formatter, "{above}[{key}]"),
        }
    }
}
