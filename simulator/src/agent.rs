//! The agent's process: the real program, told nothing but what any host tells it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use tokio::process::Child;

use crate::child;
use crate::deadline::{Attempts, LIMIT};
use crate::error::{Error, io};
use crate::sysroot::write_secret;

/// What the agents log: enough to see challenges.
const LOG: &str = "info,trustboard_agent=debug,tss_esapi=off";
/// What an agent logs after it has answered a challenge.
const EVIDENCE_SENT: &[u8] = b"evidence sent";

/// What is needed to put agents on hosts.
#[derive(Clone)]
pub struct Deployment {
    /// The program.
    pub program: PathBuf,
    /// The server's address for agents.
    pub server: String,
    /// Enrolment tokens by `datacenter/cluster`.
    pub tokens: BTreeMap<String, String>,
}

/// Without the tokens: they are secrets.
impl std::fmt::Debug for Deployment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Deployment({} to {})", self.program.display(), self.server)
    }
}

impl Deployment {
    /// Runs `trustboard-agent enroll`. The token is passed in a file that only we can read, and
    /// that is gone afterwards.
    pub(crate) async fn enrol(
        &self,
        place: &str,
        dir: &Path,
        arguments: &[OsString],
    ) -> Result<(), Error> {
        let token = self
            .tokens
            .get(place)
            .ok_or_else(|| Error::Refused(format!("there is no enrolment token for {place}")))?;
        let file = dir.join("token");
        write_secret(&file, token)?;
        let mut command = child::command(&self.program);
        command.arg("enroll").arg("--server").arg(&self.server);
        command.arg("--token-file").arg(&file).args(arguments);
        let enrolled = child::run(command, "trustboard-agent enroll").await;
        std::fs::remove_file(&file).map_err(io(&file))?;
        enrolled.map(|_| ())
    }

    /// Starts `trustboard-agent run`; what it says is appended to `agent.log`.
    pub(crate) fn start(&self, dir: &Path, arguments: &[OsString]) -> Result<Agent, Error> {
        let log = dir.join("agent.log");
        let said_before = std::fs::metadata(&log).map_or(0, |meta| meta.len());
        let mut command = child::command(&self.program);
        command.arg("run").args(arguments).args(["--log", LOG]);
        let child = child::spawn(command, "trustboard-agent run", &log)?;
        Ok(Agent { child, log, said_before })
    }
}

/// A running agent.
#[derive(Debug)]
pub struct Agent {
    child: Child,
    log: PathBuf,
    /// Bytes of the log that are of earlier agents.
    said_before: u64,
}

impl Agent {
    /// Its process id, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Waits until it has answered a challenge.
    pub(crate) async fn evidence_sent(&self, host: &str) -> Result<(), Error> {
        let attempts = Attempts::start();
        while !self.has_said(EVIDENCE_SENT)? {
            if !attempts.again().await {
                let what = format!("{host} answered no challenge (see {})", self.log.display());
                return Err(Error::Timeout { what, limit: LIMIT });
            }
        }
        Ok(())
    }

    fn has_said(&self, words: &[u8]) -> Result<bool, Error> {
        let mut said = Vec::new();
        let mut file = std::fs::File::open(&self.log).map_err(io(&self.log))?;
        file.seek(SeekFrom::Start(self.said_before)).map_err(io(&self.log))?;
        file.read_to_end(&mut said).map_err(io(&self.log))?;
        Ok(said.windows(words.len()).any(|part| part == words))
    }

    /// Waits until it ends by itself and says how.
    pub async fn ended(&mut self) -> String {
        match self.child.wait().await {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        }
    }

    /// Ends it.
    pub async fn end(mut self) -> Result<(), Error> {
        child::end(&mut self.child).await
    }
}
