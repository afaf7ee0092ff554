//! What was booted: the events worth showing, in the order of the boot.
//!
//! Only events that explain quoted registers are read. What a boot loader runs by the hundred
//! (conditions, modules, menus) is left out; so are events that say the same of the same digest.

use std::collections::BTreeMap;

use trustboard_model::boot::{BootItem, Said, Topic};
use trustboard_model::digest::Digest;
use trustboard_model::pcr::PcrIndex;

use super::command_line::command_line_of;
use super::{grub, meaning};
use crate::budget;
use crate::eventlog::{Event, EventType, ReplayedLog};

/// The items, at most `budget::BOOT_ITEMS` and `budget::BOOT_ITEMS_OF_TOPIC` of each topic.
pub(crate) fn booted(log: &ReplayedLog<'_>) -> Vec<BootItem> {
    let mut events: Vec<(PcrIndex, &Event<'_>)> = PcrIndex::all()
        .flat_map(|pcr| log.events(pcr).unwrap_or_default().iter().map(move |event| (pcr, event)))
        .collect();
    events.sort_by_key(|(_, event)| event.number);
    let mut story = Story::default();
    for (pcr, event) in events {
        story.tell(log, pcr, event);
    }
    story.items
}

/// The items so far, and what later events need of earlier ones.
#[derive(Default)]
struct Story {
    items: Vec<BootItem>,
    of_topic: BTreeMap<Topic, usize>,
    /// Covered words of PCR 8, for command lines that are measured by their digest alone.
    commands: Vec<String>,
    /// The name that a stub measured just before a section's content.
    section: Option<String>,
}

impl Story {
    fn tell(&mut self, log: &ReplayedLog<'_>, pcr: PcrIndex, event: &Event<'_>) {
        // By the hundred in a boot: not worth a hash each.
        if grub::command(event).is_some_and(|words| !is_telling(words)) {
            return;
        }
        let (topic, said) = meaning(event, log.bank());
        let covered = said.as_ref().filter(|said| said.covered).map(|said| said.text.clone());
        match (topic, covered) {
            // The name of a section: its content is the next event, and the one to show.
            (Topic::UkiSection, Some(name)) if pcr.as_usize() == 11 => {
                self.section = Some(name);
            }
            (Topic::UkiSection, None) => {
                let named = |said: &Said| self.section.as_deref() == Some(&said.text[..]);
                let name = said.filter(named).map(|said| Said::covered(&said.text));
                self.add(log, pcr, event, topic, name);
                self.section = None;
            }
            (Topic::KernelCommandLine, None) if event.event_type == EventType::EVENT_TAG => {
                let known = command_line_of(event, log.bank(), &self.commands);
                let said = known.map(|words| Said::covered(&words)).or(said);
                self.add(log, pcr, event, topic, said);
            }
            (topic, covered) => {
                let topic = self.topic(topic, event, said.as_ref());
                if is_worth_showing(topic, pcr, event, said.as_ref()) {
                    self.add(log, pcr, event, topic, said);
                }
                if let (8, Some(words)) = (pcr.as_usize(), covered) {
                    self.commands.push(words);
                }
            }
        }
    }

    /// The list of revocations is a topic of its own here. And a boot loader starts the kernel from
    /// memory: an application without a path, after the command that loads one.
    fn topic(&self, topic: Topic, event: &Event<'_>, said: Option<&Said>) -> Topic {
        if topic == Topic::SecureBootVariable && said.is_some_and(|said| is_dbx(&said.text)) {
            return Topic::Revocations;
        }
        let from_memory = event.event_type == EventType::EFI_BOOT_SERVICES_APPLICATION
            && topic == Topic::BootLoader
            && said.is_none();
        let loads = |words: &String| words.starts_with("linux");
        if from_memory && self.commands.iter().any(loads) { Topic::Kernel } else { topic }
    }

    fn add(
        &mut self,
        log: &ReplayedLog<'_>,
        pcr: PcrIndex,
        event: &Event<'_>,
        topic: Topic,
        said: Option<Said>,
    ) {
        let bank = log.bank();
        let digest = event.digest(bank).and_then(|bytes| Digest::new(bank, bytes).ok());
        let told = |item: &BootItem| {
            item.topic == topic
                && item.pcr == pcr
                && item.digest == digest
                && same(item.said.as_ref(), said.as_ref())
        };
        let of_topic = self.of_topic.entry(topic).or_default();
        if self.items.len() >= budget::BOOT_ITEMS
            || *of_topic >= budget::BOOT_ITEMS_OF_TOPIC
            || self.items.iter().any(told)
        {
            return;
        }
        *of_topic += 1;
        self.items.push(BootItem { topic, said, pcr, event: Some(event.number), digest });
    }
}

/// Whether a second event of the same digest adds nothing: it says the same, or only what no
/// digest covers (GRUB names a file by several paths).
fn same(told: Option<&Said>, said: Option<&Said>) -> bool {
    told == said || [told, said].iter().all(|said| said.is_none_or(|said| !said.covered))
}

fn is_worth_showing(topic: Topic, pcr: PcrIndex, event: &Event<'_>, said: Option<&Said>) -> bool {
    let words = said.map_or("", |said| &said.text[..]);
    match topic {
        Topic::Firmware => pcr.as_usize() == 0,
        // What the firmware admits to (CHECKS 52); settings are for comparisons.
        Topic::FirmwareConfiguration => pcr.as_usize() == 7,
        // Drivers from the firmware's own volumes come with its version; those of a device do not.
        Topic::Driver => pcr.as_usize() == 2 && is_of_a_device(words),
        Topic::LoaderCommand => is_telling_command(pcr, words),
        // What went wrong on the way (CHECKS 49, 50).
        Topic::Phase => words.starts_with("Returning from") || words.ends_with("with Failure"),
        Topic::BootOption | Topic::Other | Topic::Files => false,
        Topic::SecureBootVariable => event.event_type == EventType::EFI_VARIABLE_DRIVER_CONFIG,
        Topic::Revocations
        | Topic::Authority
        | Topic::PartitionTable
        | Topic::BootLoader
        | Topic::Sbat
        | Topic::Mok
        | Topic::Kernel
        | Topic::KernelCommandLine
        | Topic::Initrd
        | Topic::UkiSection => true,
    }
}

fn is_dbx(words: &str) -> bool {
    words.strip_prefix("dbx").is_some_and(|rest| rest.starts_with([':', '=', ' ', ',']))
}

/// Whether a driver's path leads through a PCI device: an option ROM (CHECKS 51). A hint at best,
/// for no digest covers it.
pub(crate) fn is_of_a_device(path: &str) -> bool {
    path.contains("Pci(") || path.contains("Offset(")
}

/// Commands that load something or read a configuration, and the configurations themselves.
fn is_telling_command(pcr: PcrIndex, words: &str) -> bool {
    match pcr.as_usize() {
        8 => is_telling(words.as_bytes()),
        9 => words.rsplit('.').next() == Some("cfg"),
        _ => true,
    }
}

/// Whether a boot loader's command loads or reads something.
fn is_telling(words: &[u8]) -> bool {
    const TELLING: [&str; 15] = [
        "linux",
        "linux16",
        "linuxefi",
        "initrd",
        "initrd16",
        "initrdefi",
        "chainloader",
        "multiboot",
        "multiboot2",
        "module",
        "module2",
        "configfile",
        "normal",
        "source",
        "devicetree",
    ];
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    let command = words.trim_ascii().split(is_end).next().unwrap_or_default();
    TELLING.iter().any(|telling| telling.as_bytes() == command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_that_load_or_read_are_told_and_conditions_are_not() {
        let pcr = |index: u8| PcrIndex::try_from(index).unwrap();
        for (index, words, told) in [
            (8, "linux /vmlinuz quiet", true),
            (8, "linuxefi /vmlinuz", true),
            (8, "initrd /initrd.img", true),
            (8, "configfile (hd0)/grub.cfg", true),
            (8, "[ -e (hd0)/grub.cfg ]", false),
            (8, "set timeout=0", false),
            (8, "insmod linux", false),
            (8, "initrdfail", false),
            (9, "(hd0)/grub/grub.cfg", true),
            (9, "(hd0)/grub/fs.lst", false),
        ] {
            assert_eq!(is_telling_command(pcr(index), words), told, "{words}");
        }
    }
}
