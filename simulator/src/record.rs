//! What is remembered of a host between two runs of the simulator.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, io};
use crate::scenario::{Expectation, Scenario};
use crate::sysroot::write_whole;

/// What plays with a host, and what the server knows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// What plays now.
    pub scenario: Scenario,
    /// Whether the server has an identity of this host on record.
    pub identity: bool,
}

impl Record {
    /// A host that was never switched on.
    pub fn first(scenario: Scenario) -> Self {
        Self { scenario, identity: false }
    }

    /// Reads the record of the host in `dir`; a host without one was never switched on.
    pub fn load(dir: &Path, first: Scenario) -> Result<Self, Error> {
        let path = file(dir);
        match std::fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text)
                .map_err(|error| Error::Refused(format!("{}: {error}", path.display()))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::first(first)),
            Err(error) => Err(io(&path)(error)),
        }
    }

    /// Writes it.
    pub fn save(&self, dir: &Path) -> Result<(), Error> {
        let text = serde_json::to_vec_pretty(self).expect("two plain fields");
        write_whole(&file(dir), &text)
    }

    /// What the server must say now.
    pub fn expectation(&self) -> Expectation {
        self.scenario.expectation(self.identity)
    }
}

fn file(dir: &Path) -> PathBuf {
    dir.join("played.json")
}
