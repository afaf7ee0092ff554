//! What is installed on a host: firmware, boot loaders, kernel and operating system.

/// One generation of software, as a fleet has a few of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Software {
    /// Version of the firmware, as its S-CRTM event says.
    pub firmware: &'static str,
    /// Folder under `\EFI`, and `ID` of os-release.
    pub id: &'static str,
    /// `PRETTY_NAME` of os-release.
    pub name: &'static str,
    /// `VERSION_ID` of os-release.
    pub version: &'static str,
    /// Version of shim.
    pub shim: &'static str,
    /// Version of GRUB.
    pub grub: &'static str,
    /// Release of the kernel.
    pub kernel: &'static str,
    /// Whether its systemd measures phases and machine id (255 and later).
    pub systemd_measures: bool,
}

/// Debian 12 on current firmware.
pub const DEBIAN_12: Software = Software {
    firmware: "Northgate NG-R640 2.21.2",
    id: "debian",
    name: "Debian GNU/Linux 12 (bookworm)",
    version: "12",
    shim: "15.8-1~deb12u1",
    grub: "2.06-13+deb12u1",
    kernel: "6.1.0-27-amd64",
    systemd_measures: false,
};

/// Ubuntu 24.04 on current firmware.
pub const UBUNTU_24_04: Software = Software {
    firmware: "Northgate NG-E100 1.9.0",
    id: "ubuntu",
    name: "Ubuntu 24.04.1 LTS",
    version: "24.04",
    shim: "15.8-0ubuntu1",
    grub: "2.12-1ubuntu7.1",
    kernel: "6.8.0-49-generic",
    systemd_measures: true,
};

/// Rocky Linux 9 on older firmware.
pub const ROCKY_9: Software = Software {
    firmware: "Northgate NG-R440 1.14.5",
    id: "rocky",
    name: "Rocky Linux 9.4 (Blue Onyx)",
    version: "9.4",
    shim: "15.8-4.el9_3",
    grub: "2.06-82.el9_4",
    kernel: "5.14.0-427.42.1.el9_4.x86_64",
    systemd_measures: false,
};
