//! Traces: what a collector receives of requests, verifications and commands, and that a server
//! without one, or with one that is gone, does its work all the same.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use crate::installation::{Installation, PATIENCE, agent, enrol, read_log, request, sign_in};

/// What a collector has received.
#[derive(Default, Clone)]
struct Received {
    spans: Arc<Mutex<Vec<Span>>>,
    resources: Arc<Mutex<Vec<KeyValue>>>,
}

impl Received {
    /// Receives at an address of its own.
    async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let received = self.clone();
        tokio::spawn(async move {
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                let received = received.clone();
                tokio::spawn(async move {
                    let mut bytes = Vec::new();
                    while let Some(body) = Box::pin(posted(&mut socket, &mut bytes)).await {
                        received.take(&body);
                        let ok = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
                        socket.write_all(ok).await.unwrap();
                    }
                });
            }
        });
        address
    }

    fn take(&self, body: &[u8]) {
        let request = ExportTraceServiceRequest::decode(body).unwrap();
        for resource in request.resource_spans {
            let attributes = resource.resource.unwrap().attributes;
            *self.resources.lock().unwrap() = attributes;
            let spans = resource.scope_spans.into_iter().flat_map(|scope| scope.spans);
            self.spans.lock().unwrap().extend(spans);
        }
    }

    fn spans(&self) -> Vec<Span> {
        self.spans.lock().unwrap().clone()
    }
}

/// The body of the next request to the path of OTLP; nothing once the other side is gone.
async fn posted(socket: &mut tokio::net::TcpStream, bytes: &mut Vec<u8>) -> Option<Vec<u8>> {
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_ascii_lowercase();
            assert!(head.starts_with("post /v1/traces http/1.1"), "{head}");
            assert!(head.contains("content-type: application/x-protobuf"), "{head}");
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.unwrap().parse().unwrap();
            if bytes.len() >= end + 4 + length {
                let body = bytes[end + 4..end + 4 + length].to_vec();
                bytes.drain(..end + 4 + length);
                return Some(body);
            }
        }
        let mut chunk = [0; 16 * 1024];
        match socket.read(&mut chunk).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
        }
    }
}

fn text(attributes: &[KeyValue], key: &str) -> Option<String> {
    let found = attributes.iter().find(|attribute| attribute.key == key)?;
    match &found.value {
        Some(AnyValue { value: Some(Value::StringValue(text)) }) => Some(text.clone()),
        other => panic!("{key}: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_receives_requests_verifications_and_commands_with_their_parts() {
    let dir = tempfile::tempdir().unwrap();
    let installation = Installation { data: dir.path().join("data") };
    let token = installation.furnish(1).await;
    let received = Received::default();
    let collector = format!("http://{}", received.listen().await);
    let server =
        installation.start_with(&["--traces-endpoint", &collector, "--traces-ratio", "1"]).await;
    let cookie = sign_in(&installation, server.browsers).await;
    let (host, credential) = enrol(server.agents, &token, "host-1").await;
    let (_address, addresses) = watch::channel(server.agents);
    let answered = Arc::new(AtomicU64::new(0));
    tokio::spawn(agent("host-1".to_owned(), credential, token, addresses, answered));
    let head = format!("cookie: {cookie}\r\n");
    let path = format!("/api/v1/hosts/{host}/row?secret=not-for-traces");
    let deadline = Instant::now() + PATIENCE;
    loop {
        let (status, row) = request(server.browsers, "GET", &path, &head, "").await.unwrap();
        if status == 200 && row["last_verified"].is_i64() {
            break;
        }
        assert!(Instant::now() < deadline, "{row}\n{}", read_log(&installation.data));
        sleep(Duration::from_millis(100)).await;
    }
    // What waits is sent at the end.
    server.signal("TERM");
    assert!(server.ended().await);

    let spans = received.spans();
    let by_id: BTreeMap<_, _> = spans.iter().map(|span| (&span.span_id, span)).collect();
    let named = |name: &str| spans.iter().filter(|span| span.name == name).collect::<Vec<_>>();
    let parent = |span: &Span| by_id.get(&span.parent_span_id).map(|span| span.name.as_str());

    let requests = named("request");
    let row = requests.iter().find(|span| {
        text(&span.attributes, "route").is_some_and(|of| of.starts_with("/api/v1/hosts/"))
    });
    let row = row.unwrap_or_else(|| panic!("{requests:?}"));
    assert_eq!(text(&row.attributes, "method").as_deref(), Some("GET"));
    assert_eq!(text(&row.attributes, "request.id").unwrap().len(), 16);

    let verification = named("verification");
    assert!(!verification.is_empty(), "{:?}", spans.iter().map(|s| &s.name).collect::<Vec<_>>());
    assert_eq!(text(&verification[0].attributes, "host.id"), Some(host.clone()));
    for part in ["challenge", "appraisal", "commit"] {
        let mut part = spans.iter().filter(|span| span.name == part);
        assert!(part.any(|part| parent(part) == Some("verification")), "{spans:?}");
    }
    let commands = named("command");
    let of = |name: &str| {
        commands.iter().find(|span| text(&span.attributes, "command").as_deref() == Some(name))
    };
    // Others may share it: it is a part of no single verification.
    assert_eq!(of("record_appraisal").map(|span| parent(span)), Some(None));
    assert_eq!(of("sign_in_with_code").map(|span| parent(span)), Some(Some("request")));
    for part in ["turn", "commit"] {
        assert!(named(part).iter().any(|part| parent(part) == Some("command")));
    }
    let resource = received.resources.lock().unwrap().clone();
    assert_eq!(text(&resource, "service.name").as_deref(), Some("trustboard"));
    assert!(!text(&resource, "host.name").unwrap().is_empty());
    // Neither what stands behind the question mark, nor who has the session.
    let all = format!("{spans:?}");
    let session = cookie.split_once('=').unwrap().1;
    assert!(!all.contains("not-for-traces") && !all.contains(session));
    // The log has no part of it.
    assert!(!read_log(&installation.data).contains("turn"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_that_is_not_there_keeps_nobody_waiting() {
    let dir = tempfile::tempdir().unwrap();
    let installation = Installation { data: dir.path().join("data") };
    installation.furnish(1).await;
    // Bound and left again: nobody listens there.
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let collector = format!("http://{nobody}/v1/traces");
    let server =
        installation.start_with(&["--traces-endpoint", &collector, "--traces-ratio", "1"]).await;
    for _ in 0..20 {
        let (status, _) = request(server.browsers, "GET", "/readyz", "", "").await.unwrap();
        assert_eq!(status, 200);
    }
    let begun = Instant::now();
    server.signal("TERM");
    assert!(server.ended().await);
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
}
