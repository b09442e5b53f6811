//! `request-over-limit`: what a container asks for is not more than it may use.

use super::resources::{Resources, is_extended, is_huge_pages};
use super::{Object, error};
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("request-over-limit");

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for resources in Resources::of(object) {
        let limits = resources.shares("limits");
        for request in resources.shares("requests") {
            let Some(limit) = limits.iter().find(|limit| limit.name() == request.name()) else {
                continue;
            };
            let (Some(asked), Some(most)) = (request.amount(), limit.amount()) else {
                continue;
            };
            // What cannot be shared is given whole: no more, and no less.
            let whole = is_extended(request.name()) || is_huge_pages(request.name());
            let variant = match (whole, asked.nano.cmp(&most.nano)) {
                (true, order) if order.is_ne() => "equal",
                (false, order) if order.is_gt() => "more",
                _ => continue,
            };
            let path = format!("{}.requests", resources.part.path);
            findings.push(
                object
                    .finding(&RULE, &request.entry.value, &path)
                    .saying(variant)
                    .advising(variant)
                    .with("value", asked.canonical())
                    .with("name", request.name())
                    .with("limit", most.canonical())
                    .also(limit.entry.value.span.clone(), "limit"),
            );
        }
    }
}
