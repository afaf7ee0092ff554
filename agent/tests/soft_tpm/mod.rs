//! A software TPM for one test: its own swtpm process, state folder and maker's CA.

#![allow(dead_code)]

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use trustboard_agent::ak_store::AkPreference;
use trustboard_agent::attester::LocalHost;
use trustboard_agent::state::StateDirectory;
use trustboard_agent::tpm::{self, Tpm};
use trustboard_agent::tpm_choice::TpmChoice;
use trustboard_model::protocol::{CredentialBlob, TpmIdentity};
use tss_esapi::constants::CapabilityType;
use tss_esapi::constants::tss::{TPM2_LOADED_SESSION_FIRST, TPM2_TRANSIENT_FIRST};
use tss_esapi::structures::CapabilityData;

/// How long a swtpm may take to start on a busy machine.
const START: Duration = Duration::from_secs(30);

/// What a TPM is delivered with.
pub struct Make<'a> {
    /// An EK certificate of the maker's CA.
    pub certificate: bool,
    /// The active banks, as `swtpm_setup --pcr-banks` takes them.
    pub banks: &'a str,
}

impl Default for Make<'_> {
    fn default() -> Self {
        Self { certificate: true, banks: "sha256" }
    }
}

/// A running swtpm.
pub struct SoftTpm {
    folder: TempDir,
    port: u16,
    process: Child,
}

impl SoftTpm {
    /// Makes and starts a TPM.
    pub fn start(make: &Make<'_>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        manufacture(folder.path(), make);
        let (port, process) = launch(&folder.path().join("state"));
        Self { folder, port, process }
    }

    /// Starts it again on the same state: what a reboot is to a TPM.
    pub fn restart(&mut self) {
        self.stop();
        (self.port, self.process) = launch(&self.folder.path().join("state"));
    }

    pub fn stop(&mut self) {
        let _already_gone = self.process.kill();
        self.process.wait().unwrap();
    }

    pub fn tcti(&self) -> String {
        format!("swtpm:host=127.0.0.1,port={}", self.port)
    }

    pub fn open(&self) -> Tpm {
        tpm::open(&self.tcti()).unwrap()
    }

    /// A folder that goes with the TPM.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A host with this TPM, an otherwise empty root, and its own state directory.
    pub fn host(&self) -> LocalHost {
        let sysroot = self.folder.path().join("root");
        fs::create_dir_all(&sysroot).unwrap();
        LocalHost {
            sysroot,
            tpm: TpmChoice::Tcti(self.tcti()),
            state: StateDirectory::new(self.folder.path().join("agent")),
            ak: AkPreference::LikeEk,
        }
    }

    /// Runs one of tpm2-tools on this TPM.
    pub fn tool(&self, program: &str, arguments: &[&str]) -> String {
        run(Command::new(program).args(arguments).env("TPM2TOOLS_TCTI", self.tcti()))
    }

    /// Lets the maker's CA certify an ECC P-256 EK, and gives the certificate (DER).
    pub fn certify_ecc(&self, x: &str, y: &str) -> PathBuf {
        let certificates = self.folder.path().join("certificates");
        fs::create_dir_all(&certificates).unwrap();
        let ca = self.folder.path().join("ca");
        let ek = format!("x={x},y={y},id=secp256r1");
        run(Command::new("swtpm_localca")
            .args(["--type", "ek", "--ek", &ek, "--tpm2", "--tpm-spec-family", "2.0"])
            .args(["--tpm-spec-level", "0", "--tpm-spec-revision", "164"])
            .arg("--dir")
            .arg(&certificates)
            .arg("--configfile")
            .arg(ca.join("localca.conf"))
            .arg("--optsfile")
            .arg(ca.join("options.conf")));
        certificates.join("ek.cert")
    }
}

impl Drop for SoftTpm {
    fn drop(&mut self) {
        let _already_gone = self.process.kill();
        let _reaped = self.process.wait();
    }
}

fn manufacture(folder: &Path, make: &Make<'_>) {
    let ca = folder.join("ca");
    let state = folder.join("state");
    fs::create_dir_all(&ca).unwrap();
    fs::create_dir_all(&state).unwrap();
    let at = |name: &str| ca.join(name).display().to_string();
    fs::write(
        at("localca.conf"),
        format!(
            "statedir = {}\nsigningkey = {}\nissuercert = {}\ncertserial = {}\n",
            ca.display(),
            at("signkey.pem"),
            at("issuercert.pem"),
            at("certserial")
        ),
    )
    .unwrap();
    fs::write(
        at("options.conf"),
        "--tpm-manufacturer id:00001014\n--tpm-version 2.0\n--tpm-model swtpm\n",
    )
    .unwrap();
    fs::write(
        at("setup.conf"),
        format!(
            "create_certs_tool = swtpm_localca\ncreate_certs_tool_config = {}\n\
             create_certs_tool_options = {}\n",
            at("localca.conf"),
            at("options.conf")
        ),
    )
    .unwrap();
    let mut setup = Command::new("swtpm_setup");
    setup.args(["--tpm2", "--pcr-banks", make.banks, "--tpmstate"]).arg(&state);
    setup.arg("--config").arg(at("setup.conf"));
    if make.certificate {
        setup.arg("--create-ek-cert");
    }
    run(&mut setup);
}

/// Starts swtpm on two neighbouring free ports (the TSS expects the control port beside the other)
/// and waits until it answers.
fn launch(state: &Path) -> (u16, Child) {
    let deadline = Instant::now() + START;
    while Instant::now() < deadline {
        let Some(port) = free_pair() else { continue };
        let mut process = Command::new("swtpm")
            .args(["socket", "--tpm2", "--flags", "not-need-init,startup-clear"])
            .arg("--tpmstate")
            .arg(format!("dir={}", state.display()))
            .arg("--server")
            .arg(format!("type=tcp,bindaddr=127.0.0.1,port={port}"))
            .arg("--ctrl")
            .arg(format!("type=tcp,bindaddr=127.0.0.1,port={}", port + 1))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| missing("swtpm", &error));
        while Instant::now() < deadline {
            // Somebody else may have taken a port meanwhile: swtpm ends, and the next pair is due.
            if process.try_wait().unwrap().is_some() {
                break;
            }
            if tpm::open(&format!("swtpm:host=127.0.0.1,port={port}")).is_ok() {
                return (port, process);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _already_gone = process.kill();
        process.wait().unwrap();
    }
    panic!("swtpm did not start within {START:?}");
}

fn free_pair() -> Option<u16> {
    let first = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = first.local_addr().unwrap().port();
    TcpListener::bind(("127.0.0.1", port.checked_add(1)?)).ok()?;
    Some(port)
}

fn run(command: &mut Command) -> String {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().unwrap_or_else(|error| missing(&program, &error));
    assert!(
        output.status.success(),
        "{command:?} failed:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn missing(program: &str, error: &std::io::Error) -> ! {
    let package = match program {
        "swtpm" => "swtpm",
        program if program.starts_with("tpm2_") => "tpm2-tools",
        _ => "swtpm-tools",
    };
    panic!("cannot run {program}: {error}\nInstall the package {package} (cargo xtask setup does)");
}

/// Wraps a secret for an EK and an AK, as the server does.
pub fn make_credential(keys: &TpmIdentity, secret: &[u8; 32]) -> CredentialBlob {
    let keys = trustboard_attest::admit(keys).unwrap();
    trustboard_attest::make_credential(&keys, secret, &[0x5E; 64]).unwrap()
}

/// The transient objects and sessions that a TPM holds.
pub fn loaded(tpm: &mut Tpm) -> usize {
    [TPM2_TRANSIENT_FIRST, TPM2_LOADED_SESSION_FIRST]
        .into_iter()
        .map(|first| {
            let (data, _) = tpm
                .context()
                .execute_without_session(|context| {
                    context.get_capability(CapabilityType::Handles, first, 64)
                })
                .unwrap();
            let CapabilityData::Handles(handles) = data else { panic!("expected handles") };
            handles.len()
        })
        .sum()
}
