//! The short way of a steady host: evidence that says the same as what was appraised before.

use std::sync::Arc;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use trustboard_model::appraisal::ClockInfo;
use trustboard_model::digest::Sha256;
use trustboard_model::exception::Exception;
use trustboard_model::id::HostId;
use trustboard_model::pcr::PcrBankValues;
use trustboard_model::protocol::{EvidenceMessage, LogPart, Quoted, TpmIdentity};
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::Verdict;

use crate::input::{Input, Proof, RecordedIdentity};
use crate::reader::Reader;
use crate::tpm::{PreparedKey, Public, Signature, binding};
use crate::{Appraisal, Evidence, Standards, hash};

/// What was found out about a host that is trusted, ready to recognise the same again.
///
/// Everything that the verdict came from is either in here and compared, or checked anew: the
/// signature, the binding of nonce and claims, the counters, the deadlines.
#[derive(Debug, Clone)]
pub struct Steady {
    appraisal: Appraisal,
    /// Names its report.
    report: Sha256,
    host: HostId,
    standards: Arc<Standards>,
    exceptions: Vec<Exception>,
    identity: RecordedIdentity,
    ak: PreparedKey,
    claims: Sha256,
    /// TPMS_ATTEST up to the size of extraData, and from firmwareVersion on.
    around: (Vec<u8>, Vec<u8>),
    clock: ClockInfo,
    until: Timestamp,
}

impl Steady {
    /// After this time a full appraisal is due, whatever stays the same: certificates expire.
    pub const LONGEST_S: i64 = 3600;

    /// What [`appraise`](fn@crate::appraise) found for `input`, if it can be recognised later: only
    /// a trusted verdict is, whose log can be named instead of sent.
    pub(crate) fn of(input: &Input<'_>, appraisal: &Appraisal) -> Option<Self> {
        let Evidence::Sent { message, .. } = input.evidence else { return None };
        if appraisal.report().verdict != Verdict::Trusted {
            return None;
        }
        let identity = input.identity?.clone();
        let quoted = message.quoted.as_ref()?;
        let parts = Parts::of(&quoted.attest)?;
        let used = appraisal.report().checks.iter().filter_map(|check| check.exception.as_ref());
        let ends = used.map(|exception| exception.expires_at);
        let longest = input.now.plus_seconds(Self::LONGEST_S);
        Some(Self {
            host: input.host,
            standards: Arc::clone(input.standards),
            exceptions: input.exceptions.to_vec(),
            ak: PreparedKey::new(&Public::parse("AK public area", &identity.tpm.ak_public).ok()?)?,
            identity,
            claims: hash::sha256(&[&message.claims]),
            around: (parts.before.to_vec(), parts.after.to_vec()),
            clock: appraisal.clock()?,
            until: ends.fold(longest, Timestamp::min),
            report: appraisal.report_digest(),
            appraisal: appraisal.clone(),
        })
    }

    /// The same conclusion, if `input` says the same. Nothing if anything differs, or if a full
    /// appraisal is due: then [`appraise`](fn@crate::appraise) decides, and says why.
    ///
    /// The log of `input` is not looked at: the message must name the log that was verified.
    pub fn recognise(&self, input: &Input<'_>) -> Option<Appraisal> {
        let Evidence::Sent { message, .. } = input.evidence else { return None };
        // What the claims say of the operating system's logs is the same, so nothing new was sent.
        let EvidenceMessage { challenge: _, claims, quoted, log, os_logs: _ } = message;
        let Quoted { ak_public, attest, signature, banks: _, pcrs } = quoted.as_ref()?;
        let in_time = input.received_at <= input.challenge.expires_at
            && input.received_at <= input.now
            && input.now < self.until;
        let same = Arc::ptr_eq(input.standards, &self.standards)
            && input.host == self.host
            && input.challenge.host == self.host
            && input.exceptions == self.exceptions
            && input.identity.is_some_and(|identity| self.same_identity(identity))
            && input.session.proof == Proof::Proven
            && input.session.presented.as_ref().is_some_and(|tpm| self.same_keys(tpm))
            && *ak_public == self.identity.tpm.ak_public
            && *log == LogPart::Known
            && input.history.os_logs == *self.appraisal.os_logs()
            && hash::sha256(&[claims]) == self.claims
            && self.same_values(pcrs);
        if !in_time || !same {
            return None;
        }
        let parts = Parts::of(attest)?;
        if (parts.before, parts.after) != (&self.around.0[..], &self.around.1[..]) {
            return None;
        }
        let clock = parts.clock(self.clock.firmware_version)?;
        if !self.goes_on(clock, input.history.clock) {
            return None;
        }
        let expected = binding(&input.challenge.nonce, &self.claims);
        verify_slices_are_equal(&expected.0, parts.extra_data).ok()?;
        let signature = Signature::parse(signature).ok()?;
        self.ak
            .verify(&signature, attest)
            .then(|| self.appraisal.repeated(clock, input.challenge.expires_at, self.report))
    }

    /// The quote has the same pcrDigest, so these are its values only if they are the same.
    fn same_values(&self, sent: &[PcrBankValues]) -> bool {
        let sent = sent.iter().flat_map(|bank| &bank.values);
        let quoted = self.appraisal.report().pcrs.iter().map(|row| (row.pcr, &row.quoted));
        sent.map(|(pcr, value)| (*pcr, value)).eq(quoted)
    }

    fn same_keys(&self, presented: &TpmIdentity) -> bool {
        presented.ek_public == self.identity.tpm.ek_public
            && presented.ak_public == self.identity.tpm.ak_public
    }

    /// The qualified signer may have been put on record since: the quote has the same one.
    fn same_identity(&self, now: &RecordedIdentity) -> bool {
        let RecordedIdentity { tpm, approved_by_operator, duplicate_of, qualified_signer } = now;
        *tpm == self.identity.tpm
            && *approved_by_operator == self.identity.approved_by_operator
            && *duplicate_of == self.identity.duplicate_of
            && (*qualified_signer == self.identity.qualified_signer
                || qualified_signer.as_deref() == self.appraisal.qualified_signer())
    }

    /// D34: the same boot, the clock safe and not back behind the latest quote on record.
    fn goes_on(&self, now: ClockInfo, latest: Option<ClockInfo>) -> bool {
        let same_boot = |before: &ClockInfo| {
            now.reset_count == before.reset_count
                && now.restart_count == before.restart_count
                && now.firmware_version == before.firmware_version
                && now.clock >= before.clock
        };
        now.safe && same_boot(&self.clock) && latest.is_none_or(|latest| same_boot(&latest))
    }
}

/// A TPMS_ATTEST (Part 2, 10.12.12) cut around what each quote has anew.
struct Parts<'a> {
    /// Magic, type, qualifiedSigner, size of extraData.
    before: &'a [u8],
    extra_data: &'a [u8],
    /// TPMS_CLOCK_INFO
    clock: &'a [u8],
    /// firmwareVersion and what was quoted.
    after: &'a [u8],
}

impl<'a> Parts<'a> {
    /// The size of a TPMS_CLOCK_INFO (Part 2, 10.11.1).
    const CLOCK: usize = 8 + 4 + 4 + 1;

    fn of(attest: &'a [u8]) -> Option<Self> {
        let signer = usize::from(u16::from_be_bytes(*attest.get(6..)?.first_chunk()?));
        let size = 8 + signer;
        let extra = usize::from(u16::from_be_bytes(*attest.get(size..)?.first_chunk()?));
        let (before, rest) = attest.split_at_checked(size + 2)?;
        let (extra_data, rest) = rest.split_at_checked(extra)?;
        let (clock, after) = rest.split_at_checked(Self::CLOCK)?;
        Some(Self { before, extra_data, clock, after })
    }

    fn clock(&self, firmware_version: u64) -> Option<ClockInfo> {
        let mut reader = Reader::new("quote", self.clock);
        let clock = reader.u64_be("clock").ok()?;
        let reset_count = reader.u32_be("resetCount").ok()?;
        let restart_count = reader.u32_be("restartCount").ok()?;
        let safe = reader.u8("safe").ok()? == 1;
        Some(ClockInfo { clock, reset_count, restart_count, safe, firmware_version })
    }
}
