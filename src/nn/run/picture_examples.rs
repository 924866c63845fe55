//! Pictures as what a network is trained on.

use super::examples::{Examples, Minibatch};
use crate::data::pictures::LabelledPictures;
use crate::random::{Purpose, Random};
use burn::tensor::{Device, Tensor, TensorData};
use std::rc::Rc;

/// Pixels (height times width) of the pictures that are evaluated at once: 668 digits, 32 pictures of 128×128, so that
/// the first maps of the documents' networks take some 30 MB.
const PIXELS_AT_ONCE: usize = 1 << 19;
/// A picture is moved by at most this part of its side, the tenth.
const SHIFT_PART: usize = 10;

/// Pictures with classes, their bytes divided by 255.
#[derive(Debug, Clone)]
pub struct PictureExamples {
    /// The pictures.
    pub pictures: Rc<LabelledPictures>,
    /// Columns of the targets: one for each class, or 1 where there are two, which then holds the class.
    pub outputs: usize,
    /// Seed of the random changes training pictures go through, or none for pictures as they are.
    pub augment: Option<u64>,
    /// Whether such a change may mirror a picture from left to right; a mirrored digit is none.
    pub flip: bool,
}

impl PictureExamples {
    /// Bytes and classes to a minibatch.
    fn assemble<'a>(
        &self,
        rows: &[usize],
        bytes: impl ExactSizeIterator<Item = &'a [u8]>,
        device: &Device,
    ) -> Minibatch<Tensor<4>> {
        let LabelledPictures { height, width, channels, ref labels, .. } = *self.pictures;
        let mut targets = vec![0f32; rows.len() * self.outputs];
        for (target, &row) in targets.chunks_exact_mut(self.outputs).zip(rows) {
            match target {
                [class] => *class = labels[row] as f32,
                classes => classes[labels[row] as usize] = 1.0,
            }
        }
        Minibatch {
            input: picture_tensor(bytes, [height, width, channels], 255.0, device),
            targets: Tensor::from_data(TensorData::new(targets, [rows.len(), self.outputs]), device),
        }
    }

    /// A picture changed at random: mirrored every other time if that is allowed, and moved up to a tenth of its
    /// side each way, its edge repeated. The change hangs on seed, step and row alone.
    fn augmented(&self, row: usize, step: u64, seed: u64) -> Vec<u8> {
        let LabelledPictures { height, width, channels, .. } = *self.pictures;
        let place = step * self.pictures.len() as u64 + row as u64;
        let mut random = Random::at_place(seed, Purpose::Augmentation, place);
        let mirrored = random.below(2) == 1 && self.flip;
        let mut shift = |side: usize| random.below(2 * (side / SHIFT_PART) + 1) as isize;
        let (down, right) = (shift(height), shift(width));
        let (down, right) = (down - (height / SHIFT_PART) as isize, right - (width / SHIFT_PART) as isize);
        // Where the pixel at `place` comes from.
        let source =
            |place: usize, by: isize, side: usize| (place as isize - by).clamp(0, side as isize - 1) as usize;
        let bytes = self.pictures.bytes(row);
        let mut changed = Vec::with_capacity(bytes.len());
        for y in 0..height {
            let line = &bytes[source(y, down, height) * width * channels..][..width * channels];
            for x in 0..width {
                let x = source(x, right, width);
                let x = if mirrored { width - 1 - x } else { x };
                changed.extend_from_slice(&line[x * channels..][..channels]);
            }
        }
        changed
    }
}

/// Bytes of pictures as a network's input; each is divided by `divisor`, which is 255 unless a mistake is shown.
///
/// # Shapes
/// `shape` is height, width and channels of each picture; the result is `[N, height, width, channels]`.
///
/// # Panics
/// If a picture has another number of bytes.
pub fn picture_tensor<'a>(
    pictures: impl ExactSizeIterator<Item = &'a [u8]>,
    shape: [usize; 3],
    divisor: f32,
    device: &Device,
) -> Tensor<4> {
    let [height, width, channels] = shape;
    let shape = [pictures.len(), height, width, channels];
    let mut values = Vec::with_capacity(shape.iter().product());
    for bytes in pictures {
        values.extend(bytes.iter().map(|byte| f32::from(*byte) / divisor));
    }
    Tensor::from_data(TensorData::new(values, shape), device)
}

impl Examples for PictureExamples {
    type Input = Tensor<4>;

    fn minibatch(&self, rows: &[usize], device: &Device) -> Minibatch<Tensor<4>> {
        self.assemble(rows, rows.iter().map(|&row| self.pictures.bytes(row)), device)
    }

    fn training_minibatch(&self, rows: &[usize], step: u64, device: &Device) -> Minibatch<Tensor<4>> {
        let Some(seed) = self.augment else { return self.minibatch(rows, device) };
        let changed: Vec<Vec<u8>> = rows.iter().map(|&row| self.augmented(row, step, seed)).collect();
        self.assemble(rows, changed.iter().map(Vec::as_slice), device)
    }

    fn label(&self, row: usize) -> u32 {
        self.pictures.labels[row]
    }

    fn rows_at_once(&self) -> usize {
        (PIXELS_AT_ONCE / (self.pictures.height * self.pictures.width).max(1)).clamp(1, 1024)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six pictures of 10×20 pixels with two channels; the first byte of a pixel is its column, the second its row.
    fn examples(outputs: usize, augment: Option<u64>, flip: bool) -> PictureExamples {
        let one: Vec<u8> = (0..10).flat_map(|y| (0..20).flat_map(move |x| [x, y])).collect();
        let pictures = LabelledPictures {
            height: 10,
            width: 20,
            channels: 2,
            pixels: one.repeat(6),
            labels: vec![0, 1, 1, 0, 1, 0],
            classes: vec!["left".into(), "right".into()],
            origins: vec![],
            train: 4,
        };
        PictureExamples { pictures: Rc::new(pictures), outputs, augment, flip }
    }

    fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
        tensor.into_data().try_into_vec().unwrap()
    }

    #[test]
    fn a_minibatch_holds_bytes_over_255_and_the_classes() {
        let device = Device::flex();
        let batch = examples(2, None, false).minibatch(&[1, 0], &device);
        assert_eq!(batch.input.dims(), [2, 10, 20, 2]);
        assert_eq!(values(batch.input)[5 * 40 + 7 * 2..][..2], [7.0 / 255.0, 5.0 / 255.0]);
        assert_eq!(values(batch.targets), [0.0, 1.0, 1.0, 0.0]);
        let batch = examples(1, None, false).minibatch(&[1, 0, 4], &device);
        assert_eq!(batch.targets.dims(), [3, 1]);
        assert_eq!(values(batch.targets), [1.0, 0.0, 1.0]);
    }

    #[test]
    fn without_a_seed_training_pictures_are_as_they_are() {
        let (examples, device) = (examples(1, None, true), Device::flex());
        let training = examples.training_minibatch(&[2, 3], 5, &device);
        assert_eq!(training.input.into_data(), examples.minibatch(&[2, 3], &device).input.into_data());
    }

    #[test]
    fn a_changed_picture_is_moved_by_a_tenth_at_most_and_mirrored_every_other_time() {
        let (mut mirrored, mut places) = (0, std::collections::BTreeSet::new());
        let examples = examples(1, Some(3), true);
        for step in 0..200 {
            let bytes = examples.augmented(2, step, 3);
            // Pixels are columns and rows of the original: those in the middle tell the change, the edges repeat.
            let pixel = |x: usize, y: usize| [bytes[(y * 20 + x) * 2], bytes[(y * 20 + x) * 2 + 1]];
            let [x, y] = pixel(10, 5).map(i32::from);
            let back = i32::from(pixel(11, 5)[0]) < x;
            let right = if back { 19 - x } else { x } - 10;
            let down = y - 5;
            assert!(right.abs() <= 2 && down.abs() <= 1, "{right} {down}");
            for (at, line) in (0..10).map(|y| (y as i32, pixel(0, y)[1])) {
                assert_eq!(i32::from(line), (at + down).clamp(0, 9));
            }
            for at in 0..20 {
                let column = (at + right).clamp(0, 19);
                assert_eq!(i32::from(pixel(at as usize, 4)[0]), if back { 19 - column } else { column });
            }
            mirrored += usize::from(back);
            places.insert((right, down));
        }
        assert!((70..130).contains(&mirrored), "{mirrored} of 200 are mirrored");
        assert_eq!(places.len(), 15, "all of 5×3 places come up");
    }

    #[test]
    fn changes_hang_on_seed_step_and_row_and_digits_are_not_mirrored() {
        let digits = examples(1, Some(3), false);
        let changes = |row: usize, step: u64, seed: u64| digits.augmented(row, step, seed);
        assert_eq!(changes(2, 7, 3), changes(2, 7, 3));
        let different =
            |other: &dyn Fn(u64) -> Vec<u8>| (0..20).any(|step| other(step) != changes(2, step, 3));
        assert!(different(&|step| changes(3, step, 3)));
        assert!(different(&|step| changes(2, step + 1, 3)));
        assert!(different(&|step| changes(2, step, 4)));
        for step in 0..50 {
            let bytes = changes(1, step, 3);
            assert!(bytes[11 * 2] > bytes[10 * 2], "mirrored at step {step}");
        }
        let device = Device::flex();
        let batch = digits.training_minibatch(&[4, 1], 9, &device);
        let expected: Vec<f32> =
            [changes(4, 9, 3), changes(1, 9, 3)].concat().iter().map(|b| f32::from(*b) / 255.0).collect();
        assert_eq!(values(batch.input), expected);
        assert_eq!(values(batch.targets), [1.0, 1.0]);
    }

    #[test]
    fn large_pictures_are_evaluated_in_smaller_groups() {
        let mut examples = examples(1, None, false);
        assert_eq!(examples.rows_at_once(), 1024);
        let large = LabelledPictures { height: 128, width: 128, ..(*examples.pictures).clone() };
        examples.pictures = Rc::new(large);
        assert_eq!(examples.rows_at_once(), 32);
    }
}
