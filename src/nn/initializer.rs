//! Initial weights from the one seeded generator, never from a device's own.

use crate::random::Random;
use burn::module::Param;
use burn::nn::Linear;
use burn::tensor::{Device, TensorData};

/// A fully connected layer with weights from N(0, `std`²) and all biases equal to `bias`, the document's
/// `normal_(fc.weight, mean=0, std)` and `constant_(fc.bias, bias)` (§4.5.3).
///
/// burn's own `with_initializer` would fill the biases from the same distribution.
///
/// # Shapes
/// `weight` is `[inputs, outputs]`, `bias` is `[outputs]`.
pub fn normal_linear(
    inputs: usize,
    outputs: usize,
    std: f64,
    bias: f64,
    random: &mut Random,
    device: &Device,
) -> Linear {
    let weight: Vec<f32> = (0..inputs * outputs).map(|_| random.normal(0.0, std) as f32).collect();
    Linear {
        weight: Param::from_data(TensorData::new(weight, [inputs, outputs]), device),
        bias: Some(Param::from_data(TensorData::new(vec![bias as f32; outputs], [outputs]), device)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    #[test]
    fn weights_are_drawn_and_biases_are_constant() {
        let mut random = Random::new(1, Purpose::Weights);
        let layer = normal_linear(40, 50, 0.01, 1.0, &mut random, &Device::flex());
        let weight = layer.weight.val().into_data().try_to_vec::<f32>().unwrap();
        let variance = weight.iter().map(|w| w * w).sum::<f32>() / weight.len() as f32;
        assert!((variance.sqrt() - 0.01).abs() < 5e-4, "{variance}");
        let bias = layer.bias.unwrap().val().into_data().try_to_vec::<f32>().unwrap();
        assert!(bias.iter().all(|b| *b == 1.0));
    }
}
