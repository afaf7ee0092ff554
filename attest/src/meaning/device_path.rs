//! Device paths in the text form of UEFI 2.10, 10.6.

use std::fmt::Write;

use super::text::{narrow, wide};
use crate::budget;
use crate::reader::Reader;
use crate::secure_boot::Guid;

/// A device path as text: nodes joined by `/`, instances by `,`. Never fails: what is broken ends
/// the text with `…`, for the words beside an image's digest prove nothing anyway.
pub fn device_path(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut reader = Reader::new("device path", bytes);
    let mut nodes = 0;
    while !reader.is_empty() {
        nodes += 1;
        let Some((kind, subtype, body)) =
            (nodes <= budget::DEVICE_PATH_NODES).then(|| read_node(&mut reader)).flatten()
        else {
            text.push('…');
            break;
        };
        match (kind, subtype) {
            // End of the entire path, end of one instance.
            (0x7F, 0xFF) => break,
            (0x7F, _) => text.push(','),
            _ => {
                if !text.is_empty() && !text.ends_with(',') {
                    text.push('/');
                }
                match node(kind, subtype, body) {
                    Some(known) => text.push_str(&known),
                    None => {
                        let _ = write!(text, "Path({kind},{subtype},{})", hex(body));
                    }
                }
            }
        }
    }
    text
}

fn read_node<'a>(reader: &mut Reader<'a>) -> Option<(u8, u8, &'a [u8])> {
    const HEADER: usize = 4;
    let (kind, subtype) = (reader.u8("Type").ok()?, reader.u8("SubType").ok()?);
    let size = usize::from(reader.u16_le("Length").ok()?).checked_sub(HEADER)?;
    Some((kind, subtype, reader.take(size, "node").ok()?))
}

/// One node of a known kind; nothing if it is another, or not as long as its kind is.
fn node(kind: u8, subtype: u8, body: &[u8]) -> Option<String> {
    let mut fields = Fields(Reader::new("device path node", body));
    match kind {
        1 => hardware(subtype, &mut fields),
        2 => acpi(subtype, &mut fields),
        3 => messaging(subtype, body, &mut fields),
        4 => media(subtype, body, &mut fields),
        // BIOS boot specification: device type, status, description.
        5 if subtype == 1 => {
            let device = fields.u16()?;
            fields.u16()?;
            let words = narrow(fields.rest()).unwrap_or_default();
            Some(format!("BBS({device:#x},{words})"))
        }
        _ => None,
    }
}

/// 10.3.2
fn hardware(subtype: u8, fields: &mut Fields<'_>) -> Option<String> {
    match subtype {
        1 => {
            let (function, device) = (fields.u8()?, fields.u8()?);
            Some(format!("Pci({device:#x},{function:#x})"))
        }
        2 => Some(format!("PcCard({:#x})", fields.u8()?)),
        3 => {
            let (memory, start, end) = (fields.u32()?, fields.u64()?, fields.u64()?);
            Some(format!("MemoryMapped({memory:#x},{start:#x},{end:#x})"))
        }
        4 => Some(fields.vendor("VenHw")?),
        5 => Some(format!("Ctrl({:#x})", fields.u32()?)),
        6 => {
            fields.u8()?;
            Some(format!("BMC({:#x})", fields.u64()?))
        }
        _ => None,
    }
}

/// 10.3.3. The identifier is a compressed EISA id: three letters of five bits and a number.
fn acpi(subtype: u8, fields: &mut Fields<'_>) -> Option<String> {
    const PNP: u32 = 0x41D0;
    if subtype == 3 {
        return Some(format!("AcpiAdr({:#x})", fields.u32()?));
    }
    let (hid, uid) = match subtype {
        1 => (fields.u32()?, fields.u32()?),
        2 => {
            let (hid, uid, _cid) = (fields.u32()?, fields.u32()?, fields.u32()?);
            (hid, uid)
        }
        _ => return None,
    };
    let number = hid >> 16;
    Some(match (hid & 0xFFFF, number) {
        (PNP, 0x0A03) => format!("PciRoot({uid:#x})"),
        (PNP, 0x0A08) => format!("PcieRoot({uid:#x})"),
        (PNP, 0x0604) => format!("Floppy({uid:#x})"),
        (PNP, _) => format!("Acpi(PNP{number:04X},{uid:#x})"),
        _ => format!("Acpi({hid:#010x},{uid:#x})"),
    })
}

/// 10.3.4
fn messaging(subtype: u8, body: &[u8], fields: &mut Fields<'_>) -> Option<String> {
    match subtype {
        1 => {
            let (secondary, slave, lun) = (fields.u8()?, fields.u8()?, fields.u16()?);
            Some(format!("Ata({secondary},{slave},{lun:#x})"))
        }
        2 => {
            let (target, lun) = (fields.u16()?, fields.u16()?);
            Some(format!("Scsi({target:#x},{lun:#x})"))
        }
        5 => {
            let (port, interface) = (fields.u8()?, fields.u8()?);
            Some(format!("USB({port:#x},{interface:#x})"))
        }
        10 => fields.vendor("VenMsg"),
        11 => {
            let address: [u8; 32] = fields.0.array("MAC address").ok()?;
            let kind = fields.u8()?;
            // Ethernet (1) and unspecified hardware (0) have six bytes.
            let address = if kind <= 1 { address.get(..6)? } else { &address[..] };
            Some(format!("MAC({},{kind:#x})", hex(address)))
        }
        12 => {
            fields.u32()?;
            let remote: [u8; 4] = fields.0.array("remote address").ok()?;
            Some(format!("IPv4({})", std::net::Ipv4Addr::from(remote)))
        }
        13 => {
            fields.0.take(16, "local address").ok()?;
            let remote: [u8; 16] = fields.0.array("remote address").ok()?;
            Some(format!("IPv6({})", std::net::Ipv6Addr::from(remote)))
        }
        15 => {
            let (vendor, product) = (fields.u16()?, fields.u16()?);
            Some(format!("UsbClass({vendor:#x},{product:#x})"))
        }
        17 => Some(format!("Unit({:#x})", fields.u8()?)),
        18 => {
            let (port, multiplier, lun) = (fields.u16()?, fields.u16()?, fields.u16()?);
            Some(format!("Sata({port:#x},{multiplier:#x},{lun:#x})"))
        }
        20 => Some(format!("Vlan({})", fields.u16()?)),
        23 => {
            let space = fields.u32()?;
            let eui: Vec<String> =
                fields.0.take(8, "EUI-64").ok()?.iter().rev().map(|b| format!("{b:02X}")).collect();
            Some(format!("NVMe({space:#x},{})", eui.join("-")))
        }
        24 => Some(format!("Uri({})", narrow(body).unwrap_or_default())),
        26 => Some(format!("SD({:#x})", fields.u8()?)),
        29 => Some(format!("eMMC({:#x})", fields.u8()?)),
        _ => None,
    }
}

/// 10.3.5
fn media(subtype: u8, body: &[u8], fields: &mut Fields<'_>) -> Option<String> {
    match subtype {
        1 => {
            let (number, start, size) = (fields.u32()?, fields.u64()?, fields.u64()?);
            let signature: [u8; 16] = fields.0.array("signature").ok()?;
            let (_format, kind) = (fields.u8()?, fields.u8()?);
            let [a, b, c, d, ..] = signature;
            Some(match kind {
                1 => {
                    let signature = u32::from_le_bytes([a, b, c, d]);
                    format!("HD({number},MBR,{signature:#010x},{start:#x},{size:#x})")
                }
                2 => format!("HD({number},GPT,{},{start:#x},{size:#x})", Guid(signature)),
                other => format!("HD({number},{other},0,{start:#x},{size:#x})"),
            })
        }
        2 => {
            let (entry, start, size) = (fields.u32()?, fields.u64()?, fields.u64()?);
            Some(format!("CDROM({entry:#x},{start:#x},{size:#x})"))
        }
        3 => fields.vendor("VenMedia"),
        4 => Some(wide(body).unwrap_or_default()),
        5 => Some(format!("Media({})", fields.guid()?)),
        6 => Some(format!("FvFile({})", fields.guid()?)),
        7 => Some(format!("Fv({})", fields.guid()?)),
        8 => {
            fields.u32()?;
            let (start, end) = (fields.u64()?, fields.u64()?);
            Some(format!("Offset({start:#x},{end:#x})"))
        }
        9 => {
            let (start, end) = (fields.u64()?, fields.u64()?);
            Some(format!("RamDisk({start:#x},{end:#x})"))
        }
        _ => None,
    }
}

/// Reads a node's fields; nothing where it is too short.
struct Fields<'a>(Reader<'a>);

impl<'a> Fields<'a> {
    fn u8(&mut self) -> Option<u8> {
        self.0.u8("field").ok()
    }

    fn u16(&mut self) -> Option<u16> {
        self.0.u16_le("field").ok()
    }

    fn u32(&mut self) -> Option<u32> {
        self.0.u32_le("field").ok()
    }

    fn u64(&mut self) -> Option<u64> {
        self.0.u64_le("field").ok()
    }

    fn guid(&mut self) -> Option<Guid> {
        self.0.array("GUID").ok().map(Guid)
    }

    fn rest(&self) -> &'a [u8] {
        self.0.rest()
    }

    fn vendor(&mut self, name: &str) -> Option<String> {
        let guid = self.guid()?;
        let data = hex(self.rest());
        Some(if data.is_empty() {
            format!("{name}({guid})")
        } else {
            format!("{name}({guid},{data})")
        })
    }
}

/// The first bytes of what may be long.
fn hex(bytes: &[u8]) -> String {
    const SHOWN: usize = 32;
    let shown = trustboard_model::bytes::to_hex(bytes.get(..SHOWN).unwrap_or(bytes));
    if bytes.len() > SHOWN { format!("{shown}…") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(nodes: &[(u8, u8, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (kind, subtype, body) in nodes {
            bytes.extend([*kind, *subtype]);
            bytes.extend(u16::try_from(4 + body.len()).unwrap().to_le_bytes());
            bytes.extend_from_slice(body);
        }
        bytes
    }

    const END: (u8, u8, &[u8]) = (0x7F, 0xFF, &[]);

    #[test]
    fn a_file_on_a_partition_reads_as_the_specification_writes_it() {
        let mut partition = 1_u32.to_le_bytes().to_vec();
        partition.extend(0x800_u64.to_le_bytes());
        partition.extend(0x10_0000_u64.to_le_bytes());
        partition.extend(Guid::GLOBAL.0);
        partition.extend([2, 2]);
        let file: Vec<u8> = "\\EFI\\a.efi\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bytes = path(&[
            (2, 1, &[0xD0, 0x41, 0x03, 0x0A, 0, 0, 0, 0]),
            (1, 1, &[0, 4]),
            (4, 1, &partition),
            (4, 4, &file),
            END,
        ]);
        assert_eq!(
            device_path(&bytes),
            "PciRoot(0x0)/Pci(0x4,0x0)/HD(1,GPT,8be4df61-93ca-11d2-aa0d-00e098032b8c,0x800,0x100000)\
             /\\EFI\\a.efi"
        );
    }

    #[test]
    fn unknown_nodes_show_their_bytes_and_broken_paths_where_they_break() {
        assert_eq!(device_path(&path(&[(3, 99, &[1, 2]), END])), "Path(3,99,0102)");
        // A node shorter than its kind.
        assert_eq!(device_path(&path(&[(1, 1, &[1]), END])), "Path(1,1,01)");
        assert_eq!(device_path(&[1, 1, 3, 0]), "…");
        assert_eq!(device_path(&[1, 1, 200, 0, 1]), "…");
        let endless = path(&[(1, 1, &[0, 0])]).repeat(budget::DEVICE_PATH_NODES + 1);
        assert!(device_path(&endless).ends_with('…'));
        assert_eq!(
            device_path(&path(&[(1, 1, &[0, 1]), (0x7F, 1, &[]), (1, 1, &[0, 2])])),
            "Pci(0x1,0x0),Pci(0x2,0x0)"
        );
    }
}
