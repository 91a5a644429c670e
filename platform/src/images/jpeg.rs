//! Whether all of a JPEG is there. The decoder fills up what is missing with grey, and a half photo of a wound must not look
//! like a whole one.

use sha2::{Digest, Sha256};

use super::rewriting::ImageError;

const START_OF_SCAN: u8 = 0xDA;
const END_OF_IMAGE: [u8; 2] = [0xFF, 0xD9];
/// Data that would be drawn in the place of missing rows, and not in grey.
const FILLING: [u8; 4_096] = filling();

/// Whether every row is there. Programs that write JPEGs now and then forget the end marker, which leaves nothing out.
///
/// `draw` gives the pixels that the decoder makes of a file.
pub fn is_whole(jpeg: &[u8], draw: impl Fn(&[u8]) -> Result<Vec<u8>, ImageError>) -> Result<bool, ImageError> {
    if has_end(jpeg) {
        return Ok(true);
    }
    // Half a marker at the end would make one of what follows.
    let rows = jpeg.iter().rposition(|byte| *byte != 0xFF).map_or(jpeg, |last| &jpeg[..=last]);
    // Rows that are missing look as what follows says; rows that are there look the same whatever follows.
    let drawn = |following: &[u8]| Ok(Sha256::digest(draw(&[rows, following, &END_OF_IMAGE].concat())?));
    Ok(drawn(&[])? == drawn(&FILLING)?)
}

/// The segments are skipped by their length, since a thumbnail inside has an end too.
fn has_end(jpeg: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xFF, marker, high, low]) = jpeg.get(at..at + 4) {
        if *marker == START_OF_SCAN {
            return jpeg[at..].windows(2).any(|pair| pair == END_OF_IMAGE);
        }
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
    }
    false
}

const fn filling() -> [u8; 4_096] {
    let mut bytes = [0; 4_096];
    let mut at = 0;
    let mut next: u32 = 1;
    while at < bytes.len() {
        next = next.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        // Never 0xFF, with which markers begin.
        bytes[at] = (next >> 25) as u8;
        at += 1;
    }
    bytes
}
