//! The live stream: resumes where it broke off, and says so when it cannot.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;
use trustboard_model::event::Actor;
use trustboard_model::id::{DatacenterId, HostId};
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::view::LiveHint;
use trustboard_server::command;
use trustboard_server::live::LiveMessage;

use crate::support::agent::enrol;
use crate::support::{PATIENCE, Session, World};

/// One server-sent event: its id, if it has one, and its hint.
#[derive(Debug, PartialEq)]
struct Heard {
    id: Option<u64>,
    hint: Value,
}

struct Stream(BufReader<TcpStream>);

impl Stream {
    async fn open(address: SocketAddr, path: &str, session: &Session, more: &str) -> Self {
        let mut socket = TcpStream::connect(address).await.unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {}\r\nconnection: close\r\n{more}\r\n",
            session.0
        );
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut stream = Self(BufReader::new(socket));
        assert_eq!(stream.line().await.unwrap(), "HTTP/1.1 200 OK");
        while !stream.line().await.unwrap().is_empty() {}
        stream
    }

    async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = timeout(PATIENCE, self.0.read_line(&mut line)).await.expect("nothing is sent");
        (read.unwrap() > 0).then(|| line.trim_end().to_owned())
    }

    /// The next event; nothing once the stream has ended.
    async fn next(&mut self) -> Option<Heard> {
        // Comments that keep the stream alive are no news.
        timeout(PATIENCE, self.next_event()).await.expect("no event is sent")
    }

    async fn next_event(&mut self) -> Option<Heard> {
        let (mut id, mut hint) = (None, None);
        loop {
            // Sizes of chunks and comments are no fields.
            let line = self.line().await?;
            if let Some(value) = line.strip_prefix("id: ") {
                id = Some(value.parse().unwrap());
            } else if let Some(value) = line.strip_prefix("data: ") {
                hint = Some(serde_json::from_str(value).unwrap());
            } else if line.is_empty()
                && let Some(hint) = hint.take()
            {
                return Some(Heard { id, hint });
            }
        }
    }

    /// The next event of this host.
    async fn next_of(&mut self, host: &Value) -> Heard {
        loop {
            let heard = self.next().await.expect("the stream has ended");
            if heard.hint["host"] == *host && heard.id.is_some() {
                return heard;
            }
        }
    }
}

async fn maintain(world: &World, operator: &Session, host: &Value, action: &str) {
    let path = format!("/api/v1/hosts/{}/{action}", host.as_str().unwrap());
    let body = match action {
        "enter-maintenance" => json!({ "revision": 0, "reason": "test" }),
        _ => json!({ "revision": 0 }),
    };
    assert_eq!(world.post(&path).by(operator).json(&body).send().await.status, 200);
}

#[tokio::test]
async fn a_stream_resumes_after_the_last_event_that_was_seen() {
    let mut world = World::new().await;
    let address = world.listen_to_browsers().await;
    let operator = world.sign_in("olga", Role::Operator).await;
    let host = json!(enrol(&world, "h1").await.host);
    let path = format!("/api/v1/live?datacenter={}", world.datacenter);

    let mut stream = Stream::open(address, &path, &operator, "").await;
    maintain(&world, &operator, &host, "enter-maintenance").await;
    let first = stream.next_of(&host).await;
    assert_eq!(first.hint["hint"], "host");
    assert_eq!(first.hint["event"], "maintenance-entered");
    drop(stream);

    // Missed: two events, which come from the table, once each, before those that follow.
    maintain(&world, &operator, &host, "leave-maintenance").await;
    maintain(&world, &operator, &host, "enter-maintenance").await;
    let seen = first.id.unwrap();
    let header = format!("last-event-id: {seen}\r\n");
    // What the browser remembers goes before what stood on the page.
    let mut stream = Stream::open(address, &format!("{path}&after=1"), &operator, &header).await;
    maintain(&world, &operator, &host, "leave-maintenance").await;
    let mut heard = Vec::new();
    for _ in 0..3 {
        let event = stream.next_of(&host).await;
        heard.push((event.id.unwrap(), event.hint["event"].as_str().unwrap().to_owned()));
    }
    let expected = ["maintenance-left", "maintenance-entered", "maintenance-left"];
    assert_eq!(heard.iter().map(|(_, event)| &**event).collect::<Vec<_>>(), expected);
    assert!(heard.is_sorted_by(|one, next| one.0 < next.0) && heard[0].0 > seen, "{heard:?}");

    // The page's own number, for a browser that has heard nothing yet.
    let after = format!("{path}&after={}", heard[1].0);
    let mut stream = Stream::open(address, &after, &operator, "").await;
    assert_eq!(stream.next_of(&host).await.id, Some(heard[2].0));
}

#[tokio::test]
async fn very_many_verifications_are_told_as_a_number() {
    let mut world = World::new().await;
    let address = world.listen_to_browsers().await;
    let operator = world.sign_in("olga", Role::Viewer).await;
    let path = format!("/api/v1/live?datacenter={}", world.datacenter);
    let mut stream = Stream::open(address, &path, &operator, "").await;
    let elsewhere = DatacenterId::from_random([9; 16]);
    for number in 0..100 {
        let host = HostId::from_random([number; 16]);
        for datacenter in [world.datacenter, elsewhere] {
            let hint = LiveHint::Verified { host, datacenter, at: Timestamp(7) };
            world.state.ctx.live.send(LiveMessage { seq: None, hint });
        }
    }
    let (mut one_by_one, mut as_a_number) = (0, 0);
    while one_by_one + as_a_number < 100 {
        let heard = stream.next().await.unwrap();
        assert_eq!(heard.id, None);
        match heard.hint["hint"].as_str() {
            Some("verified") => one_by_one += 1,
            Some("verified-many") => {
                assert_eq!(heard.hint["datacenters"], json!([world.datacenter]));
                as_a_number += heard.hint["hosts"].as_u64().unwrap();
            }
            _ => {}
        }
    }
    assert_eq!(one_by_one + as_a_number, 100, "each once, and none of another datacenter");
    assert!((1..=64).contains(&one_by_one), "{one_by_one}");
}

#[tokio::test]
async fn a_stream_that_cannot_resume_says_so() {
    let mut world = World::new().await;
    let address = world.listen_to_browsers().await;
    let operator = world.sign_in("olga", Role::Operator).await;
    let host = json!(enrol(&world, "h1").await.host);
    for _ in 0..260 {
        maintain(&world, &operator, &host, "enter-maintenance").await;
        maintain(&world, &operator, &host, "leave-maintenance").await;
    }
    let mut stream = Stream::open(address, "/api/v1/live?after=1", &operator, "").await;
    assert_eq!(stream.next().await.unwrap().hint, json!({ "hint": "reload" }));
}

#[tokio::test]
async fn hints_of_another_datacenter_stay_there() {
    let mut world = World::new().await;
    let address = world.listen_to_browsers().await;
    let admin = world.sign_in("root", Role::Administrator).await;
    let body = json!({ "name": "Lyon" });
    let made = world.post("/api/v1/datacenters").by(&admin).json(&body).send().await.json();
    let elsewhere = format!("/api/v1/live?datacenter={}", made["id"].as_str().unwrap());
    let mut stream = Stream::open(address, &elsewhere, &admin, "").await;
    let host = json!(enrol(&world, "h1").await.host);
    maintain(&world, &admin, &host, "enter-maintenance").await;
    let body = json!({ "name": "Paris" });
    world.post("/api/v1/datacenters").by(&admin).json(&body).send().await;
    loop {
        let heard = stream.next().await.unwrap();
        assert_ne!(heard.hint["host"], host, "{heard:?}");
        if heard.hint["hint"] == "inventory" {
            break;
        }
    }
}

#[tokio::test]
async fn what_a_command_beside_the_server_does_is_seen_too() {
    let mut world = World::new().await;
    let address = world.listen_to_browsers().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    let mut stream = Stream::open(address, "/api/v1/live", &viewer, "").await;
    // Not before the server knows where the chain ends.
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    let console = Actor::Console("root".to_owned());
    command::create_datacenter(&world.beside().await, &console, "Lyon").await.unwrap();
    let heard = stream.next().await.unwrap();
    assert_eq!(heard.hint, json!({ "hint": "inventory" }));
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let mut world = World::new().await;
    let address = world.listen_to_browsers().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    let mut stream = Stream::open(address, "/api/v1/live", &viewer, "").await;
    world.stop();
    while stream.next().await.is_some() {}
}

#[tokio::test]
async fn questions_that_mean_nothing_are_refused() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    for path in ["/api/v1/live?datacenter=1", "/api/v1/live?after=x"] {
        assert_eq!(world.get(path).by(&viewer).send().await.status, 422, "{path}");
    }
}

#[tokio::test]
async fn an_open_table_is_told_how_soon_it_may_read_itself_again() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    let path = format!("/datacenters/{}/security", world.datacenter);
    let page = world.get(&path).by(&viewer).header("trustboard-exchange", "1").send().await;
    assert_eq!(page.headers["trustboard-apart"], "600", "nobody else looks");
    let plain = world.get(&path).by(&viewer).send().await;
    assert!(!plain.headers.contains_key("trustboard-apart"), "{plain:?}");
}
