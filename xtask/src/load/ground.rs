//! What a measurement stands on: the folder of the fleet and, if it is to be one, a PostgreSQL
//! server; made for it, kept from before, or a copy of what was kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::postgres::{Cluster, Commits};
use crate::programs::Programs;
use crate::{place, program};

/// Where a fleet lies.
pub struct Ground {
    /// Its folder.
    pub folder: PathBuf,
    /// Where its servers keep their records, if not in a file of their own.
    pub postgres: Option<Cluster>,
    /// Whether the folder goes when it was measured.
    temporary: bool,
}

impl Ground {
    /// In a temporary folder.
    pub fn new(postgres: bool) -> Result<Self> {
        let postgres = if postgres { Some(Cluster::start(Commits::Durable)?) } else { None };
        Ok(Self { folder: place::temporary_folder("load")?, postgres, temporary: true })
    }

    /// In this folder, which stays.
    pub fn kept(folder: PathBuf, postgres: bool) -> Result<Self> {
        let data = folder.join("postgres");
        let postgres = if postgres { Some(Cluster::start_kept(&data)?) } else { None };
        Ok(Self { folder, postgres, temporary: false })
    }

    /// In a copy of what is kept in this folder.
    pub fn copy_of(folder: &Path, postgres: bool) -> Result<Self> {
        let mut name = folder.file_name().unwrap_or_default().to_owned();
        name.push(format!(".copy-{}", std::process::id()));
        let copy = folder.with_file_name(name);
        eprintln!("    on a copy: {}", copy.display());
        // With its owners: the data of PostgreSQL are another user's.
        program::output(Command::new("cp").arg("-a").arg(folder).arg(&copy))?;
        Ok(Self { temporary: true, ..Self::kept(copy, postgres)? })
    }

    /// The programs that work on it.
    pub fn programs(&self, programs: &Programs) -> Programs {
        let database = self.postgres.as_ref().map(Cluster::url);
        Programs { database, ..programs.clone() }
    }

    /// Ends it; what is temporary goes.
    pub fn end(self) -> Result<()> {
        let Self { folder, postgres, temporary } = self;
        drop(postgres);
        if temporary {
            fs::remove_dir_all(&folder)?;
        }
        Ok(())
    }
}
