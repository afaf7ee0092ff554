//! Compression: who gets answers compressed, and which.

use std::io::Read as _;

use flate2::read::GzDecoder;
use trustboard_model::role::Role;

use crate::support::agent::enrol;
use crate::support::{Answer, Ask, PATIENCE, Session, World};

const ALL: &str = "gzip, deflate, br, zstd";

fn coding(answer: &Answer) -> Option<&str> {
    answer.headers.get("content-encoding").map(|value| value.to_str().unwrap())
}

fn ours<'a>(world: &'a World, path: &str, viewer: &Session) -> Ask<'a> {
    world.get(path).by(viewer).header("sec-fetch-site", "same-origin").header("accept", "*/*")
}

#[tokio::test]
async fn our_own_pages_and_json_are_compressed_as_the_browser_takes_it() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    for name in ["db-prod-01", "db-prod-02", "db-prod-03"] {
        enrol(&world, name).await;
    }
    let path = format!("/datacenters/{}/security", world.datacenter);
    let page = ours(&world, &path, &viewer).header("accept-encoding", ALL).send().await;
    assert_eq!((page.status.as_u16(), coding(&page)), (200, Some("br")));
    assert_eq!(page.headers["vary"], "accept-encoding");
    let mut text = String::new();
    brotli::Decompressor::new(&page.body[..], 4096).read_to_string(&mut text).unwrap();
    for part in ["<!DOCTYPE html>", "db-prod-01", "</html>", "__INCOMPLETE_CHUNKS"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(page.body.len() * 3 < text.len(), "{} of {}", page.body.len(), text.len());

    let path = format!("/api/v1{path}");
    let plain = ours(&world, &path, &viewer).send().await;
    let answer = ours(&world, &path, &viewer).header("accept-encoding", "gzip").send().await;
    assert_eq!((answer.status.as_u16(), coding(&answer)), (200, Some("gzip")));
    let mut text = String::new();
    GzDecoder::new(&answer.body[..]).read_to_string(&mut text).unwrap();
    assert_eq!((text.as_str(), coding(&plain)), (plain.text(), None));
}

#[tokio::test]
async fn what_another_site_asks_for_is_not_compressed() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    let encoding = |from: &'static [(&str, &str)]| {
        let ask = world.get("/security?q=guess").by(&viewer).header("accept-encoding", ALL);
        let ask = from.iter().fold(ask, |ask, (name, value)| ask.header(name, value));
        async move {
            let page = ask.send().await;
            assert_eq!(page.status, 200, "{from:?}");
            coding(&page).map(str::to_owned)
        }
    };
    for from in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        // A browser that does not say.
        &[],
    ] {
        assert_eq!(encoding(from).await, None, "{from:?}");
    }
    // An address that was typed.
    assert_eq!(encoding(&[("sec-fetch-site", "none")]).await.as_deref(), Some("br"));
}

#[tokio::test]
async fn streams_exports_and_small_answers_are_sent_as_they_are() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    for number in 0..30 {
        enrol(&world, &format!("db-prod-{number}")).await;
    }
    for path in ["/api/v1/security.csv", "/api/v1/security.jsonl", "/api/v1/inventory"] {
        let answer = ours(&world, path, &viewer).header("accept-encoding", ALL).send().await;
        assert_eq!((answer.status.as_u16(), coding(&answer)), (200, None), "{path}");
        assert!(answer.body.len() > 30, "{path}");
    }
}

#[tokio::test]
async fn the_live_stream_is_not_held_back() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let mut world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    let address = world.listen_to_browsers().await;
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET /api/v1/live?after=0 HTTP/1.1\r\nhost: {address}\r\ncookie: {}\r\n\
         sec-fetch-site: same-origin\r\naccept-encoding: {ALL}\r\n\r\n",
        viewer.0
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut heard = String::new();
    while !heard.contains("data: ") {
        let mut bytes = [0; 1024];
        let read = tokio::time::timeout(PATIENCE, socket.read(&mut bytes)).await;
        let read = read.expect("nothing is sent").unwrap();
        assert_ne!(read, 0, "the stream ended: {heard}");
        heard.push_str(std::str::from_utf8(&bytes[..read]).unwrap());
    }
    assert!(!heard.contains("content-encoding"), "{heard}");
}
