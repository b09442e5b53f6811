//! What a scalar means: the YAML 1.1 of Kubernetes' own reader.
//!
//! Every rule here is the one of <https://github.com/kubernetes-sigs/yaml> (`goyaml.v2/resolve.go`, then the way to JSON in
//! `yaml.go`), since that is what kubectl and the API server run; `tests/yaml/readings.json` holds what a real kubectl
//! answered. Knows single scalars, not the maps that they stand in.

use super::Value;
use std::borrow::Cow;

/// What a scalar without quotes and without a tag means.
pub(super) fn plain(text: Cow<'_, str>) -> Value<'_> {
    match meaning(&text) {
        Some(value) => value,
        None => Value::String(text),
    }
}

/// Why a tag and its scalar do not fit.
pub(super) enum Misfit {
    /// `!!int a`: the text means something else.
    Tag,
    /// `!!binary` of what is no base64.
    Base64,
}

/// What a scalar with an explicit tag means; quotes make no difference to it. `None` is a tag that YAML does not know:
/// it is dropped, and the text is text.
pub(super) fn tagged<'s>(text: Cow<'s, str>, tag: Option<&str>) -> Result<Value<'s>, Misfit> {
    match tag {
        Some("bool" | "int" | "float" | "null") => match (tag, meaning(&text)) {
            (Some("bool"), Some(value @ Value::Bool(_)))
            | (Some("null"), Some(value @ Value::Null))
            | (Some("float"), Some(value @ (Value::Integer(_) | Value::Float(_)))) => Ok(value),
            (Some("int"), Some(value @ (Value::Integer(_) | Value::Float(_))))
                if is_whole_number(&text) =>
            {
                Ok(value)
            }
            _ => Err(Misfit::Tag),
        },
        Some("binary") => match decoded(&text) {
            Some(bytes) => Ok(Value::String(
                String::from_utf8_lossy(&bytes).into_owned().into(),
            )),
            None => Err(Misfit::Base64),
        },
        _ => Ok(Value::String(text)),
    }
}

/// The key that a scalar becomes in JSON, or nothing where there is no such key: null, and whole numbers beyond 2^63.
pub(super) fn key<'s>(text: Cow<'s, str>, value: &Value<'s>) -> Option<Cow<'s, str>> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(true) => Some("true".into()),
        Value::Bool(false) => Some("false".into()),
        Value::Integer(_) | Value::Float(_) => number_key(&text),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

/// What the text means if it is not just text.
fn meaning(text: &str) -> Option<Value<'static>> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Value::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Value::Bool(false)
        }
        _ => match number(text)? {
            Number::Whole(number) => Value::Integer(number),
            Number::Long(number) => float(number as f64),
            Number::Real(number) => float(number),
        },
    })
}

/// A number on its way through JSON, where `1.0` and `1e3` are whole.
pub(super) fn float(number: f64) -> Value<'static> {
    if number.fract() != 0.0 {
        return Value::Float(number);
    }
    // Go writes the shortest digits that mean the number, and zeros behind them; so does Rust.
    number
        .to_string()
        .parse()
        .map_or(Value::Float(number), Value::Integer)
}

enum Number {
    /// Go's int64.
    Whole(i64),
    /// Go's uint64, beyond int64.
    Long(u64),
    /// Go's float64.
    Real(f64),
}

fn number(text: &str) -> Option<Number> {
    match text {
        ".nan" | ".NaN" | ".NAN" => return Some(Number::Real(f64::NAN)),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Some(Number::Real(f64::INFINITY));
        }
        "-.inf" | "-.Inf" | "-.INF" => return Some(Number::Real(f64::NEG_INFINITY)),
        _ => {}
    }
    match text.as_bytes().first()? {
        b'.' => real(text),
        b'0'..=b'9' | b'+' | b'-' => {
            let digits: Cow<'_, str> = if text.contains('_') {
                text.replace('_', "").into()
            } else {
                text.into()
            };
            whole(&digits).or_else(|| real(&digits))
        }
        _ => None,
    }
}

/// Whole numbers as Go reads them with base 0: `0x`, `0o`, `0b`, and a leading `0` for octal.
fn whole(text: &str) -> Option<Number> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (digits, base) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&digits[2..], 16),
        [b'0', b'o' | b'O', ..] => (&digits[2..], 8),
        [b'0', b'b' | b'B', ..] => (&digits[2..], 2),
        [b'0', _, ..] => (&digits[1..], 8),
        _ => (digits, 10),
    };
    if !digits.bytes().all(|digit| digit.is_ascii_alphanumeric()) {
        return None;
    }
    let number = u64::from_str_radix(digits, base).ok()?;
    match (negative, i64::try_from(number)) {
        (true, _) => 0i64.checked_sub_unsigned(number).map(Number::Whole),
        (false, Ok(number)) => Some(Number::Whole(number)),
        // Go's ParseUint knows no sign.
        (false, Err(_)) => (!text.starts_with('+')).then_some(Number::Long(number)),
    }
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, and finite.
fn real(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = unsigned.bytes().filter(u8::is_ascii_digit).count();
    let shape = unsigned
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    if digits == 0 || !shape {
        return None;
    }
    text.parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .map(Number::Real)
}

/// Whether the text is a whole number to YAML: `1.0` is not, although JSON makes it one.
fn is_whole_number(text: &str) -> bool {
    matches!(number(text), Some(Number::Whole(_) | Number::Long(_)))
}

fn number_key(text: &str) -> Option<Cow<'static, str>> {
    match number(text)? {
        Number::Whole(number) => Some(number.to_string().into()),
        Number::Long(_) => None,
        Number::Real(number) => Some(real_key(number).into()),
    }
}

/// Go's `FormatFloat(number, 'g', -1, 32)`: as short as a float32 allows, with an exponent from a million on.
fn real_key(number: f64) -> String {
    if number.is_nan() {
        return ".nan".to_owned();
    }
    if number.is_infinite() || (number as f32).is_infinite() {
        return if number > 0.0 {
            ".inf".to_owned()
        } else {
            "-.inf".to_owned()
        };
    }
    let short = number as f32;
    let scientific = format!("{short:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if short != 0.0 && !(-4..6).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{digits}e{sign}{:02}", exponent.abs());
    }
    short.to_string()
}

/// Standard base64 with its padding; line breaks do not count.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .bytes()
        .filter(|byte| !matches!(byte, b'\n' | b'\r'))
        .collect();
    let padding = digits
        .iter()
        .rev()
        .take_while(|byte| **byte == b'=')
        .count();
    if !digits.len().is_multiple_of(4) || padding > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3);
    for group in digits[..digits.len() - padding].chunks(4) {
        let mut bits = 0u32;
        for digit in group {
            bits = bits << 6 | sextet(*digit)?;
        }
        bits <<= 6 * (4 - group.len() as u32);
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    Some(bytes)
}

fn sextet(digit: u8) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_as_key_is_as_short_as_a_float32() {
        for (number, key) in [
            (123456789.5, "1.2345679e+08"),
            (1e6, "1e+06"),
            (0.00001, "1e-05"),
            (1.5, "1.5"),
            (-0.0, "-0"),
        ] {
            assert_eq!(real_key(number), key);
        }
    }

    #[test]
    fn base64_may_be_broken_into_lines() {
        assert_eq!(decoded("aGVs\nbG8="), Some(b"hello".to_vec()));
        assert_eq!(decoded("a"), None);
        assert_eq!(decoded("a==="), None);
    }

    #[test]
    fn what_does_not_fit_an_int64_is_a_float() {
        assert_eq!(
            meaning("-9223372036854775808"),
            Some(Value::Integer(i64::MIN))
        );
        assert_eq!(
            meaning("-9223372036854775809"),
            Some(Value::Float(i64::MIN as f64))
        );
        assert_eq!(
            meaning("9223372036854775808"),
            Some(Value::Float(9223372036854775808.0))
        );
        assert_eq!(meaning("1e3"), Some(Value::Integer(1000)));
    }
}
