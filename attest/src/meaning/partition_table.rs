//! UEFI_GPT_DATA (PFP 1.06, 10.2.5): the partition table of the disk that was booted from.

use std::fmt;

use trustboard_model::boot::{Said, Topic};
use trustboard_model::digest::HashAlg;

use super::said;
use super::text::wide_prefix;
use crate::eventlog::Event;
use crate::reader::Reader;
use crate::secure_boot::Guid;
use crate::{Error, budget};

/// A GUID partition table as far as an operator asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionTable {
    /// The disk.
    pub disk: Guid,
    /// The names of its partitions; many have none.
    pub partitions: Vec<String>,
}

impl PartitionTable {
    /// Reads the header (UEFI 2.10, 5.3.2) and the partitions in use.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        const SIGNATURE: &[u8] = b"EFI PART";
        const ENTRY: usize = 128;
        const NAME: usize = 72;
        let mut reader = Reader::new("partition table", bytes);
        if reader.take(SIGNATURE.len(), "Signature")? != SIGNATURE {
            return Err(reader.error("no GUID partition table"));
        }
        reader.take(4 + 4 + 4 + 4 + 4 * 8, "header")?;
        let disk = Guid(reader.array("DiskGUID")?);
        reader.take(8 + 4, "header")?;
        let entry_size = reader.u32_le("SizeOfPartitionEntry")? as usize;
        reader.take(4, "header")?;
        let count = reader.u64_le("NumberOfPartitions")?;
        if entry_size < ENTRY || count > budget::PARTITIONS {
            return Err(reader.error(format!("{count} partitions of {entry_size} bytes")));
        }
        let mut partitions = Vec::new();
        for _ in 0..count {
            let entry = reader.take(entry_size, "partition")?;
            let name = entry.get(ENTRY - NAME..ENTRY).unwrap_or_default();
            let name = wide_prefix(name).map(|(name, _)| name).unwrap_or_default();
            partitions.push(name.trim().to_owned());
        }
        reader.finish()?;
        Ok(Self { disk, partitions })
    }
}

/// `disk 1234…, 2 partitions: EFI system, root`
impl fmt::Display for PartitionTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "disk {}, {} partitions", self.disk, self.partitions.len())?;
        let named: Vec<&str> =
            self.partitions.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        if named.is_empty() { Ok(()) } else { write!(f, ": {}", named.join(", ")) }
    }
}

/// EV_EFI_GPT_EVENT: the digest is that of the structure.
pub(super) fn meaning(event: &Event<'_>, bank: HashAlg) -> (Topic, Option<Said>) {
    let table = PartitionTable::parse(event.data).map(|table| table.to_string());
    (Topic::PartitionTable, said(table.unwrap_or_default(), event.covers_data(bank)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_more_partitions_than_bytes_is_refused() {
        let mut bytes = b"EFI PART".to_vec();
        bytes.resize(84, 0);
        bytes.extend(128_u32.to_le_bytes());
        bytes.extend([0; 4]);
        // The size of an entry stands 8 bytes earlier than the count.
        assert!(PartitionTable::parse(&bytes).is_err());
        assert!(PartitionTable::parse(b"EFI PARK").unwrap_err().problem.contains("no GUID"));
    }
}
