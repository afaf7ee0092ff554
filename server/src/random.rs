//! Where randomness comes from.

use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::digest;

/// A source of random bytes.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);

    /// 16 bytes for an id.
    fn id(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        bytes
    }

    /// 32 bytes for a secret: a token, a session, a code, a credential, a nonce.
    fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes
    }
}

/// The operating system's randomness through the cryptography library's generator.
#[derive(Debug, Clone, Copy)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        // Fails only if the operating system gives no entropy; going on would make guessable
        // secrets.
        aws_lc_rs::rand::fill(bytes).expect("the operating system gives no randomness");
    }
}

/// The same bytes for the same seed, for tests.
#[derive(Debug)]
pub struct SeededRandom {
    seed: u64,
    drawn: AtomicU64,
}

impl SeededRandom {
    /// A generator that has drawn nothing yet.
    pub const fn new(seed: u64) -> Self {
        Self { seed, drawn: AtomicU64::new(0) }
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(digest::SHA256_OUTPUT_LEN) {
            let mut input = self.seed.to_be_bytes().to_vec();
            input.extend(self.drawn.fetch_add(1, Ordering::SeqCst).to_be_bytes());
            let block = digest::digest(&digest::SHA256, &input);
            chunk.copy_from_slice(&block.as_ref()[..chunk.len()]); // a chunk is at most a block
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_itself_and_never_gives_the_same_twice() {
        let (one, same) = (SeededRandom::new(7), SeededRandom::new(7));
        let first = one.secret();
        assert_eq!(first, same.secret());
        assert_ne!(first, one.secret());
        assert_ne!(first, SeededRandom::new(8).secret());
    }

    #[test]
    fn the_system_gives_different_secrets() {
        assert_ne!(SystemRandom.secret(), SystemRandom.secret());
    }
}
