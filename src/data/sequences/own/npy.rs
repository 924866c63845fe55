//! Numbers of 32 or 64 bits in two dimensions as NumPy saves them
//! ([format](https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html)).
//!
//! The crates that read it read every type it can hold, with a parser of Python literals and big numbers; here two types
//! are wanted.

use super::refusal::bad;
use crate::data::ratings::own::NamedFile;
use crate::data::sequences::vectors::Vectors;
use crate::error::LabError;

const MAGIC: &[u8] = b"\x93NUMPY";
/// Most bytes of the header, which describes the array.
const LONGEST_HEADER: usize = 10_000;
/// Most columns.
pub const MOST_COLUMNS: usize = 4_096;
/// Most numbers: 80 MB of 32 bits.
pub const MOST_VALUES: usize = 20_000_000;

/// Most bytes of a file.
pub const MOST_BYTES: usize = 8 * MOST_VALUES + LONGEST_HEADER;

/// Reads an array `[rows, columns]` of `float32` or `float64`, little-endian and in C order.
///
/// # Errors
/// `bad_sequences` with `file` and `reason`: `not_npy`, `npy_type`, `npy_order`, `npy_shape`, `too_many_values`,
/// `npy_length`, and with `row` and `column` from 1 `not_finite`.
pub fn read(file: NamedFile) -> Result<Vectors, LabError> {
    let refuse = |reason: &str, message: String| bad(file.name, reason, message);
    let (header, data) = split(file.bytes).ok_or_else(|| {
        refuse("not_npy", format!("{} is no file of NumPy's: save it with numpy.save.", file.name))
    })?;
    let Header { kind, fortran, shape } = Header::read(header).ok_or_else(|| {
        refuse("not_npy", format!("The header of {} cannot be read: save it with numpy.save.", file.name))
    })?;
    let bytes = match kind {
        "<f4" => 4,
        "<f8" => 8,
        _ => {
            let message = format!(
                "{} holds numbers of type {kind}; float32 and float64 are read: save array.astype('<f4').",
                file.name
            );
            return Err(refuse("npy_type", message).with("found", kind));
        }
    };
    if fortran {
        let message = format!("{} is in Fortran order: save numpy.ascontiguousarray(array).", file.name);
        return Err(refuse("npy_order", message));
    }
    let [rows, columns] = shape[..] else {
        let message =
            format!("{} has {} dimensions; two are read: items and columns.", file.name, shape.len());
        return Err(refuse("npy_shape", message).with("found", shape.len()));
    };
    if rows == 0 || columns == 0 {
        return Err(refuse("npy_shape", format!("{} holds no numbers.", file.name)).with("found", 0));
    }
    let count = rows.checked_mul(columns).filter(|count| columns <= MOST_COLUMNS && *count <= MOST_VALUES);
    let Some(count) = count else {
        let message = format!(
            "{} has {rows} rows of {columns} numbers; at most {MOST_COLUMNS} columns and {MOST_VALUES} numbers are read: \
             bring it to fewer columns.",
            file.name
        );
        return Err(refuse("too_many_values", message)
            .with("most", MOST_VALUES)
            .with("columns", MOST_COLUMNS));
    };
    if data.len() != count * bytes {
        let message = format!(
            "{} has {} bytes of numbers; its header announces {}: it was cut off or changed.",
            file.name,
            data.len(),
            count * bytes
        );
        return Err(refuse("npy_length", message).with("found", data.len()).with("expected", count * bytes));
    }
    let values: Vec<f32> = if bytes == 4 {
        data.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
    } else {
        data.as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes) as f32).collect()
    };
    match values.iter().position(|value| !value.is_finite()) {
        Some(at) => {
            let (row, column) = (at / columns + 1, at % columns + 1);
            let message = format!(
                "Row {row}, column {column} of {} is not a number of 32 bits: put another in its place.",
                file.name
            );
            Err(refuse("not_finite", message).with("row", row).with("column", column))
        }
        None => Ok(Vectors::new(columns, values)),
    }
}

/// The header and what follows it.
fn split(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (version, rest) = rest.split_first_chunk::<2>()?;
    let (length, rest) = match version[0] {
        1 => {
            let (length, rest) = rest.split_first_chunk()?;
            (usize::from(u16::from_le_bytes(*length)), rest)
        }
        2 | 3 => {
            let (length, rest) = rest.split_first_chunk()?;
            (u32::from_le_bytes(*length) as usize, rest)
        }
        _ => return None,
    };
    let (header, data) = rest.split_at_checked(length).filter(|_| length <= LONGEST_HEADER)?;
    Some((std::str::from_utf8(header).ok()?, data))
}

/// What a header says.
struct Header<'a> {
    kind: &'a str,
    fortran: bool,
    shape: Vec<usize>,
}

impl<'a> Header<'a> {
    /// Reads a Python dictionary with the keys `descr`, `fortran_order` and `shape` in any order, each once.
    fn read(text: &'a str) -> Option<Self> {
        let mut rest = text.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
        let (mut kind, mut fortran, mut shape) = (None, None, None);
        while !rest.is_empty() {
            let (key, after) = quoted(rest)?;
            let value = after.trim_start().strip_prefix(':')?.trim_start();
            rest = match key {
                "descr" if kind.is_none() => {
                    let (value, after) = quoted(value).or_else(|| structured(value))?;
                    kind = Some(value);
                    after
                }
                "fortran_order" if fortran.is_none() => {
                    let is_true = value.starts_with("True");
                    fortran = Some(is_true);
                    value.strip_prefix(if is_true { "True" } else { "False" })?
                }
                "shape" if shape.is_none() => {
                    let (inside, after) = value.strip_prefix('(')?.split_once(')')?;
                    let inside = inside.trim().trim_end_matches(',');
                    let numbers = inside.split(',').map(str::trim).filter(|_| !inside.is_empty());
                    shape = Some(numbers.map(|number| number.parse().ok()).collect::<Option<Vec<usize>>>()?);
                    after
                }
                _ => return None,
            };
            rest = rest.trim_start();
            rest = if rest.is_empty() { rest } else { rest.strip_prefix(',')?.trim_start() };
        }
        Some(Self { kind: kind?, fortran: fortran?, shape: shape? })
    }
}

/// A text between quotes, and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|sign| matches!(sign, '\'' | '"'))?;
    text[1..].split_once(quote)
}

/// A type of several fields, as it stands, and what follows it.
fn structured(text: &str) -> Option<(&str, &str)> {
    let end = text.strip_prefix('[')?.find(']')? + 2;
    Some(text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        let length = (header.len() as u16).to_le_bytes();
        [MAGIC, &[1, 0], &length, header.as_bytes(), data].concat()
    }

    fn header(kind: &str, shape: &str) -> String {
        format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}          \n")
    }

    fn named(bytes: &[u8]) -> Result<Vectors, LabError> {
        read(NamedFile { name: "looks.npy", bytes })
    }

    #[test]
    fn a_file_that_numpy_saved_is_read() {
        // numpy.save(file, numpy.array([[1.5, -2, 0]], dtype='<f4')), version 1.0: the header fills 128 bytes.
        let mut bytes =
            b"\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }".to_vec();
        bytes.resize(127, b' ');
        bytes.push(b'\n');
        bytes.extend([0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0]);
        assert_eq!(named(&bytes).unwrap(), Vectors::new(3, vec![1.5, -2.0, 0.0]));
    }

    #[test]
    fn both_types_and_all_versions_are_read() {
        let doubles: Vec<u8> =
            [0.5f64, 1e-300, 3.0, -1.0].iter().flat_map(|value| value.to_le_bytes()).collect();
        let expected = Vectors::new(2, vec![0.5, 0.0, 3.0, -1.0]);
        assert_eq!(named(&file(&header("<f8", "(2, 2)"), &doubles)).unwrap(), expected);
        let other = "{\"shape\":(2,2,),\"descr\":\"<f8\",\"fortran_order\":False}";
        assert_eq!(named(&file(other, &doubles)).unwrap(), expected);
        let long = [MAGIC, &[3, 0], &(other.len() as u32).to_le_bytes(), other.as_bytes(), &doubles].concat();
        assert_eq!(named(&long).unwrap(), expected);
    }

    #[test]
    fn what_cannot_be_read_says_why_and_where() {
        let reason = |bytes: &[u8]| named(bytes).unwrap_err().details["reason"].as_str().unwrap().to_string();
        let four = [0; 16];
        for (header, expected) in [
            (header("<i8", "(2, 1)"), "npy_type"),
            (header(">f4", "(2, 2)"), "npy_type"),
            (header("|O", "(2, 2)"), "npy_type"),
            ("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2, 2)}".into(), "npy_type"),
            (header("<f4", "(2, 2)").replace("False", "True"), "npy_order"),
            (header("<f4", "(4,)"), "npy_shape"),
            (header("<f4", "()"), "npy_shape"),
            (header("<f4", "(1, 2, 2)"), "npy_shape"),
            (header("<f4", "(0, 4)"), "npy_shape"),
            (header("<f4", "(1, 5000)"), "too_many_values"),
            (header("<f4", "(9999999999, 4096)"), "too_many_values"),
            (header("<f4", "(2, 3)"), "npy_length"),
            (header("<f4", "(-2, 2)"), "not_npy"),
            (header("<f4", "(2, 2)").replace("shape", "shapes"), "not_npy"),
            (header("<f4", "(2, 2)").replace("}", ""), "not_npy"),
            (header("<f4", "(2, 2)").replace("False", "None"), "not_npy"),
            ("{}".into(), "not_npy"),
        ] {
            assert_eq!(reason(&file(&header, &four)), expected, "{header}");
        }
        let good = file(&header("<f4", "(2, 2)"), &four);
        assert!(named(&good).is_ok());
        for end in 0..good.len() {
            named(&good[..end]).unwrap_err();
        }
        let mut version = good.clone();
        version[6] = 9;
        assert_eq!(reason(&version), "not_npy");
        let mut infinite = good;
        let at = infinite.len() - 4;
        infinite[at..].copy_from_slice(&f32::INFINITY.to_le_bytes());
        let error = named(&infinite).unwrap_err();
        assert_eq!(
            (&error.code[..], error.details["row"].as_u64(), error.details["column"].as_u64()),
            ("bad_sequences", Some(2), Some(2))
        );
        let large = 1e300f64.to_le_bytes();
        assert_eq!(reason(&file(&header("<f8", "(1, 1)"), &large)), "not_finite");
    }
}
