//! What must survive the simulator: who is enrolled, and how often each host was booted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use trustboard_agent::server_address::ServerAddress;
use trustboard_agent::state::Enrolment;
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;
use trustboard_model::id::HostId;

use super::part::Part;
use crate::error::{Error, io};
use crate::sysroot::write_whole;

/// The file's content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The fingerprint of the server that they are enrolled with.
    pub server: Option<Sha256>,
    /// By the host's number.
    pub hosts: BTreeMap<u32, Credential>,
    /// Boots beyond the first, by the host's number.
    pub boots: BTreeMap<u32, u32>,
    /// Whether the hosts are what the plan says; else they are still as they were delivered.
    pub played: bool,
    /// Milliseconds that the TPMs' clocks have run in earlier processes.
    pub clock: u64,
}

/// Who a host is to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    host: HostId,
    secret: Bytes,
}

impl From<&Enrolment> for Credential {
    fn from(enrolment: &Enrolment) -> Self {
        Self { host: enrolment.host, secret: enrolment.credential.clone() }
    }
}

impl Enrolled {
    fn path(dir: &Path, part: Part) -> PathBuf {
        dir.join(part.file("enrolled", "cbor"))
    }

    /// Reads that of this part; nobody is enrolled if there is no file.
    pub fn load(dir: &Path, part: Part) -> Result<Self, Error> {
        let path = Self::path(dir, part);
        if !path.exists() {
            return Ok(Self::default());
        }
        let bytes = std::fs::read(&path).map_err(io(&path))?;
        ciborium::from_reader(&bytes[..])
            .map_err(|error| Error::Refused(format!("{}: {error}", path.display())))
    }

    /// Replaces the file.
    pub fn save(&self, dir: &Path, part: Part) -> Result<(), Error> {
        let mut bytes = Vec::new();
        ciborium::into_writer(self, &mut bytes).expect("it has a CBOR form");
        write_whole(&Self::path(dir, part), &bytes)
    }

    /// A host's enrolment with the servers at these addresses; nothing if it has none.
    pub fn enrolment(&self, number: u32, servers: &[ServerAddress]) -> Option<Enrolment> {
        let Credential { host, secret } = self.hosts.get(&number)?;
        let (server, others) = servers.split_first()?;
        Some(Enrolment {
            server: server.clone(),
            others: others.to_vec(),
            fingerprint: self.server?,
            host: *host,
            credential: secret.clone(),
        })
    }
}
