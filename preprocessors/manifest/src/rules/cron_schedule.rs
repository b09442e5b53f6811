//! `cron-schedule`: when a CronJob runs, as the library reads it that the server uses.
//!
//! <https://github.com/robfig/cron/blob/v3/parser.go>, `ParseStandard`: five fields, or a word such as `@daily`.

use super::{Object, error};
use crate::{Finding, Rule};
use std::borrow::Cow;

pub(super) static RULE: Rule = error("cron-schedule");

/// The least and the most of a field, and the names of its values, of which the first is the least.
struct Bounds {
    least: u32,
    most: u32,
    names: &'static [&'static str],
}

const fn bounds(least: u32, most: u32, names: &'static [&'static str]) -> Bounds {
    Bounds { least, most, names }
}

const FIELDS: [Bounds; 5] = [
    bounds(0, 59, &[]),
    bounds(0, 23, &[]),
    bounds(1, 31, &[]),
    bounds(
        1,
        12,
        &[
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ],
    ),
    bounds(0, 6, &["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
];

const WORDS: &[&str] = &[
    "@yearly",
    "@annually",
    "@monthly",
    "@weekly",
    "@daily",
    "@midnight",
    "@hourly",
];

/// What is wrong: which words say it, which words help, and the text that both are about.
struct Fault<'t> {
    said: &'static str,
    advice: &'static str,
    text: Cow<'t, str>,
    /// The number that is out of bounds, and the bound.
    bound: (u32, u32),
}

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(schedule) = object
        .part("spec.schedule")
        .filter(|_| object.is("batch", &["CronJob"]))
    else {
        return;
    };
    let Some(text) = schedule.node.as_str().filter(|text| !text.is_empty()) else {
        return;
    };
    if let Err(fault) = parse(text) {
        let finding = object.finding(&RULE, schedule.node, &schedule.path);
        let finding = finding
            .saying(fault.said)
            .advising(fault.advice)
            .with("value", text);
        let (number, bound) = fault.bound;
        let finding = finding
            .with("text", fault.text)
            .with("number", number.to_string());
        findings.push(finding.with("bound", bound.to_string()));
    }
}

fn fault<'t>(said: &'static str, advice: &'static str, text: impl Into<Cow<'t, str>>) -> Fault<'t> {
    Fault {
        said,
        advice,
        text: text.into(),
        bound: (0, 0),
    }
}

fn parse(schedule: &str) -> Result<(), Fault<'_>> {
    if schedule.contains("TZ") {
        return Err(fault("zone", "zone", schedule));
    }
    if schedule.starts_with('@') {
        return word(schedule);
    }
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        let advice = if fields.len() > FIELDS.len() {
            "more"
        } else {
            "five"
        };
        let mut fault = fault("count", advice, fields.join(" "));
        fault.bound.0 = u32::try_from(fields.len()).unwrap_or(u32::MAX);
        return Err(fault);
    }
    for (index, (field, bounds)) in fields.iter().zip(&FIELDS).enumerate() {
        // Nothing between two commas is nothing at all.
        for part in field.split(',').filter(|part| !part.is_empty()) {
            range(part, bounds, index == 4)?;
        }
    }
    Ok(())
}

fn word(schedule: &str) -> Result<(), Fault<'_>> {
    match schedule.strip_prefix("@every ") {
        Some(duration) if is_duration(duration) => Ok(()),
        Some(_) => Err(fault("duration", "duration", schedule)),
        None if WORDS.contains(&schedule) => Ok(()),
        None => Err(fault("word", "word", schedule)),
    }
}

/// Numbers with units, as Go reads them: `1h30m`.
fn is_duration(text: &str) -> bool {
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return true;
    }
    let number = |character: char| character.is_ascii_digit() || character == '.';
    while rest.starts_with(|character: char| character.is_ascii_digit()) {
        let units = rest.trim_start_matches(number);
        let unit = units.find(number).unwrap_or(units.len());
        if !["h", "m", "s", "ms", "us", "µs", "ns"].contains(&&units[..unit]) {
            return false;
        }
        rest = &units[unit..];
        if rest.is_empty() {
            return true;
        }
    }
    false
}

/// `2`, `2-5`, `*`, `2-5/3`, `mon-fri`.
fn range<'t>(text: &'t str, bounds: &Bounds, weekday: bool) -> Result<(), Fault<'t>> {
    let parts: Vec<&str> = text.split('/').collect();
    let ends: Vec<&str> = parts[0].split('-').collect();
    let (least, mut most) = if ["*", "?"].contains(&ends[0]) {
        (bounds.least, bounds.most)
    } else {
        let first = number(ends[0], bounds)?;
        match ends.len() {
            1 => (first, first),
            2 => (first, number(ends[1], bounds)?),
            _ => return Err(fault("hyphens", "range", text)),
        }
    };
    match parts.len() {
        1 => {}
        2 => {
            let step = plain(parts[1])?;
            if ends.len() == 1 {
                most = bounds.most;
            }
            if step == 0 {
                return Err(fault("step", "step", text));
            }
        }
        _ => return Err(fault("slashes", "range", text)),
    }
    let outside = |said, advice, number, bound| {
        let mut fault = fault(said, advice, text);
        fault.bound = (number, bound);
        Err(fault)
    };
    match () {
        _ if least < bounds.least => outside("below", "below", least, bounds.least),
        _ if most > bounds.most && weekday && most == 7 => {
            outside("above", "sunday", most, bounds.most)
        }
        _ if most > bounds.most => outside("above", "above", most, bounds.most),
        _ if least > most => outside("backwards", "backwards", least, most),
        _ => Ok(()),
    }
}

fn number<'t>(text: &'t str, bounds: &Bounds) -> Result<u32, Fault<'t>> {
    let small = text.to_lowercase();
    let named = (0..).zip(bounds.names).find(|(_, name)| **name == small);
    named.map_or_else(|| plain(text), |(index, _)| Ok(bounds.least + index))
}

fn plain(text: &str) -> Result<u32, Fault<'_>> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.parse() {
        Ok(0) if whole => Ok(0),
        Ok(number) if whole && !text.starts_with('-') => Ok(number),
        _ if whole && text.starts_with('-') => Err(fault("negative", "range", text)),
        _ if whole => Err(fault("large", "range", text)),
        _ => Err(fault("number", "number", text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each was sent to a 1.37 API server.
    #[test]
    fn schedules_are_read_as_the_server_does() {
        for right in [
            "@daily",
            "@every 1h",
            "@every 500ms",
            "@every 1h30m",
            "@midnight",
            "* * ? JAN sun",
            "* * * * mon-fri",
            "5/10 * * * *",
            " * * * * * ",
            ", * * * *",
            "?/5 * * * *",
            "*-5 * * * *",
            "*/61 * * * *",
            "0 0 31 2 *",
            "0 3 * * *",
        ] {
            assert!(parse(right).is_ok(), "{right}");
        }
        for (wrong, said) in [
            ("@dayly", "word"),
            ("@Daily", "word"),
            ("@reboot", "word"),
            ("@every x", "duration"),
            ("5-3 * * * *", "backwards"),
            ("1,2,70 * * * *", "above"),
            ("a-b * * * *", "number"),
            ("1--2 * * * *", "hyphens"),
            ("1/2/3 * * * *", "slashes"),
            ("*/a * * * *", "number"),
            ("-1 * * * *", "number"),
            ("* * * 13 *", "above"),
            ("* * * * fri-mon", "backwards"),
            ("*/-1 * * * *", "negative"),
            ("TZ=UTC 0 0 * * *", "zone"),
            ("* * 0 * *", "below"),
            ("* * * * * *", "count"),
            ("H * * * *", "number"),
            ("99999999999999999999 * * * *", "large"),
            ("every hour", "count"),
            ("*/0 * * * *", "step"),
            ("0 9 * * 7", "above"),
        ] {
            assert_eq!(
                parse(wrong).map_err(|fault| fault.said),
                Err(said),
                "{wrong}"
            );
        }
    }
}
