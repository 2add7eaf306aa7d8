//! Which addresses a request may go to: the decision against server-side request forgery.
//!
//! A feed, a page, a hub and a webhook are all addresses that a stranger may have written. [`judge_url`] reads the
//! URL before anything is resolved; [`judge_ip`] reads every address a name resolves to, before a connection is
//! opened. Both are needed: HTTP clients do not ask their resolver about a host that is an IP literal. The ranges
//! follow the IANA special-purpose registries (RFC 6890 and its successors) and the table of Svix's webhook server.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use url::{Host, Url};

/// Ports that are asked when the configuration lists none.
pub const USUAL_PORTS: [u16; 2] = [80, 443];

/// What an operator permits beyond the public internet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Networks that are permitted although they are special, such as `10.1.0.0/16` of one's own news server.
    pub allow: Vec<IpNet>,
    /// Ports that may be asked; empty means [`USUAL_PORTS`]. A literal address within `allow` may use any port.
    pub ports: Vec<u16>,
}

/// Why an address may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permit {
    /// A public address.
    Public,
    /// A special address that the operator has listed.
    Listed(IpNet),
    /// A name: whoever resolves it has to judge each of its addresses.
    Name,
}

impl fmt::Display for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Permit::Public => f.write_str("public address"),
            Permit::Listed(net) => write!(f, "within the permitted network {net}"),
            Permit::Name => f.write_str("a name, still to be resolved"),
        }
    }
}

/// Why an address may not be asked. Trying again is useless until somebody changes the configuration or the URL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The URL cannot be read.
    #[error("not a URL: {0}")]
    Malformed(String),
    /// Neither http nor https.
    #[error("scheme {0:?} is not http or https")]
    Scheme(String),
    /// There is no host.
    #[error("no host")]
    NoHost,
    /// The port is not in the list.
    #[error("port {0} is not in the list of ports")]
    Port(u16),
    /// The address belongs to a special range.
    #[error("{ip} is a {range} address")]
    Special {
        /// The address as it was judged.
        ip: IpAddr,
        /// What it is reserved for.
        range: Range,
    },
    /// A name that resolves, but to nothing that may be asked.
    #[error("{name} resolves to no permitted address ({first})")]
    Unresolved {
        /// The name.
        name: String,
        /// Why its first address was refused.
        first: Box<Refusal>,
    },
}

/// What a special address is reserved for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// "This host", and `::`.
    Unspecified,
    /// The machine itself.
    Loopback,
    /// RFC 1918 and unique local IPv6.
    Private,
    /// Behind a carrier's NAT, RFC 6598.
    CarrierNat,
    /// Link-local; cloud metadata services live here.
    LinkLocal,
    /// IETF protocol assignments, benchmarks, relays, discard.
    Protocol,
    /// Reserved for documentation.
    Documentation,
    /// Multicast.
    Multicast,
    /// Limited broadcast.
    Broadcast,
    /// Reserved, or outside the part of IPv6 that is assigned to the public.
    Reserved,
    /// IPv6 that carries an IPv4 address inside (compatible, NAT64, 6to4, Teredo, ISATAP) and so could smuggle a private one.
    Embedded,
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Range::Unspecified => "unspecified",
            Range::Loopback => "loopback",
            Range::Private => "private",
            Range::CarrierNat => "carrier NAT",
            Range::LinkLocal => "link-local",
            Range::Protocol => "protocol assignment",
            Range::Documentation => "documentation",
            Range::Multicast => "multicast",
            Range::Broadcast => "broadcast",
            Range::Reserved => "reserved",
            Range::Embedded => "IPv4-in-IPv6",
        })
    }
}

const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn v6(head: [u16; 4], prefix: u8) -> Ipv6Net {
    let [a, b, c, d] = head;
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0), prefix)
}

/// Special IPv4 ranges: the IANA registry as of 2025, and 6to4 relays (RFC 7526).
const SPECIAL_V4: [(Ipv4Net, Range); 17] = [
    (v4(0, 0, 0, 0, 8), Range::Unspecified),
    (v4(10, 0, 0, 0, 8), Range::Private),
    (v4(100, 64, 0, 0, 10), Range::CarrierNat),
    (v4(127, 0, 0, 0, 8), Range::Loopback),
    (v4(169, 254, 0, 0, 16), Range::LinkLocal),
    (v4(172, 16, 0, 0, 12), Range::Private),
    (v4(192, 0, 0, 0, 24), Range::Protocol),
    (v4(192, 0, 2, 0, 24), Range::Documentation),
    (v4(192, 31, 196, 0, 24), Range::Protocol),
    (v4(192, 52, 193, 0, 24), Range::Protocol),
    (v4(192, 88, 99, 0, 24), Range::Protocol),
    (v4(192, 168, 0, 0, 16), Range::Private),
    (v4(198, 18, 0, 0, 15), Range::Protocol),
    (v4(198, 51, 100, 0, 24), Range::Documentation),
    (v4(203, 0, 113, 0, 24), Range::Documentation),
    (v4(224, 0, 0, 0, 4), Range::Multicast),
    (v4(255, 255, 255, 255, 32), Range::Broadcast),
];

/// Special IPv6 ranges, the narrow before the wide. All that is outside `2000::/3` is reserved even if not listed.
const SPECIAL_V6: [(Ipv6Net, Range); 14] = [
    (v6([0x64, 0xff9b, 0, 0], 96), Range::Embedded),
    (v6([0x64, 0xff9b, 1, 0], 48), Range::Embedded),
    (v6([0x100, 0, 0, 0], 64), Range::Protocol),
    (v6([0x2001, 0, 0, 0], 32), Range::Embedded),
    (v6([0x2001, 0, 0, 0], 23), Range::Protocol),
    (v6([0x2001, 0xdb8, 0, 0], 32), Range::Documentation),
    (v6([0x2002, 0, 0, 0], 16), Range::Embedded),
    (v6([0x2620, 0x4f, 0x8000, 0], 48), Range::Protocol),
    (v6([0x3fff, 0, 0, 0], 20), Range::Documentation),
    (v6([0x5f00, 0, 0, 0], 16), Range::Protocol),
    (v6([0xfc00, 0, 0, 0], 7), Range::Private),
    (v6([0xfe80, 0, 0, 0], 10), Range::LinkLocal),
    (v6([0xfec0, 0, 0, 0], 10), Range::Private),
    (v6([0xff00, 0, 0, 0], 8), Range::Multicast),
];

/// The part of IPv6 that is assigned to the public.
const GLOBAL_UNICAST: Ipv6Net = v6([0x2000, 0, 0, 0], 3);

/// The whole of `240.0.0.0/4`, kept apart because broadcast is inside it.
const RESERVED_V4: Ipv4Net = v4(240, 0, 0, 0, 4);

/// Judges a URL before anything is resolved: its scheme, its port and, when the host is a literal, its address.
///
/// # Errors
/// The reason why the URL may not be asked.
pub fn judge_url(url: &str, rules: &Rules) -> Result<Permit, Refusal> {
    let url = Url::parse(url.trim()).map_err(|e| Refusal::Malformed(e.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::Scheme(url.scheme().to_owned()));
    }
    // The URL parser has already turned `0x7f.1`, `2130706433` and `[::ffff:7f00:1]` into addresses.
    let permit = match url.host() {
        None => return Err(Refusal::NoHost),
        Some(Host::Domain("")) => return Err(Refusal::NoHost),
        Some(Host::Domain(_)) => Permit::Name,
        Some(Host::Ipv4(ip)) => judge_ip(IpAddr::V4(ip), rules)?,
        Some(Host::Ipv6(ip)) => judge_ip(IpAddr::V6(ip), rules)?,
    };
    let port = url.port_or_known_default().unwrap_or(0);
    let listed = if rules.ports.is_empty() { &USUAL_PORTS[..] } else { &rules.ports[..] };
    match permit {
        Permit::Listed(_) => Ok(permit),
        _ if listed.contains(&port) => Ok(permit),
        _ => Err(Refusal::Port(port)),
    }
}

/// Judges one address. An IPv4-mapped IPv6 address is judged as the IPv4 address that it is.
///
/// # Errors
/// [`Refusal::Special`] with the range.
pub fn judge_ip(ip: IpAddr, rules: &Rules) -> Result<Permit, Refusal> {
    let ip = ip.to_canonical();
    if let Some(net) = rules.allow.iter().find(|net| net.contains(&ip)) {
        return Ok(Permit::Listed(*net));
    }
    let range = match ip {
        IpAddr::V4(ip) => special_v4(ip),
        IpAddr::V6(ip) => special_v6(ip),
    };
    match range {
        None => Ok(Permit::Public),
        Some(range) => Err(Refusal::Special { ip, range }),
    }
}

fn special_v4(ip: Ipv4Addr) -> Option<Range> {
    SPECIAL_V4
        .iter()
        .find(|(net, _)| net.contains(&ip))
        .map(|(_, range)| *range)
        .or_else(|| RESERVED_V4.contains(&ip).then_some(Range::Reserved))
}

fn special_v6(ip: Ipv6Addr) -> Option<Range> {
    if ip.is_unspecified() {
        return Some(Range::Unspecified);
    }
    if ip.is_loopback() {
        return Some(Range::Loopback);
    }
    if let Some((_, range)) = SPECIAL_V6.iter().find(|(net, _)| net.contains(&ip)) {
        return Some(*range);
    }
    let segments = ip.segments();
    // ::a.b.c.d (compatible) and ::ffff:0:a.b.c.d (translated, RFC 2765).
    if segments[..4] == [0; 4] {
        return Some(Range::Embedded);
    }
    // ISATAP interface identifiers, RFC 5214.
    if matches!(segments[4], 0 | 0x200) && segments[5] == 0x5efe {
        return Some(Range::Embedded);
    }
    (!GLOBAL_UNICAST.contains(&ip)).then_some(Range::Reserved)
}

#[cfg(test)]
mod tests;
