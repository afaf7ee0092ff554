//! Where images are loaded from: device paths, load events and the partition table.

use uuid::Uuid;

use super::variable::utf16;

/// First block and number of blocks of the EFI system partition: 512 MiB after the first MiB.
const ESP: (u64, u64) = (2048, 1_048_576);
/// Blocks of 512 bytes of the simulated disk: 64 GiB.
const DISK_BLOCKS: u64 = 134_217_728;
/// `PARTITION_SYSTEM_GUID` (UEFI 2.10, 5.3.3).
const ESP_TYPE: Uuid = Uuid::from_u128(0xc12a_7328_f81f_11d2_ba4b_00a0_c93e_c93b);
/// Linux file system data (UAPI Discoverable Partitions).
const LINUX_TYPE: Uuid = Uuid::from_u128(0x0fc6_3daf_8483_4772_8e79_3d69_d847_7de4);

/// A host's disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disk {
    /// The disk's GUID; those of its partitions are derived from it.
    pub guid: Uuid,
}

impl Disk {
    fn partition(self, number: u8) -> Uuid {
        Uuid::from_u128(self.guid.as_u128() ^ u128::from(number))
    }

    /// `HD(1,GPT,…)/\EFI\…`: a file of the EFI system partition as the boot menu names it
    /// (UEFI 2.10, 10.3.5).
    pub fn file_path(self, file: &str) -> Vec<u8> {
        let mut path = vec![4, 1, 42, 0]; // media device path, hard drive
        path.extend(1_u32.to_le_bytes());
        path.extend(ESP.0.to_le_bytes());
        path.extend(ESP.1.to_le_bytes());
        path.extend(self.partition(1).to_bytes_le());
        path.extend([2, 2]); // GPT, signature is a GUID
        let name = [utf16(file), vec![0, 0]].concat();
        path.extend([4, 4]); // media device path, file path
        path.extend(u16::try_from(4 + name.len()).expect("a short path").to_le_bytes());
        path.extend(name);
        path.extend([0x7F, 0xFF, 4, 0]); // end
        path
    }

    /// `UEFI_IMAGE_LOAD_EVENT` (PFP 1.06, 10.2.3).
    pub fn load_event(self, file: &str, size: u64) -> Vec<u8> {
        let path = self.file_path(file);
        let mut event = 0x7E00_0000_u64.to_le_bytes().to_vec(); // ImageLocationInMemory
        event.extend(size.to_le_bytes());
        event.extend(0_u64.to_le_bytes()); // ImageLinkTimeAddress
        event.extend((path.len() as u64).to_le_bytes());
        event.extend(path);
        event
    }

    /// `UEFI_GPT_DATA` (PFP 1.06, 10.2.5): header and the entries in use.
    pub fn gpt_event(self) -> Vec<u8> {
        let root = (ESP.0 + ESP.1, DISK_BLOCKS - 35);
        let entries = [
            self.entry(ESP_TYPE, 1, (ESP.0, ESP.0 + ESP.1 - 1), "EFI System Partition"),
            self.entry(LINUX_TYPE, 2, root, "root"),
        ]
        .concat();
        let mut array = entries.clone();
        array.resize(128 * 128, 0);

        let mut header = b"EFI PART".to_vec();
        header.extend(0x0001_0000_u32.to_le_bytes()); // revision 1.0
        header.extend(92_u32.to_le_bytes());
        header.extend([0; 8]); // the checksum, filled in below, and four reserved bytes
        header.extend(1_u64.to_le_bytes());
        header.extend((DISK_BLOCKS - 1).to_le_bytes());
        header.extend(34_u64.to_le_bytes());
        header.extend((DISK_BLOCKS - 34).to_le_bytes());
        header.extend(self.guid.to_bytes_le());
        header.extend(2_u64.to_le_bytes());
        header.extend(128_u32.to_le_bytes());
        header.extend(128_u32.to_le_bytes());
        header.extend(crc32(&array).to_le_bytes());
        let checksum = crc32(&header).to_le_bytes();
        header.splice(16..20, checksum);

        [header, 2_u64.to_le_bytes().to_vec(), entries].concat()
    }

    fn entry(self, kind: Uuid, number: u8, blocks: (u64, u64), name: &str) -> Vec<u8> {
        let mut entry = kind.to_bytes_le().to_vec();
        entry.extend(self.partition(number).to_bytes_le());
        entry.extend(blocks.0.to_le_bytes());
        entry.extend(blocks.1.to_le_bytes());
        entry.extend(0_u64.to_le_bytes());
        entry.extend(utf16(name));
        entry.resize(128, 0);
        entry
    }
}

/// CRC-32 as in IEEE 802.3, which UEFI uses for its tables (UEFI 2.10, 4.2).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_well_known_one() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn the_partition_table_checks_itself() {
        let event = Disk { guid: Uuid::from_u128(0x1234) }.gpt_event();
        assert_eq!(event.len(), 92 + 8 + 2 * 128);
        let mut header = event[..92].to_vec();
        let stated = u32::from_le_bytes(header[16..20].try_into().unwrap());
        header[16..20].fill(0);
        assert_eq!(crc32(&header), stated);
    }
}
