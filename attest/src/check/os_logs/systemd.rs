//! I62: systemd's measurement log.

use trustboard_model::boot::{BootItem, Said, Topic};
use trustboard_model::check::CheckId;
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::reason::{Reason, ReasonCode};

use super::registers::Explained;
use crate::input::Log;
use crate::systemd_log::SystemdLog;
use crate::verdict::Ledger;

/// Reads it. `before`: there was one in this boot.
pub(super) fn read(
    log: Log<'_>,
    why: &str,
    before: bool,
    ledger: &mut Ledger,
) -> Option<SystemdLog> {
    let bytes = match log {
        Log::Bytes(bytes) => bytes,
        Log::Absent if before => {
            ledger.refuse(
                Reason::new(ReasonCode::SystemdLogHidden)
                    .expected("the log that was there earlier in this boot")
                    .found(why),
            );
            return None;
        }
        Log::Absent => {
            ledger.not_applicable(CheckId::SystemdLog, why);
            return None;
        }
        Log::NotKept(digest) => {
            let why = format!("log {digest} is no longer stored; the next answer brings it again");
            ledger.skip(CheckId::SystemdLog, why);
            return None;
        }
    };
    match SystemdLog::parse(bytes) {
        Ok(log) => {
            ledger.pass(CheckId::SystemdLog, format!("{} records", log.insecure_records().len()));
            Some(log)
        }
        Err(error) => {
            ledger.refuse(
                Reason::new(ReasonCode::SystemdLogMalformed)
                    .at(format!("record {}", error.record))
                    .found(&error.problem),
            );
            None
        }
    }
}

/// What its proven records say.
pub(super) fn items(log: &SystemdLog, explained: &[Explained], bank: HashAlg) -> Vec<BootItem> {
    let mut left: Vec<Explained> = explained.to_vec();
    let mut items = Vec::new();
    for record in log.insecure_records() {
        let Some(pcr) = record.pcr else { continue };
        let proven = left.iter_mut().find(|of| of.pcr == pcr && of.records > 0);
        let Some(proven) = proven else { continue };
        proven.records -= 1;
        let topic = match record.event_type.as_deref() {
            Some("phase" | "os-separator") if record.covers_words(bank) => Topic::Phase,
            _ => Topic::Other,
        };
        let said = record.words.as_deref().map(|words| {
            if record.covers_words(bank) { Said::covered(words) } else { Said::untrusted(words) }
        });
        let digest = record.digest(bank).and_then(|digest| Digest::new(bank, digest).ok());
        items.push(BootItem { topic, said, pcr, event: None, digest });
    }
    items
}
