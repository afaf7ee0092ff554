//! Every route, asked by everybody: what each role gets, and that what is not seen is not there. A
//! route that is not listed here fails.

use std::collections::BTreeSet;

use http::header::AUTHORIZATION;
use serde_json::{Value, json};
use trustboard_model::event::Actor;
use trustboard_model::policy::Policy;
use trustboard_model::rights::Rights;
use trustboard_model::role::Role::{self, Administrator, Approver, Operator, Viewer};
use trustboard_server::command;

use crate::support::agent::enrol;
use crate::support::{Session, World};

/// Who gets through.
#[derive(Debug, Clone, Copy)]
enum Gate {
    /// Whoever is signed in; the answer holds what they see.
    SignedIn,
    /// Whoever has this role in the datacenter of what the address or the body names. To those who
    /// do not see it, it is not there.
    There(Role),
    /// Whoever has this role everywhere.
    Everywhere(Role),
    /// Whoever has this role in some datacenter; the command asks for the rest.
    Somewhere(Role),
    /// What is named does not exist here: nobody gets through.
    Gone,
    /// Everybody, signed in or not; or it leads on to a page that says what became of it.
    Open,
}

use Gate::{Everywhere, Gone, Open, SignedIn, Somewhere, There};

/// One route with one method: `GET /api/v1/hosts/{host}`, and what it is asked with.
type Entry = (&'static str, &'static str, Gate, Value);

#[expect(clippy::too_many_lines, reason = "one line a route")]
fn entries(cluster: &str, datacenter: &str, host: &str) -> Vec<Entry> {
    let none = Value::Null;
    let policy = || json!({ "seen": 1, "policy": Policy::linux_server() });
    let hosts = || json!({ "selection": "hosts", "hosts": [{ "host": host, "revision": 0 }], "action": "verify-now" });
    let rename = json!({ "action": "rename-datacenter", "id": datacenter, "seen": "Berlin", "name": "Berlin" });
    let exception = json!({ "revision": 0, "check": "secure-boot.enabled", "reason": "r", "days": 1,
        "value": { "code": "secure-boot.disabled", "place": null, "found": null, "fingerprint": null } });
    let capture = json!({ "action": "capture", "host": host, "name": "n", "notes": "", "clusters": [], "pcrs": [] });
    vec![
        ("GET", "/api/v1/inventory", SignedIn, none.clone()),
        ("POST", "/api/v1/datacenters", Everywhere(Administrator), json!({ "name": "Berlin" })),
        ("GET", "/api/v1/datacenters/{datacenter}/security", There(Viewer), none.clone()),
        ("GET", "/api/v1/datacenters/{datacenter}/security.csv", There(Viewer), none.clone()),
        ("GET", "/api/v1/datacenters/{datacenter}/security.jsonl", There(Viewer), none.clone()),
        ("GET", "/api/v1/security", SignedIn, none.clone()),
        ("GET", "/api/v1/summary", SignedIn, none.clone()),
        ("GET", "/api/v1/causes/{cause}", SignedIn, none.clone()),
        ("GET", "/api/v1/datacenters/{datacenter}/report", There(Viewer), none.clone()),
        ("GET", "/api/v1/datacenters/{datacenter}/summary", There(Viewer), none.clone()),
        ("GET", "/api/v1/security.csv", SignedIn, none.clone()),
        ("GET", "/api/v1/security.jsonl", SignedIn, none.clone()),
        ("GET", "/api/v1/views", SignedIn, none.clone()),
        ("POST", "/api/v1/views", SignedIn, json!({})),
        ("POST", "/api/v1/arrange", There(Administrator), rename.clone()),
        ("POST", "/api/v1/arrange/impact", There(Administrator), rename),
        ("GET", "/api/v1/datacenters/{datacenter}/hosts", There(Viewer), none.clone()),
        ("GET", "/api/v1/datacenters/{datacenter}/settings", There(Viewer), none.clone()),
        (
            "POST",
            "/api/v1/clusters",
            There(Administrator),
            json!({ "datacenter": datacenter, "name": "Rack-1" }),
        ),
        ("GET", "/api/v1/clusters/{cluster}/policy", There(Viewer), none.clone()),
        ("PUT", "/api/v1/clusters/{cluster}/policy", There(Approver), policy()),
        ("POST", "/api/v1/clusters/{cluster}/policy/impact", There(Viewer), policy()),
        ("GET", "/api/v1/profiles", SignedIn, none.clone()),
        ("GET", "/api/v1/configurations", SignedIn, none.clone()),
        ("POST", "/api/v1/configurations", There(Operator), capture),
        (
            "POST",
            "/api/v1/configurations/impact",
            Gone,
            json!({ "action": "retire", "id": host, "revision": 1, "reason": "r" }),
        ),
        ("POST", "/api/v1/configurations/import", Somewhere(Operator), none.clone()),
        ("GET", "/api/v1/configurations/{configuration}", Gone, none.clone()),
        ("POST", "/api/v1/exceptions/{exception}/revoke", Gone, json!({ "reason": "r" })),
        ("GET", "/api/v1/clusters/{cluster}/enrolment", There(Administrator), none.clone()),
        (
            "POST",
            "/api/v1/tokens",
            There(Administrator),
            json!({ "cluster": cluster, "uses": 1, "ttl_s": 60 }),
        ),
        ("POST", "/api/v1/tokens/{token}/revoke", There(Administrator), none.clone()),
        ("GET", "/api/v1/hosts/{host}", There(Viewer), none.clone()),
        ("GET", "/api/v1/hosts/{host}/removed", Gone, none.clone()),
        ("GET", "/api/v1/hosts/{host}/row", There(Viewer), none.clone()),
        ("GET", "/api/v1/hosts/{host}/jobs/{job}", There(Viewer), none.clone()),
        ("GET", "/api/v1/hosts/{host}/at?time=2026-01-01T00:00:00Z", There(Viewer), none.clone()),
        ("GET", "/api/v1/hosts/{host}/evidence", There(Viewer), none.clone()),
        ("GET", "/api/v1/hosts/{host}/evidence/{run}/{which}", Gone, none.clone()),
        ("GET", "/api/v1/hosts/{host}/export", There(Viewer), none.clone()),
        ("GET", "/api/v1/hosts/{host}/log", Gone, none.clone()),
        ("GET", "/api/v1/hosts/{host}/timeline", There(Viewer), none.clone()),
        ("GET", "/api/v1/hosts/{host}/exceptions", There(Viewer), none.clone()),
        ("POST", "/api/v1/hosts/{host}/exceptions", There(Approver), exception.clone()),
        ("POST", "/api/v1/hosts/{host}/exceptions/impact", There(Viewer), exception),
        ("POST", "/api/v1/hosts/{host}/{action}", There(Operator), json!({ "revision": 0 })),
        ("GET", "/api/v1/makers", SignedIn, none.clone()),
        ("POST", "/api/v1/makers/import?file=x.pem", Everywhere(Approver), none.clone()),
        ("GET", "/api/v1/makers/imports/{import}", Gone, none.clone()),
        ("POST", "/api/v1/makers/{fingerprint}/{action}", Gone, json!({ "reason": "r" })),
        ("GET", "/api/v1/alarms", SignedIn, none.clone()),
        ("GET", "/api/v1/alarms/export", SignedIn, none.clone()),
        ("GET", "/api/v1/events", SignedIn, none.clone()),
        ("GET", "/api/v1/datacenters/{datacenter}/alarm-settings", There(Viewer), none.clone()),
        (
            "PUT",
            "/api/v1/datacenters/{datacenter}/alarm-settings",
            There(Administrator),
            json!({ "automatic_reset": false }),
        ),
        ("POST", "/api/v1/bulk", Somewhere(Operator), hosts()),
        ("POST", "/api/v1/bulk/preview", SignedIn, hosts()),
        ("GET", "/api/v1/bulk/{bulk}", Gone, none.clone()),
        ("POST", "/api/v1/bulk/{bulk}/cancel", Gone, none.clone()),
        ("GET", "/api/v1/audit", SignedIn, none.clone()),
        ("GET", "/api/v1/audit/trail", Everywhere(Administrator), none.clone()),
        ("GET", "/api/v1/audit/export", Everywhere(Administrator), none.clone()),
        ("GET", "/api/v1/audit/check", Everywhere(Administrator), none.clone()),
        ("POST", "/api/v1/audit/check", Everywhere(Administrator), none.clone()),
        ("GET", "/api/v1/health", Everywhere(Administrator), none.clone()),
        ("GET", "/api/v1/metrics", Everywhere(Viewer), none.clone()),
        // A stream that is let in does not end: who gets in is tested where streams are.
        ("GET", "/api/v1/live", Open, none.clone()),
        ("POST", "/configurations/import", Open, none.clone()),
        ("POST", "/makers/import", Everywhere(Approver), none.clone()),
        ("POST", "/makers/{fingerprint}/{action}", Gone, none.clone()),
        ("POST", "/setup", Open, none.clone()),
        ("POST", "/sign-in", Open, none.clone()),
        ("GET", "/sign-in/link", Open, none.clone()),
        ("POST", "/sign-out", Open, none.clone()),
        ("POST", "/language", Open, none),
    ]
}

/// The routes of `browsers` in the router's source, as method and path.
fn routes() -> BTreeSet<(String, String)> {
    let source = include_str!("../../src/router.rs");
    let of = |part: &str, prefix: &str| -> Vec<(String, String)> {
        part.split(".route(")
            .skip(1)
            .flat_map(|route| {
                let path = route.split('"').nth(1).unwrap().to_owned();
                let methods = [("GET", "get("), ("POST", "post("), ("PUT", "put(")];
                let named = methods.into_iter().filter(|(_, call)| route.contains(call));
                named
                    .map(|(method, _)| (method.to_owned(), format!("{prefix}{path}")))
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    let browsers = &source[source.find("pub fn browsers").unwrap()..];
    let (api, rest) = browsers.split_once("let signed_in").unwrap();
    let (forms, _) = rest.split_once("let routes").unwrap();
    of(api, "/api/v1").into_iter().chain(of(forms, "")).collect()
}

#[test]
fn every_route_has_its_entry() {
    let listed: BTreeSet<_> = entries("", "", "")
        .into_iter()
        .map(|(method, path, ..)| (method.to_owned(), path.split('?').next().unwrap().to_owned()))
        .collect();
    assert_eq!(listed, routes());
}

/// Everybody who asks.
struct People {
    none: Option<Session>,
    /// An administrator of another datacenter, and a viewer of it.
    elsewhere: [Session; 2],
    here: Vec<(Role, Session)>,
}

async fn people(world: &World) -> People {
    let ctx = &world.state.ctx;
    let console = Actor::Console("test".to_owned());
    let other = command::create_datacenter(ctx, &console, "Lyon").await.unwrap();
    let boss = world.sign_in("boss", Rights::only_in(other, Administrator)).await;
    let guest = world.sign_in("guest", Rights::only_in(other, Viewer)).await;
    let mut here = Vec::new();
    for role in Role::ALL {
        here.push((role, world.sign_in(role.code(), role).await));
    }
    People { none: None, elsewhere: [boss, guest], here }
}

struct Asked<'a> {
    world: &'a World,
    method: &'a str,
    path: String,
    body: &'a Value,
}

impl Asked<'_> {
    async fn by(&self, session: Option<&Session>) -> u16 {
        let ask = match self.method {
            "GET" => self.world.get(&self.path),
            "PUT" => self.world.put(&self.path),
            _ => self.world.post(&self.path),
        };
        let ask = if self.body.is_null() { ask } else { ask.json(self.body) };
        let ask = match session {
            Some(session) => ask.by(session),
            None => ask,
        };
        ask.send().await.status.as_u16()
    }
}

/// Past the gate: done, or refused for another reason than who asks.
fn passes(status: u16) -> bool {
    !matches!(status, 401 | 403 | 404)
}

#[tokio::test]
async fn every_role_gets_what_it_may_and_no_more() {
    let world = World::new().await;
    let ctx = &world.state.ctx;
    let host = enrol(&world, "h1").await.host;
    let console = Actor::Console("test".to_owned());
    let trigger = trustboard_model::job::Trigger::Boot;
    let job = command::start_job(ctx, &Actor::Server, host, trigger).await.unwrap();
    let (token, _) = command::create_token(ctx, &console, world.cluster, 60, 1).await.unwrap();
    let people = people(&world).await;
    let (cluster, datacenter) = (world.cluster.to_string(), world.datacenter.to_string());
    let named = [
        ("{datacenter}", datacenter.clone()),
        ("{cluster}", cluster.clone()),
        ("{host}", host.to_string()),
        ("{job}", job.to_string()),
        ("{token}", token.to_string()),
        ("{action}", "verify-now".to_owned()),
        ("{which}", "first".to_owned()),
    ];
    let mut wrong = Vec::new();
    for (method, template, gate, body) in entries(&cluster, &datacenter, &host.to_string()) {
        let filled =
            named.iter().fold(template.to_owned(), |path, (name, id)| path.replace(name, id));
        // Whatever is left names something that is not there.
        let path =
            filled
                .split('/')
                .map(|part| {
                    if part.starts_with('{') {
                        "7d444840-9dc0-11d1-b245-5ffdce74fad2"
                    } else {
                        part
                    }
                })
                .collect::<Vec<_>>()
                .join("/");
        let asked = Asked { world: &world, method, path, body: &body };
        let about = format!("{method} {template}");
        if matches!(gate, Open) {
            continue;
        }
        let stranger = asked.by(people.none.as_ref()).await;
        assert_eq!(stranger, 401, "{about}: nobody is signed in");
        for (elsewhere, role) in people.elsewhere.iter().zip([Administrator, Viewer]) {
            let status = asked.by(Some(elsewhere)).await;
            let right = match gate {
                SignedIn => passes(status),
                There(_) => status == 404,
                Everywhere(_) => status == 403,
                Somewhere(needs) => {
                    if role < needs {
                        status == 403
                    } else {
                        passes(status)
                    }
                }
                Gone | Open => matches!(status, 403 | 404),
            };
            if !right {
                wrong.push(format!("{about}: {status} for {role:?} elsewhere"));
            }
        }
        for (role, session) in &people.here {
            let status = asked.by(Some(session)).await;
            let right = match gate {
                SignedIn => passes(status),
                There(needs) | Everywhere(needs) | Somewhere(needs) => {
                    if *role < needs {
                        status == 403
                    } else {
                        passes(status)
                    }
                }
                Gone | Open => matches!(status, 403 | 404),
            };
            if !right {
                wrong.push(format!("{about}: {status} for {role:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Pages of one datacenter, and of administrators.
#[tokio::test]
async fn pages_of_what_is_not_seen_are_not_there() {
    let world = World::new().await;
    let host = enrol(&world, "h1").await.host;
    let people = people(&world).await;
    let (datacenter, cluster) = (world.datacenter, world.cluster);
    let [boss, guest] = &people.elsewhere;
    for path in [
        format!("/datacenters/{datacenter}"),
        format!("/datacenters/{datacenter}/security"),
        format!("/datacenters/{datacenter}/alarms"),
        format!("/datacenters/{datacenter}/events"),
        format!("/datacenters/{datacenter}/report"),
        format!("/hosts/{host}"),
        format!("/clusters/{cluster}/policy"),
    ] {
        for session in [boss, guest] {
            let answer = world.get(&path).by(session).send().await;
            assert_eq!(answer.status, 404, "{path}");
            assert!(
                !answer.text().contains("Berlin") && !answer.text().contains("Rack-1"),
                "{path}"
            );
        }
        for (role, session) in &people.here {
            assert_eq!(world.get(&path).by(session).send().await.status, 200, "{path} {role:?}");
        }
    }
    for path in ["/administration/users", "/administration/sessions", "/administration/settings"] {
        for session in [boss, guest] {
            assert_eq!(world.get(path).by(session).send().await.status, 403, "{path}");
        }
        for (role, session) in &people.here {
            let status = if *role == Administrator { 200 } else { 403 };
            assert_eq!(world.get(path).by(session).send().await.status, status, "{path} {role:?}");
        }
    }
    for (_, session) in &people.here {
        assert_eq!(world.get("/account").by(session).send().await.status, 200);
    }
    // The tree and the table of everything hold nothing of what is not seen.
    for path in ["/", "/security", "/alarms", "/configurations", "/policies", "/api/v1/inventory"] {
        let answer = world.get(path).by(guest).send().await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.text().contains("Berlin") && !answer.text().contains("Rack-1"), "{path}");
    }
    // Events of users and sign-ins are for administrators.
    let audit = |session: Session| {
        let world = &world;
        async move { world.get("/api/v1/audit").by(&session).send().await.json() }
    };
    let seen = audit(guest.clone()).await;
    let kinds: Vec<_> =
        seen.as_array().unwrap().iter().map(|event| &event["kind"]["event"]).collect();
    assert_eq!(kinds, ["datacenter-created"], "that of Lyon");
    let (_, root) = people.here.last().unwrap();
    assert!(audit(root.clone()).await.as_array().unwrap().len() > 8);
}

#[tokio::test]
async fn a_key_opens_the_api_and_nothing_else() {
    let world = World::new().await;
    let host = enrol(&world, "h1").await.host;
    let admin = world.sign_in("root", Administrator).await;
    let made = world
        .post("/api/ui/create-key")
        .by(&admin)
        .form("name=ci&role=operator&days=30")
        .send()
        .await;
    assert_eq!(made.status, 200, "{made:?}");
    let secret = made.json()["shown"]["text"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("tb_") && secret.len() == 67);
    let bearer = format!("Bearer {secret}");
    let get = |path: &str, key: &str| world.get(path).header(AUTHORIZATION.as_str(), key);
    assert_eq!(get("/api/v1/inventory", &bearer).send().await.status, 200);
    // Pages lead to the sign-in, and server functions refuse, whatever cookie comes along.
    let page = get("/", &bearer).header("accept", "text/html").by(&admin).send().await;
    assert_eq!(page.status, 303);
    let function = world.post("/api/ui/account").header(AUTHORIZATION.as_str(), &bearer);
    assert_eq!(function.by(&admin).json(&json!({})).send().await.status, 401);
    // No Origin is needed, and no role beyond the key's is there.
    let path = format!("/api/v1/hosts/{host}/acknowledge");
    let act = |path: String| {
        world.post(&path).without("sec-fetch-site").header(AUTHORIZATION.as_str(), &bearer)
    };
    let body = json!({ "revision": 0, "reason": "r" });
    let maintenance = format!("/api/v1/hosts/{host}/enter-maintenance");
    assert_eq!(act(maintenance).json(&body).send().await.status, 200);
    assert_eq!(act(path).json(&json!({ "revision": 0, "comment": "c" })).send().await.status, 409);
    let refused = act("/api/v1/datacenters".to_owned()).json(&json!({ "name": "x" })).send().await;
    assert_eq!(refused.refusal(), "403 forbidden: this needs the role administrator");
    let audit = get("/api/v1/audit", &bearer).send().await.json();
    let entered = audit
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["kind"]["event"] == "maintenance-entered");
    assert_eq!(
        entered.unwrap()["actor"],
        json!({ "by": "key", "name": { "operator": "root", "key": "ci" } })
    );
    // What is no key is refused with a cookie, too, and soon told to wait.
    let wrong = format!("Bearer tb_{}", "00".repeat(32));
    for wrong in [&*wrong, "Bearer nonsense", "Basic cm9vdDp4"] {
        let answer = get("/api/v1/inventory", wrong).by(&admin).send().await;
        assert_eq!(
            answer.refusal(),
            "401 key-refused: the API key is not valid: unknown, expired or revoked"
        );
    }
    let mut last = get("/api/v1/inventory", &wrong).send().await;
    for _ in 0..30 {
        last = get("/api/v1/inventory", &wrong).send().await;
    }
    assert_eq!(last.status, 429);
    assert!(last.headers.contains_key("retry-after"));
    assert_eq!(get("/api/v1/inventory", &bearer).send().await.status, 200, "a good key goes on");
    // Revoked, it is nothing.
    let account = world.post("/api/ui/account").by(&admin).json(&json!({})).send().await.json();
    let id = account["keys"][0]["id"].as_str().unwrap().to_owned();
    assert!(account["keys"][0]["last_used_at"].is_number(), "{account}");
    assert!(!account.to_string().contains(&secret[3..]));
    let form = format!("id={id}");
    assert_eq!(world.post("/api/ui/revoke-key").by(&admin).form(&form).send().await.status, 200);
    assert_ne!(get("/api/v1/inventory", &bearer).send().await.status, 200);
}
