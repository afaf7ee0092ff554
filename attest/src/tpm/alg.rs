//! `TPM_ALG_ID`s (Part 2, 6.3) that stand in public areas and signatures.

pub(crate) const RSA: u16 = 0x0001;
pub(crate) const AES: u16 = 0x0006;
pub(crate) const MGF1: u16 = 0x0007;
pub(crate) const NULL: u16 = 0x0010;
pub(crate) const RSASSA: u16 = 0x0014;
pub(crate) const RSAES: u16 = 0x0015;
pub(crate) const RSAPSS: u16 = 0x0016;
pub(crate) const OAEP: u16 = 0x0017;
pub(crate) const ECDSA: u16 = 0x0018;
pub(crate) const ECDH: u16 = 0x0019;
pub(crate) const ECDAA: u16 = 0x001A;
pub(crate) const SM2: u16 = 0x001B;
pub(crate) const ECSCHNORR: u16 = 0x001C;
pub(crate) const ECMQV: u16 = 0x001D;
pub(crate) const KDF1_SP800_56A: u16 = 0x0020;
pub(crate) const KDF1_SP800_108: u16 = 0x0022;
pub(crate) const ECC: u16 = 0x0023;
pub(crate) const CFB: u16 = 0x0043;

/// The name of an algorithm that a scheme can have.
pub(crate) fn name(id: u16) -> String {
    match id {
        NULL => "none".to_owned(),
        RSASSA => "RSASSA".to_owned(),
        RSAES => "RSAES".to_owned(),
        RSAPSS => "RSAPSS".to_owned(),
        OAEP => "OAEP".to_owned(),
        ECDSA => "ECDSA".to_owned(),
        ECDAA => "ECDAA".to_owned(),
        SM2 => "SM2".to_owned(),
        ECSCHNORR => "ECSCHNORR".to_owned(),
        other => format!("algorithm {other:#06x}"),
    }
}
