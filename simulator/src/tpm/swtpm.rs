//! The software TPM: one swtpm process on one folder of state.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::process::Child;

use super::channel::Channel;
use crate::child;
use crate::deadline::{Attempts, LIMIT, within};
use crate::error::{Error, io};
use crate::socket::ShortPath;

/// Command codes of swtpm's control channel (swtpm_ioctls(3)).
const CMD_SHUTDOWN: u32 = 3;
const CMD_SET_LOCALITY: u32 = 5;

/// How far the clock of libtpms goes on until it calls it safe again (`NV_CLOCK_UPDATE_INTERVAL`).
const CLOCK_INTERVAL: Duration = Duration::from_millis(4096);

/// A running swtpm.
#[derive(Debug)]
pub struct Swtpm {
    dir: PathBuf,
    child: Child,
}

impl Swtpm {
    /// Powers the TPM on and sends TPM2_Startup(CLEAR) from `locality`. `dir` holds the state in
    /// `state/` and gets the sockets and swtpm's log.
    ///
    /// A TPM writes its clock down while it runs, so that after a power failure it goes on above
    /// everything that it has ever said (P1 36.3). swtpm writes it down at an orderly end only: if
    /// it was killed, its clock is put forward here by the time that it ran.
    pub async fn power_on(dir: &Path, locality: u8) -> Result<Self, Error> {
        let before = modified(&command_socket(dir));
        let tpm = Self::start(dir, locality).await?;
        let mut channel = tpm.channel().await?;
        let clock = channel.clock().await?;
        if clock.safe {
            return Ok(tpm);
        }
        if let (Some(before), Some(now)) = (before, modified(&command_socket(dir))) {
            let ran = now.duration_since(before).unwrap_or_default() + CLOCK_INTERVAL;
            let ran = u64::try_from(ran.as_millis()).unwrap_or(u64::MAX);
            channel.set_clock(clock.powered_ms.saturating_add(ran)).await?;
        }
        let attempts = Attempts::start();
        while !channel.clock().await?.safe {
            if !attempts.again().await {
                let what = format!("the clock of the TPM in {} is not safe", dir.display());
                return Err(Error::Timeout { what, limit: LIMIT });
            }
        }
        Ok(tpm)
    }

    async fn start(dir: &Path, locality: u8) -> Result<Self, Error> {
        for socket in [command_socket(dir), control_socket(dir)] {
            match std::fs::remove_file(&socket) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(io(&socket)(error));
                }
                _ => {}
            }
        }
        let mut command = child::command("swtpm");
        command.current_dir(dir).args(["socket", "--tpm2"]);
        command.args(["--tpmstate", "dir=state"]);
        command.args(["--server", "type=unixio,path=command.sock"]);
        command.args(["--ctrl", "type=unixio,path=control.sock"]);
        command.args(["--locality", "allow-set-locality", "--flags", "not-need-init"]);
        let child = child::spawn(command, "swtpm", &dir.join("swtpm.log"))?;
        let mut tpm = Self { dir: dir.to_owned(), child };
        if locality != 0 {
            tpm.control(CMD_SET_LOCALITY, &[locality]).await?;
        }
        tpm.connect_first().await?.startup().await?;
        if locality != 0 {
            tpm.control(CMD_SET_LOCALITY, &[0]).await?;
        }
        Ok(tpm)
    }

    /// A connection to its command channel. swtpm serves one connection at a time.
    pub async fn channel(&self) -> Result<Channel, Error> {
        Channel::connect(&command_socket(&self.dir)).await
    }

    /// Waits until it ends, which it only does if it crashes or is killed.
    pub async fn ended(&mut self) {
        let _ = self.child.wait().await; // an error means that there is nothing to wait for
    }

    /// Announces the end to the TPM and powers it off.
    pub async fn power_off(mut self) -> Result<(), Error> {
        let announced = async { self.channel().await?.shutdown().await }.await;
        let asked = self.control(CMD_SHUTDOWN, &[]).await;
        child::end(&mut self.child).await?;
        announced.and(asked)
    }

    /// Its process id.
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    async fn connect_first(&mut self) -> Result<Channel, Error> {
        let socket = command_socket(&self.dir);
        let attempts = Attempts::start();
        loop {
            match Channel::connect(&socket).await {
                Ok(channel) => return Ok(channel),
                Err(_) if self.child.try_wait().is_ok_and(|ended| ended.is_some()) => {
                    return Err(self.died());
                }
                Err(_) if attempts.again().await => {}
                Err(error) => return Err(error),
            }
        }
    }

    async fn control(&self, code: u32, argument: &[u8]) -> Result<(), Error> {
        let socket = control_socket(&self.dir);
        let ask = async {
            let attempts = Attempts::start();
            let short = ShortPath::open(&socket)?;
            let mut stream = loop {
                match UnixStream::connect(short.path()).await {
                    Err(_) if attempts.again().await => {}
                    connected => break connected.map_err(io(&socket))?,
                }
            };
            let request = [&code.to_be_bytes(), argument].concat();
            stream.write_all(&request).await.map_err(io(&socket))?;
            let mut result = [0; 4];
            stream.read_exact(&mut result).await.map_err(io(&socket))?;
            match u32::from_be_bytes(result) {
                0 => Ok(()),
                code => Err(Error::Tpm { command: "swtpm's control channel", code }),
            }
        };
        within("swtpm's control channel did not answer", ask).await
    }

    fn died(&self) -> Error {
        let log = std::fs::read_to_string(self.dir.join("swtpm.log")).unwrap_or_default();
        let last = log.lines().last().unwrap_or("it said nothing").to_owned();
        Error::Program { program: "swtpm".into(), problem: last }
    }
}

/// When a socket was made: the start of the life that left it.
fn modified(socket: &Path) -> Option<SystemTime> {
    std::fs::metadata(socket).and_then(|meta| meta.modified()).ok()
}

/// Where a TPM takes commands.
pub fn command_socket(dir: &Path) -> PathBuf {
    dir.join("command.sock")
}

/// Where a TPM is controlled: locality, power.
pub fn control_socket(dir: &Path) -> PathBuf {
    dir.join("control.sock")
}
