//! One row for every trick that is known to us; `check` asks with an empty allow-list, `check_allowed` with one.

use super::*;

fn check(url: &str, expect: &str) {
    let got = match judge_url(url, &Rules::default()) {
        Ok(permit) => permit.to_string(),
        Err(refusal) => refusal.to_string(),
    };
    assert!(got.contains(expect), "{url}: {got:?} does not say {expect:?}");
}

#[test]
fn public_addresses_and_names_pass() {
    for (url, expect) in [
        ("https://example.org/خبر.xml", "a name"),
        ("http://новости.рф/rss", "a name"),
        ("http://localhost/", "a name"),
        ("http://8.8.8.8/", "public"),
        ("http://172.32.0.1/", "public"),
        ("http://100.63.255.255/", "public"),
        ("http://198.20.0.1/", "public"),
        ("http://192.0.1.1/", "public"),
        ("http://[2606:4700::1111]/", "public"),
        ("http://[::ffff:8.8.8.8]/", "public"),
    ] {
        check(url, expect);
    }
}

#[test]
fn special_addresses_are_refused_by_name_of_the_range() {
    for (url, expect) in [
        ("http://127.0.0.1/", "loopback"),
        ("http://127.1/", "loopback"),
        ("http://0x7f.0.0.1/", "loopback"),
        ("http://2130706433/", "loopback"),
        ("http://017700000001/", "loopback"),
        ("http://127.0.0.1./", "loopback"),
        ("http://0.0.0.0/", "unspecified"),
        ("http://0.1.2.3/", "unspecified"),
        ("http://10.0.0.1/", "private"),
        ("http://172.16.0.1/", "private"),
        ("http://172.31.255.255/", "private"),
        ("http://192.168.1.1/", "private"),
        ("http://100.64.0.1/", "carrier NAT"),
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("http://192.0.0.8/", "protocol"),
        ("http://192.88.99.1/", "protocol"),
        ("http://198.18.0.1/", "protocol"),
        ("http://192.0.2.1/", "documentation"),
        ("http://224.0.0.1/", "multicast"),
        ("http://240.0.0.1/", "reserved"),
        ("http://255.255.255.255/", "broadcast"),
        ("http://[::]/", "unspecified"),
        ("http://[::1]/", "loopback"),
        ("http://[::ffff:127.0.0.1]/", "loopback"),
        ("http://[::ffff:a9fe:a9fe]/", "link-local"),
        ("http://[::127.0.0.1]/", "IPv4-in-IPv6"),
        ("http://[::ffff:0:127.0.0.1]/", "IPv4-in-IPv6"),
        ("http://[64:ff9b::7f00:1]/", "IPv4-in-IPv6"),
        ("http://[64:ff9b:1::1]/", "IPv4-in-IPv6"),
        ("http://[2002:7f00:1::]/", "IPv4-in-IPv6"),
        ("http://[2001:0:1234::]/", "IPv4-in-IPv6"),
        ("http://[2606::5efe:7f00:1]/", "IPv4-in-IPv6"),
        ("http://[2001:2::1]/", "protocol"),
        ("http://[2001:db8::1]/", "documentation"),
        ("http://[3fff::1]/", "documentation"),
        ("http://[100::1]/", "protocol"),
        ("http://[fc00::1]/", "private"),
        ("http://[fd12:3456::1]/", "private"),
        ("http://[fe80::1]/", "link-local"),
        ("http://[fec0::1]/", "private"),
        ("http://[ff02::1]/", "multicast"),
        ("http://[4000::1]/", "reserved"),
    ] {
        check(url, expect);
    }
}

#[test]
fn schemes_ports_and_nonsense_are_refused() {
    for (url, expect) in [
        ("ftp://example.org/feed", "scheme \"ftp\""),
        ("file:///etc/passwd", "scheme \"file\""),
        ("javascript:alert(1)", "scheme \"javascript\""),
        ("http://example.org:22/", "port 22"),
        ("https://example.org:8443/", "port 8443"),
        ("https://example.org:443/", "a name"),
        ("http://", "not a URL"),
        ("мусор", "not a URL"),
        ("", "not a URL"),
    ] {
        check(url, expect);
    }
}

fn check_allowed(url: &str, expect: &str) {
    let rules = Rules {
        allow: vec!["127.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()],
        ports: vec![80, 8080],
    };
    let got = match judge_url(url, &rules) {
        Ok(permit) => permit.to_string(),
        Err(refusal) => refusal.to_string(),
    };
    assert!(got.contains(expect), "{url}: {got:?} does not say {expect:?}");
}

#[test]
fn an_allow_list_opens_its_networks_and_nothing_else() {
    for (url, expect) in [
        ("http://127.0.0.1:39123/", "127.0.0.0/8"),
        ("http://[::ffff:127.0.0.1]:39123/", "127.0.0.0/8"),
        ("http://[fd00::5]/", "fd00::/8"),
        ("http://10.0.0.1/", "private"),
        ("http://example.org:8080/", "a name"),
        ("https://example.org/", "port 443"),
        ("ftp://127.0.0.1/", "scheme"),
    ] {
        check_allowed(url, expect);
    }
}
