//! Reads the texts that Kubernetes gives a meaning: quantities, base64, moments.
//!
//! Each function answers as the API server's decoder does, in its words. Knows no place and no finding.

/// What is wrong with a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QuantityFault {
    /// No number at all.
    Syntax,
    /// A number, and letters behind it that are no unit.
    Suffix,
}

/// Reads a quantity (`500m`, `1.5Gi`, `1e3`).
///
/// <https://github.com/kubernetes/apimachinery/blob/master/pkg/api/resource/quantity.go>, `parseQuantityString`:
/// it takes more than the documentation says (`.5`, `1.`, `+1`, and even `m`, which is 0).
pub(crate) fn quantity(text: &str) -> Result<(), QuantityFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(QuantityFault::Syntax);
    }
    let digits = |text: &str| {
        text.len()
            - text
                .trim_start_matches(|character: char| character.is_ascii_digit())
                .len()
    };
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    rest = &rest[digits(rest)..];
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = &fraction[digits(fraction)..];
    }
    let letters = rest.trim_start_matches(|character| "eEinumkKMGTP".contains(character));
    let exponent = letters.strip_prefix(['+', '-']).unwrap_or(letters);
    if digits(exponent) != exponent.len() {
        return Err(QuantityFault::Syntax);
    }
    if is_suffix(rest) {
        Ok(())
    } else {
        Err(QuantityFault::Suffix)
    }
}

fn is_suffix(text: &str) -> bool {
    const UNITS: [&str; 16] = [
        "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei",
    ];
    UNITS.contains(&text)
        || text
            .strip_prefix(['e', 'E'])
            .is_some_and(|exponent| exponent.parse::<i64>().is_ok())
}

/// How much a quantity is, in billionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Amount {
    pub(crate) nano: i128,
    /// Written in powers of 1024 (`Mi`).
    binary: bool,
}

const UNITS: [(&str, i128); 10] = [
    ("E", 1_000_000_000_000_000_000_000_000_000),
    ("P", 1_000_000_000_000_000_000_000_000),
    ("T", 1_000_000_000_000_000_000_000),
    ("G", 1_000_000_000_000_000_000),
    ("M", 1_000_000_000_000_000),
    ("k", 1_000_000_000_000),
    ("", 1_000_000_000),
    ("m", 1_000_000),
    ("u", 1_000),
    ("n", 1),
];
const BINARY_UNITS: [&str; 7] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const ONE: i128 = 1_000_000_000;

/// Reads how much a quantity is; nothing where it is none, or beyond what anybody means.
///
/// What is finer than a billionth is rounded up, as the server does.
pub(crate) fn amount(text: &str) -> Option<Amount> {
    quantity(text).ok()?;
    let text = text.trim();
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let number = |character: char| character.is_ascii_digit() || character == '.';
    let unit = rest.trim_start_matches(number);
    let (whole, fraction) = match rest[..rest.len() - unit.len()].split_once('.') {
        Some((whole, fraction)) => (whole, fraction),
        None => (&rest[..rest.len() - unit.len()], ""),
    };
    let digits: i128 = match format!("{whole}{fraction}").as_str() {
        "" => 0,
        digits => digits.parse().ok()?,
    };
    let divisor = 10_i128.checked_pow(fraction.len() as u32)?;
    let (factor, divisor) = factor(unit, divisor)?;
    let product = digits.checked_mul(factor)?;
    let nano = product / divisor + i128::from(product % divisor != 0);
    Some(Amount {
        nano: if negative { -nano } else { nano },
        binary: unit.ends_with('i'),
    })
}

/// By what to multiply and to divide a number with this unit for it to be billionths.
fn factor(unit: &str, divisor: i128) -> Option<(i128, i128)> {
    if let Some((_, factor)) = UNITS.iter().find(|(name, _)| *name == unit) {
        return Some((*factor, divisor));
    }
    if let Some(power) = BINARY_UNITS.iter().position(|name| *name == unit) {
        return Some((
            ONE.checked_mul(1024_i128.checked_pow(power as u32)?)?,
            divisor,
        ));
    }
    let exponent: i32 = unit.strip_prefix(['e', 'E'])?.parse().ok()?;
    let power = 10_i128.checked_pow(exponent.unsigned_abs())?;
    match exponent < 0 {
        true => Some((ONE, divisor.checked_mul(power)?)),
        false => Some((ONE.checked_mul(power)?, divisor)),
    }
}

impl Amount {
    /// How the server writes it: `1` for `1000m`, `1Gi` for `1024Mi`.
    pub(crate) fn canonical(self) -> String {
        if self.nano == 0 {
            return "0".to_owned();
        }
        if self.binary && self.nano % ONE == 0 && self.nano.abs() >= 1024 * ONE {
            let (mut number, mut power) = (self.nano / ONE, 0);
            while number % 1024 == 0 && power + 1 < BINARY_UNITS.len() {
                (number, power) = (number / 1024, power + 1);
            }
            return format!("{number}{}", BINARY_UNITS[power]);
        }
        let fits = |(_, factor): &&(&str, i128)| self.nano % factor == 0;
        match UNITS.iter().find(fits) {
            Some((unit, factor)) => format!("{}{unit}", self.nano / factor),
            None => format!("{}n", self.nano),
        }
    }
}

/// Reads base64 as Go does; the error is the byte at which it gives up.
///
/// <https://github.com/golang/go/blob/master/src/encoding/base64/base64.go>, `decodeQuantum`.
pub(crate) fn base64(text: &str) -> Result<(), usize> {
    let significant: Vec<(usize, u8)> = text
        .bytes()
        .enumerate()
        .filter(|(_, byte)| !b"\r\n".contains(byte))
        .collect();
    let place = |index: usize| significant.get(index).map_or(text.len(), |(at, _)| *at);
    for (index, (at, byte)) in significant.iter().enumerate() {
        if byte.is_ascii_alphanumeric() || b"+/".contains(byte) {
            continue;
        }
        if *byte != b'=' || index % 4 < 2 {
            return Err(*at);
        }
        let end = if index % 4 == 2 { index + 2 } else { index + 1 };
        if end > significant.len() {
            return Err(text.len());
        }
        if significant[end - 1].1 != b'=' {
            return Err(place(end - 1) - 1);
        }
        return if end < significant.len() {
            Err(place(end))
        } else {
            Ok(())
        };
    }
    match significant.len() % 4 {
        0 => Ok(()),
        left => Err(text.len() - left),
    }
}

/// Whether a text is a moment as RFC 3339 writes it: `2026-11-25T08:30:00Z`, with or without fractions and offset.
pub(crate) fn is_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return false;
    };
    let numbers = |text: &str, separator, widths: &[usize]| -> Option<Vec<u32>> {
        let parts: Vec<&str> = text.split(separator).collect();
        let fit = parts.len() == widths.len()
            && parts
                .iter()
                .zip(widths)
                .all(|(part, width)| part.len() == *width);
        fit.then(|| {
            parts
                .iter()
                .map(|part| number(part))
                .collect::<Option<Vec<u32>>>()
        })
        .flatten()
    };
    let (clock, offset) = match time.strip_suffix('Z') {
        Some(clock) => (clock, None),
        None => match time.rfind(['+', '-']) {
            Some(at) => (&time[..at], Some(&time[at + 1..])),
            None => return false,
        },
    };
    let (clock, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, "0"));
    let date =
        numbers(date, '-', &[4, 2, 2]).is_some_and(|date| is_date(date[0], date[1], date[2]));
    let clock = numbers(clock, ':', &[2, 2, 2])
        .is_some_and(|clock| clock[0] < 24 && clock[1] < 60 && clock[2] < 60);
    let offset = offset.is_none_or(|offset| {
        numbers(offset, ':', &[2, 2]).is_some_and(|offset| offset[0] <= 24 && offset[1] < 60)
    });
    date && clock
        && offset
        && number(fraction.get(..1).unwrap_or("")).is_some()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(text: &str) -> Option<u32> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

fn is_date(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each was sent to a 1.37 API server.
    #[test]
    fn quantities_are_read_as_the_server_does() {
        for right in [
            "1", "500m", "1.5Gi", "1e3", "1E3", "1E", ".5", "1.", "+1", "-1", "0", "m", " 1Gi ",
            "5e-3",
        ] {
            assert_eq!(quantity(right), Ok(()), "{right:?}");
        }
        for wrong in ["", "abc", "1 Gi", "1GB", "true", "1,5", "128 Mi"] {
            assert_eq!(quantity(wrong), Err(QuantityFault::Syntax), "{wrong:?}");
        }
        for wrong in ["1gi", "1mi"] {
            assert!(quantity(wrong).is_err(), "{wrong:?}");
        }
        for wrong in ["1K", "1mM", "1KiM", "1ee3"] {
            assert_eq!(quantity(wrong), Err(QuantityFault::Suffix), "{wrong:?}");
        }
    }

    #[test]
    fn amounts_are_written_as_the_server_does() {
        for (written, canonical) in [
            ("1000m", "1"),
            ("0.5", "500m"),
            (".5", "500m"),
            ("1024Mi", "1Gi"),
            ("1.5Gi", "1536Mi"),
            ("128Mi", "128Mi"),
            ("512Ki", "512Ki"),
            ("1e3", "1k"),
            ("5e-3", "5m"),
            ("-100m", "-100m"),
            ("100m", "100m"),
            ("0", "0"),
            ("m", "0"),
            ("2", "2"),
        ] {
            let canonical = Some(canonical.to_owned());
            assert_eq!(
                amount(written).map(Amount::canonical),
                canonical,
                "{written}"
            );
        }
        assert_eq!(amount("1e99"), None);
        assert_eq!(amount("1 Gi"), None);
        assert!(amount("1Gi") > amount("1000Mi"));
    }

    #[test]
    fn base64_ends_where_go_gives_up() {
        for right in ["", "YQ==", "YWI=", "YWJj", "YW\nJj"] {
            assert_eq!(base64(right), Ok(()), "{right:?}");
        }
        assert_eq!(base64("m"), Err(0));
        assert_eq!(base64("a b=="), Err(1));
        assert_eq!(base64("YQ"), Err(0));
        assert_eq!(base64("YQ=="), Ok(()));
        assert_eq!(base64("YQ==YQ=="), Err(4));
        assert_eq!(base64("YQ="), Err(3));
        assert_eq!(base64("YQ=a"), Err(2));
        assert_eq!(base64("geheim!"), Err(6));
    }

    #[test]
    fn moments_are_whole() {
        for right in ["2026-11-25T08:30:00Z", "2024-02-29T00:00:00.5+02:00"] {
            assert!(is_time(right), "{right:?}");
        }
        for wrong in [
            "2024-01-01",
            "2026-02-29T00:00:00Z",
            "2024-01-01T00:00:00",
            "2024-01-01 00:00:00Z",
            "2024-01-01T24:00:00Z",
            "",
            "2024-01-01T00:00:00.Z",
        ] {
            assert!(!is_time(wrong), "{wrong:?}");
        }
    }
}
