//! UEFI variables as they are measured: names, signature lists, load options.

use uuid::Uuid;

/// `EFI_GLOBAL_VARIABLE` (UEFI 2.10, 3.3).
pub const GLOBAL: Uuid = Uuid::from_u128(0x8be4_df61_93ca_11d2_aa0d_00e0_9803_2b8c);
/// `EFI_IMAGE_SECURITY_DATABASE_GUID` (UEFI 2.10, 32.6).
pub const SECURITY_DATABASE: Uuid = Uuid::from_u128(0xd719_b2cb_3d3a_4596_a3bc_dad0_0e67_656f);
/// shim's own variables.
pub const SHIM_LOCK: Uuid = Uuid::from_u128(0x605d_ab50_e046_4300_abb6_3dd8_10dd_8b23);

/// `EFI_CERT_X509_GUID`
const CERT_X509: Uuid = Uuid::from_u128(0xa5c0_59a1_94e4_4aa7_87b5_ab15_5c2b_f072);
/// `EFI_CERT_SHA256_GUID`
const CERT_SHA256: Uuid = Uuid::from_u128(0xc1c4_1626_504c_4092_aca9_41f9_3693_4328);

/// `UEFI_VARIABLE_DATA` (PFP 1.06, 10.2.6).
pub fn variable_data(vendor: Uuid, name: &str, value: &[u8]) -> Vec<u8> {
    let mut data = vendor.to_bytes_le().to_vec();
    data.extend((name.encode_utf16().count() as u64).to_le_bytes());
    data.extend((value.len() as u64).to_le_bytes());
    data.extend(utf16(name));
    data.extend(value);
    data
}

/// UTF-16, little endian, without a terminator.
pub fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// `EFI_SIGNATURE_DATA`: one entry of a list, and what an authority event names.
pub fn signature_data(owner: Uuid, signature: &[u8]) -> Vec<u8> {
    let mut data = owner.to_bytes_le().to_vec();
    data.extend(signature);
    data
}

/// An `EFI_SIGNATURE_LIST` with one certificate (DER).
pub fn certificate_list(owner: Uuid, certificate: &[u8]) -> Vec<u8> {
    signature_list(CERT_X509, owner, &[certificate.to_vec()])
}

/// An `EFI_SIGNATURE_LIST` of SHA-256 digests of images.
pub fn digest_list(owner: Uuid, digests: &[Vec<u8>]) -> Vec<u8> {
    signature_list(CERT_SHA256, owner, digests)
}

/// `EFI_SIGNATURE_LIST` (UEFI 2.10, 32.4.1): all signatures have the length of the first.
fn signature_list(kind: Uuid, owner: Uuid, signatures: &[Vec<u8>]) -> Vec<u8> {
    let entries: Vec<_> =
        signatures.iter().map(|signature| signature_data(owner, signature)).collect();
    let size = |bytes: usize| u32::try_from(bytes).expect("a list of a few KiB").to_le_bytes();
    let one = entries.first().map_or(0, Vec::len);
    let mut list = kind.to_bytes_le().to_vec();
    list.extend(size(28 + one * entries.len()));
    list.extend(size(0)); // SignatureHeaderSize
    list.extend(size(one));
    list.extend(entries.concat());
    list
}

/// `EFI_LOAD_OPTION` (UEFI 2.10, 3.1.3): an active entry of the boot menu.
pub fn load_option(description: &str, path: &[u8]) -> Vec<u8> {
    let mut option = 1_u32.to_le_bytes().to_vec(); // LOAD_OPTION_ACTIVE
    option.extend(u16::try_from(path.len()).expect("a path of a few hundred bytes").to_le_bytes());
    option.extend(utf16(description));
    option.extend([0, 0]);
    option.extend(path);
    option
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_laid_out_as_the_profile_says() {
        let data = variable_data(GLOBAL, "SecureBoot", &[1]);
        assert_eq!(data.len(), 16 + 8 + 8 + 20 + 1);
        // 8be4df61-93ca-11d2-aa0d-00e098032b8c, the first three fields little endian.
        assert_eq!(data[..8], [0x61, 0xdf, 0xe4, 0x8b, 0xca, 0x93, 0xd2, 0x11]);
        assert_eq!(data[16..24], 10_u64.to_le_bytes());
        assert_eq!(data[24..32], 1_u64.to_le_bytes());
        assert_eq!(data[32..36], [b'S', 0, b'e', 0]);
        assert_eq!(data.last(), Some(&1));
    }

    #[test]
    fn lists_state_their_sizes() {
        let list = digest_list(GLOBAL, &[vec![7; 32], vec![8; 32]]);
        assert_eq!(list.len(), 28 + 2 * 48);
        assert_eq!(list[16..20], 124_u32.to_le_bytes());
        assert_eq!(list[24..28], 48_u32.to_le_bytes());
    }
}
