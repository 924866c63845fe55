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

/// A fully connected layer with weights and biases uniform within ±`limit`, as torch draws them.
///
/// # Shapes
/// `weight` is `[inputs, outputs]`, `bias` is `[outputs]`.
pub fn uniform_linear(
    inputs: usize,
    outputs: usize,
    limit: f64,
    random: &mut Random,
    device: &Device,
) -> Linear {
    let mut draw = |count| (0..count).map(|_| random.uniform(-limit, limit) as f32).collect::<Vec<f32>>();
    Linear {
        weight: Param::from_data(TensorData::new(draw(inputs * outputs), [inputs, outputs]), device),
        bias: Some(Param::from_data(TensorData::new(draw(outputs), [outputs]), device)),
    }
}

/// `count` numbers uniform within ±√(6 / (inputs + outputs)) (Glorot and Bengio 2010, equation 16), as Keras draws the
/// weights of a layer when nothing is said.
pub fn glorot_uniform(count: usize, inputs: usize, outputs: usize, random: &mut Random) -> Vec<f32> {
    let limit = (6.0 / (inputs + outputs) as f64).sqrt();
    (0..count).map(|_| random.uniform(-limit, limit) as f32).collect()
}

/// A fully connected layer with Glorot's weights and biases of 0.
///
/// # Shapes
/// `weight` is `[inputs, outputs]`, `bias` is `[outputs]`.
pub fn glorot_linear(inputs: usize, outputs: usize, random: &mut Random, device: &Device) -> Linear {
    let weight = glorot_uniform(inputs * outputs, inputs, outputs, random);
    Linear {
        weight: Param::from_data(TensorData::new(weight, [inputs, outputs]), device),
        bias: Some(Param::from_data(TensorData::new(vec![0f32; outputs], [outputs]), device)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    #[test]
    fn glorots_weights_fill_their_limits_evenly() {
        let mut random = Random::new(1, Purpose::Weights);
        let layer = glorot_linear(40, 60, &mut random, &Device::flex());
        let weight = layer.weight.val().into_data().try_to_vec::<f32>().unwrap();
        let limit = (6.0f32 / 100.0).sqrt();
        assert!(weight.iter().all(|w| w.abs() <= limit));
        let variance = weight.iter().map(|w| w * w).sum::<f32>() / weight.len() as f32;
        assert!((variance - limit * limit / 3.0).abs() < 0.05 * limit * limit, "{variance}");
    }

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
