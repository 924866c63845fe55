//! The logistic loss of a binary label.

/// The two sides of a label.
#[derive(Debug, Clone, Copy)]
pub struct Sides {
    /// The label of positive rows; all others are negative.
    pub positive: f32,
    /// Weight of negative and of positive rows.
    pub weights: [f64; 2],
}

/// Gradients and hessians of all rows.
///
/// # Shapes
/// - all slices: rows
pub fn gradients(
    sigmoid: f64,
    sides: Sides,
    scores: &[f64],
    labels: &[f32],
    weights: Option<&[f32]>,
    gradients: &mut [f32],
    hessians: &mut [f32],
) {
    for row in 0..labels.len() {
        let is_positive = labels[row] == sides.positive;
        let sign = if is_positive { 1.0 } else { -1.0 };
        let weight = sides.weights[usize::from(is_positive)];
        let response = -sign * sigmoid / (1.0 + libm::exp(sign * sigmoid * scores[row]));
        let size = response.abs();
        let (mut gradient, mut hessian) = (response * weight, size * (sigmoid - size) * weight);
        if let Some(weights) = weights {
            let weight = f64::from(weights[row]);
            gradient *= weight;
            hessian *= weight;
        }
        gradients[row] = gradient as f32;
        hessians[row] = hessian as f32;
    }
}
