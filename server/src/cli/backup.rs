//! `trustboard backup` and `trustboard restore`

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;

use super::Place;
use super::console::{Console, context, who};
use crate::clock::{Clock as _, SystemClock};
use crate::command;
use crate::config::{Config, Settings};
use crate::query::{self, ChainState};
use crate::serve::data_dir;
use crate::store::{Store, backup};

/// Back the database up, while the server runs
///
/// Every change that was acknowledged before the backup began is in it. The file is checked before
/// it gets its name: SQLite's own checks, and the chain of events from its first to its last. It is
/// readable by its owner alone; it holds the inventory and hashes of secrets. Keep agent-tls.pem of
/// the data directory with it. For SQLite; PostgreSQL has pg_dump.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to make; there must be none
    file: PathBuf,
}

/// Put the database back as a backup has it; the server must be stopped
///
/// The backup is checked first, and stays where it is. The database that was there is kept beside
/// the new one. A backup of an earlier release is brought up to date.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup
    file: PathBuf,
}

/// What a database holds, once it was read from the first event to the last.
struct Whole {
    events: u64,
    head: String,
}

impl Backup {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<()> {
        let Self { file } = self;
        let config = place.config(Settings::default())?;
        let database = sqlite(&config)?;
        if !database.exists() {
            bail!("there is no database {}", database.display());
        }
        if file.exists() {
            return Err(backup::BackupError::Exists(file).into());
        }
        let fresh = beside(&file, &format!("unchecked-{}", std::process::id()));
        let bytes = backup::copy(database, &fresh).await?;
        let checked = async {
            let migration = backup::check(&fresh).await?;
            Ok::<_, anyhow::Error>((migration, whole(&fresh).await?))
        };
        let (migration, Whole { events, head }) = match checked.await {
            Ok(checked) => checked,
            Err(error) => {
                discard(&fresh);
                return Err(error.context("the backup was not made"));
            }
        };
        // A hard link refuses to replace what somebody made meanwhile; a rename would not.
        std::fs::hard_link(&fresh, &file).with_context(|| file.display().to_string())?;
        discard(&fresh);
        let console = Console::open(place).await?;
        command::record_backup(&console.ctx, &console.actor, bytes, events).await?;
        console.close().await;
        println!(
            "{}: {bytes} bytes, {events} events, head {head}, schema {migration}",
            file.display()
        );
        println!("keep {} with it", config.data_dir.join("agent-tls.pem").display());
        Ok(())
    }
}

impl Restore {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<()> {
        let Self { file } = self;
        let config = place.config(Settings::default())?;
        let (database, dir) = (sqlite(&config)?, &config.data_dir);
        data_dir(dir).with_context(|| dir.display().to_string())?;
        backup::check(&file).await?;
        let fresh = beside(database, &format!("restoring-{}", std::process::id()));
        backup::copy(&file, &fresh).await?;
        let restored = restore(&file, &fresh, database).await;
        if restored.is_err() {
            discard(&fresh);
        }
        let (Whole { events, head }, aside) = restored?;
        println!("{}: restored, {events} events, head {head}", database.display());
        match aside {
            Some(aside) => println!("what was there before: {}", aside.display()),
            None => println!("there was no database before"),
        }
        Ok(())
    }
}

async fn restore(
    file: &Path,
    fresh: &Path,
    database: &Path,
) -> anyhow::Result<(Whole, Option<PathBuf>)> {
    // Brings its schema up to date, too: what cannot be is found before anything is replaced.
    let found = whole(fresh).await?;
    let store = Store::open(fresh).await?;
    let ctx = context(store);
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    command::record_restore(&ctx, &who(), name, found.events).await?;
    ctx.store.close().await;
    let now = SystemClock.now().to_string().replace([':', '.'], "");
    let aside = beside(database, &format!("before-{now}"));
    let there = backup::replace(database, fresh, &aside).await?;
    Ok((found, there.then_some(aside)))
}

/// Reads the chain of events of the database at `path`, whose schema is brought up to date.
async fn whole(path: &Path) -> anyhow::Result<Whole> {
    let ctx = context(Store::open(path).await?);
    let state = query::verify_chain(&ctx).await;
    ctx.store.close().await;
    match state? {
        ChainState::Whole { events, head } => Ok(Whole { events, head: head.to_string() }),
        ChainState::Broken { seq, problem } => {
            bail!("its chain of events is broken at event {}: {problem}", seq.0)
        }
    }
}

/// The file of a SQLite database.
fn sqlite(config: &Config) -> anyhow::Result<&Path> {
    let file = config.database.file();
    file.context("this is for SQLite; PostgreSQL has pg_dump and pg_restore (docs/scale.md)")
}

/// A name beside `path`.
fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(what);
    name.into()
}

/// Takes a file of ours away, with what SQLite may have left beside it.
fn discard(path: &Path) {
    for side in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(side);
        // What is not there needs no taking away.
        let _ = std::fs::remove_file(name);
    }
}
