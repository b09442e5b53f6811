//! `time-zone`: the zone of a CronJob's clock has a name in the IANA's list.
//!
//! The names are those of `data/time-zones.txt`; the server has them from its own image.

use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("time-zone");

static ZONES: &str = include_str!("../../data/time-zones.txt");

/// What people write, and the name of the zone.
const MEANT: &[(&str, &str)] = &[
    ("asia/beijing", "Asia/Shanghai"),
    ("beijing", "Asia/Shanghai"),
    ("cst", "Asia/Shanghai"),
    ("asia/shenzhen", "Asia/Shanghai"),
    ("asia/guangzhou", "Asia/Shanghai"),
    ("utc+8", "Asia/Shanghai"),
    ("gmt+8", "Asia/Shanghai"),
    ("+08:00", "Asia/Shanghai"),
    ("z", "UTC"),
];

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    let Some(zone) = object
        .part("spec.timeZone")
        .filter(|_| object.is("batch", &["CronJob"]))
    else {
        return;
    };
    let Some(name) = zone.node.as_str() else {
        return;
    };
    let said = match name {
        "" => "empty",
        _ if name.eq_ignore_ascii_case("local") => "local",
        _ if ZONES.lines().any(|known| known == name) => return,
        _ => "unknown",
    };
    let finding = object
        .finding(&RULE, zone.node, &zone.path)
        .saying(said)
        .with("value", name);
    findings.push(match meant(name).filter(|_| said == "unknown") {
        Some(meant) => finding.with("meant", meant).advising("meant"),
        None => finding.advising("example"),
    });
}

fn meant(name: &str) -> Option<&'static str> {
    let small = name.trim().to_lowercase();
    let known = MEANT.iter().find(|(written, _)| *written == small);
    let close =
        |known: &&str| strsim::levenshtein(&known.to_lowercase(), &small) <= 2 && small.len() > 5;
    known
        .map(|(_, zone)| *zone)
        .or_else(|| ZONES.lines().find(|known| known.to_lowercase() == small))
        .or_else(|| ZONES.lines().find(close))
}
