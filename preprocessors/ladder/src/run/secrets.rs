//! Keeps secrets out of reports and pages: values of Secret objects, tokens, keys.
//!
//! What is compared is what was printed; what is shown or written goes through [`Secrets::mask`] first.

use super::kubectl::Kubectl;
use anyhow::Result;
use regex::{Captures, Regex};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Tokens, and the keys of a kubeconfig, by their shape.
static SHAPES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let shapes = [
        r"(?P<secret>eyJ[\w-]{8,}\.[\w-]{8,}(\.[\w-]*)?)",
        r#"(?m)(?P<key>(token|client-key-data|client-certificate-data|password)"?: *"?)(?P<secret>[^\s"{]+)"#,
        r"(?s)(?P<key>-----BEGIN [A-Z ]*PRIVATE KEY-----)(?P<secret>.*?)(?P<end>-----END|$)",
    ];
    shapes
        .iter()
        .filter_map(|shape| Regex::new(shape).ok())
        .collect()
});

/// The values of the Secrets that were met.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    values: BTreeSet<String>,
}

impl Secrets {
    /// Learns the values of the Secrets in the namespace where a command worked, as the cluster has them now.
    pub(crate) fn learn(&mut self, kubectl: &Kubectl, namespace: Option<&str>) -> Result<()> {
        let place = namespace.map(|namespace| format!("--namespace={namespace}"));
        let mut arguments = vec!["get", "secrets", "-o", "json"];
        arguments.extend(place.as_deref());
        let said = kubectl.ask_as_page(&arguments)?;
        let list: serde_json::Value = serde_json::from_str(&said.output).unwrap_or_default();
        for secret in list["items"].as_array().into_iter().flatten() {
            for value in secret["data"]
                .as_object()
                .into_iter()
                .flat_map(|data| data.values())
                .filter_map(|value| value.as_str())
            {
                self.add(value);
            }
        }
        Ok(())
    }

    /// A value as the object holds it, in base64; hidden in both forms.
    fn add(&mut self, encoded: &str) {
        let plain = decoded(encoded);
        self.values.extend(
            [encoded.to_owned(), plain.clone()]
                .into_iter()
                .filter(|value| !value.trim().is_empty()),
        );
        self.values.extend(
            plain
                .lines()
                .filter(|line| line.len() > 7)
                .map(str::to_owned),
        );
    }

    /// The text without secrets.
    pub(crate) fn mask(&self, text: &str) -> String {
        let mut masked = text.to_owned();
        let mut values: Vec<&String> = self.values.iter().collect();
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        for value in values {
            masked = replaced(&masked, value);
        }
        for shape in SHAPES.iter() {
            let hide = |found: &Captures<'_>| {
                let part = |name| found.name(name).map_or("", |part| part.as_str());
                format!("{}{}{}", part("key"), hidden(part("secret")), part("end"))
            };
            masked = shape.replace_all(&masked, hide).into_owned();
        }
        masked
    }
}

/// What stands for a secret: as many lines as it has.
fn hidden(secret: &str) -> String {
    secret
        .split('\n')
        .map(|line| if line.is_empty() { "" } else { "[SECRET]" })
        .collect::<Vec<_>>()
        .join("\n")
}

/// Short values are hidden where they stand alone: `a` is a secret nowhere else.
fn replaced(text: &str, value: &str) -> String {
    if value.len() >= 4 {
        return text.replace(value, &hidden(value));
    }
    let Ok(alone) = Regex::new(&format!(
        r"(?P<before>^|[^\w]){}(?P<after>[^\w]|$)",
        regex::escape(value)
    )) else {
        return text.to_owned();
    };
    alone
        .replace_all(text, "${before}[SECRET]${after}")
        .into_owned()
}

/// What base64 stands for; bytes that are no text are left out.
fn decoded(text: &str) -> String {
    let (mut bytes, mut bits, mut length) = (Vec::new(), 0_u32, 0);
    for character in text.bytes() {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        length += 6;
        if length >= 8 {
            length -= 8;
            bytes.push((bits >> length) as u8);
            bits &= (1 << length) - 1;
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_hidden_plain_and_encoded() {
        let mut secrets = Secrets::default();
        secrets.add("czNjcjN0LXdvcmQ=");
        assert_eq!(
            secrets.mask("password: czNjcjN0LXdvcmQ=\nPASS=s3cr3t-word"),
            "password: [SECRET]\nPASS=[SECRET]"
        );
    }

    #[test]
    fn a_short_value_is_hidden_where_it_stands_alone() {
        let mut secrets = Secrets::default();
        secrets.add("YWI=");
        assert_eq!(secrets.mask("ab abc x=ab"), "[SECRET] abc x=[SECRET]");
    }

    #[test]
    fn tokens_and_keys_are_hidden_by_their_shape() {
        let secrets = Secrets::default();
        assert_eq!(
            secrets.mask("eyJhbGciOiJSUzI1NiIs.eyJhdWQiOlsiaHR0cHM.c2lnbmF0dXJl-x"),
            "[SECRET]"
        );
        assert_eq!(
            secrets.mask("    client-key-data: LS0tLS1CRUdJTg==\n"),
            "    client-key-data: [SECRET]\n"
        );
        assert_eq!(
            secrets
                .mask("-----BEGIN RSA PRIVATE KEY-----\nabc\ndef\n-----END RSA PRIVATE KEY-----"),
            "-----BEGIN RSA PRIVATE KEY-----\n[SECRET]\n[SECRET]\n-----END RSA PRIVATE KEY-----"
        );
    }
}
