//! `trustboard makers`

use std::path::PathBuf;

use anyhow::{Context as _, bail, ensure};
use clap::{Args, Subcommand};
use trustboard_model::bytes::from_hex;
use trustboard_model::digest::Sha256;
use trustboard_model::view::{ImportOutcome, ImportReport, MakerAction, MakerCertificate};

use super::Place;
use super::console::Console;
use crate::makers::archive::FILE_BYTES;
use crate::makers::{Folder, InForce, load, read_bundle};
use crate::{command, query};

#[derive(Debug, Subcommand)]
pub(super) enum Makers {
    Import(Import),
    /// List every maker's certificate with its state and fingerprint
    ///
    /// Those in the server's folder (makers_dir) are listed with those that were imported.
    List,
    /// Trust a certificate whose fingerprint you compared with what its maker publishes
    ///
    /// The whole fingerprint is asked for: copy it from what the maker publishes, not from here.
    ///
    /// Example: trustboard makers trust 89:9E:35:47:...:4F:3B
    Trust {
        /// The SHA-256 fingerprint, 64 hexadecimal digits, with or without colons
        fingerprint: String,
    },
    /// Let no chain go through a certificate
    Distrust {
        /// Its SHA-256 fingerprint
        fingerprint: String,
        /// Why; it is in the audit
        #[arg(long)]
        reason: String,
    },
    /// Forget an imported certificate or revocation list
    Remove {
        /// Its SHA-256 fingerprint
        fingerprint: String,
        /// Why; it is in the audit
        #[arg(long)]
        reason: String,
    },
}

/// Import certificates of TPM makers, and report each of them
///
/// Takes PEM, DER, PKCS #7, and zip, tar or tar.gz archives of them. Published roots are recognised
/// by their fingerprint and trusted at once; every other root awaits `trustboard makers trust`.
/// A running server takes the change within seconds. Exits with 1 if nothing in a file could be
/// used.
///
/// Example: trustboard makers import infineon.zip
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Let published roots await confirmation as well
    #[arg(long)]
    trust_none: bool,
}

impl Makers {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<()> {
        let console = Console::open(place).await?;
        let done = match self {
            Self::Import(import) => import.run(&console).await,
            Self::List => list(&console).await,
            Self::Trust { fingerprint } => {
                let digits = fingerprint.clone();
                decide(&console, &fingerprint, MakerAction::Trust { digits }).await
            }
            Self::Distrust { fingerprint, reason } => {
                decide(&console, &fingerprint, MakerAction::Distrust { reason }).await
            }
            Self::Remove { fingerprint, reason } => {
                decide(&console, &fingerprint, MakerAction::Remove { reason }).await
            }
        };
        console.close().await;
        done
    }
}

impl Import {
    async fn run(&self, console: &Console) -> anyhow::Result<()> {
        let mut useless = Vec::new();
        for file in &self.files {
            let shown = file.display();
            let size = std::fs::metadata(file).with_context(|| shown.to_string())?.len();
            ensure!(
                size <= FILE_BYTES as u64,
                "{shown}: {size} bytes; at most {FILE_BYTES} are read"
            );
            let bytes = std::fs::read(file).with_context(|| shown.to_string())?;
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let found = read_bundle(&name, bytes);
            let (ctx, actor) = (&console.ctx, &console.actor);
            let report = command::import_makers(ctx, actor, &name, found, !self.trust_none).await?;
            print(&report);
            let counts = report.summary.counts;
            if counts.refused as usize == report.lines.len() {
                useless.push(shown.to_string());
            }
        }
        if !useless.is_empty() {
            bail!("nothing could be used of {}", useless.join(", "));
        }
        Ok(())
    }
}

/// One line for each thing in the file.
fn print(report: &ImportReport) {
    for line in &report.lines {
        let number = line.number.map(|number| format!(" ({number})")).unwrap_or_default();
        let subject = line.facts.as_ref().map(|facts| format!(": {}", facts.subject));
        let became = match &line.outcome {
            ImportOutcome::Trusted { published } => format!("trusted ({})", published.maker),
            ImportOutcome::Awaiting => "awaits confirmation".to_owned(),
            ImportOutcome::Follows => "intermediate".to_owned(),
            ImportOutcome::List { issuer } => format!("revocation list of {issuer}"),
            ImportOutcome::Known { .. } => "known".to_owned(),
            ImportOutcome::Repeated => "repeated".to_owned(),
            ImportOutcome::Refused { problem } => format!("refused: {problem}"),
        };
        println!("{}{number}{}: {became}", line.place, subject.unwrap_or_default());
        if let (ImportOutcome::Awaiting, Some(facts)) = (&line.outcome, &line.facts) {
            println!("    SHA-256 {}", facts.fingerprint);
        }
    }
    let c = report.summary.counts;
    println!(
        "{}: {} trusted, {} awaiting confirmation, {} intermediates, {} revocation lists, \
         {} known before, {} refused",
        report.summary.file, c.trusted, c.awaiting, c.follows, c.lists, c.known, c.refused
    );
}

async fn in_force(console: &Console) -> anyhow::Result<InForce> {
    let (folder, problems) =
        console.config.makers_dir.as_deref().map(Folder::read).unwrap_or_default();
    for problem in problems {
        eprintln!("makers_dir: {problem}");
    }
    Ok(load(&console.ctx, folder).await?)
}

async fn list(console: &Console) -> anyhow::Result<()> {
    let page = query::makers(&console.ctx, &in_force(console).await?).await?;
    for certificate in &page.certificates {
        let MakerCertificate { facts, trust, .. } = certificate;
        println!("{:<10} {}  {}", trust.code(), facts.fingerprint, facts.subject);
    }
    for list in &page.lists {
        println!("{:<10} {}  {}", "list", list.fingerprint, list.issuer);
    }
    Ok(())
}

async fn decide(console: &Console, text: &str, action: MakerAction) -> anyhow::Result<()> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != ':').collect();
    let fingerprint = from_hex(&plain.to_lowercase())
        .and_then(|bytes| bytes.try_into().ok())
        .map(Sha256)
        .context("a SHA-256 fingerprint has 64 hexadecimal digits")?;
    let in_force = in_force(console).await?;
    let (ctx, actor) = (&console.ctx, &console.actor);
    let done = command::decide_on_maker(ctx, actor, fingerprint, &action, &in_force).await?;
    println!("{}", if done.changed { action.code() } else { "it was so already" });
    Ok(())
}
