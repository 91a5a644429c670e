//! Days as they are written: `2026-11-24`, ten characters and nothing else. What chrono reads besides (`+12026-1-1`) is
//! longer than a column, or lies where a day more does not exist.

use chrono::NaiveDate;

pub fn read_day(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let has_form = bytes.len() == 10
        && bytes.iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !has_form {
        return None;
    }
    NaiveDate::from_ymd_opt(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ten_characters_are_a_day() {
        for day in ["2026-11-24", "0000-01-01", "9999-12-31", "2028-02-29"] {
            assert_eq!(read_day(day).map(|day| day.to_string()).as_deref(), Some(day));
        }
        for wrong in [
            "",
            "2026-1-1",
            "2026-11-2",
            "2026-02-30",
            "2026-13-01",
            "24-11-2026",
            "2026/11/24",
            "+12026-1-1",
            "+262142-12-31",
            "-262143-01-01",
            "-026-11-24",
            " 2026-1-24",
            "2026-11-24 ",
            "2026-11-24T00:00:00Z",
            "２０２６-1",
            "besok",
        ] {
            assert_eq!(read_day(wrong), None, "{wrong}");
        }
    }
}
