//! A step of an optimiser over one parameter as one operation: on the CPU one pass over the memory, in place.
//!
//! Composed of tensor operations, Adam goes a dozen times through memory that a parameter of a convolutional network
//! does not leave in the cache: a third of its step.

use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Dispatch, Flex, backend_extension};
use burn::tensor::Tensor;
use emberbook_kernels as kernels;

/// The factors of [`adam_update`].
#[derive(Debug, Clone, Copy)]
pub struct AdamScalars {
    /// Decay of the running mean of gradients.
    pub mean_decay: f64,
    /// Decay of the running mean of their squares.
    pub square_decay: f64,
    /// Factor of the mean: learning rate and bias correction.
    pub mean_scale: f64,
    /// Factor of the squares under the root: bias correction.
    pub square_scale: f64,
    /// Added to the root.
    pub epsilon: f64,
}

/// The factors of [`rmsprop_update`].
#[derive(Debug, Clone, Copy)]
pub struct RmsPropScalars {
    /// Decay of the running mean of squared gradients.
    pub decay: f64,
    /// Learning rate.
    pub learning_rate: f64,
    /// Added to the root.
    pub epsilon: f64,
}

/// Steps of optimisers; tensors are flat.
#[backend_extension(Autodiff, Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait Updates: Backend {
    /// See [`adam_update`]; the factors are those of [`AdamScalars`] in their order.
    #[fusion(default)]
    fn adam(
        value: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        mean: FloatTensor<Self>,
        square: FloatTensor<Self>,
        factors: [f64; 5],
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let [mean_decay, square_decay, mean_scale, square_scale, epsilon] = factors;
        let squared = Self::float_mul(gradient.clone(), gradient.clone());
        let mean = running_mean::<Self>(mean, gradient, mean_decay);
        let square = running_mean::<Self>(square, squared, square_decay);
        let spread = Self::float_sqrt(Self::float_mul_scalar(square.clone(), square_scale.into()));
        let spread = Self::float_add_scalar(spread, epsilon.into());
        let change = Self::float_div(Self::float_mul_scalar(mean.clone(), mean_scale.into()), spread);
        (Self::float_sub(value, change), mean, square)
    }

    /// [`Updates::adam`] for the values whose gradient is not zero; the others stay.
    #[fusion(default)]
    fn adam_lazy(
        value: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        mean: FloatTensor<Self>,
        square: FloatTensor<Self>,
        factors: [f64; 5],
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let sign = Self::float_sign(gradient.clone());
        let hit = Self::float_mul(sign.clone(), sign);
        let old = [value.clone(), mean.clone(), square.clone()];
        let (value, mean, square) = Self::adam(value, gradient, mean, square, factors);
        let mut changed = old.into_iter().zip([value, mean, square]).map(|(old, new)| {
            let change = Self::float_mul(hit.clone(), Self::float_sub(new, old.clone()));
            Self::float_add(old, change)
        });
        let mut next = || changed.next().expect("three tensors");
        (next(), next(), next())
    }

    /// See [`rmsprop_update`]; the factors are those of [`RmsPropScalars`] in their order.
    #[fusion(default)]
    fn rmsprop(
        value: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        square: FloatTensor<Self>,
        factors: [f64; 3],
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let [decay, learning_rate, epsilon] = factors;
        let squared = Self::float_mul(gradient.clone(), gradient.clone());
        let square = running_mean::<Self>(square, squared, decay);
        let spread = Self::float_add_scalar(Self::float_sqrt(square.clone()), epsilon.into());
        let change = Self::float_mul_scalar(Self::float_div(gradient, spread), learning_rate.into());
        (Self::float_sub(value, change), square)
    }
}

fn running_mean<B: Backend>(mean: FloatTensor<B>, new: FloatTensor<B>, decay: f64) -> FloatTensor<B> {
    B::float_add(B::float_mul_scalar(mean, decay.into()), B::float_mul_scalar(new, (1.0 - decay).into()))
}

#[cfg(feature = "webgpu")]
impl Updates for burn_wgpu::CubeBackend {}

// Optimisers work below autodiff; the composed steps stand there for completeness.
impl<B: Updates, C: CheckpointStrategy> Updates for Autodiff<B, C> {}

type OnCpu = FloatTensor<Flex>;

impl Updates for Flex {
    fn adam(
        value: OnCpu,
        gradient: OnCpu,
        mean: OnCpu,
        square: OnCpu,
        factors: [f64; 5],
    ) -> (OnCpu, OnCpu, OnCpu) {
        adam_on_cpu(kernels::adam, [value, gradient, mean, square], factors)
    }

    fn adam_lazy(
        value: OnCpu,
        gradient: OnCpu,
        mean: OnCpu,
        square: OnCpu,
        factors: [f64; 5],
    ) -> (OnCpu, OnCpu, OnCpu) {
        adam_on_cpu(kernels::adam_lazy, [value, gradient, mean, square], factors)
    }

    fn rmsprop(value: OnCpu, gradient: OnCpu, square: OnCpu, factors: [f64; 3]) -> (OnCpu, OnCpu) {
        let [decay, learning_rate, epsilon] = factors;
        let step = kernels::RmsProp {
            decay: decay as f32,
            share: (1.0 - decay) as f32,
            learning_rate: learning_rate as f32,
            epsilon: epsilon as f32,
        };
        let [mut value, gradient, mut square] = [value, gradient, square].map(whole);
        let (weights, squares) = (value.storage_mut::<f32>(), square.storage_mut::<f32>());
        kernels::rmsprop(&step, weights, gradient.storage::<f32>(), squares);
        (value, square)
    }
}

/// A step of Adam over weights, gradient, mean and square.
type AdamKernel = fn(&kernels::Adam, &mut [f32], &[f32], &mut [f32], &mut [f32]);

/// A step of Adam by one of the kernels.
fn adam_on_cpu(kernel: AdamKernel, tensors: [OnCpu; 4], factors: [f64; 5]) -> (OnCpu, OnCpu, OnCpu) {
    let [mean_decay, square_decay, mean_scale, square_scale, epsilon] = factors;
    let step = kernels::Adam {
        mean_decay: mean_decay as f32,
        mean_share: (1.0 - mean_decay) as f32,
        square_decay: square_decay as f32,
        square_share: (1.0 - square_decay) as f32,
        mean_scale: mean_scale as f32,
        square_scale: square_scale as f32,
        epsilon: epsilon as f32,
    };
    let [mut value, gradient, mut mean, mut square] = tensors.map(whole);
    kernel(
        &step,
        value.storage_mut::<f32>(),
        gradient.storage::<f32>(),
        mean.storage_mut::<f32>(),
        square.storage_mut::<f32>(),
    );
    (value, mean, square)
}

/// The tensor in a storage of its own length: contiguous, with nothing before or behind it.
fn whole(tensor: OnCpu) -> OnCpu {
    let tensor = tensor.to_contiguous();
    let elements = tensor.layout().num_elements();
    if tensor.layout().start_offset() == 0 && tensor.storage::<f32>().len() == elements {
        return tensor;
    }
    OnCpu::from_data(tensor.into_data())
}

/// `m ← b₁ m + (1 − b₁) g; s ← b₂ s + (1 − b₂) g²; θ ← θ − m·mean_scale / (√(s·square_scale) + ε)`: value, mean and
/// square. Where `lazy`, values whose gradient is zero stay, and their means too.
pub fn adam_update(
    value: Tensor<1>,
    gradient: Tensor<1>,
    mean: Tensor<1>,
    square: Tensor<1>,
    scalars: AdamScalars,
    lazy: bool,
) -> (Tensor<1>, Tensor<1>, Tensor<1>) {
    let AdamScalars { mean_decay, square_decay, mean_scale, square_scale, epsilon } = scalars;
    let [value, gradient, mean, square] = [value, gradient, mean, square].map(Tensor::into_dispatch);
    let factors = [mean_decay, square_decay, mean_scale, square_scale, epsilon];
    let step = if lazy { Dispatch::adam_lazy } else { Dispatch::adam };
    let (value, mean, square) = step(value, gradient, mean, square, factors);
    (Tensor::from_dispatch(value), Tensor::from_dispatch(mean), Tensor::from_dispatch(square))
}

/// `s ← ρ s + (1 − ρ) g²; θ ← θ − α g / (√s + ε)`: value and square.
pub fn rmsprop_update(
    value: Tensor<1>,
    gradient: Tensor<1>,
    square: Tensor<1>,
    scalars: RmsPropScalars,
) -> (Tensor<1>, Tensor<1>) {
    let RmsPropScalars { decay, learning_rate, epsilon } = scalars;
    let [value, gradient, square] = [value, gradient, square].map(Tensor::into_dispatch);
    let (value, square) = Dispatch::rmsprop(value, gradient, square, [decay, learning_rate, epsilon]);
    (Tensor::from_dispatch(value), Tensor::from_dispatch(square))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Random};
    use burn::tensor::{Device, TensorData};

    fn values(tensor: &Tensor<1>) -> Vec<f32> {
        tensor.clone().into_data().try_into_vec().unwrap()
    }

    fn numbers(count: usize, least: f64, random: &mut Random) -> Vec<f32> {
        (0..count).map(|_| random.uniform(least, 1.0) as f32).collect()
    }

    fn assert_same(found: &Tensor<1>, expected: &Tensor<1>, what: &str) {
        for (found, expected) in values(found).into_iter().zip(values(expected)) {
            let error = (found - expected).abs();
            assert!(error < 1e-6 * (1.0 + expected.abs()), "{what}: {found} for {expected}");
        }
    }

    /// Value, gradient, mean and square of 37 weights, twice: for the pass over the memory, and on the autodiff device,
    /// where the step is composed as on a GPU.
    fn both() -> [[Tensor<1>; 4]; 2] {
        let mut random = Random::new(3, Purpose::Weights);
        let given = [-1.0, -1.0, -1.0, 1e-4].map(|least| numbers(37, least, &mut random));
        [Device::flex(), Device::flex().autodiff()].map(|device| {
            given.clone().map(|values| Tensor::from_data(TensorData::new(values, [37]), &device))
        })
    }

    #[test]
    fn adam_in_one_pass_is_the_composed_one() {
        let scalars = AdamScalars {
            mean_decay: 0.9,
            square_decay: 0.999,
            mean_scale: 0.02,
            square_scale: 1.5,
            epsilon: 1e-7,
        };
        for lazy in [false, true] {
            let [found, expected] = both().map(|[value, gradient, mean, square]| {
                // Every third value has no gradient.
                let hit: Vec<f32> = (0..37).map(|place| f32::from(place % 3 > 0)).collect();
                let hit = Tensor::from_data(TensorData::new(hit, [37]), &value.device());
                adam_update(value, gradient * hit, mean, square, scalars, lazy)
            });
            assert_same(&found.0, &expected.0, "value");
            assert_same(&found.1, &expected.1, "mean");
            assert_same(&found.2, &expected.2, "square");
        }
    }

    #[test]
    fn rmsprop_in_one_pass_is_the_composed_one() {
        let scalars = RmsPropScalars { decay: 0.9, learning_rate: 0.01, epsilon: 1e-7 };
        let [found, expected] =
            both().map(|[value, gradient, _, square]| rmsprop_update(value, gradient, square, scalars));
        assert_same(&found.0, &expected.0, "value");
        assert_same(&found.1, &expected.1, "square");
    }

    #[test]
    fn what_others_hold_is_left_as_it_was_and_a_part_of_a_tensor_counts_alone() {
        let scalars = RmsPropScalars { decay: 0.9, learning_rate: 0.01, epsilon: 1e-7 };
        let [[value, gradient, _, square], _] = both();
        let before = values(&value);
        let (whole, _) = rmsprop_update(value.clone(), gradient.clone(), square.clone(), scalars);
        assert_eq!(values(&value), before, "a checkpoint or the best weights may hold it");
        assert_ne!(values(&whole), before);
        let part = |tensor: Tensor<1>| tensor.slice(5..20);
        let (found, moved) = rmsprop_update(part(value), part(gradient), part(square), scalars);
        assert_eq!(values(&found), values(&whole)[5..20]);
        assert_eq!(moved.dims(), [15]);
    }
}
