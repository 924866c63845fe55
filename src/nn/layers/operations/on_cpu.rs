//! What lies behind a tensor of the CPU.

use burn::backend::Flex;
use burn::backend::tensor::{FloatTensor, IntTensor};

/// A tensor of the CPU.
pub type OnCpu = FloatTensor<Flex>;

/// The values of a tensor that lies contiguous in memory, without what its storage holds before and behind it.
pub fn values(tensor: &OnCpu) -> &[f32] {
    let first = tensor.layout().start_offset();
    &tensor.storage::<f32>()[first..first + tensor.layout().num_elements()]
}

/// The same of whole numbers.
pub fn whole_numbers(tensor: &IntTensor<Flex>) -> &[i32] {
    let first = tensor.layout().start_offset();
    &tensor.storage::<i32>()[first..first + tensor.layout().num_elements()]
}
