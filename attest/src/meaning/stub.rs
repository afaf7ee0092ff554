//! What a unified kernel image's stub and the kernel's own EFI stub measure.

use trustboard_model::boot::{Said, Topic};
use trustboard_model::digest::HashAlg;

use super::said;
use super::text::{text, wide};
use crate::eventlog::Event;
use crate::reader::Reader;

/// EV_IPL in PCR 11 to 13, of systemd's stub: words in UTF-16 beside the digest of a section's
/// name (the name in ASCII with its zero), of a section's content, of a command line (the words
/// themselves), or of an archive of credentials or extensions.
pub(super) fn section(event: &Event<'_>, bank: HashAlg) -> (Topic, Option<Said>) {
    let Some(words) = wide(event.data).or_else(|| text(event.data)) else {
        return (Topic::UkiSection, None);
    };
    match event.pcr {
        12 if event.covers_data(bank) => (Topic::KernelCommandLine, said(words, true)),
        12 | 13 => (Topic::Initrd, said(words, event.covers_data(bank))),
        _ => {
            let name = [words.as_bytes(), &[0]].concat();
            (Topic::UkiSection, said(words, event.covers(bank, &name)))
        }
    }
}

/// EV_EVENT_TAG (PFP 1.06, 10.2.7): an id and words, beside the digest of something else.
pub(super) fn tagged(event: &Event<'_>, bank: HashAlg) -> (Topic, Option<Said>) {
    let (id, words) = match read_tagged(event.data) {
        Some((id, content)) => (Some(id), text(content)),
        None => (None, text(event.data)),
    };
    let topic = match id {
        // Linux, drivers/firmware/efi/libstub: LOAD_OPTIONS_EVENT_TAG_ID. Its INITRD_EVENT_TAG_ID
        // is 0x8F3B22EC, and what else it and systemd's stub tag are parts of the initrd.
        Some(0x8F3B_22ED) => Topic::KernelCommandLine,
        // systemd: the boot menu's configuration, and a device tree for a unified kernel image.
        Some(0xF5BC_582A) => Topic::LoaderCommand,
        Some(0x6C46_F751) => Topic::UkiSection,
        Some(0x8F3B_22EC | 0x49DF_FE0F | 0xDAC0_8E1A) => Topic::Initrd,
        _ => Topic::Other,
    };
    (topic, words.and_then(|words| said(words, event.covers_data(bank))))
}

fn read_tagged(data: &[u8]) -> Option<(u32, &[u8])> {
    let mut reader = Reader::new("tagged event", data);
    let id = reader.u32_le("taggedEventID").ok()?;
    let size = usize::try_from(reader.u32_le("taggedEventDataSize").ok()?).ok()?;
    let content = reader.take(size, "taggedEventData").ok()?;
    reader.is_empty().then_some((id, content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tagged_event_is_an_id_and_exactly_its_data() {
        let mut data = vec![0xEC, 0x22, 0x3B, 0x8F, 3, 0, 0, 0];
        data.extend(b"abc");
        assert_eq!(read_tagged(&data), Some((0x8F3B_22EC, &b"abc"[..])));
        data.push(0);
        assert_eq!(read_tagged(&data), None);
    }
}
