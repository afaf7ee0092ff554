//! What a host booted, in words: one item for each event of the replayed log that says something
//! to an operator.

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::pcr::PcrIndex;
use crate::reason::bounded;

/// What an event is about. The catalogue has a name for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// The firmware's version (EV_S_CRTM_VERSION) or the code itself.
    Firmware,
    /// Firmware settings and tables.
    FirmwareConfiguration,
    /// Code or configuration of an option ROM or another driver.
    Driver,
    /// A Secure Boot variable: SecureBoot, PK, KEK, db, dbx.
    SecureBootVariable,
    /// How current the list of revocations (dbx) is.
    Revocations,
    /// The authority whose key let an image start.
    Authority,
    /// A boot option or the order of them.
    BootOption,
    /// The partition table.
    PartitionTable,
    /// An EFI application that was started: shim, boot loader, unified kernel image.
    BootLoader,
    /// A generation number of SBAT, or the SBAT level in force.
    Sbat,
    /// A key or setting of shim's own list (MOK).
    Mok,
    /// A command that the boot loader ran, or a configuration file that it read.
    LoaderCommand,
    /// The kernel.
    Kernel,
    /// The kernel's command line.
    KernelCommandLine,
    /// The initial file system.
    Initrd,
    /// A section of a unified kernel image.
    UkiSection,
    /// A phase of the boot, a separator, ExitBootServices.
    Phase,
    /// Files that the running kernel measured (IMA).
    Files,
    /// Something else.
    Other,
}

impl Topic {
    /// Every topic, in the order of a boot.
    pub const ALL: [Self; 19] = [
        Self::Firmware,
        Self::FirmwareConfiguration,
        Self::Driver,
        Self::SecureBootVariable,
        Self::Revocations,
        Self::Authority,
        Self::BootOption,
        Self::PartitionTable,
        Self::BootLoader,
        Self::Sbat,
        Self::Mok,
        Self::LoaderCommand,
        Self::Kernel,
        Self::KernelCommandLine,
        Self::Initrd,
        Self::UkiSection,
        Self::Phase,
        Self::Files,
        Self::Other,
    ];
}

/// Words from an event log.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Said {
    /// The words, bounded and without control characters. Hostile all the same.
    pub text: String,
    /// Whether the event's digest covers them. If not they are anybody's words (a device path
    /// beside the digest of an image, PFP 1.06 10.4.1), and shown as such.
    pub covered: bool,
}

impl Said {
    /// Words that the event's digest covers.
    pub fn covered(text: &str) -> Self {
        Self { text: bounded(text), covered: true }
    }

    /// Words that no digest covers.
    pub fn untrusted(text: &str) -> Self {
        Self { text: bounded(text), covered: false }
    }
}

/// Something that was booted, loaded or set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BootItem {
    /// What it is.
    pub topic: Topic,
    /// What the log says of it.
    pub said: Option<Said>,
    /// The register that it was measured into.
    pub pcr: PcrIndex,
    /// The event's place in the log, from 1; nothing for a summary of several.
    pub event: Option<u32>,
    /// The measured digest.
    pub digest: Option<Digest>,
}
