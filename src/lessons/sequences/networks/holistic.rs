//! Attention over all cells of a history, a cell for each step and modality. It stands for the two-dimensional attention
//! that the document names; the form is our own and not Trans2D's program.

use super::steps::Steps;
use crate::nn::layers::embedding::{Embedding, some_rows};
use crate::nn::layers::initializer::glorot_uniform;
use crate::nn::layers::operations::{Attention, Edge, Edges, attend};
use crate::random::Random;
use burn::module::{Module, Param};
use burn::tensor::{Device, Tensor, TensorData};

/// Modalities, items among them.
const CHANNELS: usize = 3;
/// Pairs of them.
const PAIRS: usize = CHANNELS * CHANNELS;

/// `e = q · k / √width + b(distance of the steps) + c(pair of modalities)`, softmax over all cells of the history.
#[derive(Module, Debug)]
pub struct Holistic {
    places: Embedding,
    query: Param<Tensor<2>>,
    key: Param<Tensor<2>>,
    value: Param<Tensor<2>>,
    /// `[1, distances]`
    distances: Param<Tensor<2>>,
    /// `[9, 1]`
    pairs: Param<Tensor<2>>,
}

impl Holistic {
    /// Glorot's uniform matrices; distances and pairs weigh nothing at first.
    pub fn init(width: usize, places: usize, random: &mut Random, device: &Device) -> Self {
        let limit = 1.0 / (width as f64).sqrt();
        let places_table = Embedding::uniform(places, width, limit, random, device);
        let mut square = || {
            let values = glorot_uniform(width * width, width, width, random);
            Param::from_data(TensorData::new(values, [width, width]), device)
        };
        let zeros = |shape: [usize; 2]| {
            Param::from_data(TensorData::new(vec![0f32; shape.iter().product()], shape), device)
        };
        Self {
            places: places_table,
            query: square(),
            key: square(),
            value: square(),
            distances: zeros([1, places]),
            pairs: zeros([PAIRS, 1]),
        }
    }

    /// The states of the last step's cells, `[histories, width]` each.
    ///
    /// # Shapes
    /// `[steps, width]` for each modality.
    pub fn last(&self, channels: [Tensor<2>; CHANNELS], steps: &Steps) -> [Tensor<2>; CHANNELS] {
        let [rows, width] = channels[0].dims();
        let device = channels[0].device();
        let places = steps.places(&self.places);
        let cells = Tensor::cat(channels.map(|channel| channel + places.clone()).to_vec(), 0);
        let longest = self.distances.val().dims()[1];
        let edges = cell_edges(&steps.lengths, rows, longest, &device);
        let cell_count = CHANNELS * rows;
        // A last column of ones on one side takes what a relation adds.
        let one = Tensor::ones([cell_count, 1], &device);
        let with_one =
            |weight: &Param<Tensor<2>>| Tensor::cat(vec![cells.clone().matmul(weight.val()), one.clone()], 1);
        let added = (self.pairs.val() + self.distances.val()).reshape([PAIRS * longest, 1]);
        let scale = Tensor::full([PAIRS * longest, width], 1.0 / (width as f32).sqrt(), &device);
        let of = Attention {
            queries: with_one(&self.query),
            keys: with_one(&self.key),
            relations: Tensor::cat(vec![scale, added], 1),
            values: cells.clone().matmul(self.value.val()),
            keep: Tensor::ones([edges.count(), 1], &device),
            slope: 1.0,
        };
        let states = cells + attend(of, &edges).0;
        [0, 1, 2].map(|channel| {
            let place = |row: &u32| channel * rows as u32 + row;
            some_rows(&states, steps.last.iter().map(place).collect())
        })
    }
}

/// Each cell to every cell of its history; cells are those of all steps, channel by channel.
fn cell_edges(lengths: &[usize], rows: usize, longest: usize, device: &Device) -> Edges {
    let mut edges = Vec::new();
    for channel in 0..CHANNELS {
        let mut first = 0;
        for length in lengths {
            for step in 0..*length {
                for other_channel in 0..CHANNELS {
                    for other in 0..*length {
                        let distance = step.abs_diff(other).min(longest - 1);
                        edges.push(Edge {
                            node: (channel * rows + first + step) as u32,
                            neighbour: (other_channel * rows + first + other) as u32,
                            relation: ((channel * CHANNELS + other_channel) * longest + distance) as u32,
                        });
                    }
                }
            }
            first += length;
        }
    }
    Edges::new(&edges, CHANNELS * rows, device)
}
