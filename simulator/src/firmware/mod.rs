//! Firmware: what a PC with UEFI, shim, GRUB and Linux measures while it boots.

mod bank;
mod boot;
mod event;
mod image;
mod keys;
mod log;
mod software;
mod system;
mod variable;

pub use bank::Bank;
pub use boot::{BootLoader, Choices, CommandLine, Initrd, Machine, boot};
pub use event::EventType;
pub use image::Disk;
pub use keys::Keys;
pub use log::{BootLog, Extend};
pub use software::{DEBIAN_12, ROCKY_9, Software, UBUNTU_24_04};
pub use system::{SystemLogs, system};
