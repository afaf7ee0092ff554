//! `trustboard inspect log`

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context;
use aws_lc_rs::digest::{SHA256, digest};
use clap::Args;
use serde_json::{Map, Value, json};
use trustboard_app::text::{self, Language};
use trustboard_attest::eventlog::{EventLog, Format};
use trustboard_attest::inspect::{LogInspection, inspect_log};
use trustboard_attest::meaning::meaning;
use trustboard_model::appraisal::{PcrRow, PcrState};
use trustboard_model::boot::{BootItem, Said};
use trustboard_model::bytes::to_hex;
use trustboard_model::digest::HashAlg;

use super::Form;
use super::report::{Conclusion, Finished, Line};
use super::source;

#[derive(Debug, Args)]
pub(crate) struct LogArgs {
    /// The log
    file: PathBuf,
    /// The PCR values of the same boot: lines of /sys/class/tpm/tpm0/pcr-*/*, the folder itself,
    /// what tpm2_pcrread prints, or JSON such as {"sha256": {"7": "..."}}
    #[arg(long, value_name = "FILE")]
    pcrs: Option<PathBuf>,
    #[command(flatten)]
    pub(super) form: Form,
}

impl LogArgs {
    pub(super) fn look(&self) -> anyhow::Result<Finished> {
        let bytes = source::read(&self.file)?;
        let log = EventLog::parse(&bytes).with_context(|| format!("{}", self.file.display()))?;
        let values = self.pcrs.as_deref().map(source::pcrs).transpose()?;
        let found = inspect_log(&log, values.as_deref());
        let mut content = Map::new();
        content.insert("log".to_owned(), log_json(&log, &bytes));
        insert_boot(&mut content, &found);
        let mut said = String::new();
        say_log(&mut said, &log, &bytes);
        say_boot(&mut said, &found, values.is_some());
        Ok(Finished::new(Conclusion::Consistent, Line::of(found.checks), content, said))
    }
}

/// The bank by whose digests an event's words are judged.
fn bank_of(log: &EventLog<'_>) -> HashAlg {
    let strongest_usual = [HashAlg::Sha256, HashAlg::Sha384, HashAlg::Sha512, HashAlg::Sha1];
    let known = strongest_usual.into_iter().find(|bank| log.banks().contains(bank));
    known.unwrap_or(HashAlg::Sha1)
}

fn log_json(log: &EventLog<'_>, bytes: &[u8]) -> Value {
    let bank = bank_of(log);
    let events = log.insecure_events().iter().map(|event| {
        let (topic, said) = meaning(event, bank);
        let digests: Map<String, Value> =
            event.digests().map(|(alg, value)| (code(alg), Value::from(to_hex(value)))).collect();
        json!({
            "number": event.number,
            "pcr": event.pcr,
            "type": event.event_type.to_string(),
            "type_id": event.event_type.0,
            "topic": topic,
            "said": said,
            "digests": digests,
            "bytes": event.data.len(),
        })
    });
    let (format, errata) = match log.format() {
        Format::CryptoAgile { errata } => ("crypto-agile", Some(errata)),
        Format::Sha1 => ("sha1", None),
    };
    json!({
        "format": format,
        "errata": errata,
        "bytes": bytes.len(),
        "sha256": to_hex(digest(&SHA256, bytes).as_ref()),
        "banks": log.banks(),
        "events": events.collect::<Vec<_>>(),
    })
}

/// The bank as JSON names it: `sha256`.
fn code(bank: HashAlg) -> String {
    json!(bank).as_str().unwrap_or_default().to_owned()
}

/// `pcrs`, `secure_boot` and `booted`.
fn insert_boot(content: &mut Map<String, Value>, found: &LogInspection) {
    content.insert("pcrs".to_owned(), found.pcrs.iter().map(pcr_json).collect());
    content.insert("secure_boot".to_owned(), json!(found.secure_boot));
    content.insert("booted".to_owned(), found.booted.iter().map(item_json).collect());
}

pub(super) fn pcr_json(row: &PcrRow) -> Value {
    json!({
        "bank": row.bank,
        "pcr": row.pcr,
        "value": row.quoted.to_string(),
        "replayed": row.replayed.as_ref().map(ToString::to_string),
        "events": row.events,
        "state": row.state,
    })
}

pub(super) fn item_json(item: &BootItem) -> Value {
    json!({
        "topic": item.topic,
        "said": item.said,
        "pcr": item.pcr,
        "event": item.event,
        "digest": item.digest.as_ref().map(ToString::to_string),
    })
}

/// Words, marked where no digest covers them.
fn words(said: Option<&Said>) -> String {
    match said {
        None => String::new(),
        Some(said) if said.covered => said.text.clone(),
        Some(said) => format!("(unproven) {}", said.text),
    }
}

fn say_log(out: &mut String, log: &EventLog<'_>, bytes: &[u8]) {
    let format = match log.format() {
        Format::CryptoAgile { errata } => format!("crypto-agile, errata {errata}"),
        Format::Sha1 => "SHA-1 format".to_owned(),
    };
    let banks: Vec<&str> = log.banks().iter().map(|bank| bank.name()).collect();
    let _ = writeln!(
        out,
        "Event log: {} events, {} bytes, {format}; {}\nSHA-256 {}\n\nEvents",
        log.len(),
        bytes.len(),
        banks.join(", "),
        to_hex(digest(&SHA256, bytes).as_ref()),
    );
    let bank = bank_of(log);
    for event in log.insecure_events() {
        let (topic, said) = meaning(event, bank);
        let (topic, said) = (text::topic(Language::En, topic), words(said.as_ref()));
        let kind = event.event_type.to_string();
        let line = format!("  {:>5}  PCR {:<2}  {kind:<33}  {topic}", event.number, event.pcr);
        let _ = if said.is_empty() {
            writeln!(out, "{}", line.trim_end())
        } else {
            writeln!(out, "{line}: {said}")
        };
    }
}

/// Registers, Secure Boot and what was booted.
pub(super) fn say_boot(out: &mut String, found: &LogInspection, compared: bool) {
    say_pcrs(out, &found.pcrs, compared);
    let secure_boot = text::secure_boot(Language::En, found.secure_boot);
    let _ = writeln!(out, "\nSecure Boot: {secure_boot}");
    say_booted(out, &found.booted);
}

pub(super) fn say_pcrs(out: &mut String, rows: &[PcrRow], compared: bool) {
    let mut bank = None;
    // Registers that nothing extended say nothing.
    let is_told = |row: &&PcrRow| row.events > 0 || (compared && row.state != PcrState::Reset);
    for row in rows.iter().filter(is_told) {
        if bank != Some(row.bank) {
            let _ = writeln!(out, "\nReplay, {}", row.bank);
            bank = Some(row.bank);
        }
        let events = if row.events == 1 { "event " } else { "events" };
        let _ = write!(out, "  PCR {:<2} {:>5} {events}  {}", row.pcr, row.events, row.quoted);
        if compared {
            let _ = write!(out, "  {}", text::pcr_state(Language::En, row.state));
        }
        if let (PcrState::Mismatch, Some(replayed)) = (row.state, &row.replayed) {
            let _ = write!(out, "\n        the log gives  {replayed}");
        }
        out.push('\n');
    }
}

pub(super) fn say_booted(out: &mut String, booted: &[BootItem]) {
    if booted.is_empty() {
        return;
    }
    out.push_str("\nWhat was booted\n");
    for item in booted {
        let topic = text::topic(Language::En, item.topic);
        let said = match &item.said {
            Some(said) => words(Some(said)),
            None => item.digest.as_ref().map(ToString::to_string).unwrap_or_default(),
        };
        let place = item.event.map_or(String::new(), |event| format!(", event {event}"));
        let _ = writeln!(out, "  {topic}: {said}  (PCR {}{place})", item.pcr);
    }
}
