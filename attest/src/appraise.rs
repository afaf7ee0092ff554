//! The pipeline; the only place that makes an [`Appraisal`].

use trustboard_model::alarm::Finding;
use trustboard_model::appraisal::Report;
use trustboard_model::host::Attestation;
use trustboard_model::verdict::Verdict;

use crate::Input;

/// A finished appraisal. Holding one is the proof that [`appraise`] made it: nothing else can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appraisal {
    report: Report,
    qualified_signer: Option<Vec<u8>>,
}

impl Appraisal {
    /// The result in a form that can be stored and shown.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// What the Attestation column reads.
    pub fn attestation(&self) -> Attestation {
        Attestation::of(&self.report.verdict)
    }

    /// What it means for the alarm.
    pub fn finding(&self) -> Finding {
        match &self.report.verdict {
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
}

/// Appraises evidence. Every check that applies is made and recorded, even after one has failed.
pub fn appraise(_input: &Input<'_>) -> Appraisal {
    unimplemented!("see the attest crate's first issue")
}
