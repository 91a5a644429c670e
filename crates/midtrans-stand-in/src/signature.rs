//! The signature that tells the merchant a notification is ours.

use sha2::{Digest, Sha512};

/// Lower-case hex of SHA-512 over the plain concatenation, with the strings exactly as they are sent.
pub(crate) fn sign(order_id: &str, status_code: &str, gross_amount: &str, server_key: &str) -> String {
    let mut hash = Sha512::new();
    for part in [order_id, status_code, gross_amount, server_key] {
        hash.update(part.as_bytes());
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_sha512_of_the_four_strings_side_by_side() {
        // Computed with `printf 'HP-1200185000.00secret' | sha512sum`.
        assert_eq!(
            sign("HP-1", "200", "185000.00", "secret"),
            "0f95722246df00c4a8f50c5f69ee9246820e8df06314dcd0e7700503261f6bd1c08f9f5b6e7594607778f5a4b68dbc385c5d148ff1c6a80fc3dfffa58ca26ea8"
        );
    }

    #[test]
    fn each_part_counts() {
        let base = sign("HP-1", "200", "185000.00", "secret");
        assert_ne!(base, sign("HP-2", "200", "185000.00", "secret"));
        assert_ne!(base, sign("HP-1", "201", "185000.00", "secret"));
        assert_ne!(base, sign("HP-1", "200", "185000", "secret"));
        assert_ne!(base, sign("HP-1", "200", "185000.00", "other"));
    }
}
