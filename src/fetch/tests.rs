//! A real server and a real client under the paused clock: minutes pass in milliseconds.

use super::*;
use crate::http::{self, Policy};
use std::io::Write;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Serves each connection with the script for its path; `Wait` passes virtual time.
enum Send {
    Bytes(Vec<u8>),
    Wait(u64),
    Repeat(Vec<u8>, usize),
}

fn script(path: &str, request: &str) -> Vec<Send> {
    let body = "<rss>خبر</rss>";
    let ok = |extra: &str, body: &[u8]| {
        let mut out = format!("HTTP/1.1 200 OK\r\n{extra}Content-Length: {}\r\n\r\n", body.len())
            .into_bytes();
        out.extend_from_slice(body);
        out
    };
    let gzip = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let to = |status: &str, to: &str| {
        format!("HTTP/1.1 {status}\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").into_bytes()
    };
    let one = match path {
        "/feed" if request.contains("if-none-match: W/\"a b\"\r\n") => {
            b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec()
        }
        "/feed" => ok("ETag: W/\"a b\"\r\n", body.as_bytes()),
        "/headers" => ok("", request.as_bytes()),
        "/gzip" => ok("Content-Encoding: gzip\r\n", &gzip(body.as_bytes())),
        "/cut-gzip" => ok("Content-Encoding: gzip\r\n", &gzip(body.as_bytes())[..12]),
        "/twice" => ok("Content-Encoding: gzip, gzip\r\n", &gzip(&gzip(body.as_bytes()))),
        "/bomb" => ok("Content-Encoding: gzip\r\n", &gzip(&vec![b'a'; 6 << 20])),
        "/large" => ok("", &vec![b'a'; 9 << 20]),
        "/301" => to("301 Moved", "/308"),
        "/308" => to("308 Moved", "/302"),
        "/302" => to("302 Found", "/feed"),
        "/loop" => to("302 Found", "/loop"),
        "/inside" => to("302 Found", "http://169.254.169.254/latest/"),
        "/file" => to("301 Moved", "file:///etc/passwd"),
        "/nowhere" => b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
        "/fat" => ok(&format!("X: {}\r\n", "x".repeat(70_000)), b""),
        "/500" => b"HTTP/1.1 500 No\r\nContent-Length: 4\r\n\r\noops".to_vec(),
        "/silent" => return vec![Send::Wait(60)],
        "/drip" => {
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".to_vec();
            return vec![Send::Bytes(head), Send::Repeat(b"x".to_vec(), 100_000)];
        }
        "/late" => {
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".to_vec();
            return vec![Send::Bytes(head), Send::Repeat(vec![b'x'; 2000], 500)];
        }
        "/cut" => b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".to_vec(),
        _ => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
    };
    vec![Send::Bytes(one)]
}

async fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut buffer = vec![0; 16 * 1024];
                let n = socket.read(&mut buffer).await.unwrap_or(0);
                let request = String::from_utf8_lossy(&buffer[..n]).into_owned();
                let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
                for step in script(&path, &request) {
                    match step {
                        Send::Bytes(bytes) => {
                            let _gone = socket.write_all(&bytes).await;
                        }
                        Send::Wait(s) => tokio::time::sleep(Duration::from_secs(s)).await,
                        Send::Repeat(bytes, times) => {
                            for _ in 0..times {
                                tokio::time::sleep(Duration::from_secs(1)).await;
                                if socket.write_all(&bytes).await.is_err() {
                                    return;
                                }
                            }
                        }
                    }
                }
            });
        }
    });
    base
}

fn fetcher() -> Fetcher {
    let mut policy = Policy::new("marsad-test/1 (+https://example.org/bot)");
    policy.allow = vec!["127.0.0.0/8".parse().unwrap()];
    Fetcher::new(http::client(&policy).unwrap(), Limits::default())
}

fn tell(fetched: &Fetched) -> String {
    match fetched {
        Fetched::Answer(a) => format!(
            "{} {} permanent {}",
            a.status,
            String::from_utf8_lossy(&a.body),
            a.permanent.as_deref().unwrap_or("-").rsplit('/').next().unwrap_or("-")
        ),
        Fetched::Failed(failure) => failure.to_string(),
    }
}

#[tokio::test(start_paused = true)]
async fn every_kind_of_answer_ends_as_it_should() {
    let base = serve().await;
    let fetcher = fetcher();
    for (path, expect) in [
        ("/feed", "200 <rss>خبر</rss> permanent -"),
        ("/gzip", "200 <rss>خبر</rss> permanent -"),
        ("/cut-gzip", "unreachable: the body cannot be decoded"),
        ("/twice", "unreachable: the content encoding \"gzip, gzip\""),
        ("/bomb", "over the limit: a body that decodes to more than 200 times"),
        ("/large", "over the limit: a body of more than 8388608 bytes"),
        ("/301", "200 <rss>خبر</rss> permanent 302"),
        ("/302", "200 <rss>خبر</rss> permanent -"),
        ("/loop", "over the limit: more than 5 redirects"),
        ("/inside", "refused: 169.254.169.254 is a link-local address"),
        ("/file", "refused: scheme \"file\""),
        ("/nowhere", "302  permanent -"),
        ("/fat", "over the limit: headers of 70"),
        ("/500", "500  permanent -"),
        ("/silent", "over the limit: no answer in time"),
        ("/drip", "over the limit: less than 1024 bytes/s"),
        ("/late", "over the limit: the body took too long"),
        ("/cut", "unreachable: "),
        ("/missing", "404  permanent -"),
    ] {
        let got = tell(&fetcher.get(&format!("{base}{path}"), &Validators::default()).await);
        assert!(got.starts_with(expect), "{path}: {got:?} does not start with {expect:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn validators_go_back_byte_for_byte() {
    let base = serve().await;
    let validators =
        Validators { etag: Some("W/\"a b\"".into()), last_modified: Some("Mon, 1 Jan".into()) };
    let fetched = fetcher().get(&format!("{base}/feed"), &validators).await;
    assert!(tell(&fetched).starts_with("304"), "{fetched:?}");
    let told = tell(&fetcher().get(&format!("{base}/headers"), &validators).await);
    for expect in [
        "if-modified-since: Mon, 1 Jan\r\n",
        "accept: application/rss+xml",
        "user-agent: marsad-test/1 (+https://example.org/bot)\r\n",
        "accept-encoding: gzip, br\r\n",
    ] {
        assert!(told.contains(expect), "{told:?} lacks {expect:?}");
    }
    assert!(!told.contains("referer") && !told.contains("cookie"), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn a_forbidden_address_is_never_connected_to() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut policy = Policy::new("marsad-test/1");
    policy.ports = vec![port];
    let table = [("news.example".to_owned(), vec!["127.0.0.1".parse().unwrap()])];
    policy.names = http::Names::Fixed(Arc::new(table.into_iter().collect()));
    let client = http::client(&policy).unwrap();
    let fetcher = Fetcher::new(client.clone(), Limits::default());
    for (host, expect) in [
        ("127.0.0.1", "refused: 127.0.0.1 is a loopback address"),
        ("[::ffff:127.0.0.1]", "refused: 127.0.0.1 is a loopback address"),
        ("news.example", "refused: news.example resolves to no permitted address"),
        ("unknown.example", "unreachable: "),
    ] {
        let url = format!("http://{host}:{port}/");
        let got = tell(&fetcher.get(&url, &Validators::default()).await);
        assert!(got.starts_with(expect), "{host}: {got:?} does not start with {expect:?}");
    }
    let counts = client.counts();
    assert_eq!((counts.refused(), counts.lookups(), counts.addresses()), (3, 2, 0));
    let connected = tokio::time::timeout(Duration::from_secs(1), listener.accept()).await;
    assert!(connected.is_err(), "somebody connected");
}

#[tokio::test(start_paused = true)]
async fn one_host_is_asked_by_one_connection_at_a_time() {
    let base = serve().await;
    let fetcher = fetcher();
    let started = Instant::now();
    let url = format!("{base}/silent");
    let none = Validators::default();
    tokio::join!(fetcher.get(&url, &none), fetcher.get(&url, &none), fetcher.get(&url, &none));
    assert_eq!(started.elapsed().as_secs(), 45, "three waits of 15 s, one after the other");
}
