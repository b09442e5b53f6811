//! `whole-resource`: a device is given whole, with a limit; large pages go with CPU or memory.

use super::resources::{Resources, Share, is_extended, is_huge_pages};
use super::{Object, error};
use crate::scalar::amount;
use crate::{Finding, Rule};

pub(super) static RULE: Rule = error("whole-resource");

const NANO: i128 = 1_000_000_000;

pub(super) fn check(object: &Object<'_>, findings: &mut Vec<Finding>) {
    for resources in Resources::of(object) {
        let all = resources.all();
        for share in all.iter().filter(|share| is_extended(share.name())) {
            if let Some(amount) = share.amount().filter(|amount| amount.nano % NANO != 0) {
                let finding = object.finding(&RULE, &share.entry.value, &share.path);
                findings.push(
                    finding
                        .saying("whole")
                        .advising("whole")
                        .with("value", amount.canonical()),
                );
            }
        }
        for share in all.iter().filter(|share| is_huge_pages(share.name())) {
            let page = share.name().strip_prefix("hugepages-").and_then(amount);
            if let Some(page) = page.filter(|page| page.nano > 0)
                && let Some(amount) = share.amount()
                && amount.nano > 0
                && amount.nano % page.nano != 0
            {
                let finding = object.finding(&RULE, &share.entry.value, &share.path);
                findings.push(
                    finding
                        .saying("multiple")
                        .advising("multiple")
                        .with("value", amount.canonical())
                        .with("name", share.name()),
                );
            }
        }
        let path = &resources.part.path;
        let named = |share: &Share<'_>, list| {
            let same = |other: &&Share<'_>| other.list == list && other.name() == share.name();
            all.iter().find(same).is_some()
        };
        for share in all.iter().filter(|share| share.list == "requests") {
            let whole = is_extended(share.name()) || is_huge_pages(share.name());
            if whole && !named(share, "limits") {
                let finding = object.finding_at(
                    &RULE,
                    share.entry.key_span.clone(),
                    &format!("{path}.limits"),
                );
                findings.push(
                    finding
                        .saying("limit")
                        .advising("limit")
                        .with("name", share.name()),
                );
            }
        }
        let pages = all.iter().find(|share| is_huge_pages(share.name()));
        let others = all
            .iter()
            .any(|share| ["cpu", "memory"].contains(&share.name()));
        if let Some(pages) = pages.filter(|_| !others && !resources.of_pod) {
            let finding = object.finding_at(&RULE, pages.entry.key_span.clone(), path);
            findings.push(finding.saying("pages").advising("pages"));
        }
    }
}
