//! Makers' certificates as a bundle holds them.

use serde::{Deserialize, Serialize};
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;

use super::{Idle, Makers};
use crate::endorsement::{Certificate, RevocationList};
use crate::{Error, budget, hash};

const PART: &str = "maker's certificate";

/// [`Makers`] as DER.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct StoredMakers {
    roots: Vec<Bytes>,
    intermediates: Vec<Bytes>,
    /// Certificates that count for nothing.
    awaiting: Vec<Bytes>,
    distrusted: Vec<Bytes>,
    revocation_lists: Vec<Bytes>,
}

impl StoredMakers {
    /// Everything in `makers`.
    pub(crate) fn of(makers: &Makers) -> Self {
        let idle = |which: Idle| {
            let idle = makers.idle.iter().filter(move |(_, why)| *why == which);
            der(idle.map(|(certificate, _)| certificate))
        };
        Self {
            roots: der(&makers.roots),
            intermediates: der(&makers.intermediates),
            awaiting: idle(Idle::Awaiting),
            distrusted: idle(Idle::Distrusted),
            revocation_lists: makers.revocation_lists.iter().map(|l| l.as_der().into()).collect(),
        }
    }

    /// As CBOR.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        ciborium::into_writer(self, &mut bytes).expect("lists of bytes have a CBOR form");
        bytes
    }

    /// From CBOR, with nothing after it.
    pub(super) fn parse(mut bytes: &[u8]) -> Result<Self, Error> {
        let error = |problem: String| Error { part: PART, problem };
        let stored =
            ciborium::de::from_reader_with_recursion_limit(&mut bytes, budget::BUNDLE_DEPTH)
                .map_err(|cause| error(format!("not the expected CBOR: {cause}")))?;
        if bytes.is_empty() {
            Ok(stored)
        } else {
            Err(error(format!("{} bytes follow the certificates", bytes.len())))
        }
    }

    /// SHA-256 over all of it, each list with its length and each item with its own before it.
    pub(crate) fn digest(&self) -> Sha256 {
        let Self { roots, intermediates, awaiting, distrusted, revocation_lists } = self;
        let mut bytes = Vec::new();
        for list in [roots, intermediates, awaiting, distrusted, revocation_lists] {
            bytes.extend((list.len() as u64).to_be_bytes());
            for der in list {
                bytes.extend((der.len() as u64).to_be_bytes());
                bytes.extend(&der.0);
            }
        }
        hash::sha256(&[&bytes])
    }

    /// What it holds. Whether a root is to be trusted is for whoever reads the bundle to say.
    pub(crate) fn read(&self) -> Result<Makers, Error> {
        let mut makers = Makers::default();
        for der in &self.roots {
            makers.trust(Certificate::parse(PART, der)?);
        }
        for der in &self.intermediates {
            makers.follow(Certificate::parse(PART, der)?);
        }
        for der in &self.awaiting {
            makers.set_aside(Certificate::parse(PART, der)?, Idle::Awaiting);
        }
        for der in &self.distrusted {
            makers.set_aside(Certificate::parse(PART, der)?, Idle::Distrusted);
        }
        for der in &self.revocation_lists {
            makers.add_revocation_list(RevocationList::parse(der)?);
        }
        Ok(makers)
    }
}

fn der<'a>(certificates: impl IntoIterator<Item = &'a Certificate>) -> Vec<Bytes> {
    certificates.into_iter().map(|certificate| certificate.as_der().into()).collect()
}
