//! IDX, the form MNIST is published in: a magic number, the sizes, then the bytes.

use crate::error::LabError;

/// Most values of one file: twice all of MNIST.
const MOST_VALUES: usize = 120_000_000;
/// Unsigned bytes, by the third byte of the magic number.
const BYTES: u8 = 8;

/// Sizes of an array, its values, and what comes behind it.
type Array<'a, const SIZES: usize> = ([usize; SIZES], &'a [u8], &'a [u8]);

/// The array at the beginning of some bytes.
///
/// # Errors
/// `bad_data` where the head is not that of an array of bytes with so many sizes, or the values are cut off.
pub(super) fn read<const SIZES: usize>(bytes: &[u8]) -> Result<Array<'_, SIZES>, LabError> {
    let bad = |reason: &str| LabError::new("bad_data", format!("The digits cannot be read: {reason}."));
    let (head, rest) =
        bytes.split_at_checked(4 + 4 * SIZES).ok_or_else(|| bad("the head of an array is cut off"))?;
    if head[..4] != [0, 0, BYTES, SIZES as u8] {
        return Err(bad("an array does not begin with its magic number"));
    }
    let sizes: [usize; SIZES] = std::array::from_fn(|place| {
        let bytes: [u8; 4] = head[4 + 4 * place..][..4].try_into().expect("four bytes");
        u32::from_be_bytes(bytes) as usize
    });
    let count = sizes
        .iter()
        .try_fold(1usize, |count, size| count.checked_mul(*size))
        .filter(|count| *count <= MOST_VALUES)
        .ok_or_else(|| bad("an array says that it is larger than any file of digits"))?;
    let (values, behind) = rest.split_at_checked(count).ok_or_else(|| bad("an array is cut off"))?;
    Ok((sizes, values, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_read_and_what_follows_is_left() {
        let bytes = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 9];
        let (sizes, values, behind) = read::<2>(&bytes).unwrap();
        assert_eq!((sizes, values, behind), ([2, 3], &[1, 2, 3, 4, 5, 6][..], &[9][..]));
    }

    #[test]
    fn hostile_heads_are_refused() {
        let huge = [0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255, 1];
        let floats = [0, 0, 13, 1, 0, 0, 0, 1, 1, 1, 1, 1];
        let one_size = [0, 0, 8, 1, 0, 0, 0, 1, 1];
        for bytes in [&huge[..], &floats, &one_size, &huge[..7], &[]] {
            assert_eq!(read::<2>(bytes).unwrap_err().code, "bad_data");
        }
        assert!(read::<1>(&[0, 0, 8, 1, 0, 0, 0, 5, 1, 2]).is_err(), "cut off");
    }
}
