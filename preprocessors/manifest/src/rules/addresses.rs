//! Reads IP addresses and ranges of them as the API server does. Knows no place and no finding.
//!
//! <https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/ip.go>.

use std::net::IpAddr;

/// What is wrong with an address or a range of them; also the name of the words that say it.
pub(super) type AddressFault = &'static str;

/// Reads an IP address.
pub(super) fn address(text: &str) -> Result<IpAddr, AddressFault> {
    match text.parse::<IpAddr>() {
        Ok(IpAddr::V6(address)) if address.to_ipv4_mapped().is_some() => Err("mapped"),
        Ok(address) => Ok(address),
        Err(_) if without_zeros(text).parse::<IpAddr>().is_ok() => Err("zeros"),
        Err(_) => Err("address"),
    }
}

/// Reads a range such as `192.0.2.0/24`: its first address, and how many bits of it count.
pub(super) fn range(text: &str) -> Result<(IpAddr, u32), AddressFault> {
    let (first, length) = text.split_once('/').ok_or("range")?;
    let zeros = length.len() > 1 && length.starts_with('0');
    let bits: u32 = match length.bytes().all(|byte| byte.is_ascii_digit()) {
        true => length.parse().map_err(|_| "range")?,
        false => return Err("range"),
    };
    let first = match address(first) {
        Err("address") => return Err("range"),
        Err("zeros") => return Err("range-zeros"),
        other => other?,
    };
    match bits {
        _ if bits > width(first) => Err("range"),
        _ if zeros => Err("range-zeros"),
        _ if first_of(first, bits) != number(first) => Err("bits"),
        _ => Ok((first, bits)),
    }
}

/// Whether the range `inner` lies within `outer` and is smaller.
pub(super) fn is_within(inner: (IpAddr, u32), outer: (IpAddr, u32)) -> bool {
    width(inner.0) == width(outer.0)
        && inner.1 > outer.1
        && first_of(inner.0, outer.1) == number(outer.0)
}

fn width(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}

fn first_of(address: IpAddr, bits: u32) -> u128 {
    let idle = width(address) - bits;
    let number = number(address);
    number
        .checked_shr(idle)
        .and_then(|kept| kept.checked_shl(idle))
        .unwrap_or(0)
}

fn without_zeros(text: &str) -> String {
    let byte = |part: &str| match part.trim_start_matches('0') {
        "" if !part.is_empty() => "0".to_owned(),
        short => short.to_owned(),
    };
    text.split('.').map(byte).collect::<Vec<String>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_server_does() {
        for right in [
            "192.0.2.0/24",
            "0.0.0.0/0",
            "::/0",
            "2001:db8::/64",
            "192.0.2.10/32",
        ] {
            assert!(range(right).is_ok(), "{right}");
        }
        assert_eq!(range("192.0.2.10"), Err("range"));
        assert_eq!(range("192.0.2.0/33"), Err("range"));
        assert_eq!(range("192.0.2.10/24"), Err("bits"));
        assert_eq!(range("192.000.002.000/24"), Err("range-zeros"));
        assert_eq!(range("shop/24"), Err("range"));
    }

    #[test]
    fn a_range_within_another_is_smaller() {
        let read = |text| range(text).expect("a range");
        assert!(is_within(read("192.0.2.0/28"), read("192.0.2.0/24")));
        assert!(!is_within(read("192.0.2.0/24"), read("192.0.2.0/24")));
        assert!(!is_within(read("198.51.100.0/28"), read("192.0.2.0/24")));
        assert!(is_within(read("10.0.0.0/8"), read("0.0.0.0/0")));
        assert!(!is_within(read("2001:db8::/64"), read("0.0.0.0/0")));
    }

    #[test]
    fn addresses_have_no_leading_zeros() {
        assert!(address("192.0.2.1").is_ok() && address("::1").is_ok());
        assert_eq!(address("192.0.2.01"), Err("zeros"));
        assert_eq!(address("10.96.0"), Err("address"));
        assert_eq!(address("::ffff:1.2.3.4"), Err("mapped"));
    }
}
