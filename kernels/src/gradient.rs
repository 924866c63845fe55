//! The gradients of a convolution block. Of the four candidates of a pooled output one alone has a gradient, and none
//! where the output is dead.

use crate::block::{Block, DEAD, Patch, patch};
use crate::lanes::{LANES, Lanes};

/// From so many neighbouring values of a row on it is quicker to go along them, output by output, and to leave out
/// what is dead; below it is quicker to go along the outputs.
const LONG_RUN: usize = 24;

/// Adds the gradients of kernel and bias.
///
/// # Panics
/// If the lengths of the slices do not fit together.
pub fn kernel_gradient(
    block: &Block,
    pictures: &[f32],
    choice: &[i32],
    gradient: &[f32],
    kernel_gradient: &mut [f32],
    bias_gradient: &mut [f32],
) {
    assert_eq!((kernel_gradient.len(), bias_gradient.len()), (block.kernel_len(), block.outputs));
    assert_eq!(choice.len(), gradient.len(), "a choice for each output");
    for (choice, gradient) in choice.chunks_exact(block.outputs).zip(gradient.chunks_exact(block.outputs)) {
        for ((sum, choice), gradient) in bias_gradient.iter_mut().zip(choice).zip(gradient) {
            *sum += if *choice == DEAD { 0.0 } else { *gradient };
        }
    }
    let parts = pictures
        .chunks_exact(block.input_len())
        .zip(choice.chunks_exact(block.output_len()).zip(gradient.chunks_exact(block.output_len())));
    if block.run() < LONG_RUN {
        for first in (0..block.outputs).step_by(LANES) {
            along_outputs(block, parts.clone(), first, kernel_gradient);
        }
    } else {
        let mut by_output = vec![0.0; block.kernel_len()];
        for (picture, (choice, gradient)) in parts {
            along_rows(block, picture, choice, gradient, &mut by_output);
        }
        let taps = block.kernel * block.run();
        for (output, sums) in by_output.chunks_exact(taps).enumerate() {
            for (tap, sum) in sums.iter().enumerate() {
                kernel_gradient[tap * block.outputs + output] += sum;
            }
        }
    }
}

/// For one group of outputs: the products of each pixel with the gradients of all outputs that chose it.
fn along_outputs<'a>(
    block: &Block,
    parts: impl Iterator<Item = (&'a [f32], (&'a [i32], &'a [f32]))>,
    first: usize,
    kernel_gradient: &mut [f32],
) {
    let (height, width) = block.output_size();
    let (run, stride) = (block.run(), block.stride());
    let lanes = LANES.min(block.outputs - first);
    let small = block.inputs == 1 && block.kernel == 3 && block.pool;
    let mut sums = vec![Lanes::splat(0.0); block.kernel * run];
    for (picture, (choice, gradient)) in parts {
        for row in 0..height {
            for column in 0..width {
                let at = (row * width + column) * block.outputs + first;
                let chosen = chosen(&choice[at..][..lanes], &gradient[at..][..lanes]);
                if let Some(sums) = small.then(|| sums.first_chunk_mut::<9>()).flatten() {
                    along_patch(&patch(block, picture, row, column), &chosen, sums);
                    continue;
                }
                for (dy, sums) in sums.chunks_exact_mut(run).enumerate() {
                    if block.pool {
                        let values: [&[f32]; 4] = std::array::from_fn(|candidate| {
                            &picture[block.start(row, column, candidate) + dy * stride..][..run]
                        });
                        let [a, b, c, d] = values;
                        for ((((sums, a), b), c), d) in sums.iter_mut().zip(a).zip(b).zip(c).zip(d) {
                            *sums = sums.plus(products([*a, *b, *c, *d], &chosen));
                        }
                    } else {
                        let values = &picture[block.start(row, column, 0) + dy * stride..][..run];
                        for (sums, a) in sums.iter_mut().zip(values) {
                            *sums = sums.plus_product(*a, chosen[0]);
                        }
                    }
                }
            }
        }
    }
    for (tap, sums) in sums.iter().enumerate() {
        for (lane, sum) in sums.values().into_iter().take(lanes).enumerate() {
            kernel_gradient[tap * block.outputs + first + lane] += sum;
        }
    }
}

/// The gradient of each output in the row of the candidate it chose, zeros elsewhere.
#[inline(always)]
fn chosen(choice: &[i32], gradient: &[f32]) -> [Lanes; 4] {
    let mut places = [DEAD as f32; LANES];
    places.iter_mut().zip(choice).for_each(|(place, choice)| *place = *choice as f32);
    let (places, gradient) = (Lanes::read(&places), Lanes::read_some(gradient));
    let zero = Lanes::splat(0.0);
    // Of whole numbers, one is the candidate's where it is neither above nor below it.
    [0.0, 1.0, 2.0, 3.0].map(|candidate| {
        let candidate = Lanes::splat(candidate);
        let not_above = places.if_greater(candidate, zero, gradient);
        candidate.if_greater(places, zero, not_above)
    })
}

/// Products of the four candidates' pixels with the gradients of those that chose them.
#[inline(always)]
fn products(pixels: [f32; 4], chosen: &[Lanes; 4]) -> Lanes {
    let product = |candidate: usize| Lanes::splat(pixels[candidate]).times(chosen[candidate]);
    product(0).plus(product(1)).plus(product(2).plus(product(3)))
}

/// Adds the products of a patch: loops of fixed length, which the compiler unrolls.
#[inline(always)]
fn along_patch(patch: &Patch, chosen: &[Lanes; 4], sums: &mut [Lanes; 9]) {
    for dy in 0..3 {
        for dx in 0..3 {
            let pixels = [patch[dy][dx], patch[dy][dx + 1], patch[dy + 1][dx], patch[dy + 1][dx + 1]];
            sums[dy * 3 + dx] = sums[dy * 3 + dx].plus(products(pixels, chosen));
        }
    }
}

/// Output by output, along the neighbouring values each living output has seen; `sums` is `[outputs, taps]`.
fn along_rows(block: &Block, picture: &[f32], choice: &[i32], gradient: &[f32], sums: &mut [f32]) {
    let (height, width) = block.output_size();
    let (run, stride) = (block.run(), block.stride());
    for (output, sums) in sums.chunks_exact_mut(block.kernel * run).enumerate() {
        for row in 0..height {
            for column in 0..width {
                let at = (row * width + column) * block.outputs + output;
                let (chosen, gradient) = (choice[at], gradient[at]);
                if chosen == DEAD || gradient == 0.0 {
                    continue;
                }
                let start = block.start(row, column, chosen as usize);
                for (dy, sums) in sums.chunks_exact_mut(run).enumerate() {
                    let values = &picture[start + dy * stride..][..run];
                    for (sum, value) in sums.iter_mut().zip(values) {
                        *sum += gradient * value;
                    }
                }
            }
        }
    }
}

/// Adds the gradient of the pictures.
///
/// # Panics
/// If the lengths of the slices do not fit together.
pub fn input_gradient(
    block: &Block,
    kernel: &[f32],
    choice: &[i32],
    gradient: &[f32],
    input_gradient: &mut [f32],
) {
    assert_eq!(kernel.len(), block.kernel_len(), "the kernel");
    assert_eq!(choice.len(), gradient.len(), "a choice for each output");
    let (height, width) = block.output_size();
    let (run, stride) = (block.run(), block.stride());
    let taps = block.kernel * run;
    // [outputs, taps]: what one output adds lies together.
    let by_output: Vec<f32> = (0..block.outputs)
        .flat_map(|output| kernel.iter().skip(output).step_by(block.outputs))
        .copied()
        .collect();
    let parts = choice.chunks_exact(block.output_len()).zip(gradient.chunks_exact(block.output_len()));
    for (sums, (choice, gradient)) in input_gradient.chunks_exact_mut(block.input_len()).zip(parts) {
        for row in 0..height {
            for column in 0..width {
                let at = (row * width + column) * block.outputs;
                let cell = choice[at..][..block.outputs].iter().zip(&gradient[at..][..block.outputs]);
                for ((chosen, gradient), kernel) in cell.zip(by_output.chunks_exact(taps)) {
                    if *chosen == DEAD || *gradient == 0.0 {
                        continue;
                    }
                    let start = block.start(row, column, *chosen as usize);
                    for (dy, kernel) in kernel.chunks_exact(run).enumerate() {
                        let sums = &mut sums[start + dy * stride..][..run];
                        for (sum, number) in sums.iter_mut().zip(kernel) {
                            *sum += gradient * number;
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::forward;
    use crate::block::tests::{blocks, numbers};

    /// What a loss `Σ gradient · output` has for gradients, from the definition, in f64.
    fn expected(
        block: &Block,
        pictures: &[f32],
        kernel: &[f32],
        choice: &[i32],
        gradient: &[f32],
    ) -> [Vec<f64>; 3] {
        let (height, width) = block.output_size();
        let mut of_input = vec![0.0; pictures.len()];
        let mut of_kernel = vec![0.0; kernel.len()];
        let mut of_bias = vec![0.0; block.outputs];
        for n in 0..pictures.len() / block.input_len() {
            for row in 0..height {
                for column in 0..width {
                    for (o, of_bias) in of_bias.iter_mut().enumerate() {
                        let at = n * block.output_len() + (row * width + column) * block.outputs + o;
                        if choice[at] == DEAD {
                            continue;
                        }
                        let g = f64::from(gradient[at]);
                        *of_bias += g;
                        let start = n * block.input_len() + block.start(row, column, choice[at] as usize);
                        for dy in 0..block.kernel {
                            for t in 0..block.run() {
                                let pixel = start + dy * block.stride() + t;
                                let number = (dy * block.run() + t) * block.outputs + o;
                                of_kernel[number] += g * f64::from(pictures[pixel]);
                                of_input[pixel] += g * f64::from(kernel[number]);
                            }
                        }
                    }
                }
            }
        }
        [of_input, of_kernel, of_bias]
    }

    fn assert_near(found: &[f32], expected: &[f64], what: &str) {
        for (found, expected) in found.iter().zip(expected) {
            assert!((f64::from(*found) - expected).abs() < 2e-4 * (1.0 + expected.abs()), "{what}");
        }
    }

    #[test]
    fn gradients_are_those_of_the_definition() {
        for (seed, block) in blocks().into_iter().enumerate() {
            let pictures = numbers(3 * block.input_len(), seed as u32 + 20);
            let (kernel, bias) = (numbers(block.kernel_len(), 3), numbers(block.outputs, 4));
            let mut output = vec![0.0; 3 * block.output_len()];
            let mut choice = vec![0; output.len()];
            forward(&block, &pictures, &kernel, &bias, &mut output, &mut choice);
            let gradient = numbers(output.len(), 5);
            let [of_input, of_kernel, of_bias] = expected(&block, &pictures, &kernel, &choice, &gradient);
            let mut found = vec![0.0; kernel.len()];
            let mut found_bias = vec![0.0; block.outputs];
            kernel_gradient(&block, &pictures, &choice, &gradient, &mut found, &mut found_bias);
            assert_near(&found, &of_kernel, &format!("kernel of {block:?}"));
            assert_near(&found_bias, &of_bias, &format!("bias of {block:?}"));
            let mut found = vec![0.0; pictures.len()];
            input_gradient(&block, &kernel, &choice, &gradient, &mut found);
            assert_near(&found, &of_input, &format!("input of {block:?}"));
        }
    }
}
