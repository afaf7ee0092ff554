//! What firmware is known to extend without logging it. Only ever a hint in a message: a log that
//! needs one of these still does not explain the quoted value.

use trustboard_model::digest::Digest;

use super::BankReplay;
use crate::hash;
use trustboard_model::pcr::PcrIndex;

/// Events that can be missing at the end of a log, by the data that their digests cover.
struct Quirk {
    id: &'static str,
    pcr: Option<u8>,
    missing: &'static [&'static [u8]],
}

const QUIRKS: [Quirk; 3] = [
    // The log was taken before the operating system's loader left the boot services.
    Quirk {
        id: "exit-boot-services",
        pcr: Some(5),
        missing: &[b"Exit Boot Services Invocation", b"Exit Boot Services Returned with Success"],
    },
    Quirk { id: "separator", pcr: None, missing: &[&[0; 4]] },
    Quirk { id: "separator", pcr: None, missing: &[&[0xFF; 4]] },
];

impl BankReplay {
    /// The name of what, extended after the log's last event, would give the quoted value.
    pub fn missing_at_the_end(&self, pcr: PcrIndex, quoted: &Digest) -> Option<&'static str> {
        let bank = self.bank();
        let of_pcr = |quirk: &&Quirk| quirk.pcr.is_none_or(|of| of == u8::from(pcr));
        QUIRKS.iter().filter(of_pcr).find_map(|quirk| {
            let mut value = self.pcr(pcr).value.as_bytes().to_vec();
            for data in quirk.missing {
                let digest = hash::hash(bank, &[data])?;
                value = hash::extend(bank, &value, digest.as_ref())?.as_ref().to_vec();
            }
            (value == quoted.as_bytes()).then_some(quirk.id)
        })
    }
}
