//! Predicting numbers: squared error.

use super::Objective;
use super::figures::{Figure, Figures};
use crate::nn::layers::operations::with_gradient;
use burn::tensor::{Device, Gradients, Tensor, TensorData};

/// The numbers a batch is compared with, on the device and beside it.
#[derive(Debug, Clone)]
pub struct Numbers {
    /// `[N, outputs]`.
    pub tensor: Tensor<2>,
    /// The same, row-major.
    pub values: Vec<f32>,
}

impl Numbers {
    /// Targets from row-major values.
    ///
    /// # Panics
    /// If they are not whole rows of `outputs` values.
    pub fn new(values: Vec<f32>, outputs: usize, device: &Device) -> Self {
        let data = TensorData::new(values.clone(), [values.len() / outputs, outputs]);
        Self { tensor: Tensor::from_data(data, device), values }
    }
}

/// Mean squared error `(1/N) Σ (ŷ − y)²` over all values. Figures: `loss`, that mean; `rmse`, its square root; `mae`,
/// the mean absolute error `(1/N) Σ |ŷ − y|`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SquaredError;

impl Objective for SquaredError {
    type Target = Numbers;

    fn figures(&self) -> &[Figure] {
        const { &[Figure::mean("loss"), Figure::root_mean("rmse"), Figure::mean("mae")] }
    }

    /// The gradient of the loss by the outputs is known, `2 (ŷ − y) / N`, and given to autodiff as in
    /// [`cross_entropy_backward`](super::cross_entropy::cross_entropy_backward). The values are the outputs.
    fn backward(&self, output: Tensor<2>, target: &Numbers) -> (Tensor<2>, Gradients) {
        let values = output.clone().inner();
        let slope = (values.clone() - target.tensor.clone()).mul_scalar(2.0 / target.values.len() as f64);
        (values, with_gradient(output, slope).backward())
    }

    fn readable(&self, output: Tensor<2>, _target: &Numbers) -> Tensor<2> {
        output
    }

    fn tally(&self, read: &[f32], _columns: usize, target: &Numbers, into: &mut Figures) {
        assert_eq!(read.len(), target.values.len(), "one output for each number");
        let errors =
            read.iter().zip(&target.values).map(|(found, wanted)| f64::from(*found) - f64::from(*wanted));
        let (squares, absolute) = errors
            .fold((0.0, 0.0), |(squares, absolute), error| (squares + error * error, absolute + error.abs()));
        let count = read.len() as f64;
        into.add_sum("loss", squares, count);
        into.add_sum("rmse", squares, count);
        into.add_sum("mae", absolute, count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_the_formulas() {
        let target = Numbers::new(vec![1.0, 2.0, 3.0, 4.0], 1, &Device::flex());
        let mut figures = Figures::new(SquaredError.figures());
        SquaredError.tally(&[1.0, 0.0, 6.0, 3.5], 1, &target, &mut figures);
        let squares = (4.0 + 9.0 + 0.25) / 4.0;
        let expected = [("loss", squares), ("rmse", f64::sqrt(squares)), ("mae", 5.5 / 4.0)];
        assert_eq!(figures.iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn gradients_are_those_of_burns_own_backward_pass_and_of_differences() {
        let device = Device::flex().autodiff();
        let start = [[0.3, -1.2], [2.0, 0.7], [-0.5, 1.1]];
        let target = Numbers::new(vec![0.1, 0.4, -1.0, 0.9, 0.0, 2.5], 2, &Device::flex());
        let source = || Tensor::<2>::from_data(start, &device).require_grad();
        let (one, other) = (source(), source());
        // Something between the source and the outputs, so that the gradient has a way to go.
        let outputs = |source: &Tensor<2>| source.clone() * source.clone();
        let error = outputs(&one) - Tensor::from_inner(target.tensor.clone());
        let loss = (error.clone() * error).mean();
        let expected = one.grad(&loss.backward()).unwrap().into_data();
        let (read, gradients) = SquaredError.backward(outputs(&other), &target);
        let found = other.grad(&gradients).unwrap().into_data();
        found.assert_approx_eq::<f32>(&expected, burn::tensor::Tolerance::absolute(1e-6));

        let read: Vec<f32> = read.into_data().try_into_vec().unwrap();
        let mut figures = Figures::new(SquaredError.figures());
        SquaredError.tally(&read, 2, &target, &mut figures);
        assert!((figures.value("loss").unwrap() - f64::from(loss.inner().into_scalar::<f32>())).abs() < 1e-6);

        let loss = |values: &[f64]| {
            let errors = values.iter().zip(&target.values).map(|(x, y)| x * x - f64::from(*y));
            errors.map(|error| error * error).sum::<f64>() / 6.0
        };
        let values = start.concat();
        for (index, slope) in found.try_into_vec::<f32>().unwrap().into_iter().enumerate() {
            let moved = |by: f64| {
                let mut values = values.clone();
                values[index] += by;
                loss(&values)
            };
            let difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            assert!((f64::from(slope) - difference).abs() < 1e-5, "{index}: {slope} for {difference}");
        }
    }
}
