//! A backup while hosts verify and an operator acts, and the database put back as it has it.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::sleep;

use crate::installation::{Installation, agent, enrol, request, sign_in};

const HOSTS: usize = 3;
/// Acts before the backup begins, and at least as many while it is made.
const ACTS: u64 = 40;

/// Puts hosts into maintenance mode and out of it until told to stop; what is acknowledged is told.
async fn operate(
    browsers: std::net::SocketAddr,
    cookie: String,
    hosts: Vec<String>,
    acknowledged: watch::Sender<BTreeMap<String, u64>>,
    stop: watch::Receiver<bool>,
) {
    for turn in 0_usize.. {
        if *stop.borrow() {
            return;
        }
        let host = &hosts[turn % hosts.len()];
        let (action, body) = if (turn / hosts.len()).is_multiple_of(2) {
            ("enter-maintenance", json!({ "revision": 0, "reason": "backup" }))
        } else {
            ("leave-maintenance", json!({ "revision": 0 }))
        };
        let path = format!("/api/v1/hosts/{host}/{action}");
        let head = format!("cookie: {cookie}\r\n");
        let answer = request(browsers, "POST", &path, &head, &body.to_string()).await.unwrap();
        assert_eq!(answer.0, 200, "{answer:?}");
        let revision = answer.1["revision"].as_u64().unwrap();
        acknowledged.send_modify(|known| {
            known.insert(host.clone(), revision);
        });
    }
}

fn events(line: &str) -> u64 {
    let (before, _) = line.split_once(" events").unwrap_or_else(|| panic!("{line}"));
    before.rsplit(' ').next().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_acknowledged_before_it_began_is_in_it_and_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let installation = Installation { data: dir.path().join("data") };
    let token = installation.furnish(HOSTS).await;
    let server = installation.start().await;
    let cookie = sign_in(&installation, server.browsers).await;
    let (_address, addresses) = watch::channel(server.agents);
    let answered = Arc::new(AtomicU64::new(0));
    let mut hosts = Vec::new();
    for number in 0..HOSTS {
        let name = format!("host-{number}");
        let (id, credential) = enrol(server.agents, &token, &name).await;
        hosts.push(id);
        tokio::spawn(agent(name, credential, token.clone(), addresses.clone(), answered.clone()));
    }
    let (known, mut acknowledged) = watch::channel(BTreeMap::new());
    let (stop, stopped) = watch::channel(false);
    let work =
        tokio::spawn(operate(server.browsers, cookie.clone(), hosts.clone(), known, stopped));
    let total = |known: &BTreeMap<String, u64>| known.values().sum::<u64>();
    acknowledged.wait_for(|known| total(known) > ACTS).await.unwrap();

    // While all of that goes on.
    let before = acknowledged.borrow().clone();
    let file = dir.path().join("backup.db");
    let name = file.to_str().unwrap();
    let said = installation.ask(&["backup", name]).await;
    let after = total(&acknowledged.borrow().clone());
    assert!(after > total(&before), "nobody acted while it was made");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().flatten().collect();
    assert_eq!(left.len(), 2, "only the data and the backup: {left:?}");
    let head = format!("cookie: {cookie}\r\n");
    let again = installation.command(&["backup", name]).output().await.unwrap();
    assert!(!again.status.success(), "a backup replaces nothing");
    let running = installation.command(&["restore", name]).output().await.unwrap();
    let refused = String::from_utf8(running.stderr).unwrap();
    assert!(!running.status.success() && refused.contains("is in use"), "{refused}");

    stop.send_replace(true);
    work.await.unwrap();
    sleep(Duration::from_millis(100)).await;
    server.signal("TERM");
    assert!(server.ended().await);
    let restored = installation.ask(&["restore", name]).await;
    assert_eq!(events(&restored), events(&said), "{said} / {restored}");
    let audit = installation.ask(&["audit", "verify"]).await;
    assert!(audit.starts_with("whole: "), "{audit}");
    assert_eq!(events(&audit), events(&said) + 1, "and the event that says so");
    let kept = std::fs::read_dir(&installation.data).unwrap().flatten();
    let kept = kept.filter(|entry| entry.file_name().to_string_lossy().contains(".before-"));
    assert_eq!(kept.count(), 1, "what was there is kept aside");

    let server = installation.start().await;
    for (host, revision) in &before {
        let path = format!("/api/v1/hosts/{host}/row");
        let (status, row): (u16, Value) =
            request(server.browsers, "GET", &path, &head, "").await.unwrap();
        let found = row["revision"].as_u64();
        assert!(status == 200 && found.is_some_and(|found| found >= *revision), "{row}");
    }
    server.signal("TERM");
    assert!(server.ended().await);
}

#[tokio::test]
async fn what_is_no_backup_is_refused_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let installation = Installation { data: dir.path().join("data") };
    installation.furnish(1).await;
    let before = installation.ask(&["audit", "verify"]).await;
    let file = dir.path().join("backup.db");
    std::fs::write(&file, [9; 9000]).unwrap();
    for (name, words) in [(&file, "not a database"), (&dir.path().join("none.db"), "No such file")]
    {
        let refused = installation.command(&["restore", name.to_str().unwrap()]);
        let refused = { refused }.output().await.unwrap();
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(!refused.status.success() && said.contains(words), "{said}");
    }
    assert_eq!(installation.ask(&["audit", "verify"]).await, before);
}
