//! How a camera was held: the tag `Orientation` of EXIF, the one thing that is read of it.
//!
//! Source: CIPA DC-008 (Exif 2.32), 4.6.2 for the structure (that of TIFF), 4.6.4 for the tag.

/// Number of the tag.
const ORIENTATION: u16 = 0x0112;
/// The type of its value: two bytes without a sign.
const SHORT: u16 = 3;
/// Bytes of an entry: tag, type, count, value.
const ENTRY: usize = 12;

/// What has to be done to stored pixels to see them upright: mirror, then turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Orientation {
    /// Whether rows and columns change places.
    transposed: bool,
    /// Whether the stored columns, and rows, are counted from their end.
    columns_reversed: bool,
    rows_reversed: bool,
}

impl Orientation {
    /// As it is stored.
    pub(super) const UPRIGHT: Self =
        Self { transposed: false, columns_reversed: false, rows_reversed: false };

    /// The orientation with this number, 1 to 8; any other number means nothing.
    pub(super) fn of(number: u16) -> Self {
        let (transposed, columns_reversed, rows_reversed) = match number {
            2 => (false, true, false),
            3 => (false, true, true),
            4 => (false, false, true),
            5 => (true, false, false),
            6 => (true, false, true),
            7 => (true, true, true),
            8 => (true, true, false),
            _ => (false, false, false),
        };
        Self { transposed, columns_reversed, rows_reversed }
    }

    /// The orientation that EXIF data say, which begin with their order of bytes; upright where they say none.
    pub(super) fn in_exif(exif: &[u8]) -> Self {
        read(exif).map_or(Self::UPRIGHT, Self::of)
    }

    /// Width and height once upright.
    pub(super) fn size(self, width: usize, height: usize) -> (usize, usize) {
        if self.transposed { (height, width) } else { (width, height) }
    }

    /// Where the upright pixel `(column, row)` is stored.
    pub(super) fn place(self, column: usize, row: usize, width: usize, height: usize) -> (usize, usize) {
        let (x, y) = if self.transposed { (row, column) } else { (column, row) };
        let x = if self.columns_reversed { width - 1 - x } else { x };
        let y = if self.rows_reversed { height - 1 - y } else { y };
        (x, y)
    }
}

/// The value of the tag in the first directory.
fn read(exif: &[u8]) -> Option<u16> {
    let big = match exif.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let bytes = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let long = |at: usize| -> Option<usize> {
        let (first, second) = (usize::from(short(at)?), usize::from(short(at + 2)?));
        Some(if big { first << 16 | second } else { second << 16 | first })
    };
    let directory = long(4)?;
    let entries = usize::from(short(directory)?);
    (0..entries)
        .map(|entry| directory.saturating_add(2 + entry * ENTRY))
        .find(|at| short(*at) == Some(ORIENTATION) && short(at + 2) == Some(SHORT))
        .and_then(|at| short(at + 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_is_found_in_either_order_of_bytes() {
        let big = b"MM\0*\0\0\0\x08\0\x02\x01\x0f\0\x02\0\0\0\x01ab\0\0\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0";
        assert_eq!((read(big), read(little)), (Some(6), Some(8)));
        assert_eq!(Orientation::in_exif(big), Orientation::of(6));
    }

    #[test]
    fn exif_that_breaks_off_or_leads_nowhere_is_upright() {
        let whole = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
        for length in 0..18 {
            assert_eq!(Orientation::in_exif(&whole[..length]), Orientation::UPRIGHT, "{length}");
        }
        assert_eq!(Orientation::in_exif(b"MM\0*\xff\xff\xff\xff\0\x01"), Orientation::UPRIGHT);
        assert_eq!(Orientation::of(0), Orientation::UPRIGHT);
        assert_eq!(Orientation::of(9), Orientation::UPRIGHT);
    }
}
