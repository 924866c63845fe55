//! Tensors and a note in one file: safetensors bytes, for weights that leave the page and for checkpoints.

use crate::nn::layers::parameters::NamedTensor;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use std::collections::HashMap;

/// Largest file read: far above any lesson's model, far below what would exhaust a phone.
const LARGEST_FILE: usize = 512 << 20;

/// Values of a tensor in a container.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Weights.
    F32(Vec<f32>),
    /// Recorded metrics.
    F64(Vec<f64>),
    /// Steps and epochs.
    U32(Vec<u32>),
}

/// Named tensors and a text note (JSON, under the key `emberbook` of the safetensors metadata).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Container {
    tensors: Vec<(String, Vec<usize>, Values)>,
    /// The note; empty if the file has none.
    pub note: String,
}

impl Container {
    /// An empty container with a note.
    pub fn new(note: String) -> Self {
        Self { tensors: Vec::new(), note }
    }

    /// Several containers in one, the names of each behind a prefix of its own.
    pub fn of<const N: usize>(prefixes: [&str; N], containers: [Self; N]) -> Self {
        let notes: Vec<&str> = containers.iter().map(|container| container.note.as_str()).collect();
        let note = serde_json::to_string(&notes).expect("notes are text");
        let tensors = prefixes.iter().zip(&containers).flat_map(|(prefix, container)| {
            let named = container.tensors.iter().cloned();
            named.map(move |(name, shape, values)| (format!("{prefix}{name}"), shape, values))
        });
        Self { tensors: tensors.collect(), note }
    }

    /// The containers that [`of`](Self::of) was given.
    ///
    /// # Errors
    /// When the note is not one of as many.
    pub fn apart<const N: usize>(&self, prefixes: [&str; N]) -> Result<[Self; N], String> {
        let notes: Vec<String> =
            serde_json::from_str(&self.note).map_err(|error| format!("its note cannot be read ({error})"))?;
        let notes: [String; N] = notes
            .try_into()
            .map_err(|notes: Vec<String>| format!("it holds {} runs, not {N}", notes.len()))?;
        let mut prefixes = prefixes.iter();
        Ok(notes.map(|note| {
            let prefix = prefixes.next().copied().unwrap_or_default();
            let tensors = self.tensors.iter().filter_map(|(name, shape, values)| {
                Some((name.strip_prefix(prefix)?.to_string(), shape.clone(), values.clone()))
            });
            Self { tensors: tensors.collect(), note }
        }))
    }

    /// Adds a list of values.
    pub fn push(&mut self, name: impl Into<String>, values: Values) {
        let length = match &values {
            Values::F32(v) => v.len(),
            Values::F64(v) => v.len(),
            Values::U32(v) => v.len(),
        };
        self.tensors.push((name.into(), vec![length], values));
    }

    /// Adds a tensor under `prefix` and its own name.
    pub fn push_tensor(&mut self, prefix: &str, tensor: NamedTensor) {
        self.tensors.push((format!("{prefix}{}", tensor.name), tensor.shape, Values::F32(tensor.values)));
    }

    /// All `f32` tensors whose name begins with `prefix`, without it.
    pub fn tensors(&self, prefix: &str) -> Vec<NamedTensor> {
        self.tensors
            .iter()
            .filter_map(|(name, shape, values)| match values {
                Values::F32(values) => {
                    let name = name.strip_prefix(prefix)?;
                    Some(NamedTensor::new(name, shape.clone(), values.clone()))
                }
                _ => None,
            })
            .collect()
    }

    /// The values under a name.
    pub fn values(&self, name: &str) -> Option<&Values> {
        self.tensors.iter().find(|(n, ..)| n == name).map(|(.., values)| values)
    }

    /// The safetensors bytes, little-endian.
    ///
    /// # Panics
    /// If two tensors have the same name.
    pub fn to_bytes(&self) -> Vec<u8> {
        let encoded: Vec<(Dtype, Vec<u8>)> = self
            .tensors
            .iter()
            .map(|(.., values)| match values {
                Values::F32(v) => (Dtype::F32, v.iter().flat_map(|x| x.to_le_bytes()).collect()),
                Values::F64(v) => (Dtype::F64, v.iter().flat_map(|x| x.to_le_bytes()).collect()),
                Values::U32(v) => (Dtype::U32, v.iter().flat_map(|x| x.to_le_bytes()).collect()),
            })
            .collect();
        let views = self.tensors.iter().zip(&encoded).map(|((name, shape, _), (dtype, bytes))| {
            let view = TensorView::new(*dtype, shape.clone(), bytes).expect("bytes fit the shape");
            (name.as_str(), view)
        });
        let note = HashMap::from([("emberbook".to_string(), self.note.clone())]);
        let note = (!self.note.is_empty()).then_some(note);
        safetensors::serialize(views, note).expect("tensors of one container can be written")
    }

    /// Reads safetensors bytes; `F16`, `BF16` and other element types are refused.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > LARGEST_FILE {
            return Err(format!("the file has {} bytes; at most {LARGEST_FILE} are read", bytes.len()));
        }
        let not_safetensors = |error| format!("it is not a safetensors file ({error})");
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(not_safetensors)?;
        let file = SafeTensors::deserialize(bytes).map_err(not_safetensors)?;
        let note = metadata.metadata().as_ref().and_then(|m| m.get("emberbook")).cloned();
        let mut container = Self::new(note.unwrap_or_default());
        for (name, view) in file.iter() {
            let data = view.data();
            let values = match view.dtype() {
                Dtype::F32 => Values::F32(decode(data, f32::from_le_bytes)),
                Dtype::F64 => Values::F64(decode(data, f64::from_le_bytes)),
                Dtype::U32 => Values::U32(decode(data, u32::from_le_bytes)),
                other => return Err(format!("`{name}` holds {other:?} values; f32 was expected")),
            };
            container.tensors.push((name.to_string(), view.shape().to_vec(), values));
        }
        // The file's reader goes through a hash map: bring the names into an order that repeats.
        container.tensors.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        Ok(container)
    }
}

fn decode<const WIDTH: usize, T>(bytes: &[u8], value: fn([u8; WIDTH]) -> T) -> Vec<T> {
    bytes.as_chunks::<WIDTH>().0.iter().map(|chunk| value(*chunk)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_containers_travel_in_one() {
        let other = Container::new("other".into());
        let both = Container::of(["a.", "b."], [container(), other.clone()]);
        let again = Container::from_bytes(&both.to_bytes()).unwrap();
        let [one, two] = again.apart(["a.", "b."]).unwrap();
        assert_eq!(one.tensors("model."), container().tensors("model."));
        assert_eq!((one.note, two), (container().note, other));
        assert!(both.apart(["a."]).unwrap_err().contains("2 runs"));
        assert!(container().apart(["a."]).is_err());
    }

    fn container() -> Container {
        let mut container = Container::new(r#"{"step":3}"#.into());
        container.push_tensor(
            "model.",
            NamedTensor::new("fc1.weight", [2, 3], vec![1.0, -2.0, 3.5, 0.0, 1e-9, 7.0]),
        );
        container.push("history.values", Values::F64(vec![0.1, f64::NAN]));
        container.push("history.steps", Values::U32(vec![0, u32::MAX]));
        container
    }

    #[test]
    fn bytes_read_back_to_the_bit() {
        let read = Container::from_bytes(&container().to_bytes()).unwrap();
        assert_eq!(read.note, r#"{"step":3}"#);
        assert_eq!(read.tensors("model."), container().tensors("model."));
        assert_eq!(read.values("history.steps"), Some(&Values::U32(vec![0, u32::MAX])));
        let Some(Values::F64(values)) = read.values("history.values") else { panic!("f64 values") };
        assert_eq!(values[0].to_bits(), 0.1f64.to_bits());
        assert!(values[1].is_nan());
    }

    #[test]
    fn damaged_files_are_refused_not_believed() {
        let bytes = container().to_bytes();
        for length in [0, 4, 8, 40, bytes.len() - 1] {
            assert!(Container::from_bytes(&bytes[..length]).is_err(), "{length}");
        }
        let mut header_too_long = bytes.clone();
        header_too_long[..8].copy_from_slice(&u64::MAX.to_le_bytes());
        assert!(Container::from_bytes(&header_too_long).is_err());
        assert!(Container::from_bytes(b"PK\x03\x04 not a model at all").is_err());
    }
}
