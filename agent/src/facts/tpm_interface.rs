//! What the kernel says about the first TPM, in sysfs.

use std::fs;
use std::path::Path;

use trustboard_model::facts::TpmInterface;

use crate::text_file::{first_line, under};

/// The register interface, by the name of the driver that is bound to the device.
pub fn tpm_interface(sysroot: &Path) -> TpmInterface {
    let driver = fs::read_link(under(sysroot, "/sys/class/tpm/tpm0/device/driver"));
    match driver.as_deref().ok().and_then(Path::file_name).and_then(|name| name.to_str()) {
        // tpm_tis, tpm_tis_spi, tpm_tis_i2c, tpm_tis_synquacer
        Some(name) if name.starts_with("tpm_tis") => TpmInterface::Tis,
        Some("tpm_crb") => TpmInterface::Crb,
        _ => TpmInterface::Unknown,
    }
}

/// 1 or 2, if the kernel says which (since Linux 5.6).
pub fn tpm_major_version(sysroot: &Path) -> Option<u8> {
    first_line(&under(sysroot, "/sys/class/tpm/tpm0/tpm_version_major"))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn the_driver_tells_the_interface() {
        for (driver, expected) in [
            ("tpm_tis", TpmInterface::Tis),
            ("tpm_tis_spi", TpmInterface::Tis),
            ("tpm_crb", TpmInterface::Crb),
            ("tpm_ibmvtpm", TpmInterface::Unknown),
        ] {
            let root = tempfile::tempdir().unwrap();
            let device = root.path().join("sys/class/tpm/tpm0/device");
            fs::create_dir_all(&device).unwrap();
            symlink(format!("../../../../bus/platform/drivers/{driver}"), device.join("driver"))
                .unwrap();
            assert_eq!(tpm_interface(root.path()), expected, "{driver}");
        }
        let bare = tempfile::tempdir().unwrap();
        assert_eq!(tpm_interface(bare.path()), TpmInterface::Unknown);
        assert_eq!(tpm_major_version(bare.path()), None);
    }
}
