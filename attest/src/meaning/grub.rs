//! What GRUB measures: commands and command lines into PCR 8, files into PCR 9.

use trustboard_model::boot::{Said, Topic};
use trustboard_model::digest::HashAlg;

use super::said;
use super::text::{narrow, one_line, wide};
use crate::eventlog::{Event, EventType};

/// How a digest covers the text after a prefix.
#[derive(Clone, Copy)]
enum Form {
    /// The text alone.
    Bare,
    /// The text and the zero that ends it.
    WithZero,
}

/// The forms that are known (CHECKS 61): GRUB's own since 2.04, and those of the measured boot
/// patches that RHEL 8 ships. The prefix itself is covered by nothing.
const FORMS: [(&[u8], Form, Topic); 5] = [
    (b"grub_cmd: ", Form::Bare, Topic::LoaderCommand),
    (b"kernel_cmdline: ", Form::Bare, Topic::KernelCommandLine),
    (b"module_cmdline: ", Form::Bare, Topic::LoaderCommand),
    (b"grub_cmd ", Form::WithZero, Topic::LoaderCommand),
    (b"grub_kernel_cmdline ", Form::Bare, Topic::KernelCommandLine),
];

/// The words of an event that says to be a command that GRUB ran.
pub(super) fn command<'a>(event: &Event<'a>) -> Option<&'a [u8]> {
    let is_command = event.event_type == EventType::IPL && event.pcr == 8;
    let words = |prefix: &&[u8]| event.data.strip_prefix(*prefix);
    [&b"grub_cmd: "[..], b"grub_cmd "].iter().find_map(words).filter(|_| is_command)
}

/// EV_IPL in PCR 8 and PCR 9.
pub(super) fn meaning(event: &Event<'_>, bank: HashAlg) -> (Topic, Option<Said>) {
    let form = FORMS
        .iter()
        .find_map(|(prefix, form, topic)| Some((event.data.strip_prefix(*prefix)?, *form, *topic)));
    if let Some((words, form, topic)) = form {
        let bare = words.strip_suffix(&[0]).unwrap_or(words);
        let covered = match form {
            Form::Bare => event.covers(bank, bare),
            Form::WithZero => event.covers(bank, words),
        };
        // What is no text, or text with a zero inside, would be shown as other words.
        let whole = std::str::from_utf8(bare).is_ok_and(|text| !text.contains('\0'));
        return (topic, said(one_line(&String::from_utf8_lossy(bare)), covered && whole));
    }
    if event.pcr == 8 {
        return load_options(event, bank);
    }
    let name = narrow(event.data).unwrap_or_default();
    (file_topic(&name), said(name, event.covers_data(bank)))
}

/// A command line without a prefix is that of systemd's stub before version 251, which used PCR 8
/// and logged one byte less than it measured.
fn load_options(event: &Event<'_>, bank: HashAlg) -> (Topic, Option<Said>) {
    let Some(words) = wide(event.data) else {
        let words = narrow(event.data).unwrap_or_default();
        return (Topic::LoaderCommand, said(words, event.covers_data(bank)));
    };
    let covered = event.covers_data(bank) || event.covers(bank, &[event.data, &[0]].concat());
    (Topic::KernelCommandLine, said(words, covered))
}

/// What a file is, as far as its name tells. The digest is that of the file, so the name is
/// anybody's word.
pub(super) fn file_topic(path: &str) -> Topic {
    let name = path.rsplit(['/', '\\', ' ']).next().unwrap_or(path).to_ascii_lowercase();
    let starts = |heads: &[&str]| heads.iter().any(|head| name.starts_with(head));
    if starts(&["vmlinu", "bzimage", "kernel", "linux"]) {
        Topic::Kernel
    } else if starts(&["initr", "initramfs"]) || name.contains("ucode") {
        Topic::Initrd
    } else {
        Topic::LoaderCommand
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kernel_from_the_initrd() {
        for (path, topic) in [
            ("(hd0)/vmlinuz", Topic::Kernel),
            ("grub_linuxefi Kernel", Topic::Kernel),
            ("grub_linuxefi Initrd", Topic::Initrd),
            ("/boot/initramfs-6.1.img", Topic::Initrd),
            ("/initrd.img-6.1", Topic::Initrd),
            ("(hd0,gpt2)/grub/grub.cfg", Topic::LoaderCommand),
            ("", Topic::LoaderCommand),
        ] {
            assert_eq!(file_topic(path), topic, "{path}");
        }
    }
}
