//! The program itself: options, output, exit codes, signals.

#![expect(clippy::unwrap_used, reason = "a test")]

mod fake_server;
mod soft_tpm;

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use fake_server::{FakeServer, PATIENCE, answer, cbor};
use rustix::process::{Pid, Signal, kill_process};
use soft_tpm::{Make, SoftTpm};
use tokio::process::{Child, Command};
use tokio::time::timeout;
use trustboard_agent::attester::Attester as _;
use trustboard_agent::state::StateDirectory;
use trustboard_model::id::HostId;
use trustboard_model::protocol::{AgentMessage, EnrollRequest, EnrollResponse};

/// The program on a host whose root and state are in `folder`.
fn agent(folder: &Path, arguments: &[&str]) -> Command {
    let sysroot = folder.join("root");
    fs::create_dir_all(&sysroot).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_trustboard-agent"));
    command.args(arguments).arg("--sysroot").arg(sysroot);
    command.arg("--state-dir").arg(folder.join("kept"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TRUSTBOARD_")) {
        command.env_remove(name);
    }
    command.kill_on_drop(true).stdin(Stdio::null());
    command
}

async fn finished(mut command: Command) -> Output {
    timeout(PATIENCE, command.output()).await.expect("the program does not end").unwrap()
}

fn send(process: &Child, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(process.id().unwrap()).unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn help_teaches() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, words) in [
        (&["--help"][..], &["enroll", "run", "status", "no open port"][..]),
        (&["enroll", "--help"], &["--server", "--token-file", "--token-stdin", "TRUSTBOARD_TOKEN"]),
        (&["run", "--help"], &["SIGTERM", "CAP_DAC_READ_SEARCH", "swtpm:host="]),
        (&["status", "--help"], &["--json", "Sends nothing"]),
    ] {
        let output = finished(agent(folder.path(), arguments)).await;
        assert!(output.status.success());
        let help = text(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
        for word in words {
            assert!(help.contains(word), "{arguments:?}: {word} is missing in {help}");
        }
    }
}

#[tokio::test]
async fn every_problem_of_the_configuration_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("agent.toml");
    fs::write(&file, "server = \"http://x\"\nlog = \"a=b=c\"\nsysroot = \"/nonexistent\"\n")
        .unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_trustboard-agent"));
    command.args(["run", "--tpm", "usb:1", "--config"]).arg(&file);
    let output = finished(command).await;
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    for word in ["http://x", "a=b=c", "/nonexistent", "usb:1"] {
        assert!(told.contains(word), "{word} is missing in {told}");
    }

    fs::write(&file, "srever = \"https://x\"\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_trustboard-agent"));
    command.arg("run").arg("--config").arg(&file);
    let told = text(&finished(command).await.stderr);
    assert!(told.contains("srever") && told.contains("agent.toml"), "{told}");
}

#[tokio::test]
async fn what_is_missing_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, words) in [
        (&["run"][..], "not enrolled"),
        (&["enroll"], "which server?"),
        (&["enroll", "--server", "https://127.0.0.1:1"], "no enrolment token"),
        (&["enroll", "--server", "https://127.0.0.1:1", "--token", "x"], "not an enrolment token"),
        (&["enroll", "--server", "https://127.0.0.1:1", "--token-file", "/nonexistent"], "/nonex"),
    ] {
        let output = finished(agent(folder.path(), arguments)).await;
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let told = text(&output.stderr);
        assert!(told.contains(words), "{arguments:?}: {told}");
    }
}

#[tokio::test]
async fn a_host_enrols_runs_and_stops() {
    let folder = tempfile::tempdir().unwrap();
    let server = FakeServer::start().await;
    let token_file = folder.path().join("token");
    fs::write(&token_file, format!("{}\n", server.token().reveal())).unwrap();
    let address = server.address().to_string();
    let token = token_file.to_str().unwrap();
    let enrol = agent(folder.path(), &["enroll", "--server", &address, "--token-file", token]);
    let host = HostId::from_random([2; 16]);
    let play = async {
        let (_, _, stream) = server.request::<EnrollRequest>().await;
        let session = vec![0xC5; 32].into();
        answer(stream, "200 OK", &cbor(&EnrollResponse::Enrolled { host, session })).await;
    };
    let (output, ()) = tokio::join!(finished(enrol), play);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let told = text(&output.stdout);
    assert!(told.contains(&host.to_string()) && told.contains("without a TPM"), "{told}");
    let told = told + &text(&output.stderr);
    assert!(!told.contains("c5c5") && !told.contains("5e5e"), "secrets stay secret: {told}");

    for (signal, name) in [(Signal::TERM, "SIGTERM"), (Signal::INT, "SIGINT")] {
        let run =
            agent(folder.path(), &["run", "--log-json"]).stderr(Stdio::piped()).spawn().unwrap();
        let mut conversation = server.session().await;
        assert!(matches!(conversation.hear().await, AgentMessage::Hello(_)));
        send(&run, signal);
        let output = timeout(PATIENCE, run.wait_with_output()).await.unwrap().unwrap();
        assert!(output.status.success(), "{name}");
        let log = text(&output.stderr);
        assert!(log.contains(&format!("stopping on {name}")), "{log}");
        assert!(log.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
        assert!(!log.contains("c5c5"), "the credential is not logged: {log}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_does_not_end_the_agent() {
    let folder = tempfile::tempdir().unwrap();
    let server = FakeServer::start().await;
    let enrolment = server.enrolment();
    drop(server);
    StateDirectory::new(folder.path().join("kept")).keep_enrolment(&enrolment).unwrap();
    let mut run = agent(folder.path(), &["run"]).stderr(Stdio::null()).spawn().unwrap();
    assert!(timeout(Duration::from_secs(2), run.wait()).await.is_err(), "it keeps trying");
    send(&run, Signal::TERM);
    assert!(timeout(PATIENCE, run.wait()).await.unwrap().unwrap().success());
}

#[tokio::test]
async fn status_shows_what_is_there_and_what_is_missing() {
    let tpm = SoftTpm::start(&Make::default());
    let tcti = tpm.tcti();
    let output = finished(agent(tpm.folder(), &["status", "--tpm", &tcti])).await;
    assert_eq!(output.status.code(), Some(2), "something is missing");
    let told = text(&output.stdout);
    for words in [
        "not enrolled",
        "2.0 IBM SW   TPM",
        "SHA-256",
        "RSA 2048",
        "! event log: /sys/kernel/security/tpm0/binary_bios_measurements does not exist",
    ] {
        assert!(told.contains(words), "{words} is missing in {told}");
    }

    assert!(told.contains("! AK: none yet"), "{told}");
    assert!(!tpm.folder().join("kept").exists(), "nothing was changed");

    // Enrolled, with an AK and a log: nothing is missing.
    let server = FakeServer::start().await;
    let mut host = tpm.host();
    host.state = StateDirectory::new(tpm.folder().join("kept"));
    host.identity().unwrap();
    let enrolment = server.enrolment();
    StateDirectory::new(tpm.folder().join("kept")).keep_enrolment(&enrolment).unwrap();
    let log = tpm.folder().join("root/sys/kernel/security/tpm0/binary_bios_measurements");
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    fs::write(log, b"events").unwrap();
    let output = finished(agent(tpm.folder(), &["status", "--json", "--tpm", &tcti])).await;
    assert!(output.status.success(), "{}", text(&output.stdout));
    let told = text(&output.stdout);
    assert!(!told.contains("c5c5"), "the credential is not shown: {told}");
    let status: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(status["problems"], serde_json::json!([]));
    assert_eq!(status["enrolment"]["host"], enrolment.host.to_string());
    assert_eq!(status["log"]["bytes"], 6);
    assert!(status["keys"]["ek_certificate_bytes"].as_u64().unwrap() > 0);

    // A TPM that does not answer.
    let arguments = ["status", "--tpm", "swtpm:host=127.0.0.1,port=1"];
    let output = finished(agent(tpm.folder(), &arguments)).await;
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stdout).contains("! TPM: cannot open the TPM at swtpm:"));
    assert_eq!(text(&output.stderr), "", "the TSS is quiet");
}

#[tokio::test]
async fn an_enrolment_that_is_replaced_is_taken_up_by_the_running_agent() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (FakeServer::start().await, FakeServer::start().await);
    let state = StateDirectory::new(folder.path().join("kept"));
    state.keep_enrolment(&first.enrolment()).unwrap();
    let run = agent(folder.path(), &["run"]).stderr(Stdio::null()).spawn().unwrap();
    let conversation = first.session().await;
    state.keep_enrolment(&second.enrolment()).unwrap();
    drop(conversation);
    let mut conversation = second.session().await;
    assert!(matches!(conversation.hear().await, AgentMessage::Hello(_)));
    send(&run, Signal::TERM);
    assert!(timeout(PATIENCE, run.wait_with_output()).await.unwrap().unwrap().status.success());
}
