//! The update of one parameter by the rules that are composed of tensor operations, all tensors flat, all scalars given;
//! Adam and RMSprop are operations of their own.

use burn::tensor::Tensor;

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
