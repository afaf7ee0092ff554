//! Changes of bytes that know nothing of what they mean.

use fastrand::Rng;

/// Flips bits, cuts, inserts, repeats or overwrites somewhere in `bytes`.
pub fn bytes(bytes: &mut Vec<u8>, rng: &mut Rng) {
    if bytes.is_empty() {
        bytes.push(rng.u8(..));
        return;
    }
    let at = rng.usize(..bytes.len());
    match rng.u8(..8) {
        0..=3 => bytes[at] ^= 1 << rng.u8(..8),
        4 => bytes[at] = *rng.choice(&[0x00, 0xFF, 0x7F, 0x80, 0x01]).unwrap(),
        5 => bytes.truncate(at),
        6 => bytes.insert(at, rng.u8(..)),
        _ => {
            let to = rng.usize(at..bytes.len()) + 1;
            let part = bytes[at..to].to_vec();
            let place = rng.usize(..=bytes.len());
            bytes.splice(place..place, part);
        }
    }
}
