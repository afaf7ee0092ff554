//! Words for configurations, policies and exceptions.

use trustboard_model::boot::Topic;
use trustboard_model::configuration::ConfigurationState;

use crate::text::Trust;

pub(super) fn trust(key: Trust) -> &'static str {
    match key {
        Trust::Heading => "Trust",
        Trust::ConfigurationTab => "Configurations",
        Trust::Configurations => "Approved configurations",
        Trust::ConfigurationsIntro => {
            "What hosts may have booted. A host passes if it matches any one that is approved for its cluster; without any, identity, quote, log and Secure Boot are verified all the same."
        }
        Trust::CurrentOnes => "In use and drafts",
        Trust::AllOnes => "All",
        Trust::StateColumn => "State",
        Trust::SourceColumn => "Source",
        Trust::Clusters => "Clusters",
        Trust::LastMatched => "Last matched",
        Trust::FromHost => "captured from",
        Trust::FromFile => "imported from",
        Trust::NoConfigurations => "There is no approved configuration yet.",
        Trust::NoSuchConfigurations => "There is none in this state.",
        Trust::BeginCapture => {
            "Open a host that passed and is set up as it should be, and capture what it booted."
        }
        Trust::BeginReview => {
            "Look through the draft event by event, and approve it. From then on the hosts of its clusters are compared with it."
        }
        Trust::BeginImport => "Or import the event log of a reference machine below.",
        Trust::Import => "Import from an event log",
        Trust::ImportHint => {
            "The binary log of a reference machine, as the kernel shows it in /sys/kernel/security/tpm0/binary_bios_measurements. It becomes a draft that has to be reviewed."
        }
        Trust::LogFile => "Event log file",
        Trust::ImportButton => "Import as a draft",
        Trust::NameExample => "Debian 12.8, kernel 6.1.0-27",
        Trust::Notes => "Notes",
        Trust::CreatedBy => "Made by",
        Trust::Approvals => "Approved by",
        Trust::NoApprovals => "nobody yet",
        Trust::EndedBy => "Out of use by",
        Trust::HostsMatching => "Hosts that match now",
        Trust::LogDigest => "Event log (SHA-256)",
        Trust::DraftHint => {
            "Nothing rests on a draft. Look through its events below: leave out registers that say nothing about trust, mark events that differ from host to host, then approve it."
        }
        Trust::Approve => "Approve",
        Trust::ApproveSecond => "Give the second approval",
        Trust::Discard => "Throw the draft away",
        Trust::Retire => "Retire",
        Trust::SecondNeeded => {
            "A policy of its clusters asks for two operators: after your approval it waits for somebody else's."
        }
        Trust::SomebodyElse => {
            "You gave the first approval. The second has to come from somebody else."
        }
        Trust::OlderVersions => "Older approved versions",
        Trust::OlderSuperseded => "are superseded",
        Trust::OlderKept => "stay approved",
        Trust::ImpactHeading => "What this would change",
        Trust::ImpactCut => "More hosts would change than are listed here.",
        Trust::NoDifferences => "It measured the same.",
        Trust::Measured => "What it measured, event by event",
        Trust::MeasuredHint => {
            "A host matches if each register has this value, or if its events are these in this order, those apart that may vary."
        }
        Trust::OtherRegisters => "Registers that are left out",
        Trust::RegisterCounts => "This register counts",
        Trust::RegisterValue => "Value after the last event:",
        Trust::SaveDraft => "Save the draft",
        Trust::EventColumn => "Event",
        Trust::TopicColumn => "About",
        Trust::WordsColumn => "What the log says",
        Trust::DigestColumn => "Digest",
        Trust::VariesColumn => "May vary",
        Trust::Varies => "may vary",
        Trust::Versions => "Versions",
        Trust::VersionColumn => "Version",
        Trust::Booted => "What was booted",
        Trust::BootedHint => {
            "From the event log that explains the quoted registers, in the order of the boot."
        }
        Trust::NothingBooted => {
            "Nothing can be said: there is no event log that explains the quoted registers."
        }
        Trust::Untrusted => "untrusted",
        Trust::UntrustedMeaning => {
            "These words stand in the log beside a digest that does not cover them. Anybody who could write the log could have written them."
        }
        Trust::NoWords => "no words in the log",
        Trust::NotEvaluated => "not evaluated",
        Trust::ApprovedConfiguration => "Approved configuration",
        Trust::Matches => "This host matches",
        Trust::MatchesNone => "This host matches no approved configuration.",
        Trust::Closest => "The closest is",
        Trust::NothingCompared => {
            "Not compared: no configuration is approved for this cluster, or nothing was proven that could be compared."
        }
        Trust::NotComparedYet => "This host has not been verified yet.",
        Trust::Changed => "changed",
        Trust::Added => "added: the configuration does not have it",
        Trust::Missing => "missing: the configuration has it here",
        Trust::ValueDiffers => "another value",
        Trust::ValueMeaning => "No log says which events make this value.",
        Trust::NowReads => "is now",
        Trust::AcceptChange => "Accept this change",
        Trust::AcceptChangeHint => {
            "Makes a new version of the closest configuration with what this host booted, and approves it. Do this only if you know who made the change and why: from then on every host of its clusters may boot this."
        }
        Trust::Capture => "Capture as configuration",
        Trust::CaptureHint => {
            "Makes a draft from what this host booted. With the name of an existing configuration it becomes its next version. Nothing rests on it before it is approved."
        }
        Trust::OwnClusterHint => "Without a choice it is for the cluster of this host.",
        Trust::Evidence => "Download the evidence",
        Trust::Exception => "Exception",
        Trust::Exceptions => "Exceptions",
        Trust::NoExceptions => "No exception is in force for a host of this cluster.",
        Trust::GrantedBy => "granted by",
        Trust::Until => "until",
        Trust::GrantedByColumn => "Granted by",
        Trust::UntilColumn => "Until",
        Trust::Grant => "Grant an exception",
        Trust::GrantHint => {
            "This host may fail this check in exactly this way until the exception ends. Anything else that is found fails it again."
        }
        Trust::Days => "For how many days",
        Trust::CoversColumn => "Covers exactly",
        Trust::UsedColumn => "Needed by the latest result",
        Trust::Revoke => "End it now",
        Trust::Policy => "Policy of this cluster",
        Trust::Policies => "Policies",
        Trust::PoliciesIntro => {
            "Each cluster has its policy: which checks it asks for, how strictly, and how often hosts are verified."
        }
        Trust::Profiles => "Profiles",
        Trust::ProfilesHint => {
            "A profile fills the form below. Nothing is saved before you have reviewed it."
        }
        Trust::LinuxServerMeaning => {
            "Linux server: Secure Boot and a known TPM, over any interface; a host without TPM 2.0 reads N/A."
        }
        Trust::VsphereMeaning => {
            "vSphere-like: what vCenter demands of a host with a TPM 2.0. Only TIS/FIFO, and a host without TPM 2.0 fails."
        }
        Trust::PolicySettings => "Hosts and verification",
        Trust::Interval => "Seconds between verifications",
        Trust::MaxAge => "Seconds until a result is stale",
        Trust::RequireTpm => "A host without TPM 2.0 fails",
        Trust::TwoApprovals => "Approving a configuration takes two operators",
        Trust::Interfaces => "TPM interfaces that are accepted",
        Trust::MinimumOs => "Minimum version by operating system",
        Trust::MinimumAgent => "Minimum agent version",
        Trust::MandatoryPcrs => "PCRs that must be quoted in SHA-256 or stronger",
        Trust::PolicyChecks => "Checks",
        Trust::PolicyChecksHint => {
            "How a failure of each check is taken. Whatever is taken less strictly than by default needs a reason."
        }
        Trust::Locked => "always",
        Trust::LockedMeaning => {
            "Every other result rests on this check: no policy relaxes it and no exception covers it."
        }
        Trust::Default => "default",
        Trust::WhyRelaxed => "Why less strictly",
        Trust::NoneChosen => "none",
        Trust::ReviewPolicy => "Review the change",
        Trust::SettingColumn => "Setting",
        Trust::FromColumn => "Now",
        Trust::ToColumn => "Then",
        Trust::WhyColumn => "Why",
        Trust::NothingToSave => "This is the policy in force; there is nothing to save.",
        Trust::SavePolicy => "Save the policy",
        Trust::EditAgain => "Change something else",
    }
}

pub(super) fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Firmware => "Firmware",
        Topic::FirmwareConfiguration => "Firmware settings",
        Topic::Driver => "Driver or option ROM",
        Topic::SecureBootVariable => "Secure Boot variable",
        Topic::Revocations => "Revocations (dbx)",
        Topic::Authority => "Signing authority",
        Topic::BootOption => "Boot option",
        Topic::PartitionTable => "Partition table",
        Topic::BootLoader => "Boot loader",
        Topic::Sbat => "SBAT level",
        Topic::Mok => "Machine owner keys (MOK)",
        Topic::LoaderCommand => "Boot loader command",
        Topic::Kernel => "Kernel",
        Topic::KernelCommandLine => "Kernel command line",
        Topic::Initrd => "Initial file system (initrd)",
        Topic::UkiSection => "Section of the unified kernel image",
        Topic::Phase => "Phase of the boot",
        Topic::Files => "Files measured by the kernel (IMA)",
        Topic::Other => "Something else",
    }
}

pub(super) fn configuration_state(state: ConfigurationState) -> &'static str {
    match state {
        ConfigurationState::Draft => "Draft",
        ConfigurationState::AwaitingSecond => "Awaits a second approval",
        ConfigurationState::Approved => "Approved",
        ConfigurationState::Superseded => "Superseded",
        ConfigurationState::Retired => "Retired",
    }
}
