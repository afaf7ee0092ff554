//! What evidence was judged by, in the form in which it is kept: parts by their digests, so that
//! hosts that were judged by the same share it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use trustboard_attest::secure_boot::OfficialRevocations;
use trustboard_attest::{Error, Makers, RecordedIdentity, Standards};
use trustboard_model::configuration::Reference;
use trustboard_model::digest::Sha256;
use trustboard_model::exception::Exception;
use trustboard_model::policy::Policy;

use super::secret::sha256;
use crate::session::wire;

/// What one appraisal was judged by beside the standards of its cluster.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct JudgedWith {
    pub exceptions: Vec<Exception>,
    /// Whether an operator had approved the EK on record.
    pub approved_by_operator: bool,
    /// The other host that had the same keys on record.
    pub duplicate_of: Option<String>,
}

impl JudgedWith {
    pub(crate) fn of(exceptions: Vec<Exception>, identity: Option<&RecordedIdentity>) -> Self {
        Self {
            exceptions,
            approved_by_operator: identity.is_some_and(|known| known.approved_by_operator),
            duplicate_of: identity.and_then(|known| known.duplicate_of.clone()),
        }
    }

    /// As it stands in its column.
    ///
    /// # Panics
    /// Never: it has no map whose keys are no texts.
    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("what JSON can hold")
    }
}

/// A part of standards with the digest that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub digest: Sha256,
    pub bytes: Vec<u8>,
}

/// Standards in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptStandards {
    pub policy: Policy,
    pub makers: Part,
    pub revocations: Option<Part>,
    pub approved: Vec<Part>,
}

/// Names standards: equal ones have the same digest.
///
/// Takes as long as hashing all makers' certificates does, so it is made once for all hosts that
/// are judged by the same.
pub(crate) fn standards_digest(standards: &Standards) -> Sha256 {
    let Standards { policy, makers, revocations, approved } = standards;
    let revocations = revocations.as_ref().map(|list| list.digest());
    let policy = wire::encode(policy);
    let makers = makers.digest();
    let mut parts: Vec<Sha256> = vec![sha256(&[&policy]), makers];
    parts.push(revocations.unwrap_or(Sha256([0; 32])));
    parts.extend(approved.iter().map(|reference| sha256(&[&wire::encode(reference)])));
    let parts: Vec<&[u8]> = parts.iter().map(|digest| &digest.0[..]).collect();
    sha256(&parts)
}

impl KeptStandards {
    /// The parts of `standards`.
    pub(crate) fn of(standards: &Standards) -> Self {
        let Standards { policy, makers, revocations, approved } = standards;
        let reference = |reference: &Reference| {
            let bytes = wire::encode(reference);
            Part { digest: sha256(&[&bytes]), bytes }
        };
        Self {
            policy: policy.clone(),
            makers: Part { digest: makers.digest(), bytes: makers.to_bytes() },
            revocations: revocations
                .as_ref()
                .map(|list| Part { digest: list.digest(), bytes: wire::encode(&**list) }),
            approved: approved.iter().map(reference).collect(),
        }
    }

    /// The standards that they are parts of. An error says which part cannot be read.
    pub(crate) fn read(&self) -> Result<Standards, String> {
        let makers = Makers::from_bytes(&self.makers.bytes)
            .map_err(|Error { part, problem }| format!("{part}: {problem}"))?;
        let revocations = self
            .revocations
            .as_ref()
            .map(|part| wire::decode::<OfficialRevocations>(&part.bytes))
            .transpose()?;
        let approved = self
            .approved
            .iter()
            .map(|part| wire::decode::<Reference>(&part.bytes))
            .collect::<Result<_, _>>()?;
        Ok(Standards {
            policy: self.policy.clone(),
            makers: Arc::new(makers),
            revocations: revocations.map(Arc::new),
            approved,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standards(policy: Policy) -> Standards {
        Standards {
            policy,
            makers: Arc::new(Makers::default()),
            revocations: None,
            approved: Vec::new(),
        }
    }

    #[test]
    fn what_is_kept_reads_back_as_what_it_was() {
        let before = standards(Policy::linux_server());
        let after = KeptStandards::of(&before).read().unwrap();
        assert_eq!(after.policy, before.policy);
        assert_eq!(standards_digest(&after), standards_digest(&before));
    }

    #[test]
    fn other_standards_have_another_digest() {
        let mut policy = Policy::linux_server();
        policy.max_age_s += 1;
        let one = standards_digest(&standards(Policy::linux_server()));
        assert_ne!(one, standards_digest(&standards(policy)));
    }

    #[test]
    fn a_part_that_cannot_be_read_is_named() {
        let mut kept = KeptStandards::of(&standards(Policy::linux_server()));
        kept.makers.bytes = vec![0xFF];
        assert!(kept.read().unwrap_err().contains("maker"));
    }
}
