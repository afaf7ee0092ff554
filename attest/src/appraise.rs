//! The pipeline; the only place that makes an [`Appraisal`].

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use trustboard_model::alarm::Finding;
use trustboard_model::appraisal::{ClockInfo, PcrRow, Report, SecureBoot};
use trustboard_model::boot::BootItem;
use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::checkpoint::OsLogsSeen;
use trustboard_model::comparison::Comparison;
use trustboard_model::digest::Sha256;
use trustboard_model::host::Attestation;
use trustboard_model::protocol::{EvidenceMessage, Quoted};
use trustboard_model::reason::bounded;
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::{Cause, Verdict};

use crate::boot::judge_boot;
use crate::claims::parse_claims;
use crate::tpm::VerifiedQuote;
use crate::verdict::Ledger;
use crate::{Evidence, Input, Log, Memory, Steady, check, hash};

/// A finished appraisal. Holding one is the proof that [`appraise`] made it: nothing else can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appraisal {
    report: Arc<Reported>,
    clock: Option<ClockInfo>,
    qualified_signer: Option<Vec<u8>>,
    os_logs: OsLogsSeen,
}

/// A report, and its JSON once somebody asked for it.
#[derive(Debug)]
struct Reported {
    report: Report,
    written: OnceLock<(String, Sha256)>,
}

impl Reported {
    fn written(&self) -> &(String, Sha256) {
        self.written.get_or_init(|| {
            // A report holds nothing that JSON cannot: no maps with structured keys, no floats.
            let json = serde_json::to_string(&self.report).expect("a report that JSON can hold");
            let digest = hash::sha256(&[json.as_bytes()]);
            (json, digest)
        })
    }
}

impl PartialEq for Reported {
    fn eq(&self, other: &Self) -> bool {
        self.report == other.report
    }
}

impl Eq for Reported {}

/// What an answer that a [`Steady`] recognised has of its own. Everything else that there is to say
/// of it stands in the report of the appraisal that it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repetition {
    clock: ClockInfo,
    /// Until when its challenge was good.
    good_until: Timestamp,
}

impl Repetition {
    pub(crate) fn new(clock: ClockInfo, good_until: Timestamp) -> Self {
        Self { clock, good_until }
    }

    /// Counters of its quote.
    pub fn clock(&self) -> ClockInfo {
        self.clock
    }

    /// Makes the report of the appraisal that the answer rests on the answer's own.
    pub fn onto(self, report: &mut Report) {
        report.clock = Some(self.clock);
        for result in &mut report.checks {
            if result.check == CheckId::NonceFresh {
                result.outcome = Outcome::Passed(Some(check::good_until(self.good_until)));
            }
        }
    }
}

impl Appraisal {
    /// The result in a form that can be stored and shown.
    pub fn report(&self) -> &Report {
        &self.report.report
    }

    /// The report as JSON, which is made once.
    pub fn report_json(&self) -> &str {
        &self.report.written().0
    }

    /// Counters of the quote, if it was verified.
    pub fn clock(&self) -> Option<ClockInfo> {
        self.clock
    }

    /// Names the report: SHA-256 over its JSON.
    pub fn report_digest(&self) -> Sha256 {
        self.report.written().1
    }

    /// What the Attestation column reads.
    pub fn attestation(&self) -> Attestation {
        Attestation::of(&self.report().verdict)
    }

    /// What it means for the alarm.
    pub fn finding(&self) -> Finding {
        match &self.report().verdict {
            Verdict::Trusted => Finding::Passed,
            Verdict::Untrusted(reasons) => {
                let mut codes: Vec<_> = reasons.all().iter().map(|reason| reason.code).collect();
                codes.dedup();
                Finding::Failed(codes)
            }
            Verdict::Unknown(_) => Finding::Inconclusive,
        }
    }

    /// The qualified signer of a verified quote, to be recorded with the identity.
    pub fn qualified_signer(&self) -> Option<&[u8]> {
        self.qualified_signer.as_deref()
    }

    /// How far the operating system's own logs were read, for the history of the next appraisal.
    pub fn os_logs(&self) -> &OsLogsSeen {
        &self.os_logs
    }
}

/// Appraises evidence. Every check that applies is made and recorded, even after one has failed;
/// what would have to believe something unproven is "not evaluated".
pub fn appraise(input: &Input<'_>) -> Appraisal {
    appraise_with(input, &Memory::none())
}

/// [`appraise`], with the help of what earlier appraisals found: the same comes out.
pub fn appraise_with(input: &Input<'_>, memory: &Memory) -> Appraisal {
    let mut ledger = Ledger::default();
    if input.standards.approved.is_empty() {
        ledger.not_applicable(CheckId::ApprovedConfiguration, "none is approved for the cluster");
    }
    let seen = match input.evidence {
        Evidence::Sent { message, log, systemd_log } => {
            check::challenge(input, &mut ledger);
            match &message.quoted {
                Some(quoted) => {
                    let logs = Logs { firmware: log, systemd: systemd_log };
                    with_tpm(input, message, quoted, logs, memory, &mut ledger)
                }
                None => without_tpm(input, message, &mut ledger),
            }
        }
        Evidence::Unreadable { problem } => {
            ledger.skip_rest("the evidence cannot be read");
            let (part, problem) = ("evidence".to_owned(), bounded(problem));
            ledger.inconclusive(Cause::Malformed { part, problem });
            Seen::default()
        }
        Evidence::Refused { problem } => {
            ledger.skip_rest("the host answered that it cannot give evidence");
            ledger.inconclusive(Cause::HostRefused { problem: bounded(problem) });
            Seen::default()
        }
    };
    let (checks, verdict) = ledger.conclude(&input.standards.policy, input.exceptions, input.now);
    let info = seen.quote.as_ref().map(VerifiedQuote::info);
    let qualified_signer = info.map(|info| info.qualified_signer.clone());
    let report = Report {
        verdict,
        checks,
        secure_boot: seen.secure_boot,
        pcrs: seen.pcrs,
        booted: seen.booted,
        comparison: seen.comparison,
        clock: info.map(|info| info.clock),
        log_digest: seen.log_digest,
        policy: input.standards.policy.label(),
        verifier: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let os_logs = seen.os_logs.unwrap_or_else(|| input.history.os_logs.clone());
    let clock = report.clock;
    let report = Arc::new(Reported { report, written: OnceLock::new() });
    Appraisal { report, clock, qualified_signer, os_logs }
}

/// What an appraisal found, besides the outcomes.
struct Seen {
    quote: Option<VerifiedQuote>,
    secure_boot: SecureBoot,
    pcrs: Vec<PcrRow>,
    booted: Vec<BootItem>,
    comparison: Option<Comparison>,
    log_digest: Option<Sha256>,
    /// Nothing: nothing new was seen.
    os_logs: Option<OsLogsSeen>,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            quote: None,
            secure_boot: SecureBoot::Unknown,
            pcrs: Vec::new(),
            booted: Vec::new(),
            comparison: None,
            log_digest: None,
            os_logs: None,
        }
    }
}

/// No quote: facts are unsigned, and can only make things worse.
fn without_tpm(input: &Input<'_>, message: &EvidenceMessage, ledger: &mut Ledger) -> Seen {
    match parse_claims(&message.claims) {
        Ok(claims) => {
            check::absent_tpm(input, &claims.facts, ledger);
            if claims.facts.tpm.is_some() {
                check::requirements(&input.standards.policy, Some(&claims.facts), ledger);
                ledger.skip_rest("the host sent no quote");
            } else {
                ledger.not_applicable(CheckId::TpmInterface, "no TPM 2.0 answered");
                check::requirements(&input.standards.policy, Some(&claims.facts), ledger);
                ledger.rest_not_applicable("no TPM 2.0 answered");
            }
        }
        Err(error) => {
            ledger.malformed(CheckId::TpmPresent, &error);
            ledger.skip_rest("the claims cannot be read");
        }
    }
    Seen::default()
}

/// [`appraise_with`], and what recognises the same evidence from the same host later.
pub fn appraise_and_remember(input: &Input<'_>, memory: &Memory) -> (Appraisal, Option<Steady>) {
    let appraisal = appraise_with(input, memory);
    let steady = Steady::of(input, &appraisal);
    (appraisal, steady)
}

/// The logs that need not be sent again once they were.
#[derive(Clone, Copy)]
struct Logs<'a> {
    firmware: Log<'a>,
    systemd: Log<'a>,
}

/// A quote: identity and keys, then signature and binding, then content, then the log.
fn with_tpm(
    input: &Input<'_>,
    message: &EvidenceMessage,
    quoted: &Quoted,
    logs: Logs<'_>,
    memory: &Memory,
    ledger: &mut Ledger,
) -> Seen {
    let mut seen = Seen::default();
    check::present_tpm(ledger);
    let keys = check::identity(input, quoted, ledger);
    let Some((identity, keys)) = input.identity.zip(keys) else {
        check::requirements(&input.standards.policy, None, ledger);
        ledger.skip_rest(if input.identity.is_none() {
            "no identity on record"
        } else {
            "the keys on record cannot be read"
        });
        return seen;
    };
    check::keys(&keys, ledger);
    let claims = &message.claims;
    let quote = check::verified_quote(quoted, claims, &keys, input.challenge, ledger);
    let claims = match quote.as_ref().map(|_| parse_claims(claims)) {
        Some(Ok(claims)) => Some(claims),
        Some(Err(error)) => {
            ledger.malformed(CheckId::NonceBinding, &error);
            None
        }
        None => None,
    };
    let facts = claims.as_ref().map(|claims| &claims.facts);
    let makers = &input.standards.makers;
    check::ek_certificate(identity, &keys, facts, makers, input.now, memory, ledger);
    check::requirements(&input.standards.policy, facts, ledger);
    let Some((quote, claims)) = quote.zip(claims.as_ref()) else {
        ledger.skip_rest("the quote is not verified: it proves nothing");
        return seen;
    };

    check::sha256_bank(&quote, &claims.facts, ledger);
    check::counters(&quote, identity, input.history, ledger);
    let pcrs = check::contents(&quote, quoted, &claims.facts, &input.standards.policy, ledger);
    let reset_count = quote.info().clock.reset_count;
    seen.quote = Some(quote);
    let Logs { firmware: log, systemd } = logs;
    let digest = match log {
        Log::Bytes(bytes) => Some(hash::sha256(&[bytes])),
        Log::Absent | Log::NotKept(_) => None,
    };
    if !check::os_logs_are_the_claimed_ones(claims, message, systemd, ledger)
        || !check::log_is_the_claimed_one(claims, log, digest, ledger)
    {
        ledger.skip_rest("the log is not the one that was signed for");
        return seen;
    }
    seen.log_digest = digest;
    let log = check::log_bytes(log, &claims.facts, input.history, ledger).zip(digest);
    let Some(pcrs) = pcrs else {
        if let Some((bytes, _)) = log {
            check::read_log(bytes, ledger);
        }
        ledger.skip_rest("the PCR values sent are not the quoted ones");
        return seen;
    };
    let os_logs = check::read_os_logs(claims, message, systemd, input.history, reset_count, ledger);
    let last_on = input.history.secure_boot_on_at;
    let boot = judge_boot(log, &pcrs, os_logs.systemd(), input.standards, last_on, memory);
    ledger.enter(&boot.structure);
    ledger.enter(&boot.replay);
    seen.pcrs.clone_from(&boot.rows);
    seen.comparison.clone_from(&boot.comparison);
    let os_logs = os_logs.judge(boot.replayed.as_ref(), &pcrs, &mut seen.pcrs, ledger);
    seen.os_logs = Some(os_logs.seen);
    if boot.is_readable {
        seen.booted.clone_from(&boot.booted);
        seen.booted.extend(os_logs.booted);
        ledger.enter(&boot.course);
        seen.secure_boot = boot.secure_boot;
    } else {
        ledger.skip_rest("there is no event log that can be read");
    }
    seen
}
