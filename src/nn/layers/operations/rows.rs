//! Rows of tables as operations of their own: lookups, rows side by side, and the maximum over a group of rows.
//!
//! burn's selection, gathering and scattering are compiled for every type of number, which is 60 KB of the CPU module;
//! and a selection with its gradient goes through the table where the rows alone are needed. The CPU path has kernels of
//! its own (`emberbook-kernels`); a GPU composes the operations of burn's.

#[cfg(test)]
mod tests;

use super::on_cpu::{OnCpu, values, whole_numbers};
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind, unary};
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Autodiff, Backend, Dispatch, Flex, TensorMetadata, backend_extension};
use burn::tensor::{IndexingUpdateOp, Int, IntDType, Shape, Tensor, TensorData};
use emberbook_kernels as kernels;

/// Rows of tables.
#[backend_extension(Autodiff, Flex, Cube: cfg(feature = "webgpu"), Fusion: cfg(feature = "webgpu"))]
pub trait Rows: Backend {
    /// See [`rows_of`].
    #[fusion(default)]
    fn looked_up(
        table: FloatTensor<Self>,
        rows: IntTensor<Self>,
        shares: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        Self::float_mul(Self::float_select(table, 0, rows), shares)
    }

    /// The gradient of a table of `count` rows.
    #[fusion(default)]
    fn looked_up_backward(
        gradient: FloatTensor<Self>,
        rows: IntTensor<Self>,
        shares: FloatTensor<Self>,
        count: usize,
    ) -> FloatTensor<Self> {
        let gradient = Self::float_mul(gradient, shares);
        added::<Self>(gradient, rows, count)
    }

    /// See [`largest_of`]: the values, and which rows they came from.
    #[fusion(default)]
    fn largest_row(
        values: FloatTensor<Self>,
        places: IntTensor<Self>,
        there: FloatTensor<Self>,
    ) -> (FloatTensor<Self>, IntTensor<Self>) {
        let [groups, longest] = there.shape().dims();
        let width = values.shape()[1];
        let by_group = Self::float_select(values, 0, places);
        let by_group = Self::float_reshape(by_group, Shape::new([groups, longest, width]));
        // Behind its end a group holds its first row again; one without rows has a 0 in its first place.
        let (largest, chosen) = Self::float_max_dim_with_indices(by_group, 1, IntDType::I32);
        let largest = Self::float_reshape(largest, Shape::new([groups, width]));
        (Self::float_mul(largest, first_column::<Self>(there)), chosen)
    }

    /// The gradient of the `count` rows of values.
    #[fusion(default)]
    fn largest_row_backward(
        gradient: FloatTensor<Self>,
        places: IntTensor<Self>,
        there: FloatTensor<Self>,
        chosen: IntTensor<Self>,
        count: usize,
    ) -> FloatTensor<Self> {
        let [groups, longest] = there.shape().dims();
        let width = gradient.shape()[1];
        let gradient = Self::float_mul(gradient, first_column::<Self>(there));
        let gradient = Self::float_reshape(gradient, Shape::new([groups, 1, width]));
        let zeros = Self::float_zeros(
            Shape::new([groups, longest, width]),
            &gradient.device(),
            gradient.dtype().into(),
        );
        let by_place = Self::float_scatter(1, zeros, chosen, gradient, IndexingUpdateOp::Add);
        let by_place = Self::float_reshape(by_place, Shape::new([groups * longest, width]));
        added::<Self>(by_place, places, count)
    }
}

/// Zeros of `count` rows to which others are added.
pub(super) fn added<B: Backend>(values: FloatTensor<B>, rows: IntTensor<B>, count: usize) -> FloatTensor<B> {
    let width = values.shape()[1];
    let zeros = B::float_zeros(Shape::new([count, width]), &values.device(), values.dtype().into());
    B::float_select_assign(zeros, 0, rows, values, IndexingUpdateOp::Add)
}

fn first_column<B: Backend>(values: FloatTensor<B>) -> FloatTensor<B> {
    let rows = values.shape()[0];
    B::float_slice(values, &[(0..rows).into(), (0..1).into()])
}

#[cfg(feature = "webgpu")]
impl Rows for burn_wgpu::CubeBackend {}

impl Rows for Flex {
    fn looked_up(table: OnCpu, rows: IntTensor<Self>, shares: OnCpu) -> OnCpu {
        let [table, rows, shares] = [table, rows, shares].map(|tensor| tensor.to_contiguous());
        let width = table.layout().shape()[1];
        let rows = whole_numbers(&rows);
        let mut found = vec![0.0f32; rows.len() * width];
        kernels::look_up(values(&table), width, rows, values(&shares), &mut found);
        OnCpu::from_data(TensorData::new(found, [rows.len(), width]))
    }

    fn looked_up_backward(gradient: OnCpu, rows: IntTensor<Self>, shares: OnCpu, count: usize) -> OnCpu {
        let [gradient, rows, shares] = [gradient, rows, shares].map(|tensor| tensor.to_contiguous());
        let width = gradient.layout().shape()[1];
        let mut table = vec![0.0f32; count * width];
        kernels::add_back(values(&gradient), width, whole_numbers(&rows), values(&shares), &mut table);
        OnCpu::from_data(TensorData::new(table, [count, width]))
    }

    fn largest_row(of: OnCpu, places: IntTensor<Self>, there: OnCpu) -> (OnCpu, IntTensor<Self>) {
        let [of, places, there] = [of, places, there].map(|tensor| tensor.to_contiguous());
        let [groups, longest] = [there.layout().shape()[0], there.layout().shape()[1]];
        let width = of.layout().shape()[1];
        let mut largest = vec![0.0f32; groups * width];
        let mut chosen = vec![0i32; largest.len()];
        let (places, there) = (whole_numbers(&places), values(&there));
        kernels::largest(values(&of), width, places, there, longest, &mut largest, &mut chosen);
        let [largest, chosen] =
            [TensorData::new(largest, [groups, width]), TensorData::new(chosen, [groups, width])];
        (OnCpu::from_data(largest), OnCpu::from_data(chosen))
    }

    fn largest_row_backward(
        gradient: OnCpu,
        _places: IntTensor<Self>,
        _there: OnCpu,
        chosen: IntTensor<Self>,
        count: usize,
    ) -> OnCpu {
        let [gradient, chosen] = [gradient, chosen].map(|tensor| tensor.to_contiguous());
        let width = gradient.layout().shape()[1];
        let mut of = vec![0.0f32; count * width];
        kernels::add_to_chosen(values(&gradient), width, whole_numbers(&chosen), &mut of);
        OnCpu::from_data(TensorData::new(of, [count, width]))
    }
}

impl<B: Rows, C: CheckpointStrategy> Rows for Autodiff<B, C> {
    fn looked_up(
        table: FloatTensor<Self>,
        rows: IntTensor<Self>,
        shares: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let (node, table, shares) = (table.node(), table.into_primitive(), shares.into_primitive());
        match LookUp.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(operation) => {
                let state = (rows.clone(), shares.clone(), table.shape()[0]);
                operation.finish(state, B::looked_up(table, rows, shares))
            }
            OpsKind::UnTracked(operation) => operation.finish(B::looked_up(table, rows, shares)),
        }
    }

    fn largest_row(
        values: FloatTensor<Self>,
        places: IntTensor<Self>,
        there: FloatTensor<Self>,
    ) -> (FloatTensor<Self>, IntTensor<Self>) {
        let (node, values, there) = (values.node(), values.into_primitive(), there.into_primitive());
        match LargestRow.prepare::<C>([node]).compute_bound().stateful() {
            OpsKind::Tracked(operation) => {
                let count = values.shape()[0];
                let (largest, chosen) = B::largest_row(values, places.clone(), there.clone());
                (operation.finish((places, there, chosen.clone(), count), largest), chosen)
            }
            OpsKind::UnTracked(operation) => {
                let (largest, chosen) = B::largest_row(values, places, there);
                (operation.finish(largest), chosen)
            }
        }
    }
}

#[derive(Debug)]
struct LookUp;

impl<B: Rows> Backward<B, 1> for LookUp {
    type State = (IntTensor<B>, FloatTensor<B>, usize);

    fn backward(
        self,
        Ops { parents, node, state }: Ops<Self::State, 1>,
        gradients: &mut Gradients,
        _checkpointer: &mut Checkpointer,
    ) {
        let (rows, shares, count) = state;
        unary::<B, _>(parents, node, gradients, |gradient| {
            B::looked_up_backward(gradient, rows, shares, count)
        });
    }
}

#[derive(Debug)]
struct LargestRow;

impl<B: Rows> Backward<B, 1> for LargestRow {
    type State = (IntTensor<B>, FloatTensor<B>, IntTensor<B>, usize);

    fn backward(
        self,
        Ops { parents, node, state }: Ops<Self::State, 1>,
        gradients: &mut Gradients,
        _checkpointer: &mut Checkpointer,
    ) {
        let (places, there, chosen, count) = state;
        unary::<B, _>(parents, node, gradients, |gradient| {
            B::largest_row_backward(gradient, places, there, chosen, count)
        });
    }
}

/// Rows of a table, each times its share.
///
/// # Shapes
/// `[R, width]`, `[N]` and `[N, 1]` (or `[1, 1]` for one share of all) to `[N, width]`. Shares have no gradient.
pub fn rows_of(table: Tensor<2>, rows: Tensor<1, Int>, shares: Tensor<2>) -> Tensor<2> {
    let (table, rows, shares) = (table.into_dispatch(), rows.into_dispatch(), shares.into_dispatch());
    Tensor::from_dispatch(Dispatch::looked_up(table, rows, shares))
}

/// The largest value of each column over groups of rows.
///
/// `places` are the rows of each group, filled up to the longest with its first one; `there` has 1 for each place that
/// counts. A group without rows gives zeros; of equal values the first counts.
///
/// # Shapes
/// `[R, width]`, `[N · longest]` and `[N, longest]` to `[N, width]`.
pub fn largest_of(values: Tensor<2>, places: Tensor<1, Int>, there: Tensor<2>) -> Tensor<2> {
    let (values, places, there) = (values.into_dispatch(), places.into_dispatch(), there.into_dispatch());
    Tensor::from_dispatch(Dispatch::largest_row(values, places, there).0)
}
