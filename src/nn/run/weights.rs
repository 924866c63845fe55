//! Weights that leave the page and come back: safetensors for everyone, burnpack for burn of the same version.

use super::container::Container;
use crate::nn::layers::parameters::{self, NamedTensor};
use burn::module::Module;
use burn::store::ModuleRecord;
use burn::tensor::Bytes;

/// The formats by their names in the contract.
pub const FORMATS: [&str; 2] = ["safetensors", "burnpack"];

/// Writes tensors as safetensors with a note.
pub fn to_safetensors(tensors: Vec<NamedTensor>, note: String) -> Vec<u8> {
    let mut container = Container::new(note);
    for tensor in tensors {
        container.push_tensor("", tensor);
    }
    container.to_bytes()
}

/// Writes a module as burn's own bytes. `module` must be on the CPU: burn reads it synchronously.
///
/// # Errors
/// burn's own sentence.
pub fn to_burnpack<M: Module>(module: M) -> Result<Vec<u8>, String> {
    module.into_record().into_bytes().map(|bytes| bytes.to_vec()).map_err(|error| error.to_string())
}

/// Whether bytes look like safetensors (a header length, then JSON) rather than burnpack.
pub fn is_safetensors(file: &[u8]) -> bool {
    file.get(8) == Some(&b'{')
}

/// Reads the parameters of a burnpack of a module like `module`, which must be on the CPU.
///
/// # Errors
/// burn's own sentence: another version, another module, a damaged file.
pub async fn from_burnpack<M: Module>(file: &[u8], module: M) -> Result<Vec<NamedTensor>, String> {
    let record =
        ModuleRecord::from_bytes(Bytes::from_bytes_vec(file.to_vec())).map_err(|error| error.to_string())?;
    let module = module.try_load_record(record).map_err(|error| error.to_string())?;
    parameters::read(&module).await.map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::models::mlp::{Activation, MlpConfig};
    use burn::tensor::Device;
    use pollster::block_on;

    fn network(hidden: usize, seed: u64) -> crate::nn::models::mlp::Mlp {
        let config = MlpConfig {
            inputs: 4,
            hidden: vec![hidden],
            classes: 3,
            activation: Activation::Tanh,
            init_std: 1.0,
            init_bias: 0.0,
        };
        config.init(seed, &Device::flex())
    }

    #[test]
    fn burnpack_comes_back_and_another_shape_is_refused() {
        let expected = block_on(parameters::read(&network(6, 1))).unwrap();
        let file = to_burnpack(network(6, 1)).unwrap();
        assert!(!is_safetensors(&file));
        assert_eq!(block_on(from_burnpack(&file, network(6, 2))).unwrap(), expected);
        assert!(block_on(from_burnpack(&file, network(5, 2))).is_err());
        for length in [0, 5, 40, file.len() / 2] {
            assert!(block_on(from_burnpack(&file[..length], network(6, 2))).is_err(), "{length}");
        }
    }

    #[test]
    fn safetensors_are_told_apart() {
        let mut tensors = block_on(parameters::read(&network(6, 1))).unwrap();
        tensors.sort_by(|a, b| a.name.cmp(&b.name));
        let file = to_safetensors(tensors.clone(), "note".into());
        assert!(is_safetensors(&file));
        assert_eq!(Container::from_bytes(&file).unwrap().tensors(""), tensors);
    }
}
