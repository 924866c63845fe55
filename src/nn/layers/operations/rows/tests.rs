//! Kernels of the CPU against the operations a GPU composes, and what autodiff makes of them.

use super::*;
use burn::backend::ops::FloatTensorOps;
use burn::tensor::Device;

/// Some numbers, of which few are equal.
fn numbers(count: usize) -> Vec<f32> {
    (0..count).map(|at| ((at * 37 % 11) as f32 - 5.0) / 3.0).collect()
}

fn floats(values: Vec<f32>, shape: [usize; 2]) -> OnCpu {
    OnCpu::from_data(TensorData::new(values, shape))
}

fn whole(values: &[i32]) -> IntTensor<Flex> {
    OnCpu::from_data(TensorData::new(values.to_vec(), [values.len()]))
}

/// Rows 3 and 1 in the first group, none in the second, row 0 alone in the third.
fn groups() -> (IntTensor<Flex>, OnCpu) {
    (whole(&[3, 1, 3, 3, 0, 0]), floats(vec![1.0, 1.0, 0.0, 0.0, 1.0, 0.0], [3, 2]))
}

fn data(tensor: OnCpu) -> Vec<f32> {
    tensor.into_data().try_into_vec().unwrap()
}

#[test]
fn rows_are_those_of_burns_selection() {
    let (table, rows) = (floats(numbers(20), [5, 4]), whole(&[4, 0, 4]));
    let shares = floats(vec![1.0, 0.0, 0.5], [3, 1]);
    let composed = Flex::float_mul(Flex::float_select(table.clone(), 0, rows.clone()), shares.clone());
    assert_eq!(data(Flex::looked_up(table, rows.clone(), shares.clone())), data(composed));
    let gradient = floats(numbers(12), [3, 4]);
    let composed = added::<Flex>(Flex::float_mul(gradient.clone(), shares.clone()), rows.clone(), 5);
    assert_eq!(data(Flex::looked_up_backward(gradient, rows, shares, 5)), data(composed));
}

#[test]
fn the_largest_is_that_of_burns_maximum() {
    let values = floats(numbers(20), [5, 4]);
    let (places, there) = groups();
    let by_group = Flex::float_select(values.clone(), 0, places.clone());
    let by_group = Flex::float_reshape(by_group, Shape::new([3, 2, 4]));
    let expected = Flex::float_reshape(Flex::float_max_dim(by_group, 1), Shape::new([3, 4]));
    let expected = Flex::float_mul(expected, first_column::<Flex>(there.clone()));
    assert_eq!(data(Flex::largest_row(values, places, there).0), data(expected));
}

#[test]
fn gradients_are_those_of_burns_own_backward_pass() {
    let device = Device::flex().autodiff();
    let inner = Device::flex();
    let table = || Tensor::<2>::from_data(TensorData::new(numbers(20), [5, 4]), &device).require_grad();
    let rows = Tensor::<1, Int>::from_data([4, 0, 4, 2, 2, 3], &inner);
    let shares = Tensor::<2>::from_data([[1.0], [0.0], [0.5], [1.0], [1.0], [2.0]], &inner);
    let weights = Tensor::<2>::from_data(TensorData::new(numbers(24), [6, 4]), &inner);
    let [one, other] = [table(), table()];
    let found = rows_of(one.clone(), Tensor::from_inner(rows.clone()), Tensor::from_inner(shares.clone()));
    let expected = other.clone().select(0, Tensor::from_inner(rows)) * Tensor::from_inner(shares);
    let gradient = |value: Tensor<2>, table: Tensor<2>, weights: Tensor<2>| {
        let gradients = (value * Tensor::from_inner(weights)).sum().backward();
        table.grad(&gradients).unwrap().into_data()
    };
    let tolerance = burn::tensor::Tolerance::absolute(1e-6);
    let (found, expected) = (gradient(found, one, weights.clone()), gradient(expected, other, weights));
    found.assert_approx_eq::<f32>(&expected, tolerance);

    let [one, other] = [table(), table()];
    let places = Tensor::<1, Int>::from_data([3, 1, 3, 3, 0, 0], &inner);
    let there = Tensor::<2>::from_data([[1.0, 1.0], [0.0, 0.0], [1.0, 0.0]], &inner);
    let weights = Tensor::<2>::from_data(TensorData::new(numbers(12), [3, 4]), &inner);
    let found =
        largest_of(one.clone(), Tensor::from_inner(places.clone()), Tensor::from_inner(there.clone()));
    let by_group = other.clone().select(0, Tensor::from_inner(places)).reshape([3, 2, 4]);
    let expected = by_group.max_dim(1).reshape([3, 4]) * Tensor::from_inner(there.slice([0..3, 0..1]));
    found.clone().inner().into_data().assert_eq(&expected.clone().inner().into_data(), true);
    let (found, expected) = (gradient(found, one, weights.clone()), gradient(expected, other, weights));
    found.assert_approx_eq::<f32>(&expected, tolerance);
}
