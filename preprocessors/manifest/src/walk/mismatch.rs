//! A value that is not of the type or form that the schema wants, and how it came to that.
//!
//! Most of these are YAML's doing: `yes` is true, `0644` is 420, `1.10` is 1.1. So the help says how YAML read it.

use super::path::Path;
use super::{Place, Walk};
use crate::rules::{WRONG_FORMAT, WRONG_TYPE};
use crate::scalar::{self, QuantityFault};
use crate::schema::Type;
use crate::yaml::{Node, Value};

/// Checks a value that is no map or list where one is wanted, or no scalar of the wanted kind.
pub(super) fn check(walk: &mut Walk<'_>, node: &Node<'_>, wanted: &Type, place: Place<'_>) {
    match (wanted, &node.value) {
        (Type::String, Value::String(_)) | (Type::Bool, Value::Bool(_)) => {}
        (Type::Int32 | Type::IntOrString, Value::Integer(number)) => {
            int32(walk, node, *number as f64, place)
        }
        (Type::Int64 | Type::Number, Value::Integer(_)) | (Type::Number, Value::Float(_)) => {}
        (Type::Int32 | Type::IntOrString, Value::Float(number)) if number.fract() == 0.0 => {
            int32(walk, node, *number, place)
        }
        (Type::Int64, Value::Float(number)) if number.fract() == 0.0 => {
            int64(walk, node, *number, place)
        }
        (Type::IntOrString, Value::String(_)) => {}
        (Type::Quantity, Value::String(text)) => quantity(walk, node, text, place),
        (Type::Quantity, Value::Integer(_) | Value::Float(_)) => {}
        (Type::Bytes, Value::String(text)) => base64(walk, node, text, place),
        // Go reads a list of small numbers as bytes too.
        (Type::Bytes, Value::List(items)) if items.iter().all(is_byte) => {}
        (Type::Time, Value::String(text)) => time(walk, node, text, place),
        _ => wrong_type(walk, node, wanted, place),
    }
}

fn is_byte(node: &Node<'_>) -> bool {
    matches!(node.value, Value::Integer(0..=255) | Value::Null)
}

fn int32(walk: &mut Walk<'_>, node: &Node<'_>, number: f64, place: Place<'_>) {
    if number < f64::from(i32::MIN) || number > f64::from(i32::MAX) {
        out_of_range(walk, node, "int32", place);
    }
}

fn int64(walk: &mut Walk<'_>, node: &Node<'_>, number: f64, place: Place<'_>) {
    if !(-9.3e18..9.3e18).contains(&number) {
        out_of_range(walk, node, "int64", place);
    }
}

fn out_of_range(walk: &mut Walk<'_>, node: &Node<'_>, wanted: &'static str, place: Place<'_>) {
    let written = node.written(walk.source).to_owned();
    let limits = if wanted == "int32" {
        "-2147483648 … 2147483647"
    } else {
        "-9223372036854775808 … 9223372036854775807"
    };
    let finding = walk
        .found(&WRONG_FORMAT, node)
        .saying("range")
        .advising("range")
        .with("written", written)
        .with("limits", limits)
        .with("wanted", wanted);
    walk.add(finding, place);
}

fn quantity(walk: &mut Walk<'_>, node: &Node<'_>, text: &str, place: Place<'_>) {
    let Err(fault) = scalar::quantity(text) else {
        return;
    };
    let finding = walk
        .found(&WRONG_FORMAT, node)
        .with("value", text)
        .advising("quantity");
    let finding = match fault {
        QuantityFault::Syntax => finding.saying("quantity"),
        QuantityFault::Suffix => finding.saying("quantity-suffix"),
    };
    let finding = match meant_quantity(text) {
        Some(meant) => finding.with("meant", meant).advising("quantity-meant"),
        None => finding,
    };
    walk.add(finding, place);
}

/// What people write for a unit, and the unit.
fn meant_quantity(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let number = text.trim_end_matches(|character: char| character.is_ascii_alphabetic());
    let unit = match &text[number.len()..] {
        unit @ ("" | "m" | "k" | "M" | "G" | "T" | "Ki" | "Mi" | "Gi" | "Ti") => unit,
        "K" => "k",
        "KB" | "kb" | "Kb" | "kB" => "k",
        "KI" | "ki" | "KiB" | "kib" | "kiB" => "Ki",
        "MB" | "mb" | "Mb" | "mB" => "M",
        "MI" | "mi" | "MiB" | "mib" => "Mi",
        "GB" | "gb" | "Gb" | "g" | "gB" => "G",
        "GI" | "gi" | "GiB" | "gib" => "Gi",
        "TB" | "tb" | "Tb" | "t" => "T",
        "TI" | "ti" | "TiB" | "tib" => "Ti",
        _ => return None,
    };
    let meant = format!("{}{unit}", number.replace(',', "."));
    scalar::quantity(&meant).is_ok().then_some(meant)
}

fn base64(walk: &mut Walk<'_>, node: &Node<'_>, text: &str, place: Place<'_>) {
    if let Err(byte) = scalar::base64(text) {
        let finding = walk
            .found(&WRONG_FORMAT, node)
            .saying("base64")
            .advising("base64")
            .with("byte", byte.to_string());
        walk.add(finding, place);
    }
}

fn time(walk: &mut Walk<'_>, node: &Node<'_>, text: &str, place: Place<'_>) {
    if !scalar::is_time(text) {
        let finding = walk
            .found(&WRONG_FORMAT, node)
            .saying("time")
            .advising("time")
            .with("value", text);
        walk.add(finding, place);
    }
}

fn wrong_type(walk: &mut Walk<'_>, node: &Node<'_>, wanted: &Type, place: Place<'_>) {
    let written = super::first_line(walk.source, &node.span);
    let written = walk.source.get(written).unwrap_or_default().to_owned();
    let finding = walk
        .found(&WRONG_TYPE, node)
        .saying("value")
        .with("got", got(&node.value))
        .with("wanted", type_name(wanted))
        .with("field", place.path.to_string())
        .with("name", place.path.last())
        .with("read", read(&node.value))
        .advising(advice(node, wanted, &written, place))
        .with("quoted", format!("\"{}\"", written.trim_matches('"')))
        .with("written", written);
    walk.add(finding, place);
}

/// Which help fits; the names are those of the message files.
fn advice(node: &Node<'_>, wanted: &Type, written: &str, place: Place<'_>) -> &'static str {
    match (wanted, &node.value) {
        (
            Type::String | Type::Choice(_) | Type::Bytes | Type::Time,
            Value::Bool(_) | Value::Integer(_) | Value::Float(_),
        ) => {
            if written == read(&node.value) {
                "quote"
            } else {
                "quote-read-otherwise"
            }
        }
        (Type::Int32 | Type::Int64 | Type::Number, Value::String(text))
            if text.parse::<i64>().is_ok() =>
        {
            "unquote"
        }
        (Type::Int32 | Type::Int64 | Type::IntOrString, Value::Float(_)) => "whole",
        (Type::Int32 | Type::Int64 | Type::Number, _) => "number",
        (Type::Bool, Value::String(text)) if matches!(&**text, "true" | "false") => "unquote",
        (Type::Bool, _) => "bool",
        (Type::List(_), _) => "list",
        (Type::Definition(_) | Type::Map(_) | Type::Object, value) => no_map(value, written, place),
        (_, Value::Map(_) | Value::List(_)) => "scalar",
        _ => "",
    }
}

/// Why something is no map.
fn no_map(value: &Value<'_>, written: &str, place: Place<'_>) -> &'static str {
    match value {
        Value::List(_) => "no-list",
        Value::String(_) if written.starts_with(['|', '>']) => "text-block",
        Value::String(text) if text.contains('：') => "full-width-colon",
        Value::String(text) if text.contains(':') => "colon",
        _ if matches!(place.path, Path::Item(..)) => "item",
        _ => "map",
    }
}

/// What JSON calls it: the API server's word.
fn got(value: &Value<'_>) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Integer(_) | Value::Float(_) => "number",
        Value::String(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
    }
}

/// How YAML read a scalar.
fn read(value: &Value<'_>) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        _ => String::new(),
    }
}

fn type_name(wanted: &Type) -> &'static str {
    match wanted {
        Type::String | Type::Choice(_) | Type::Bytes | Type::Time => "string",
        Type::Bool => "bool",
        Type::Int32 => "int32",
        Type::Int64 => "int64",
        Type::Number => "float64",
        Type::IntOrString => "int32 or string",
        Type::Quantity => "quantity",
        Type::List(_) => "array",
        Type::Any | Type::Object | Type::Definition(_) | Type::Map(_) => "object",
    }
}
