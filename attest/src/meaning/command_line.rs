//! Command lines that are measured without their words.
//!
//! The kernel's EFI stub measures its load options, in UTF-16, and logs no more than that it did.
//! What the boot loader measured before tells the words: a candidate whose digest is the event's
//! is the command line.

use trustboard_model::digest::HashAlg;

use crate::eventlog::Event;

/// The command line with this event's digest, if one of the boot loader's covered words gives it:
/// GRUB hands a kernel that it loads `BOOT_IMAGE=` and the kernel's path and words, without a
/// zero at the end, and one that it chains to the words after the path, with one.
pub(super) fn command_line_of(
    event: &Event<'_>,
    bank: HashAlg,
    commands: &[String],
) -> Option<String> {
    commands.iter().rev().find_map(|words| {
        let mut parts = words.splitn(3, ' ');
        let (first, second, third) = (parts.next()?, parts.next(), parts.next());
        let loaded = format!("BOOT_IMAGE={words}");
        let chained = third.filter(|_| second.is_some() && first == "chainloader");
        [Some((&loaded[..], false)), chained.map(|words| (words, true))]
            .into_iter()
            .flatten()
            .find(|(words, with_zero)| event.covers(bank, &load_options(words, *with_zero)))
            .map(|(words, _)| words.to_owned())
    })
}

fn load_options(words: &str, with_zero: bool) -> Vec<u8> {
    words.encode_utf16().chain(with_zero.then_some(0)).flat_map(u16::to_le_bytes).collect()
}
