//! Which difference tells an operator most, and the reason that it becomes.

use trustboard_model::boot::{Said, Topic};
use trustboard_model::comparison::{Change, Comparison, Difference, Side};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::reason::{Reason, ReasonCode};

/// The reason for a comparison that matched nothing.
pub(crate) fn reason(comparison: &Comparison) -> Option<Reason> {
    let Comparison::Differs { closest, count, differences, fingerprint } = comparison else {
        return None;
    };
    let first = differences.first()?;
    let pcr = first.pcr;
    let (place, expected, found) = match &first.change {
        Change::Changed { expected, found } => {
            let (is, was) = (words(found), words(expected));
            let place = format!("PCR {pcr}, event {}", found.event);
            // Words that were cut, or that no digest covers, may read the same.
            if is == was {
                (place, Some(expected.digest.to_string()), found.digest.to_string())
            } else {
                (place, Some(was), is)
            }
        }
        Change::Added { found } => {
            (format!("PCR {pcr}, event {}", found.event), None, words(found))
        }
        Change::Missing { expected } => {
            let place = format!("PCR {pcr}, event {} of the configuration", expected.event);
            (place, Some(words(expected)), "nothing".to_owned())
        }
        Change::Value { expected, found } => {
            let place = format!("PCR {pcr} ({})", pcr.purpose());
            (place, Some(expected.to_string()), found.to_string())
        }
    };
    let mut reason = Reason::new(code(first))
        .at(place)
        .found(found)
        .with("configuration", &closest.name)
        .with("version", closest.version)
        .with("count", count)
        .with("pcr", pcr)
        .with("fingerprint", fingerprint);
    if let Some(expected) = expected {
        reason = reason.expected(expected);
    }
    if let Change::Changed { found: Side { event, .. }, .. }
    | Change::Added { found: Side { event, .. } }
    | Change::Missing { expected: Side { event, .. } } = &first.change
    {
        reason = reason.with("event", event);
    }
    if let Some((before, now)) = command_lines(first) {
        let only_in = |of: &str, other: &str| {
            let other: Vec<&str> = other.split_whitespace().collect();
            let only: Vec<&str> =
                of.split_whitespace().filter(|word| !other.contains(word)).collect();
            (!only.is_empty()).then(|| only.join(" "))
        };
        if let Some(added) = only_in(now, before) {
            reason = reason.with("added", added);
        }
        if let Some(removed) = only_in(before, now) {
            reason = reason.with("removed", removed);
        }
    }
    Some(reason)
}

/// What a side says; what no digest covers stands behind the digest and is marked.
fn words(side: &Side) -> String {
    match &side.said {
        Some(said) if said.covered => said.text.clone(),
        Some(said) => format!("{} (unproven: {})", side.digest, said.text),
        None => side.digest.to_string(),
    }
}

/// The code that a difference makes, if it is the most telling one.
fn code(difference: &Difference) -> ReasonCode {
    use ReasonCode as Code;
    if matches!(difference.change, Change::Value { .. }) {
        return Code::ConfigurationNotApproved;
    }
    match difference.topic {
        Topic::KernelCommandLine if is_only_the_kernels_path(difference) => {
            Code::ConfigurationKernelChanged
        }
        Topic::KernelCommandLine => Code::ConfigurationKernelCommandLineChanged,
        Topic::Initrd => Code::ConfigurationInitrdChanged,
        Topic::Kernel | Topic::UkiSection => Code::ConfigurationKernelChanged,
        Topic::BootLoader | Topic::Sbat => Code::ConfigurationBootLoaderChanged,
        Topic::SecureBootVariable | Topic::Revocations | Topic::Authority | Topic::Mok => {
            Code::ConfigurationSecureBootKeysChanged
        }
        Topic::Firmware | Topic::Driver | Topic::FirmwareConfiguration => {
            Code::ConfigurationFirmwareChanged
        }
        Topic::LoaderCommand => Code::ConfigurationLoaderCommandChanged,
        Topic::BootOption | Topic::PartitionTable | Topic::Phase | Topic::Files | Topic::Other => {
            Code::ConfigurationNotApproved
        }
    }
}

/// The place of a difference in the order of telling: what an intruder would change and what
/// explains others first. A new kernel changes the boot loader's commands with it, and new keys
/// the authorities.
pub(super) fn rank(difference: &Difference) -> u8 {
    if matches!(difference.change, Change::Value { .. }) {
        return 20;
    }
    match difference.topic {
        Topic::KernelCommandLine if is_only_the_kernels_path(difference) => 4,
        Topic::KernelCommandLine => 0,
        Topic::Initrd => 1,
        Topic::Kernel => 2,
        Topic::UkiSection => 3,
        Topic::BootLoader => 5,
        Topic::SecureBootVariable => 6,
        Topic::Revocations => 7,
        Topic::Authority => 8,
        Topic::Mok => 9,
        Topic::Firmware => 10,
        Topic::Driver => 11,
        Topic::Sbat => 12,
        Topic::LoaderCommand => 13,
        Topic::FirmwareConfiguration => 14,
        Topic::BootOption => 15,
        Topic::PartitionTable => 16,
        Topic::Files => 17,
        Topic::Phase => 18,
        Topic::Other => 19,
    }
}

/// A kernel update changes the path that GRUB puts before the command line, and nothing else in
/// it: the kernel is what changed then.
fn is_only_the_kernels_path(difference: &Difference) -> bool {
    let Some((before, now)) = command_lines(difference) else { return false };
    let arguments = |line: &str| -> Option<Vec<String>> {
        let (kernel, arguments) = line.split_once(' ')?;
        let is_path = kernel.starts_with('/') || kernel.starts_with('(');
        let is_image = |word: &str| word.starts_with("BOOT_IMAGE=");
        (is_path || is_image(kernel)).then(|| {
            let words = arguments.split_whitespace().filter(|word| !is_image(word));
            words.map(str::to_owned).collect()
        })
    };
    // Texts at their limit were cut: what stood behind that may differ.
    let whole = before.len() < Reason::MAX_TEXT && now.len() < Reason::MAX_TEXT;
    whole && arguments(before).is_some_and(|before| arguments(now) == Some(before))
}

/// Both command lines, where digests cover both.
fn command_lines(difference: &Difference) -> Option<(&str, &str)> {
    let Change::Changed { expected, found } = &difference.change else { return None };
    if difference.topic != Topic::KernelCommandLine {
        return None;
    }
    let covered = |said: &Option<Said>| said.as_ref().is_some_and(|said| said.covered);
    (covered(&expected.said) && covered(&found.said))
        .then_some((&*expected.said.as_ref()?.text, &*found.said.as_ref()?.text))
}

/// What a register is about as a whole, where no event says it.
pub(super) fn topic_of(pcr: PcrIndex) -> Topic {
    match u8::from(pcr) {
        0 => Topic::Firmware,
        1 | 3 => Topic::FirmwareConfiguration,
        2 => Topic::Driver,
        4 => Topic::BootLoader,
        5 => Topic::PartitionTable,
        7 => Topic::SecureBootVariable,
        11 => Topic::UkiSection,
        14 => Topic::Mok,
        _ => Topic::Other,
    }
}
