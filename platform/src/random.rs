//! Randomness, from the operating system's generator, in one place.

use rand::RngExt;

/// So many random bytes.
#[expect(clippy::disallowed_methods, reason = "the one place that draws random numbers")]
pub fn bytes<const N: usize>() -> [u8; N] {
    rand::rng().random()
}

/// A code of characters that nobody mistakes for one another.
#[expect(clippy::disallowed_methods, reason = "the one place that draws random numbers")]
pub fn code(length: usize) -> String {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut random = rand::rng();
    (0..length).map(|_| ALPHABET[random.random_range(0..ALPHABET.len())] as char).collect()
}
