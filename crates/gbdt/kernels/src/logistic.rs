//! The logistic loss of a binary label.

/// Gradients and hessians of all rows.
///
/// # Shapes
/// - all slices: rows
/// - `class_weights`: of negative and of positive rows
pub fn gradients(
    sigmoid: f64,
    class_weights: [f64; 2],
    scores: &[f64],
    labels: &[f32],
    weights: Option<&[f32]>,
    gradients: &mut [f32],
    hessians: &mut [f32],
) {
    for row in 0..labels.len() {
        let positive = labels[row] > 0.0;
        let sign = if positive { 1.0 } else { -1.0 };
        let weight = class_weights[usize::from(positive)];
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
