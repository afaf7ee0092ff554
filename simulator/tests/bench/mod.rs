//! Hosts on a test bench: one folder, one maker, no agent and no server.
#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses a part of it")]
#![expect(clippy::unwrap_used, reason = "a bench that breaks fails its test")]

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use trustboard_model::digest::Digest;
use trustboard_simulator::firmware::{Bank, Keys};
use trustboard_simulator::tpm::Maker;
use trustboard_simulator::{Chip, Host, HostPlan, Supplies, demo};

/// A maker and a folder that is gone afterwards.
pub struct Bench {
    folder: tempfile::TempDir,
    pub supplies: Arc<Supplies>,
}

impl Bench {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let supplies = Supplies {
            keys: Keys::load_or_make(&folder.path().join("firmware")).unwrap(),
            maker: Maker::new(&folder.path().join("maker")).unwrap(),
        };
        Self { folder, supplies: Arc::new(supplies) }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A host, delivered and switched off.
    pub async fn host(&self, plan: &HostPlan) -> Host {
        let dir = self.folder.path().join(&plan.name);
        Host::deliver(plan, &dir, &self.supplies, &[Chip::First]).await.unwrap();
        Host::open(plan.clone(), &dir, Arc::clone(&self.supplies)).await.unwrap()
    }
}

/// A host of the demonstration.
pub fn plan(name: &str) -> HostPlan {
    demo().into_iter().find(|plan| plan.name == name).unwrap()
}

/// The registers as the TPM itself gives them.
pub async fn registers(host: &Host) -> BTreeMap<Bank, Vec<Digest>> {
    host.tpm().unwrap().channel().await.unwrap().all_registers().await.unwrap()
}

/// Ends a process without asking it.
pub fn kill(pid: u32) {
    let status = std::process::Command::new("kill").args(["-KILL", &pid.to_string()]).status();
    assert!(status.unwrap().success());
}

/// What the logs of a host say that its registers hold.
pub fn explained(host: &Host) -> BTreeMap<Bank, Vec<Digest>> {
    let mut registers = host.boot_log().unwrap().replay();
    for (pcr, digests) in &host.system_logs().unwrap().extends {
        for ((bank, registers), digest) in registers.iter_mut().zip(digests) {
            let register = &mut registers[usize::from(u8::from(*pcr))];
            *register = bank.hash(&[register.as_bytes(), digest.as_bytes()]);
        }
    }
    registers
}

/// A stand-in for the agent: notes how it is called.
const SCRIPT: &str = r#"#!/bin/sh
# What is said of every call: the mode of the token's file, then the arguments.
command=$1
while [ $# -gt 0 ]; do
    case $1 in
        --state-dir) state=$2 ;;
        --token-file) token=$2 ;;
        --tpm) tpm=$2 ;;
    esac
    shift
done
mkdir -p "$state"
case $command in
    enroll)
        echo "enroll $tpm $(stat -c %a "$token") $(cat "$token")" >> "$state/calls"
        echo '{}' > "$state/enrolment.json"
        ;;
    run)
        echo "run $tpm $$" >> "$state/calls"
        echo "DEBUG evidence sent"
        exec sleep 1000
        ;;
esac
"#;

/// Puts the stand-in for the agent there.
pub fn stand_in_agent(program: &Path) {
    std::fs::write(program, SCRIPT).unwrap();
    std::fs::set_permissions(program, PermissionsExt::from_mode(0o755)).unwrap();
}

/// Whether a process of this id exists and is not a zombie.
pub fn runs(pid: &str) -> bool {
    let status = std::fs::read_to_string(Path::new("/proc").join(pid).join("status"));
    status.is_ok_and(|status| !status.contains("State:\tZ"))
}
