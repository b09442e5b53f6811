//! Bytes to text, until the engine does it.
use ladder_manifest::Finding;
use ladder_manifest::finding::Rule;
static NOT_UTF8: Rule = Rule {
    code: "not-utf8",
    severity: ladder_manifest::Severity::Error,
    words: &crate::rules::WORDS,
};
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Box<Finding>> {
    std::str::from_utf8(bytes).map_err(|error| {
        Box::new(Finding::new(
            &NOT_UTF8,
            error.valid_up_to()..error.valid_up_to(),
        ))
    })
}
