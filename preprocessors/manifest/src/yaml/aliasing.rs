//! How many values a document holds, and how many of them aliases have multiplied.
//!
//! Counts only; what is said about it is [`super::tree`]'s business.

/// The measure by which Kubernetes' reader tells a bomb from a text that uses aliases: `document contains excessive aliasing`
/// (`goyaml.v2/decode.go`).
#[derive(Default)]
pub(super) struct Aliasing {
    /// Values read, with those that aliases stand for.
    pub(super) read: usize,
    /// Values that aliases stand for.
    pub(super) expanded: usize,
}

impl Aliasing {
    pub(super) fn excessive(&self) -> bool {
        const FEW: f64 = 400_000.0;
        const MANY: f64 = 4_000_000.0;
        if self.expanded <= 100 || self.read <= 1000 {
            return false;
        }
        let beyond = ((self.read as f64 - FEW) / (MANY - FEW)).clamp(0.0, 1.0);
        self.expanded as f64 / self.read as f64 > 0.99 - 0.89 * beyond
    }
}
