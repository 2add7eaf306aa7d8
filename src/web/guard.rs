//! What every answer goes through: the names that the page may be reached by, the time that it may take, and the headers
//! that keep a browser from doing anything with it but show it.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::WebState;
use super::pages::error_page;

/// Nothing is loaded but the stylesheet; nothing frames the page, and no form leads away from it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // The newsroom's address is none of a publisher's business.
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// Whether a request may be answered, by the name it was sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Addressed {
    /// To a loopback name, an address, or a configured name.
    Here,
    /// To a name that is not ours. A hostile page makes its own name lead here (DNS rebinding) to read what only this
    /// machine may; its requests carry that name.
    Elsewhere,
    /// To no name at all.
    Nowhere,
}

/// The outermost layer.
pub(super) async fn guard(
    State(state): State<Arc<WebState>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match addressed(&request, &state.hosts) {
        Addressed::Here => match tokio::time::timeout(state.limits.page, next.run(request)).await {
            Ok(response) => response,
            Err(_) => error_page(
                StatusCode::SERVICE_UNAVAILABLE,
                "This page took too long. The store may be busy; try again.",
            ),
        },
        Addressed::Elsewhere => error_page(
            StatusCode::MISDIRECTED_REQUEST,
            "This page is not served under that name. Names are added by `hosts` of [web].",
        ),
        Addressed::Nowhere => error_page(StatusCode::BAD_REQUEST, "The request names no host."),
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, value);
    }
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

fn addressed(request: &Request, hosts: &[String]) -> Addressed {
    let mut names = request.headers().get_all(header::HOST).iter();
    let name = match (request.uri().authority(), names.next(), names.next()) {
        // Two hosts are a way to be taken for one by a proxy and for the other here.
        (_, _, Some(_)) => return Addressed::Nowhere,
        (Some(authority), ..) => Some(authority.as_str()),
        (None, name, None) => name.and_then(|name| name.to_str().ok()),
    };
    let Some(name) = name.and_then(without_port) else { return Addressed::Nowhere };
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    // An address cannot be rebound, only a name can.
    let is_address = name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    if is_address || name == "localhost" || hosts.contains(&name) {
        Addressed::Here
    } else {
        Addressed::Elsewhere
    }
}

/// `host`, `host:port` or `[address]:port` without its port; none when it is none of these.
fn without_port(authority: &str) -> Option<&str> {
    let (host, port) = match authority.rfind(']') {
        Some(end) => authority.split_at_checked(end + 1)?,
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let number = port.strip_prefix(':');
    let fits = port.is_empty() || number.is_some_and(|n| n.parse::<u16>().is_ok() || n.is_empty());
    (fits && !host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, expected: Addressed) {
        let request = Request::builder().uri("/").header(header::HOST, host);
        let request = request.body(axum::body::Body::empty()).expect("request");
        let hosts = ["marsad.example".to_owned()];
        assert_eq!(addressed(&request, &hosts), expected, "{host}");
    }

    #[test]
    fn only_names_that_are_ours_are_answered() {
        for host in [
            "127.0.0.1:8087",
            "127.0.0.1",
            "[::1]:8087",
            "[::1]",
            "localhost:8087",
            "LocalHost.",
            "marsad.example",
            "Marsad.Example:443",
            "192.168.1.4:8087",
        ] {
            check(host, Addressed::Here);
        }
        for host in [
            "attacker.example",
            "attacker.example:8087",
            "localhost.attacker.example",
            "127.0.0.1.attacker.example",
            "marsad.example.attacker.example",
            "me@attacker.example",
        ] {
            check(host, Addressed::Elsewhere);
        }
        for host in ["", ":8087", "localhost:port", "[::1]x"] {
            check(host, Addressed::Nowhere);
        }
    }

    #[test]
    fn two_hosts_are_none() {
        let request = Request::builder().uri("/").header(header::HOST, "localhost");
        let request = request.header(header::HOST, "localhost").body(axum::body::Body::empty());
        assert_eq!(addressed(&request.expect("request"), &[]), Addressed::Nowhere);
    }
}
