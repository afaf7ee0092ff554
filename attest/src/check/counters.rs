//! Group D, D32 to D34: signer, firmware and counters against what earlier quotes said.

use trustboard_model::bytes::to_hex;
use trustboard_model::check::CheckId;
use trustboard_model::digest::HashAlg;
use trustboard_model::reason::{Reason, ReasonCode};

use crate::input::{History, RecordedIdentity};
use crate::tpm::VerifiedQuote;
use crate::verdict::Ledger;

/// D32 to D34: signer, firmware and counters against what earlier quotes of this identity said.
pub(crate) fn counters(
    quote: &VerifiedQuote,
    identity: &RecordedIdentity,
    history: &History,
    ledger: &mut Ledger,
) {
    qualified_signer(quote, identity, ledger);
    let now = quote.info().clock;
    let Some(before) = history.clock else {
        ledger.pass(CheckId::TpmFirmware, format!("{:#018x}, first seen", now.firmware_version));
        if now.safe {
            ledger.pass(CheckId::TpmClock, "first seen");
        } else {
            ledger.refuse(not_safe());
        }
        return;
    };
    // For keys outside the endorsement hierarchy the TPM adds secret constants to these counters
    // (Part 1, 36.7; Part 4, FillInAttestInfo): only differences mean something, modulo the width.
    if before.firmware_version.abs_diff(now.firmware_version) == 0 {
        ledger.pass(CheckId::TpmFirmware, format!("{:#018x}", now.firmware_version));
    } else if now.firmware_version.wrapping_sub(before.firmware_version) < 1 << 63 {
        let (old, new) = (before.firmware_version, now.firmware_version);
        ledger.pass(CheckId::TpmFirmware, format!("{new:#018x}, was {old:#018x}"));
    } else {
        ledger.refuse(
            Reason::new(ReasonCode::TpmFirmwareDowngraded)
                .expected(format!("{:#018x} or newer", before.firmware_version))
                .found(format!("{:#018x}", now.firmware_version)),
        );
    }
    let resets = now.reset_count.wrapping_sub(before.reset_count);
    let restarts = now.restart_count.wrapping_sub(before.restart_count);
    let back = [
        (
            "resetCount",
            resets >= 1 << 31,
            u64::from(before.reset_count),
            u64::from(now.reset_count),
        ),
        (
            "restartCount",
            resets == 0 && restarts >= 1 << 31,
            u64::from(before.restart_count),
            u64::from(now.restart_count),
        ),
        ("clock", now.clock < before.clock, before.clock, now.clock),
    ];
    if !now.safe {
        ledger.refuse(not_safe());
    } else if let Some((counter, _, old, new)) = back.into_iter().find(|(_, back, ..)| *back) {
        ledger.refuse(
            Reason::new(ReasonCode::ClockWentBack)
                .at(counter)
                .expected(format!("at least {old}"))
                .found(new),
        );
    } else {
        ledger.pass(
            CheckId::TpmClock,
            match (resets, restarts) {
                (0, 0) => "same boot".to_owned(),
                (0, restarts) => format!("{restarts} resumes since"),
                (resets, _) => format!("{resets} reboots since"),
            },
        );
    }
}

fn not_safe() -> Reason {
    Reason::new(ReasonCode::ClockNotSafe).at("safe").expected("1").found("0")
}

/// D32: nameAlg and digest of the AK's Qualified Name; constant for an identity.
fn qualified_signer(quote: &VerifiedQuote, identity: &RecordedIdentity, ledger: &mut Ledger) {
    let found = &quote.info().qualified_signer;
    let well_formed = match found[..] {
        [high, low, ref digest @ ..] => HashAlg::from_tpm_id(u16::from_be_bytes([high, low]))
            .is_some_and(|alg| alg.len() == digest.len()),
        _ => false,
    };
    let expected = identity.qualified_signer.as_ref();
    if well_formed && expected.is_none_or(|expected| expected == found) {
        let first = if expected.is_none() { ", first seen" } else { "" };
        ledger.pass(CheckId::QualifiedSigner, format!("{}{first}", to_hex(found)));
    } else {
        let show = |name: &[u8]| if name.is_empty() { "nothing".to_owned() } else { to_hex(name) };
        ledger.refuse(
            Reason::new(ReasonCode::QualifiedSignerChanged)
                .expected(expected.map_or("a qualified name".to_owned(), |name| show(name)))
                .found(show(found)),
        );
    }
}
