//! The short way of a steady host: evidence that says the same as what was appraised before.

use std::sync::Arc;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use trustboard_model::appraisal::ClockInfo;
use trustboard_model::digest::Sha256;
use trustboard_model::id::{ChallengeId, HostId};
use trustboard_model::pcr::PcrBankValues;
use trustboard_model::protocol::{EvidenceMessage, LogPart, Quoted, TpmIdentity};
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::Verdict;

use crate::appraise::Repetition;
use crate::input::{Challenge, Input, Proof, SessionIdentity};
use crate::outline::Outline;
use crate::reader::Reader;
use crate::tpm::{PreparedKey, Public, Signature, binding};
use crate::{Appraisal, Evidence, Standards, hash};

/// What was found out about a host that is trusted, ready to recognise the same again; some 700
/// bytes and the key.
///
/// Of what the verdict came from, the answer's part is either in here and compared, or checked
/// anew: the signature, the binding of nonce and claims, the counters, the deadlines. The record's
/// part (the identity, its duplicates and approval, the exceptions, the history) is not in here:
/// whoever keeps a `Steady` drops it when one of these changes, and records what it recognised
/// only on condition that none has.
#[derive(Debug, Clone)]
pub struct Steady {
    host: HostId,
    /// Names the report of the appraisal.
    report: Sha256,
    standards: Arc<Standards>,
    /// Names EK and AK.
    keys: Sha256,
    ak: PreparedKey,
    claims: Sha256,
    /// Names the PCR values that came with the quote.
    values: Sha256,
    /// TPMS_ATTEST up to the size of extraData, and from firmwareVersion on.
    around: (Box<[u8]>, Box<[u8]>),
    clock: ClockInfo,
    until: Timestamp,
    /// Of the frame that said so last.
    outline: Option<Outline>,
}

/// Under which circumstances an answer came that may say the same again.
#[derive(Debug, Clone, Copy)]
pub struct Again<'a> {
    /// The host whose session it came in on.
    pub host: HostId,
    /// The challenge, from the server's own record. The server has already used it up.
    pub challenge: &'a Challenge,
    /// Who the TPM is in this session.
    pub session: &'a SessionIdentity,
    /// What the hosts of its cluster are judged by.
    pub standards: &'a Arc<Standards>,
    /// Counters of the latest verified quote.
    pub latest: Option<ClockInfo>,
    /// When it arrived, which is now.
    pub now: Timestamp,
}

/// An answer that says the same as the appraisal that it rests on. Holding one is the proof that a
/// [`Steady`] recognised it: nothing else makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recognised {
    host: HostId,
    repetition: Repetition,
    report: Sha256,
}

/// The quote of a frame that was recognised: all that it has of its own, besides the challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreshQuote<'a> {
    /// TPMS_ATTEST
    pub attest: &'a [u8],
    /// TPMT_SIGNATURE
    pub signature: &'a [u8],
}

impl Recognised {
    /// Whose answer it is.
    pub fn host(&self) -> HostId {
        self.host
    }

    /// What it has of its own.
    pub fn repetition(&self) -> Repetition {
        self.repetition
    }

    /// Names the report of the appraisal that it rests on.
    pub fn report_digest(&self) -> Sha256 {
        self.report
    }
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
        let identity = input.identity?;
        let quoted = message.quoted.as_ref()?;
        let parts = Parts::of(&quoted.attest)?;
        let used = appraisal.report().checks.iter().filter_map(|check| check.exception.as_ref());
        let ends = used.map(|exception| exception.expires_at);
        let longest = input.now.plus_seconds(Self::LONGEST_S);
        Some(Self {
            host: input.host,
            report: appraisal.report_digest(),
            standards: Arc::clone(input.standards),
            keys: keys(&identity.tpm),
            ak: PreparedKey::new(&Public::parse("AK public area", &identity.tpm.ak_public).ok()?)?,
            claims: hash::sha256(&[&message.claims]),
            values: values(&quoted.pcrs),
            around: (parts.before.into(), parts.after.into()),
            clock: appraisal.clock()?,
            until: ends.fold(longest, Timestamp::min),
            outline: None,
        })
    }

    /// The host that it recognises.
    pub fn host(&self) -> HostId {
        self.host
    }

    /// From this moment on it recognises nothing: a full appraisal is due.
    pub fn until(&self) -> Timestamp {
        self.until
    }

    /// The same conclusion, if `message` says the same. Nothing if anything differs, or if a full
    /// appraisal is due: then [`appraise`](fn@crate::appraise) decides, and says why.
    ///
    /// The message must name the log that was verified, instead of sending one.
    pub fn recognise(&self, message: &EvidenceMessage, again: &Again<'_>) -> Option<Recognised> {
        // What the claims say of the operating system's logs is the same, so nothing new was sent.
        let EvidenceMessage { challenge: _, claims, quoted, log, os_logs: _ } = message;
        let Quoted { ak_public, attest, signature, banks: _, pcrs } = quoted.as_ref()?;
        let same = again.session.presented.as_ref().is_some_and(|tpm| {
            // Bytes for bytes the AK that the session proved, so the one that is prepared.
            *ak_public == tpm.ak_public
        }) && *log == LogPart::Known
            && hash::sha256(&[claims]) == self.claims
            // The quote has the same pcrDigest, so these are its values only if they are the same.
            && values(pcrs) == self.values;
        if same { self.quoted_again(attest, signature, again) } else { None }
    }

    /// Notes how a message that was recognised was written, so that the next one need not be read.
    pub fn remember_frame(&mut self, frame: &[u8], message: &EvidenceMessage) {
        self.outline = Outline::of(frame, message);
    }

    /// Like [`Steady::recognise`], of a frame that is written like the last one that was recognised.
    /// Nothing if it is not; it may still say the same in other words.
    ///
    /// Where a frame may differ is what was remembered; that a host chose the places does not
    /// matter, since what stands there must be a fresh quote of its AK all the same.
    pub fn recognise_frame<'f>(
        &self,
        frame: &'f [u8],
        id: ChallengeId,
        again: &Again<'_>,
    ) -> Option<(Recognised, FreshQuote<'f>)> {
        let new = self.outline.as_ref()?.read(frame).filter(|new| new.answers(id))?;
        let recognised = self.quoted_again(new.attest, new.signature, again)?;
        Some((recognised, FreshQuote { attest: new.attest, signature: new.signature }))
    }

    /// The part that is checked anew: session, deadlines, counters, binding, signature.
    fn quoted_again(
        &self,
        attest: &[u8],
        signature: &[u8],
        again: &Again<'_>,
    ) -> Option<Recognised> {
        let in_time = again.now <= again.challenge.expires_at && again.now < self.until;
        let same = Arc::ptr_eq(again.standards, &self.standards)
            && again.host == self.host
            && again.challenge.host == self.host
            && again.session.proof == Proof::Proven
            && again.session.presented.as_ref().is_some_and(|tpm| keys(tpm) == self.keys);
        if !in_time || !same {
            return None;
        }
        let parts = Parts::of(attest)?;
        if (parts.before, parts.after) != (&*self.around.0, &*self.around.1) {
            return None;
        }
        let clock = parts.clock(self.clock.firmware_version)?;
        if !self.goes_on(clock, again.latest) {
            return None;
        }
        let expected = binding(&again.challenge.nonce, &self.claims);
        verify_slices_are_equal(&expected.0, parts.extra_data).ok()?;
        let signature = Signature::parse(signature).ok()?;
        self.ak.verify(&signature, attest).then(|| Recognised {
            host: self.host,
            repetition: Repetition::new(clock, again.challenge.expires_at),
            report: self.report,
        })
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

/// Names EK and AK together.
fn keys(tpm: &TpmIdentity) -> Sha256 {
    let (ek, ak) = (hash::sha256(&[&tpm.ek_public]), hash::sha256(&[&tpm.ak_public]));
    hash::sha256(&[&ek.0, &ak.0])
}

/// Names PCR values with their banks and numbers. A bank's values are all of one size, so that no
/// two lists are written alike.
fn values(banks: &[PcrBankValues]) -> Sha256 {
    let mut bytes = Vec::with_capacity(banks.iter().map(|bank| 8 + bank.values.len() * 65).sum());
    for PcrBankValues { bank, values } in banks {
        bytes.extend_from_slice(&bank.tpm_id().to_be_bytes());
        bytes.extend_from_slice(&(values.len() as u64).to_be_bytes());
        for (pcr, value) in values {
            bytes.push(u8::from(*pcr));
            let value = value.as_bytes();
            bytes.extend_from_slice(&(value.len() as u64).to_be_bytes());
            bytes.extend_from_slice(value);
        }
    }
    hash::sha256(&[&bytes])
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
