//! What one answer has in common with the next of the same host: everything but three byte strings.
//!
//! ```text
//! frame   ┌ the same ┬ challenge ┬ the same ┬ TPMS_ATTEST ┬ the same ┬ TPMT_SIGNATURE ┬ the same ┐
//! outline │          │  where    │          │    where    │          │     where      │          │
//!         └──────────┴───────────┴── SHA-256 of all that is the same ─┴────────────────┴──────────┘
//! ```
//!
//! CBOR's byte strings are written with their lengths in front (RFC 8949 3.1), which belong to what
//! is the same. So a frame of the same length with the same bytes everywhere else is the message
//! that was read before, with three other byte strings of the same lengths in their places; reading
//! it would tell nothing new.

use std::ops::Range;

use trustboard_model::digest::Sha256;
use trustboard_model::id::ChallengeId;
use trustboard_model::protocol::EvidenceMessage;

use crate::hash;

/// Which bytes of a frame of evidence its next one has anew, and a digest of all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outline {
    length: usize,
    /// Where what is new stands: in the order of the frame, with space between.
    challenge: Range<usize>,
    attest: Range<usize>,
    signature: Range<usize>,
    same: Sha256,
}

/// What a frame has of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct New<'a> {
    pub challenge: &'a [u8],
    pub attest: &'a [u8],
    pub signature: &'a [u8],
}

impl Outline {
    /// Of a frame that was read as `message`. Nothing if it is not clear where something stands:
    /// what the message says is in the frame, so that what is there once stands where it was read.
    pub(crate) fn of(frame: &[u8], message: &EvidenceMessage) -> Option<Self> {
        let quoted = message.quoted.as_ref()?;
        let challenge = once(frame, message.challenge.as_bytes())?;
        let attest = once(frame, &quoted.attest)?;
        let signature = once(frame, &quoted.signature)?;
        if challenge.end > attest.start || attest.end > signature.start {
            return None;
        }
        let mut outline =
            Self { length: frame.len(), challenge, attest, signature, same: Sha256([0; 32]) };
        outline.same = outline.same_of(frame)?;
        Some(outline)
    }

    /// What `frame` has of its own, if everything else is the same.
    pub(crate) fn read<'a>(&self, frame: &'a [u8]) -> Option<New<'a>> {
        if frame.len() != self.length || self.same_of(frame)? != self.same {
            return None;
        }
        let part = |range: &Range<usize>| frame.get(range.clone());
        Some(New {
            challenge: part(&self.challenge)?,
            attest: part(&self.attest)?,
            signature: part(&self.signature)?,
        })
    }

    fn same_of(&self, frame: &[u8]) -> Option<Sha256> {
        Some(hash::sha256(&[
            frame.get(..self.challenge.start)?,
            frame.get(self.challenge.end..self.attest.start)?,
            frame.get(self.attest.end..self.signature.start)?,
            frame.get(self.signature.end..)?,
        ]))
    }
}

/// Where `part` stands in `frame`, if it does exactly once.
fn once(frame: &[u8], part: &[u8]) -> Option<Range<usize>> {
    let mut found = memchr::memmem::find_iter(frame, part);
    let start = found.next().filter(|_| !part.is_empty())?;
    match found.next() {
        None => Some(start..start + part.len()),
        Some(_) => None,
    }
}

impl New<'_> {
    /// Whether it answers this challenge.
    pub(crate) fn answers(&self, challenge: ChallengeId) -> bool {
        self.challenge == challenge.as_bytes()
    }
}
