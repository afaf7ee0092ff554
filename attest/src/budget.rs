//! Limits on what a host may make the verifier do. Each names its source.
//!
//! Limits of the transport stand in `trustboard_model::protocol::limit`.

/// Algorithms in a Spec ID event. TPM 2.0 Part 2, 6.3 registers eight hash algorithms; an
/// implementation has at most as many PCR banks.
pub const LOG_ALGORITHMS: u32 = 16;

/// Events in a log. The longest public one has a few hundred; a 1 MiB log of the smallest
/// possible events (32 bytes, SHA-1 format) has 32,768.
pub const LOG_EVENTS: usize = 32_768;

/// Bytes of one event's data. The largest thing that is measured by value is a UEFI variable;
/// firmware caps one at 64 KiB, and the largest public dbx has 25 KiB.
pub const EVENT_BYTES: u32 = 256 * 1024;

/// Bytes of a digest of an algorithm that is not known here (the longest registered have 64).
pub const DIGEST_BYTES: u16 = 64;

/// Characters of a UEFI variable's name (the longest that PFP 1.06 names has 12).
pub const VARIABLE_NAME_CHARS: u64 = 128;

/// Signatures in all lists of one UEFI variable. The official dbx holds a few hundred; a 64 KiB
/// variable of SHA-256 entries has 1365.
pub const SIGNATURES: usize = 4096;

/// Bytes of PCR values as text: five banks of 24 registers, with the paths that `grep` prints.
pub const PCR_TEXT_BYTES: usize = 64 * 1024;

/// Events of one configuration, all registers together: a person reviews them one by one, and the
/// longest public log has a few hundred.
pub const REFERENCE_EVENTS: usize = 4096;

/// Cells of all tables with which one appraisal aligns events: eight comparisons of 500 events
/// that all differ. What is beyond is aligned by position.
pub const COMPARISON_CELLS: usize = 2_000_000;

/// Authorities in PCR 7: firmware measures each once, and the largest public log has four.
pub const AUTHORITIES: usize = 256;

/// Items of "what was booted", all together and of one topic: an operator reads them. A server
/// with GRUB gives about thirty, a unified kernel image about twenty.
pub const BOOT_ITEMS: usize = 200;
/// See [`BOOT_ITEMS`].
pub const BOOT_ITEMS_OF_TOPIC: usize = 40;

/// Bytes of the signature before an official list of revocations: published ones have 3 KiB.
pub const REVOCATIONS_BYTES: usize = 1024 * 1024;

/// Nodes of a device path: one that leads through a deep PCI hierarchy has about a dozen.
pub const DEVICE_PATH_NODES: usize = 64;

/// Partitions in a measured table: UEFI 2.10, 5.3.1 reserves room for 128.
pub const PARTITIONS: u64 = 1024;

/// Banks in a quote's selection: TPM 2.0 Part 2, 10.9.7, HASH_COUNT of any real TPM is below 8.
pub const QUOTE_BANKS: u32 = 16;

/// Bytes of a TPM2B inside a public area or signature: RSA-4096 has 512.
pub const TPM2B_BYTES: u16 = 512;

/// Certificates between an EK certificate and its root, the root included. Real chains have
/// at most four.
pub const CHAIN_DEPTH: usize = 8;

/// Signature checks for one chain: many certificates of one name must not multiply the work
/// (the remedy for CVE-2018-16875 in another implementation).
pub const CHAIN_SIGNATURES: u32 = 64;

/// Nesting of DER values that are walked by recursion-free readers; names and extensions of a
/// certificate, each.
pub const DER_ITEMS: usize = 64;

/// Bytes of one certificate or revocation list of a makers' file.
pub const MAKERS_ITEM_BYTES: usize = 1024 * 1024;
/// Certificates and revocation lists of all makers together: the largest public bundle has 300.
pub const MAKERS_ITEMS: usize = 4096;

/// Addresses of an issuer's certificate that are read from a certificate: real ones have one, a few
/// have a second for LDAP.
pub const ADDRESSES: usize = 4;

/// Bytes of such an address. The longest in public collections has 130.
pub const ADDRESS_BYTES: usize = 256;

/// Bits of the shortest RSA key of a maker's CA (SP 800-131A: 112 bits of strength), and of the
/// longest that the library verifies with.
pub const CA_RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// Nesting of CBOR in claims: facts hold a map in a map with lists.
pub const CLAIMS_DEPTH: usize = 16;

/// Bytes of a bundle: evidence and log (`protocol::limit`: 6 MiB), makers' certificates and
/// revocation lists (a few hundred, 1 to 500 KiB each), references of a cluster (100 KiB each).
pub const BUNDLE_BYTES: usize = 64 * 1024 * 1024;

/// Nesting of CBOR in a bundle: a report's comparison holds differences, their sides and digests.
pub const BUNDLE_DEPTH: usize = 32;

/// Paths from EK certificates to roots that are remembered: one for each of a hundred thousand
/// hosts, of some hundred bytes.
pub(crate) const REMEMBERED_PATHS: usize = 1 << 17;

/// Bytes of a template's name in IMA's list (kernel: `MAX_TEMPLATE_NAME_LEN` is below 256).
pub const IMA_TEMPLATE_NAME: usize = 255;

/// Fields of a template (kernel: `TEMPLATE_NUM_FIELDS_MAX`).
pub const IMA_FIELDS: usize = 15;

/// Different templates in one list: a host uses one, and `ima-buf` or `ima-modsig` beside it.
pub const IMA_TEMPLATES: usize = 16;

/// Bytes of a name under the first template (kernel: `IMA_EVENT_NAME_LEN_MAX`).
pub const IMA_FIRST_NAME: usize = 255;

/// Bytes of one entry's fields. Paths have at most 4 KiB, an extended attribute 64 KiB.
pub const IMA_ENTRY_BYTES: usize = 256 * 1024;

/// Registers that IMA's entries may name: 10, and those of an administrator's `pcr=` rules.
pub const IMA_REGISTERS: usize = 4;

/// Different `boot_aggregate` digests that are kept: one a kernel that was started, by kexec
/// after the first. All must be right, so that more would only repeat the refusal.
pub const BOOT_AGGREGATES: usize = 4;

/// Items that the system's logs add to what was booted: a page shows no more.
pub const BOOTED_BY_THE_SYSTEM: usize = 128;

/// Records of systemd's log: the limit of its bytes holds some 2,000 of the smallest.
pub const SYSTEMD_RECORDS: usize = 4096;

/// Digests in one record of systemd's log: one for each bank of the TPM.
pub const SYSTEMD_DIGESTS: usize = 16;
