//! Group I and F45: the operating system's own logs, IMA's measurement list and systemd's log.

mod ima;
mod registers;
mod systemd;

use trustboard_model::appraisal::PcrRow;
use trustboard_model::boot::BootItem;
use trustboard_model::check::CheckId;
use trustboard_model::checkpoint::OsLogsSeen;
use trustboard_model::digest::Sha256;
use trustboard_model::protocol::{Claimed, Claims, EvidenceMessage, ImaPart, OsLogClaims, OsLogs};
use trustboard_model::reason::{Reason, ReasonCode};

use self::ima::Ima;
pub(crate) use self::registers::judge as os_registers;
use crate::eventlog::Replay;
use crate::input::{History, Log};
use crate::systemd_log::SystemdLog;
use crate::tpm::QuotedPcrs;
use crate::verdict::Ledger;
use crate::{budget, hash};

/// The logs as they were sent, as far as they can be read.
pub(crate) struct OsLogsRead<'a> {
    ima: Ima<'a>,
    systemd: Option<SystemdLog>,
    seen: OsLogsSeen,
}

/// What the logs told.
pub(crate) struct OsLogsJudged {
    /// What was booted, as they have it.
    pub booted: Vec<BootItem>,
    /// What the next appraisal goes on from.
    pub seen: OsLogsSeen,
}

/// A2 for these logs: the claims, which the quote binds, speak of what was sent. Whether they do.
pub(crate) fn os_logs_are_the_claimed_ones(
    claims: &Claims,
    message: &EvidenceMessage,
    systemd_log: Log<'_>,
    ledger: &mut Ledger,
) -> bool {
    let (ima, systemd) = match (&claims.os_logs, &message.os_logs) {
        (None, None) => return true,
        (Some(OsLogClaims { ima, systemd }), Some(logs)) => (
            ima_is_the_claimed_one(ima, &logs.ima),
            systemd_is_the_claimed_one(systemd, logs, systemd_log),
        ),
        _ => (false, true),
    };
    for (same, place) in [(ima, "IMA measurement list"), (systemd, "systemd measurement log")] {
        if !same {
            ledger.refuse(
                Reason::new(ReasonCode::NonceMismatch)
                    .at(place)
                    .expected("what the signed claims say of it")
                    .found("something else"),
            );
        }
    }
    ima && systemd
}

/// What was sent begins with what was claimed before the quote was made.
fn begins_as_claimed(claimed: &Claimed, from: u64, sent: &[u8]) -> bool {
    let Claimed::Present { from: claimed_from, bytes, digest } = claimed else { return false };
    let before = usize::try_from(*bytes).ok().and_then(|bytes| sent.get(..bytes));
    *claimed_from == from && before.is_some_and(|before| hash::sha256(&[before]) == *digest)
}

fn ima_is_the_claimed_one(claimed: &Claimed, sent: &ImaPart) -> bool {
    match sent {
        ImaPart::Part { from, bytes, .. } => begins_as_claimed(claimed, *from, bytes),
        ImaPart::Absent => matches!(claimed, Claimed::Absent { .. }),
    }
}

fn systemd_is_the_claimed_one(claimed: &Claimed, sent: &OsLogs, log: Log<'_>) -> bool {
    use trustboard_model::protocol::LogPart;
    let same_digest = |named: Sha256| matches!(claimed, Claimed::Present { from: 0, digest, .. } if *digest == named);
    match (&sent.systemd, log) {
        (LogPart::Absent, Log::Absent) => matches!(claimed, Claimed::Absent { .. }),
        (LogPart::Full { .. } | LogPart::Known, Log::Bytes(bytes)) => {
            begins_as_claimed(claimed, 0, bytes)
        }
        (LogPart::Known, Log::NotKept(digest)) => same_digest(digest),
        _ => false,
    }
}

/// Reads the logs. A host that had one in this boot and has none now hides it.
pub(crate) fn read_os_logs<'a>(
    claims: &Claims,
    message: &'a EvidenceMessage,
    systemd_log: Log<'_>,
    history: &'a History,
    reset_count: u32,
    ledger: &mut Ledger,
) -> OsLogsRead<'a> {
    let mut seen = history.os_logs.clone();
    // What was seen of another boot says nothing about this one.
    seen.ima = seen.ima.filter(|ima| ima.reset_count == reset_count);
    seen.systemd = seen.systemd.filter(|boot| *boot == reset_count);
    let claimed = claims.os_logs.as_ref();
    let why = |claimed: Option<&Claimed>| match claimed {
        Some(Claimed::Absent { why }) => why.clone(),
        Some(Claimed::Present { .. }) => "it was not sent".to_owned(),
        None => "the agent does not read it".to_owned(),
    };
    let ima_why = why(claimed.map(|claims| &claims.ima));
    let before = history.os_logs.ima.as_ref().filter(|ima| ima.reset_count == reset_count);
    let part = message.os_logs.as_ref().map(|logs| &logs.ima);
    let ima = ima::read(part, ima_why, before, reset_count, ledger);
    let systemd_why = why(claimed.map(|claims| &claims.systemd));
    let systemd = systemd::read(systemd_log, &systemd_why, seen.systemd.is_some(), ledger);
    if systemd.is_some() {
        seen.systemd = Some(reset_count);
    }
    OsLogsRead { ima, systemd, seen }
}

impl OsLogsRead<'_> {
    /// systemd's log, if it could be read.
    pub(crate) fn systemd(&self) -> Option<&SystemdLog> {
        self.systemd.as_ref()
    }

    /// Replays the logs and completes the rows of the registers that the system extends.
    pub(crate) fn judge(
        self,
        replay: Option<&Replay>,
        quoted: &QuotedPcrs,
        rows: &mut [PcrRow],
        ledger: &mut Ledger,
    ) -> OsLogsJudged {
        let mut booted = Vec::new();
        let mut seen = self.seen;
        let replayed = self.ima.replay(quoted, ledger);
        let systemd = self.systemd.unwrap_or_default();
        let explained =
            registers::complete(rows, replayed.as_ref(), &systemd, replay, quoted.policy_bank());
        if let (Some(replayed), Some(bank)) = (&replayed, quoted.policy_bank()) {
            ima::boot_aggregate(replayed, replay, quoted, rows, bank, ledger);
            booted.extend(ima::summary(replayed, quoted, bank));
            seen.ima = replayed.checkpoint.clone().or(seen.ima);
        }
        if let Some(bank) = quoted.policy_bank() {
            booted.extend(systemd::items(&systemd, &explained, bank));
            registers::judge(rows, bank, ledger);
        } else {
            ledger.skip(CheckId::ReplayOsPcrs, "no bank is quoted");
        }
        booted.truncate(budget::BOOTED_BY_THE_SYSTEM);
        OsLogsJudged { booted, seen }
    }
}
