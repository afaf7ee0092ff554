//! A fleet with a stand-in for the agent: a script that notes how it is called. What the real
//! agent and a server make of it is proven end to end.
#![expect(clippy::unwrap_used, reason = "what breaks here fails its test")]

mod bench;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use trustboard_simulator::control::{Answer, Listener, Request, ask};
use trustboard_simulator::{Deployment, Error, Fleet, HostPlan, LIMIT, Order, Scenario};

use bench::plan;

struct Demo {
    folder: tempfile::TempDir,
    plans: Vec<HostPlan>,
    fleet: Fleet,
}

impl Demo {
    async fn start(names: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        bench::stand_in_agent(&folder.path().join("agent"));
        let plans: Vec<_> = names.iter().map(|name| plan(name)).collect();
        let fleet = start(folder.path(), &plans).await;
        Self { folder, plans, fleet }
    }

    fn agent_dir(&self, host: &str) -> PathBuf {
        self.folder.path().join("hosts").join(host).join("agent")
    }

    /// What the agent was called with.
    fn calls(&self, host: &str) -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(self.agent_dir(host).join("calls")).unwrap_or_default();
        text.lines().map(|line| line.split(' ').map(str::to_owned).collect()).collect()
    }

    /// Waits until the agent was called so often.
    async fn called(&self, host: &str, times: usize) -> Vec<Vec<String>> {
        let calls = async {
            loop {
                let calls = self.calls(host);
                if calls.len() >= times {
                    return calls;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(LIMIT, calls).await.unwrap()
    }

    async fn order(&self, host: &str, order: Order) -> Result<String, Error> {
        self.fleet.orders().give(host, order).await
    }

    fn expected(&self) -> BTreeMap<String, Option<&'static str>> {
        let expected = Fleet::expected(self.folder.path(), &self.plans).unwrap();
        expected.into_iter().map(|expected| (expected.host, expected.code)).collect()
    }
}

async fn start(folder: &Path, plans: &[HostPlan]) -> Fleet {
    Fleet::prepare(folder, plans).await.unwrap();
    let tokens = plans.iter().map(|plan| (plan.place(), format!("token-{}", plan.cluster)));
    let deployment = Deployment {
        program: folder.join("agent"),
        server: "https://127.0.0.1:8443".to_owned(),
        tokens: tokens.collect(),
    };
    Fleet::start(folder, plans, deployment).await.unwrap()
}

/// Enrolled without a TPM, and one is there from then on; the token is nobody else's to read, and
/// gone.
#[tokio::test]
async fn a_tpm_is_added_after_enrolment() {
    let demo = Demo::start(&["web-lyo-02"]).await;
    let calls = demo.called("web-lyo-02", 3).await;
    assert_eq!(calls[0], ["enroll", "none", "600", "token-web"]);
    assert_eq!(calls[1][..2], ["run", "none"]);
    assert!(calls[2][1].starts_with("swtpm:host=127.0.0.1,port="), "{calls:?}");
    assert!(!bench::runs(&calls[1][2]) && bench::runs(&calls[2][2]), "one agent at a time");
    assert!(!demo.folder.path().join("hosts/web-lyo-02/token").exists());
    assert_eq!(demo.expected()["web-lyo-02"], Some("identity.none-on-record"));
    demo.fleet.stop().await;
    assert!(!bench::runs(&calls[2][2]), "the agent ends with its host");
}

/// Verified with one TPM, and then there is another. The record outlasts the simulator: a second
/// start does not go back to the first TPM.
#[tokio::test]
async fn a_tpm_is_swapped_after_enrolment() {
    let mut demo = Demo::start(&["db-prod-03"]).await;
    let described = demo.order("db-prod-03", Order::Describe).await.unwrap();
    assert!(described.contains("identity.ek-mismatch"), "{described}");
    let calls = demo.called("db-prod-03", 3).await;
    assert_eq!(calls.len(), 3, "enrolled, verified, swapped: {calls:?}");
    let none = start(demo.folder.path(), &[]).await;
    std::mem::replace(&mut demo.fleet, none).stop().await;
    demo.fleet = start(demo.folder.path(), &demo.plans).await;
    let described = demo.order("db-prod-03", Order::Describe).await.unwrap();
    assert!(described.contains("agent running"), "{described}");
    let calls = demo.called("db-prod-03", 4).await;
    assert_eq!(calls.len(), 4, "neither enrolled nor verified again: {calls:?}");
    demo.fleet.stop().await;
}

/// What is broken says what is to be seen, and is mended; what cannot be is refused with a reason.
#[tokio::test]
async fn hosts_are_broken_and_mended() {
    let demo = Demo::start(&["db-prod-01", "lab-lyo-01"]).await;
    let host = "db-prod-01";
    for (scenario, code) in [
        (Scenario::SecureBootOff, "secure-boot.disabled"),
        (Scenario::Sha256BankInactive, "platform.sha256-bank-inactive"),
        (Scenario::BootLoaderChanged, "replay.mismatch"),
        (Scenario::EkReplaced, "identity.ek-mismatch"),
        (Scenario::NoTpm, "platform.tpm-gone"),
    ] {
        let done = demo.order(host, Order::Break(scenario)).await.unwrap();
        assert!(done.contains(code) && done.contains("fix db-prod-01"), "{done}");
        assert_eq!(demo.expected()[host], Some(code));
        let done = demo.order(host, Order::Fix).await.unwrap();
        assert!(done.contains("Attestation Passed"), "{done}");
        assert_eq!(demo.expected()[host], None);
    }
    let refused = demo.order(host, Order::Break(Scenario::TpmAddedLater)).await.unwrap_err();
    assert!(refused.to_string().contains("enrolled with its TPM"), "{refused}");

    let bare = "lab-lyo-01";
    assert_eq!(demo.expected()[bare], Some("unknown.no-tpm"));
    let refused = demo.order(bare, Order::Break(Scenario::SecureBootOff)).await.unwrap_err();
    assert!(refused.to_string().contains("without a TPM"), "{refused}");
    demo.order(bare, Order::Break(Scenario::TpmAddedLater)).await.unwrap();
    assert_eq!(demo.expected()[bare], Some("identity.none-on-record"));
    let done = demo.order(bare, Order::Fix).await.unwrap();
    assert!(done.contains("Disconnect and Connect"), "{done}");

    let unknown = demo.order("db-prod-99", Order::Reboot).await.unwrap_err();
    assert!(unknown.to_string().contains("there are db-prod-01, lab-lyo-01"), "{unknown}");
    demo.fleet.stop().await;
}

/// An agent that crashes is started again; one that was stopped stays so until it is asked for.
#[tokio::test]
async fn a_crashed_agent_comes_back() {
    let demo = Demo::start(&["db-prod-01"]).await;
    let host = "db-prod-01";
    demo.order(host, Order::Describe).await.unwrap(); // begun
    let calls = demo.called(host, 2).await;
    bench::kill(calls[1][2].parse().unwrap());
    let calls = demo.called(host, 3).await;
    assert_eq!(calls[2][..2], calls[1][..2], "the same TPM");

    demo.order(host, Order::StopAgent).await.unwrap();
    assert!(!bench::runs(&calls[2][2]));
    assert!(demo.order(host, Order::Describe).await.unwrap().contains("no agent"));
    demo.order(host, Order::StartAgent).await.unwrap();
    demo.called(host, 4).await;
    demo.fleet.stop().await;
}

/// Orders come in over the control socket; without a simulator the answer says so.
#[tokio::test]
async fn orders_come_over_the_socket() {
    let demo = Demo::start(&["web-lyo-01"]).await;
    let dir = demo.folder.path().to_owned();
    let nobody = ask(&dir, &Request::List).await.unwrap_err().to_string();
    assert!(nobody.contains("no simulator is running"), "{nobody}");

    let listener = Listener::open(&dir).await.unwrap();
    let orders = demo.fleet.orders();
    let asked = async {
        let second = Listener::open(&dir).await.unwrap_err().to_string();
        assert!(second.contains("is running in"), "{second}");
        let Answer::Done(list) = ask(&dir, &Request::List).await.unwrap() else { panic!() };
        assert!(list.contains("web-lyo-01") && list.contains("healthy"), "{list}");
        let request = Request::Reboot { host: "web-lyo-01".into() };
        let Answer::Done(done) = ask(&dir, &request).await.unwrap() else { panic!() };
        assert!(done.contains("rebooted"), "{done}");
        let request = Request::Fix { host: "nobody".into() };
        let answer = ask(&dir, &request).await.unwrap();
        assert!(matches!(answer, Answer::Failed(text) if text.contains("there is no host")));
    };
    tokio::select! {
        () = listener.serve(&orders) => {}
        () = asked => {}
    }
    demo.fleet.stop().await;
}

/// A host that cannot enrol says why, and can be tried again.
#[tokio::test]
async fn a_place_without_token_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let plans = [plan("db-prod-01")];
    Fleet::prepare(folder.path(), &plans).await.unwrap();
    let deployment = Deployment {
        program: folder.path().join("no-agent"),
        server: "https://127.0.0.1:8443".to_owned(),
        tokens: BTreeMap::new(),
    };
    let fleet = Fleet::start(folder.path(), &plans, deployment).await.unwrap();
    let error = fleet.orders().give("db-prod-01", Order::Reboot).await.unwrap_err().to_string();
    assert_eq!(error, "there is no enrolment token for fra-1/db-prod");
    fleet.stop().await;
}
