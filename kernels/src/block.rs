//! A convolution block forward: valid convolution, bias, ReLU, and 2×2 max pooling where it is asked for.

use crate::lanes::{LANES, Lanes};

/// Mark in `choice` of an output that is 0: no gradient goes through it.
pub const DEAD: i32 = 4;

/// Sizes of one picture's block. Pictures are `[height, width, inputs]`, kernels `[kernel, kernel, inputs, outputs]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Rows of the input.
    pub height: usize,
    /// Columns of the input.
    pub width: usize,
    /// Channels of the input.
    pub inputs: usize,
    /// Channels of the output.
    pub outputs: usize,
    /// Rows and columns of the kernel.
    pub kernel: usize,
    /// Whether 2×2 max pooling follows; an odd last row or column is left out.
    pub pool: bool,
}

impl Block {
    /// Rows and columns of the output.
    ///
    /// # Panics
    /// If the kernel is larger than the picture.
    pub fn output_size(&self) -> (usize, usize) {
        let (height, width) = (self.height + 1 - self.kernel, self.width + 1 - self.kernel);
        if self.pool { (height / 2, width / 2) } else { (height, width) }
    }

    /// Values of a picture.
    pub fn input_len(&self) -> usize {
        self.height * self.width * self.inputs
    }

    /// Values of its output.
    pub fn output_len(&self) -> usize {
        let (height, width) = self.output_size();
        height * width * self.outputs
    }

    /// Values of the kernel.
    pub fn kernel_len(&self) -> usize {
        self.kernel * self.run() * self.outputs
    }

    /// Neighbouring values of a row that a kernel covers: `kernel · inputs`.
    pub(crate) fn run(&self) -> usize {
        self.kernel * self.inputs
    }

    /// Values of a row of the picture.
    pub(crate) fn stride(&self) -> usize {
        self.width * self.inputs
    }

    /// Where the values that an output's candidate sees begin: candidate 0 to 3 of a pooled output, row by row.
    pub(crate) fn start(&self, row: usize, column: usize, candidate: usize) -> usize {
        if self.pool {
            (2 * row + candidate / 2) * self.stride() + (2 * column + candidate % 2) * self.inputs
        } else {
            row * self.stride() + column * self.inputs
        }
    }
}

/// `relu(convolution(pictures, kernel) + bias)`, pooled where the block pools. `choice` tells for each output which of
/// its four candidates was the largest (the first of equals), or [`DEAD`].
///
/// # Panics
/// If the lengths of the slices do not fit together.
pub fn forward(
    block: &Block,
    pictures: &[f32],
    kernel: &[f32],
    bias: &[f32],
    output: &mut [f32],
    choice: &mut [i32],
) {
    assert_eq!((kernel.len(), bias.len()), (block.kernel_len(), block.outputs), "kernel and bias");
    assert_eq!(output.len(), choice.len(), "a choice for each output");
    let packed = packed(block, kernel);
    let pictures = pictures.chunks_exact(block.input_len());
    let outputs =
        output.chunks_exact_mut(block.output_len()).zip(choice.chunks_exact_mut(block.output_len()));
    assert_eq!(pictures.len(), outputs.len(), "an output for each picture");
    for (picture, (output, choice)) in pictures.zip(outputs) {
        for (group, kernel) in packed.chunks_exact(block.kernel * block.run() * LANES).enumerate() {
            if block.pool {
                pooled(block, picture, kernel, bias, group * LANES, output, choice);
            } else {
                plain(block, picture, kernel, bias, group * LANES, output, choice);
            }
        }
    }
}

/// The kernel in groups of [`LANES`] outputs, each contiguous; the last group is filled up with zeros.
fn packed(block: &Block, kernel: &[f32]) -> Vec<f32> {
    let mut packed = Vec::with_capacity(block.kernel_len().next_multiple_of(LANES));
    for first in (0..block.outputs).step_by(LANES) {
        let last = (first + LANES).min(block.outputs);
        for row in kernel.chunks_exact(block.outputs) {
            packed.extend_from_slice(&row[first..last]);
            packed.extend(std::iter::repeat_n(0.0, LANES - (last - first)));
        }
    }
    packed
}

/// Sums of four pixels' products with a group of kernels. `starts` are the places where each pixel's values begin.
#[inline(always)]
fn four(block: &Block, picture: &[f32], starts: [usize; 4], kernel: &[f32]) -> [Lanes; 4] {
    let (run, stride) = (block.run(), block.stride());
    let [mut first, mut second, mut third, mut fourth] = [Lanes::splat(0.0); 4];
    for (row, kernel) in kernel.chunks_exact(run * LANES).enumerate() {
        let values = starts.map(|start| &picture[start + row * stride..][..run]);
        let [a, b, c, d] = values;
        let numbers = kernel.as_chunks::<LANES>().0.iter();
        for ((((numbers, a), b), c), d) in numbers.zip(a).zip(b).zip(c).zip(d) {
            let numbers = Lanes::read(numbers);
            first = first.plus_product(*a, numbers);
            second = second.plus_product(*b, numbers);
            third = third.plus_product(*c, numbers);
            fourth = fourth.plus_product(*d, numbers);
        }
    }
    [first, second, third, fourth]
}

/// The same for one pixel.
#[inline(always)]
fn one(block: &Block, picture: &[f32], start: usize, kernel: &[f32]) -> Lanes {
    let (run, stride) = (block.run(), block.stride());
    let mut sums = Lanes::splat(0.0);
    for (row, kernel) in kernel.chunks_exact(run * LANES).enumerate() {
        let values = &picture[start + row * stride..][..run];
        for (numbers, a) in kernel.as_chunks::<LANES>().0.iter().zip(values) {
            sums = sums.plus_product(*a, Lanes::read(numbers));
        }
    }
    sums
}

/// The pixels that the four candidates of a pooled output see through kernels of 3 by 3 on one channel.
pub(crate) type Patch = [[f32; 4]; 4];

/// Reads a patch of a picture with one channel.
#[inline(always)]
pub(crate) fn patch(block: &Block, picture: &[f32], row: usize, column: usize) -> Patch {
    std::array::from_fn(|y| {
        let line = &picture[(2 * row + y) * block.width + 2 * column..][..4];
        [line[0], line[1], line[2], line[3]]
    })
}

/// [`four`] for a patch: loops of fixed length, which the compiler unrolls. Digits have one channel.
#[inline(always)]
fn four_of_patch(patch: &Patch, kernel: &[[f32; LANES]; 9]) -> [Lanes; 4] {
    let mut sums = [Lanes::splat(0.0); 4];
    for dy in 0..3 {
        for dx in 0..3 {
            let numbers = Lanes::read(&kernel[dy * 3 + dx]);
            sums[0] = sums[0].plus_product(patch[dy][dx], numbers);
            sums[1] = sums[1].plus_product(patch[dy][dx + 1], numbers);
            sums[2] = sums[2].plus_product(patch[dy + 1][dx], numbers);
            sums[3] = sums[3].plus_product(patch[dy + 1][dx + 1], numbers);
        }
    }
    sums
}

/// The outputs, and which candidate each comes from: of four pixels' sums the largest, with its bias, if it is above 0.
#[inline(always)]
fn largest(sums: [Lanes; 4], bias: Lanes) -> (Lanes, Lanes) {
    let [mut largest, others @ ..] = sums;
    let mut place = Lanes::splat(0.0);
    for (other, candidate) in others.into_iter().zip([1.0, 2.0, 3.0]) {
        place = other.if_greater(largest, Lanes::splat(candidate), place);
        largest = other.if_greater(largest, other, largest);
    }
    // The bias is the same for all four candidates.
    living(largest.plus(bias), place)
}

/// The values above 0 and their places; 0 and [`DEAD`] elsewhere. What is not a number stays so, as in burn's ReLU:
/// else the loss of a network that has diverged could look finite.
#[inline(always)]
fn living(value: Lanes, place: Lanes) -> (Lanes, Lanes) {
    let zero = Lanes::splat(0.0);
    (zero.if_greater(value, zero, value), value.if_greater(zero, place, Lanes::splat(DEAD as f32)))
}

fn pooled(
    block: &Block,
    picture: &[f32],
    kernel: &[f32],
    bias: &[f32],
    first: usize,
    output: &mut [f32],
    choice: &mut [i32],
) {
    let (height, width) = block.output_size();
    let lanes = LANES.min(block.outputs - first);
    let bias = Lanes::read_some(&bias[first..first + lanes]);
    let small = (block.inputs == 1 && block.kernel == 3).then_some(kernel.as_chunks::<LANES>().0);
    let small: Option<&[[f32; LANES]; 9]> = small.and_then(|taps| taps.try_into().ok());
    for row in 0..height {
        for column in 0..width {
            let sums = match small {
                Some(kernel) => four_of_patch(&patch(block, picture, row, column), kernel),
                None => {
                    let starts = std::array::from_fn(|candidate| block.start(row, column, candidate));
                    four(block, picture, starts, kernel)
                }
            };
            let (value, place) = largest(sums, bias);
            let at = (row * width + column) * block.outputs + first;
            value.write_some(&mut output[at..at + lanes]);
            choice[at..at + lanes].copy_from_slice(&place.whole()[..lanes]);
        }
    }
}

fn plain(
    block: &Block,
    picture: &[f32],
    kernel: &[f32],
    bias: &[f32],
    first: usize,
    output: &mut [f32],
    choice: &mut [i32],
) {
    let (height, width) = block.output_size();
    let lanes = LANES.min(block.outputs - first);
    let bias = Lanes::read_some(&bias[first..first + lanes]);
    let mut write = |row: usize, column: usize, sums: Lanes| {
        let at = (row * width + column) * block.outputs + first;
        let (value, place) = living(sums.plus(bias), Lanes::splat(0.0));
        value.write_some(&mut output[at..at + lanes]);
        choice[at..at + lanes].copy_from_slice(&place.whole()[..lanes]);
    };
    for row in 0..height {
        let mut column = 0;
        while column + 4 <= width {
            let starts = std::array::from_fn(|place| block.start(row, column + place, 0));
            for (place, sums) in four(block, picture, starts, kernel).into_iter().enumerate() {
                write(row, column + place, sums);
            }
            column += 4;
        }
        while column < width {
            write(row, column, one(block, picture, block.start(row, column, 0), kernel));
            column += 1;
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Numbers that look random and repeat.
    pub(crate) fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    /// Blocks of all kinds: odd sides, few and many channels, outputs that fill no group.
    pub(crate) fn blocks() -> Vec<Block> {
        let block = |height, width, inputs, outputs, kernel, pool| Block {
            height,
            width,
            inputs,
            outputs,
            kernel,
            pool,
        };
        vec![
            block(8, 8, 1, 16, 3, true),
            block(9, 11, 1, 5, 3, true),
            block(7, 10, 3, 8, 2, true),
            block(10, 9, 12, 11, 3, true),
            block(12, 12, 2, 3, 5, true),
            block(6, 9, 1, 4, 3, false),
            block(9, 8, 2, 4, 5, false),
            block(7, 5, 16, 9, 3, false),
            block(3, 3, 4, 2, 3, false),
        ]
    }

    /// Each candidate's sum for one output, in f64.
    pub(crate) fn candidates(
        block: &Block,
        picture: &[f32],
        kernel: &[f32],
        [row, column, output]: [usize; 3],
    ) -> Vec<f64> {
        let count = if block.pool { 4 } else { 1 };
        (0..count)
            .map(|candidate| {
                let (y, x) = match block.pool {
                    true => (2 * row + candidate / 2, 2 * column + candidate % 2),
                    false => (row, column),
                };
                let mut sum = 0.0;
                for dy in 0..block.kernel {
                    for dx in 0..block.kernel {
                        for channel in 0..block.inputs {
                            let pixel = picture[((y + dy) * block.width + x + dx) * block.inputs + channel];
                            let number = kernel[((dy * block.kernel + dx) * block.inputs + channel)
                                * block.outputs
                                + output];
                            sum += f64::from(pixel) * f64::from(number);
                        }
                    }
                }
                sum
            })
            .collect()
    }

    #[test]
    fn numbers_that_are_none_do_not_pass_for_dead_outputs() {
        for block in blocks() {
            let picture = numbers(block.input_len(), 1);
            let mut kernel = numbers(block.kernel_len(), 7);
            kernel[1] = f32::NAN;
            let bias = numbers(block.outputs, 9);
            let mut output = vec![0.0; block.output_len()];
            let mut choice = vec![-1; output.len()];
            forward(&block, &picture, &kernel, &bias, &mut output, &mut choice);
            for outputs in output.chunks_exact(block.outputs) {
                let nan: Vec<bool> = outputs.iter().map(|value| value.is_nan()).collect();
                let expected: Vec<bool> = (0..block.outputs).map(|output| output == 1).collect();
                assert_eq!(nan, expected, "{block:?}");
            }
        }
    }

    #[test]
    fn it_is_the_sum_of_products_the_largest_of_four_and_nothing_below_zero() {
        for (seed, block) in blocks().into_iter().enumerate() {
            let pictures = numbers(2 * block.input_len(), seed as u32);
            let (kernel, bias) = (numbers(block.kernel_len(), 7), numbers(block.outputs, 9));
            let mut output = vec![f32::NAN; 2 * block.output_len()];
            let mut choice = vec![-1; output.len()];
            forward(&block, &pictures, &kernel, &bias, &mut output, &mut choice);
            let (height, width) = block.output_size();
            let mut dead = 0;
            for (n, picture) in pictures.chunks_exact(block.input_len()).enumerate() {
                for row in 0..height {
                    for column in 0..width {
                        for (o, bias) in bias.iter().enumerate() {
                            let sums = candidates(&block, picture, &kernel, [row, column, o]);
                            let largest = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                            let expected = (largest + f64::from(*bias)).max(0.0);
                            let at = n * block.output_len() + (row * width + column) * block.outputs + o;
                            assert!((f64::from(output[at]) - expected).abs() < 1e-4, "{block:?}");
                            match choice[at] {
                                DEAD => dead += 1,
                                place => assert!((sums[place as usize] - largest).abs() < 1e-4),
                            }
                        }
                    }
                }
            }
            assert!(dead > 0, "some outputs are dead: {block:?}");
        }
    }
}
