//! Which machines may be reached: a server shared by several persons is no door to its own network.

use crate::{Error, Result};
use std::net::{IpAddr, Ipv6Addr, SocketAddr, ToSocketAddrs};

/// Which machines may be reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Any: the person runs the program on a machine of their own.
    Anywhere,
    /// Public addresses only.
    Public,
}

impl Reach {
    /// The addresses of a host that may be reached, looked up once: what was judged is what is
    /// connected to.
    ///
    /// # Errors
    /// [`Error::Unreachable`] when the name has no address, [`Error::Forbidden`] when none of them
    /// may be reached.
    pub fn addresses(self, host: &str, port: u16) -> Result<Vec<SocketAddr>> {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let all: Vec<SocketAddr> =
            (bare, port).to_socket_addrs().map_err(|_| Error::Unreachable)?.collect();
        if all.is_empty() {
            return Err(Error::Unreachable);
        }
        let allowed: Vec<SocketAddr> =
            all.into_iter().filter(|a| self == Reach::Anywhere || is_public(a.ip())).collect();
        if allowed.is_empty() { Err(Error::Forbidden) } else { Ok(allowed) }
    }
}

/// Whether an address is on the open Internet (IANA special-purpose registries).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_broadcast()
                || v4.is_documentation()
                || v4.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 198 && (b == 18 || b == 19))
                || (a, b, c) == (192, 0, 0)
                || (a, b, c) == (192, 88, 99))
        }
        IpAddr::V6(v6) => match inner(v6) {
            Some(v4) => is_public(v4),
            // Only 2000::/3 is given out; documentation, Teredo and ORCHID stand in it.
            None => {
                let s = v6.segments();
                (s[0] & 0xe000) == 0x2000
                    && !(s[0] == 0x2001 && s[1] < 0x200)
                    && !(s[0] == 0x2001 && s[1] == 0xdb8)
                    && s[0] != 0x3fff
            }
        },
    }
}

/// The IPv4 address inside an IPv6 one: mapped, compatible, NAT64, 6to4.
fn inner(v6: Ipv6Addr) -> Option<IpAddr> {
    let s = v6.segments();
    let tail = |hi: u16, lo: u16| {
        let [a, b] = hi.to_be_bytes();
        let [c, d] = lo.to_be_bytes();
        Some(IpAddr::from([a, b, c, d]))
    };
    match s {
        [0, 0, 0, 0, 0, 0xffff | 0, hi, lo] => tail(hi, lo),
        [0x64, 0xff9b, ..] => tail(s[6], s[7]),
        [0x2002, hi, lo, ..] => tail(hi, lo),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_open_internet_are_public() {
        for no in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.1.1",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "::1",
            "::",
            "::ffff:127.0.0.1",
            "fe80::1",
            "fc00::1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "224.0.0.1",
            "::7f00:1",
        ] {
            let address = no.parse::<IpAddr>().expect("an address");
            assert!(!is_public(address), "{no}");
        }
        for yes in ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "64:ff9b::101:101"] {
            assert!(is_public(yes.parse::<IpAddr>().expect("an address")), "{yes}");
        }
    }
}
