//! Draws a QR code as one SVG path.

use std::fmt::Write as _;

use qrcode::{Color, QrCode};

/// The quiet zone that scanners need, in modules.
const MARGIN: usize = 4;

/// `None` where the text does not fit into any code.
pub(super) fn svg(text: &str) -> Option<String> {
    let code = QrCode::new(text.as_bytes()).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (index, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (index % width + MARGIN, index / width + MARGIN);
            // Writing to a String cannot fail.
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    let side = width + 2 * MARGIN;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#17322f\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_has_a_quiet_zone_and_the_corner_of_a_code() {
        let picture = svg("http://localhost:5000/").unwrap_or_default();
        assert!(picture.contains("M4 4h1v1h-1z"), "the finder pattern begins after the margin");
        assert!(!picture.contains("M3 3h1"));
    }

    #[test]
    fn a_text_that_does_not_fit_is_no_picture() {
        assert_eq!(svg(&"x".repeat(5_000)), None);
    }
}
