//! C14, C21: a chain to a maker's root, valid and not revoked.

use trustboard_model::bytes::to_hex;
use trustboard_model::check::CheckId;
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::time::Timestamp;

use crate::endorsement::{Certificate, Chain, ChainRefusal, MissingIssuer};
use crate::moment::Moment;
use crate::verdict::Ledger;
use crate::{Idle, Makers};

pub(super) fn chain_refused(certificate: &Certificate, refusal: ChainRefusal) -> Reason {
    let expected = "a chain to a trusted maker's root";
    match refusal {
        ChainRefusal::UnknownIssuer(missing) => missing_issuer(&missing).expected(expected),
        ChainRefusal::BadSignature { subject, issuer } => {
            Reason::new(ReasonCode::EkCertificateBadSignature)
                .at(format!("certificate of {subject}"))
                .expected(format!("signed by {issuer}"))
                .found("a signature that does not verify with that key")
                .with("issuer", issuer)
        }
        ChainRefusal::NotAnIssuer { issuer, problem } => {
            Reason::new(ReasonCode::EkCertificateUnknownIssuer)
                .at(format!("certificate of {issuer}"))
                .expected(expected)
                .found(problem)
                .with("issuer", issuer)
        }
        ChainRefusal::TooDeep => Reason::new(ReasonCode::EkCertificateUnknownIssuer)
            .expected(expected)
            .found("no path of reasonable length")
            .with("issuer", &certificate.issuer),
    }
}

/// Which certificate is missing, and what the one below it says of where it is to be had.
fn missing_issuer(missing: &MissingIssuer) -> Reason {
    let MissingIssuer { issuer, below, key_id, addresses, idle, maker_root } = missing;
    let code = match (idle, maker_root) {
        (None, Some(_)) => ReasonCode::EkCertificateIntermediateMissing,
        _ => ReasonCode::EkCertificateUnknownIssuer,
    };
    let mut reason = Reason::new(code).with("issuer", issuer).found(match idle {
        None => format!("no certificate of {issuer} among the makers"),
        Some(Idle::Awaiting) => format!("the certificate of {issuer} awaits confirmation"),
        Some(Idle::Distrusted) => format!("the certificate of {issuer} is distrusted"),
    });
    if !below.is_empty() {
        reason = reason.at(format!("certificate of {below}"));
    }
    if let Some(root) = maker_root {
        reason = reason.with("root", root);
    }
    if let Some(id) = key_id {
        reason = reason.with("key-id", to_hex(id));
    }
    match addresses.first() {
        Some(address) => reason.with("address", address),
        None => reason,
    }
}

/// C14. Roots count too: an operator removes one that has expired.
pub(super) fn validity(chain: &Chain<'_>, now: &mut Moment) -> Option<Reason> {
    let of_chain = [chain.leaf()].into_iter().chain(chain.issuers().iter().copied());
    let refuse = |certificate: &Certificate, expected: String, now: &mut Moment| {
        Some(
            Reason::new(ReasonCode::EkCertificateExpired)
                .at(format!("certificate of {}", certificate.subject))
                .expected(expected)
                .found(now.shown()),
        )
    };
    for certificate in of_chain {
        if now.is_before(certificate.not_before) {
            return refuse(certificate, format!("from {}", certificate.not_before), now);
        }
        if now.is_after(certificate.not_after) {
            return refuse(certificate, format!("until {}", certificate.not_after), now);
        }
    }
    None
}

/// C21: against the revocation lists that were imported with the makers. Nothing is fetched: the
/// verifier has no network.
pub(super) fn revocation(
    chain: &Chain<'_>,
    makers: &Makers,
    now: &mut Moment,
    refuse: &mut impl FnMut(&mut Ledger, Reason),
    ledger: &mut Ledger,
) {
    const CHECK: CheckId = CheckId::EkCertificateRevocation;
    let subjects = [chain.leaf()].into_iter().chain(chain.issuers().iter().copied());
    let mut oldest: Option<Timestamp> = None;
    for (subject, issuer) in subjects.zip(chain.issuers().iter().copied()) {
        let Some(list) = makers.revocation_list(issuer) else {
            let who = &issuer.subject;
            ledger.skip(CHECK, format!("not checked: no revocation list of {who} was imported"));
            continue;
        };
        if list.lists(subject) {
            refuse(
                ledger,
                Reason::new(ReasonCode::EkCertificateRevoked)
                    .at(format!("certificate of {}", subject.subject))
                    .expected("not on its maker's list")
                    .found(format!("serial number {}", subject.serial_text()))
                    .with("issuer", &issuer.subject),
            );
        }
        if list.next_update.is_some_and(|next| now.is_after(next)) {
            let who = &issuer.subject;
            ledger.skip(CHECK, format!("the revocation list of {who} is out of date"));
        }
        oldest = Some(oldest.map_or(list.this_update, |oldest| oldest.min(list.this_update)));
    }
    if let Some(oldest) = oldest {
        ledger.pass(CHECK, format!("on no list; the oldest is of {oldest}"));
    }
}
