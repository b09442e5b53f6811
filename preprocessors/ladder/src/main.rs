//! The command line of k8s-ladder.
fn main() {}
