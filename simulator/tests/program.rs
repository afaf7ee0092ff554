//! The program itself: what it starts ends with it, however it ends.
#![expect(clippy::unwrap_used, reason = "what breaks here fails its test")]

mod bench;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use trustboard_simulator::{LIMIT, demo};

const PROGRAM: &str = env!("CARGO_BIN_EXE_trustboard-simulator");

fn start(folder: &Path) -> Child {
    let agent = folder.join("agent");
    bench::stand_in_agent(&agent);
    let tokens: std::collections::BTreeMap<_, _> =
        demo().into_iter().map(|plan| (plan.place(), "token")).collect();
    let file = folder.join("tokens.json");
    std::fs::write(&file, serde_json::to_vec(&tokens).unwrap()).unwrap();
    let mut run = Command::new(PROGRAM);
    run.arg("--dir").arg(folder.join("hosts")).arg("run").arg("--agent").arg(&agent);
    run.args(["--server", "https://127.0.0.1:8443", "--tokens"]).arg(&file);
    let mut run = run.stdout(Stdio::piped()).spawn().unwrap();
    // The stand-in makes no quotes, so the host that is to repeat one does not get ready.
    let lines = BufReader::new(run.stdout.take().unwrap()).lines();
    let ready = lines.map(Result::unwrap).filter(|line| line.contains("agent running")).take(9);
    assert_eq!(ready.count(), 9);
    run
}

/// Processes whose working folder or arguments lie in the folder.
fn of(folder: &Path, but: u32) -> Vec<String> {
    let folder = folder.to_str().unwrap();
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap() {
        let pid = entry.unwrap().file_name().into_string().unwrap();
        if pid.parse::<u32>().is_ok_and(|pid| pid != but) && bench::runs(&pid) {
            let of = Path::new("/proc").join(&pid);
            let dir = std::fs::read_link(of.join("cwd")).unwrap_or_default();
            let line = std::fs::read(of.join("cmdline")).unwrap_or_default();
            let line = String::from_utf8_lossy(&line).into_owned();
            if dir.starts_with(folder) || line.contains(folder) {
                found.push(line);
            }
        }
    }
    found
}

/// All hosts get ready; `list` and `break` talk to them; after `signal` nothing is left.
fn ends_everything(signal: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut run = start(folder.path());
    let pid = run.id();
    assert!(of(folder.path(), pid).len() >= 9, "nine TPMs run");

    let ask = |arguments: &[&str]| {
        let mut ask = Command::new(PROGRAM);
        let output = ask.arg("--dir").arg(folder.path().join("hosts")).args(arguments).output();
        let output = output.unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(text).unwrap())
    };
    let (done, text) = ask(&["break", "web-lyo-01", "secure-boot-off"]);
    assert!(done && text.contains("secure-boot.disabled"), "{text}");
    let (done, text) = ask(&["expect"]);
    assert!(done && text.matches("secure-boot.disabled").count() == 2, "{text}");
    let (done, text) = ask(&["reboot", "nobody"]);
    assert!(!done && text.starts_with("error: there is no host nobody"), "{text}");

    let killed = Command::new("kill").args([signal, &pid.to_string()]).status().unwrap();
    assert!(killed.success());
    let end = Instant::now() + LIMIT;
    run.wait().unwrap();
    while !of(folder.path(), pid).is_empty() {
        assert!(Instant::now() < end, "left: {:?}", of(folder.path(), pid));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn terminated_it_switches_everything_off() {
    ends_everything("-TERM");
}

#[test]
fn killed_it_leaves_nothing_running() {
    ends_everything("-KILL");
}
