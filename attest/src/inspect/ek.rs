//! An EK certificate beside makers' roots.

use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::time::Timestamp;

use crate::endorsement::EkCertificate;
use crate::verdict::Ledger;
use crate::{Error, Makers, check};

/// What an EK certificate says, and whether a maker vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EkInspection {
    /// The checks that apply, in the order of `CheckId::ALL`.
    pub checks: Vec<(CheckId, Outcome)>,
    /// The certificate, and what was repaired to read it.
    pub certificate: EkCertificate,
}

/// Looks at an EK certificate as it lies in NV memory or in a file. An error says that it cannot
/// be read. The TPM itself is not at hand: nothing says that it holds the key.
pub fn inspect_ek(bytes: &[u8], makers: &Makers, now: Timestamp) -> Result<EkInspection, Error> {
    let certificate = EkCertificate::parse(bytes)?;
    let mut ledger = Ledger::default();
    ledger.skip(CheckId::EkCertificateMaker, "the TPM is not at hand");
    check::ek_certificate_alone(&certificate, makers, now, &mut ledger);
    Ok(EkInspection { checks: ledger.into_outcomes(), certificate })
}
