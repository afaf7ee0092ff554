//! What a virtual host boots: a disk with Debian's signed boot chain, and its variants.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::debian::BootChain;
use super::disk::Disk;
use super::initramfs;

/// Room for a kernel and an initramfs.
const MIB: u64 = 96;

/// The kernel's command line. With `rootfstype=ramfs` IMA's policy `tcb` measures what runs from
/// the initramfs, as on hosts whose command line names a root: it never measures a tmpfs.
const COMMAND_LINE: &str = "console=ttyS0 rootfstype=ramfs ima_policy=tcb quiet";

/// How an image differs from the one that hosts are meant to boot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// Not at all.
    Approved,
    /// One word more on the kernel's command line.
    OtherCommandLine,
    /// Another file in the initramfs.
    OtherInitrd,
    /// Another GRUB, genuine and signed too.
    OtherBootLoader,
}

/// Makes images from the same parts.
pub struct Images<'a> {
    /// The signed boot chain.
    pub chain: &'a BootChain,
    /// The agent's program.
    pub agent: &'a Path,
    /// Where they are made.
    pub folder: &'a Path,
}

impl Images<'_> {
    /// Makes one.
    pub fn make(&self, variant: Variant) -> Result<PathBuf> {
        let file = self.folder.join(format!("{variant:?}.img"));
        let disk = Disk::make(&file, MIB)?;
        for folder in ["EFI", "EFI/BOOT", "EFI/debian", "boot", "boot/grub"] {
            disk.folder(folder)?;
        }
        let grub = match variant {
            Variant::OtherBootLoader => &self.chain.other_grub,
            _ => &self.chain.grub,
        };
        disk.copy(&self.chain.shim, "EFI/BOOT/BOOTX64.EFI")?;
        disk.copy(grub, "EFI/BOOT/grubx64.efi")?;
        disk.copy(&self.chain.kernel, "vmlinuz")?;
        let release = if variant == Variant::OtherInitrd { "2" } else { "1" };
        disk.copy(&self.initramfs(release)?, "initrd.img")?;
        let more = if variant == Variant::OtherCommandLine { " audit=1" } else { "" };
        let menu = grub_configuration(&format!("{COMMAND_LINE}{more}"));
        // Each GRUB looks in the folder that it was built with.
        for folder in ["EFI/debian", "EFI/BOOT", "boot/grub"] {
            disk.write(&format!("{folder}/grub.cfg"), menu.as_bytes())?;
        }
        Ok(file)
    }

    /// Packed once: it takes longer than everything else here.
    fn initramfs(&self, release: &str) -> Result<PathBuf> {
        let file = self.folder.join(format!("initrd-{release}.img"));
        if !file.exists() {
            let packed = initramfs::pack(&self.chain.modules, self.agent, self.folder, release)?;
            fs::write(&file, packed)?;
        }
        Ok(file)
    }
}

fn grub_configuration(command_line: &str) -> String {
    format!(
        "set timeout=0\n\
         search --no-floppy --file /vmlinuz --set=root\n\
         linux /vmlinuz {command_line}\n\
         initrd /initrd.img\n\
         boot\n"
    )
}
