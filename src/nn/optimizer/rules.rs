//! The update of one parameter by each rule, all tensors flat, all scalars given.

use burn::tensor::Tensor;

/// The factors of [`adam_update`].
#[derive(Debug, Clone, Copy)]
pub(super) struct AdamScalars {
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
pub(super) struct RmsPropScalars {
    /// Decay of the running mean of squared gradients.
    pub decay: f64,
    /// Learning rate.
    pub learning_rate: f64,
    /// Added to the root.
    pub epsilon: f64,
}

/// `m ← b₁ m + (1 − b₁) g; s ← b₂ s + (1 − b₂) g²; θ ← θ − m·mean_scale / (√(s·square_scale) + ε)`:
/// value, mean and square.
pub(super) fn adam_update(
    value: Tensor<1>,
    gradient: Tensor<1>,
    mean: Tensor<1>,
    square: Tensor<1>,
    scalars: AdamScalars,
) -> (Tensor<1>, Tensor<1>, Tensor<1>) {
    let mean = running_mean(mean, gradient.clone(), scalars.mean_decay);
    let square = running_mean(square, gradient.clone() * gradient, scalars.square_decay);
    let spread = square.clone().mul_scalar(scalars.square_scale).sqrt().add_scalar(scalars.epsilon);
    (value - mean.clone().mul_scalar(scalars.mean_scale) / spread, mean, square)
}

/// `s ← ρ s + (1 − ρ) g²; θ ← θ − α g / (√s + ε)`: value and square.
pub(super) fn rmsprop_update(
    value: Tensor<1>,
    gradient: Tensor<1>,
    square: Tensor<1>,
    scalars: RmsPropScalars,
) -> (Tensor<1>, Tensor<1>) {
    let square = running_mean(square, gradient.clone() * gradient.clone(), scalars.decay);
    let spread = square.clone().sqrt().add_scalar(scalars.epsilon);
    (value - gradient / spread * scalars.learning_rate, square)
}

/// `s ← s + g²; θ ← θ − α g / (√s + ε)`: value and square.
pub(super) fn adagrad_update(
    value: Tensor<1>,
    gradient: Tensor<1>,
    square: Tensor<1>,
    learning_rate: f64,
    epsilon: f64,
) -> (Tensor<1>, Tensor<1>) {
    let square = square + gradient.clone() * gradient.clone();
    let spread = square.clone().sqrt().add_scalar(epsilon);
    (value - gradient / spread * learning_rate, square)
}

/// `v ← μ v + g; θ ← θ − α v`: value and velocity.
pub(super) fn momentum_update(
    value: Tensor<1>,
    gradient: Tensor<1>,
    velocity: Tensor<1>,
    momentum: f64,
    learning_rate: f64,
) -> (Tensor<1>, Tensor<1>) {
    let velocity = velocity.mul_scalar(momentum) + gradient;
    (value - velocity.clone().mul_scalar(learning_rate), velocity)
}

fn running_mean(mean: Tensor<1>, new: Tensor<1>, decay: f64) -> Tensor<1> {
    mean.mul_scalar(decay) + new.mul_scalar(1.0 - decay)
}
