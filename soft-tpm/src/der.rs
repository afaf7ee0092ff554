//! Writing DER.

/// A tag, the length of the content, the content; at most 65,535 bytes.
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        short @ 0..=0x7F => out.push(u8::try_from(short).expect("the arm says so")),
        byte @ 0x80..=0xFF => out.extend([0x81, u8::try_from(byte).expect("the arm says so")]),
        long => {
            out.push(0x82);
            out.extend(u16::try_from(long).expect("certificates are below 64 KiB").to_be_bytes());
        }
    }
    out.extend_from_slice(content);
    out
}

/// A SEQUENCE of these parts.
pub fn seq(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

/// An OBJECT IDENTIFIER with this content.
pub fn oid(content: &[u8]) -> Vec<u8> {
    tlv(6, content)
}

/// A BIT STRING of whole bytes.
pub fn bits(content: &[u8]) -> Vec<u8> {
    tlv(3, &[&[0], content].concat())
}

/// A non-negative INTEGER from big-endian digits.
pub fn unsigned(digits: &[u8]) -> Vec<u8> {
    let mut content: Vec<u8> = digits.iter().copied().skip_while(|&byte| byte == 0).collect();
    if content.first().is_none_or(|first| first & 0x80 != 0) {
        content.insert(0, 0);
    }
    tlv(2, &content)
}

/// A Name of (OID content, text) pairs, one to a set.
pub fn name(attributes: &[(&[u8], &str)]) -> Vec<u8> {
    let sets: Vec<Vec<u8>> = attributes
        .iter()
        .map(|(id, text)| tlv(0x31, &seq(&[oid(id), tlv(0x0C, text.as_bytes())])))
        .collect();
    seq(&sets)
}

/// `commonName`, the content of its OBJECT IDENTIFIER.
pub const CN: &[u8] = &[0x55, 4, 3];

/// An Extension with this value.
pub fn extension(id: &[u8], critical: bool, value: &[u8]) -> Vec<u8> {
    let mut parts = vec![oid(id)];
    if critical {
        parts.push(tlv(1, &[0xFF]));
    }
    parts.push(tlv(4, value));
    seq(&parts)
}
