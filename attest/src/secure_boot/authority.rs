//! What an event says of the authority that let an image start.

use trustboard_model::digest::HashAlg;

use super::Variable;
use crate::endorsement::Certificate;
use crate::eventlog::Event;

/// H56: shims before version 15.3 hash all but the last of six bytes with which they pad the
/// structure. Exactly that is accepted; the padding is no part of what is believed.
pub(crate) fn authority_is_covered(
    bank: HashAlg,
    event: &Event<'_>,
    variable: &Variable<'_>,
) -> bool {
    const SHIM_PADDING: usize = 6;
    match variable.padding.len() {
        0 => event.covers_data(bank),
        SHIM_PADDING => {
            let hashed = event.data.split_last().map_or(&[][..], |(_, hashed)| hashed);
            event.covers(bank, hashed)
        }
        _ => false,
    }
}

/// The certificate of an EFI_SIGNATURE_DATA, or one that stands alone.
pub(crate) fn certificate_of(data: &[u8]) -> Option<Certificate> {
    const OWNER: usize = 16;
    let parse = |bytes: &[u8]| Certificate::parse("authority", bytes).ok();
    parse(data).or_else(|| parse(data.get(OWNER..)?))
}

/// What a certificate calls itself: its common name, or its whole subject without one.
pub(crate) fn common_name(certificate: &Certificate) -> String {
    // id-at-commonName, 2.5.4.3
    let name = certificate.subject.values(&[0x55, 0x04, 0x03]).next().map(str::to_owned);
    name.unwrap_or_else(|| certificate.subject.to_string())
}
