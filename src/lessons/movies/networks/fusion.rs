//! The fusion model of the document's code: two towers of features, and the cosine between them (`spec/movies.md` §0.2).

use crate::nn::layers::embedding::Embedding;
use crate::nn::layers::initializer::normal_linear;
use crate::nn::layers::network::Network;
use crate::nn::layers::operations::{linear, tanh};
use crate::nn::layers::parameters::NamedTensor;
use crate::nn::layers::text_conv::{Pooling, TextConv, Texts, WINDOW};
use crate::random::{Purpose, Random};
use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::{Device, Int, Tensor, TensorData};

/// Width of the vectors of gender, age and occupation.
const NARROW: usize = 16;
/// What the cosine is multiplied by: labels reach from −5 to 5.
pub const SCALE: f64 = 5.0;
/// Added to the product of the squared lengths, so that two vectors of zeros have a cosine.
const SMALLEST: f64 = 1e-12;

/// Sizes and switches of a [`Fusion`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FusionConfig {
    /// Users of the table.
    pub users: usize,
    /// Genders, ages and occupations that are told apart; none where users have no such features.
    pub demographics: Option<[usize; 3]>,
    /// Films of the table.
    pub films: usize,
    /// Genres.
    pub genres: usize,
    /// Words of all titles.
    pub words: usize,
    /// Width of the vectors of users, films and words: 32 in the document's code, 256 in its text.
    pub embedding: usize,
    /// Width of the vectors whose cosine is taken: 200.
    pub hidden: usize,
    /// Whether fully connected layers end in tanh, which is the default of Paddle's v2 interface.
    pub tanh: bool,
    /// Pooling over the words of a title.
    pub pooling: Pooling,
}

impl FusionConfig {
    /// Numbers in all tensors.
    pub fn parameters(&self) -> usize {
        let feature = |numbers: usize, width: usize| numbers * width + width * width + width;
        let narrow =
            self.demographics.iter().flatten().map(|numbers| feature(*numbers, NARROW)).sum::<usize>();
        let narrow_inputs = self.demographics.map_or(0, |sizes| sizes.len() * NARROW);
        let width = self.embedding;
        let user = feature(self.users, width) + narrow + (width + narrow_inputs + 1) * self.hidden;
        let title = self.words * width + (WINDOW * width + 1) * width;
        let film = feature(self.films, width) + (self.genres + 1) * width + title;
        user + film + (3 * width + 1) * self.hidden
    }

    /// The network with the initial weights of a seed: N(0, 1/√rows) for every matrix, where the rows of a table of
    /// vectors are its numbers; biases 0 (Paddle's `initial_smart`). Tensors draw one after the other from one stream.
    pub fn init(&self, seed: u64, device: &Device) -> Fusion {
        let mut random = Random::new(seed, Purpose::Weights);
        let width = self.embedding;
        let mut feature = |numbers, width| NumberFeature::new(numbers, width, &mut random, device);
        let user = feature(self.users, width);
        let demographics: Vec<NumberFeature> =
            self.demographics.iter().flatten().map(|numbers| feature(*numbers, NARROW)).collect();
        let film = feature(self.films, width);
        let mut widths = vec![width];
        widths.extend(demographics.iter().map(|_| NARROW));
        let user_vector = Joined::new(&widths, self.hidden, &mut random, device);
        let genres = smart_linear(self.genres, width, &mut random, device);
        let words = Embedding::normal(self.words, width, smart(self.words), &mut random, device);
        let title_fc = smart_linear(WINDOW * width, width, &mut random, device);
        let title = TextConv::new(words, title_fc, self.pooling, self.tanh);
        let film_vector = Joined::new(&[width; 3], self.hidden, &mut random, device);
        Fusion { user, demographics, user_vector, film, genres, title, film_vector, tanh: self.tanh }
    }
}

/// Paddle's `initial_smart`: the standard deviation for a matrix of so many rows.
fn smart(rows: usize) -> f64 {
    1.0 / (rows as f64).sqrt()
}

fn smart_linear(inputs: usize, outputs: usize, random: &mut Random, device: &Device) -> Linear {
    normal_linear(inputs, outputs, smart(inputs), 0.0, random, device)
}

/// A feature that is a number: its vector, and a fully connected layer behind it.
#[derive(Module, Debug)]
pub(super) struct NumberFeature {
    embedding: Embedding,
    pub(super) fc: Linear,
}

impl NumberFeature {
    fn new(numbers: usize, width: usize, random: &mut Random, device: &Device) -> Self {
        let embedding = Embedding::normal(numbers, width, smart(numbers), random, device);
        Self { embedding, fc: smart_linear(width, width, random, device) }
    }

    fn forward(&self, numbers: Tensor<1, Int>) -> Tensor<2> {
        linear(&self.fc, self.embedding.forward(numbers))
    }
}

/// A fully connected layer over several inputs: `Σ xᵢ Wᵢ + b`, a matrix for each.
#[derive(Module, Debug)]
pub(super) struct Joined {
    first: Linear,
    others: Vec<Param<Tensor<2>>>,
}

impl Joined {
    fn new(widths: &[usize], outputs: usize, random: &mut Random, device: &Device) -> Self {
        let first = smart_linear(widths[0], outputs, random, device);
        let mut matrix = |inputs: &usize| {
            let values: Vec<f32> =
                (0..inputs * outputs).map(|_| random.normal(0.0, smart(*inputs)) as f32).collect();
            Param::from_data(TensorData::new(values, [*inputs, outputs]), device)
        };
        Self { first, others: widths[1..].iter().map(&mut matrix).collect() }
    }

    pub(super) fn forward(&self, inputs: Vec<Tensor<2>>) -> Tensor<2> {
        let mut inputs = inputs.into_iter();
        let first = linear(&self.first, inputs.next().expect("at least one input"));
        self.others.iter().zip(inputs).fold(first, |sum, (weight, input)| sum + input.matmul(weight.val()))
    }
}

/// What a [`Fusion`] is given: one row for each pair of a user and a film.
#[derive(Debug, Clone)]
pub struct FusionInput {
    /// `[N]`
    pub users: Tensor<1, Int>,
    /// Gender, age and occupation, `[N]` each; none where the network has none.
    pub demographics: Vec<Tensor<1, Int>>,
    /// `[N]`
    pub films: Tensor<1, Int>,
    /// `[N, genres]`: 1 for each genre of the film.
    pub genres: Tensor<2>,
    /// The words of the film's title.
    pub titles: Texts,
}

/// The network; its output is 5 times the cosine of the user's and the film's vector.
#[derive(Module, Debug)]
pub struct Fusion {
    pub(super) user: NumberFeature,
    demographics: Vec<NumberFeature>,
    pub(super) user_vector: Joined,
    film: NumberFeature,
    genres: Linear,
    title: TextConv,
    film_vector: Joined,
    #[module(skip)]
    pub(super) tanh: bool,
}

impl Fusion {
    fn activation(&self, value: Tensor<2>) -> Tensor<2> {
        if self.tanh { tanh(value) } else { value }
    }

    /// What is joined to the vectors of users: of who they are, then gender, age and occupation where the network has
    /// them; `[N, width]` each.
    pub fn user_features(&self, users: Tensor<1, Int>, demographics: Vec<Tensor<1, Int>>) -> Vec<Tensor<2>> {
        let mut features = vec![self.activation(self.user.forward(users))];
        for (feature, numbers) in self.demographics.iter().zip(demographics) {
            features.push(self.activation(feature.forward(numbers)));
        }
        features
    }

    /// What is joined to the vectors of films: of which film it is, its genres and its title; `[N, width]` each.
    pub fn film_features(&self, films: Tensor<1, Int>, genres: Tensor<2>, titles: Texts) -> Vec<Tensor<2>> {
        vec![
            self.activation(self.film.forward(films)),
            self.activation(linear(&self.genres, genres)),
            self.title.forward(titles),
        ]
    }

    /// The vectors of users with these features, `[N, hidden]`.
    pub fn joined_users(&self, features: Vec<Tensor<2>>) -> Tensor<2> {
        self.activation(self.user_vector.forward(features))
    }

    /// The vectors of films with these features, `[N, hidden]`.
    pub fn joined_films(&self, features: Vec<Tensor<2>>) -> Tensor<2> {
        self.activation(self.film_vector.forward(features))
    }

    /// The vectors of users, `[N, hidden]`.
    pub fn users(&self, users: Tensor<1, Int>, demographics: Vec<Tensor<1, Int>>) -> Tensor<2> {
        self.joined_users(self.user_features(users, demographics))
    }

    /// The vectors of films, `[N, hidden]`.
    pub fn films(&self, films: Tensor<1, Int>, genres: Tensor<2>, titles: Texts) -> Tensor<2> {
        self.joined_films(self.film_features(films, genres, titles))
    }

    /// The table of users, `[users, width]`.
    pub fn user_table(&self) -> Tensor<2> {
        self.user.embedding.table()
    }

    /// The layer that reads titles.
    pub fn title(&self) -> &TextConv {
        &self.title
    }
}

impl Network for Fusion {
    type Input = FusionInput;

    /// # Shapes
    /// `N` pairs to `[N, 1]`, from −5 to 5.
    fn forward(&self, input: FusionInput) -> Tensor<2> {
        let users = self.users(input.users, input.demographics);
        let films = self.films(input.films, input.genres, input.titles);
        let product = (users.clone() * films.clone()).sum_dim(1);
        let lengths = (users.clone() * users).sum_dim(1) * (films.clone() * films).sum_dim(1);
        product / lengths.add_scalar(SMALLEST).sqrt() * SCALE
    }
}

/// The 29 tensors in the order of the document's layers, by names of its layers; `_emb` stands for a table.
const NAMES: [(&str, &str); 29] = [
    ("user.embedding.table", "usr_emb"),
    ("user.fc.weight", "usr_fc.w"),
    ("user.fc.bias", "usr_fc.b"),
    ("demographics.0.embedding.table", "usr_gender_emb"),
    ("demographics.0.fc.weight", "usr_gender_fc.w"),
    ("demographics.0.fc.bias", "usr_gender_fc.b"),
    ("demographics.1.embedding.table", "usr_age_emb"),
    ("demographics.1.fc.weight", "usr_age_fc.w"),
    ("demographics.1.fc.bias", "usr_age_fc.b"),
    ("demographics.2.embedding.table", "usr_job_emb"),
    ("demographics.2.fc.weight", "usr_job_fc.w"),
    ("demographics.2.fc.bias", "usr_job_fc.b"),
    ("user_vector.first.weight", "usr_combined.w0"),
    ("user_vector.first.bias", "usr_combined.b"),
    ("user_vector.others.0", "usr_combined.w1"),
    ("user_vector.others.1", "usr_combined.w2"),
    ("user_vector.others.2", "usr_combined.w3"),
    ("film.embedding.table", "mov_emb"),
    ("film.fc.weight", "mov_fc.w"),
    ("film.fc.bias", "mov_fc.b"),
    ("genres.weight", "mov_categories_fc.w"),
    ("genres.bias", "mov_categories_fc.b"),
    ("title.words.table", "mov_title_emb"),
    ("title.fc.weight", "mov_title_conv.w"),
    ("title.fc.bias", "mov_title_conv.b"),
    ("film_vector.first.weight", "mov_combined.w0"),
    ("film_vector.first.bias", "mov_combined.b"),
    ("film_vector.others.0", "mov_combined.w1"),
    ("film_vector.others.1", "mov_combined.w2"),
];

/// The name of the document's layer for the path of a parameter.
pub fn document_name(path: &str) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| *known == path).map(|(_, name)| *name)
}

/// Parameters by the names of the document's layers.
pub fn to_document_names(parameters: Vec<NamedTensor>) -> Vec<NamedTensor> {
    renamed(parameters, |(path, name), given| (*path == given).then_some(*name))
}

/// The inverse of [`to_document_names`]; an unknown name is kept, so that the check of names names it.
pub fn from_document_names(tensors: Vec<NamedTensor>) -> Vec<NamedTensor> {
    renamed(tensors, |(path, name), given| (*name == given).then_some(*path))
}

fn renamed(
    tensors: Vec<NamedTensor>,
    other: impl Fn(&(&'static str, &'static str), &str) -> Option<&'static str>,
) -> Vec<NamedTensor> {
    let rename = |tensor: NamedTensor| {
        let name = NAMES.iter().find_map(|pair| other(pair, &tensor.name));
        NamedTensor { name: name.map_or_else(|| tensor.name.clone(), String::from), ..tensor }
    };
    tensors.into_iter().map(rename).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::layers::parameters;

    fn config(users: usize, films: usize, genres: usize, words: usize) -> FusionConfig {
        FusionConfig {
            users,
            demographics: Some([2, 7, 21]),
            films,
            genres,
            words,
            embedding: 32,
            hidden: 200,
            tanh: true,
            pooling: Pooling::Max,
        }
    }

    #[test]
    fn the_documents_network_has_as_many_numbers_as_its_layers_say() {
        // Ids up to 6,040 and 3,952, where 0 is nobody.
        for words in [0, 5_000] {
            assert_eq!(config(6_041, 3_953, 18, words).parameters(), 362_528 + 32 * words);
        }
        assert_eq!(config(671, 9_066, 20, 10_919).parameters(), 703_776);
        let small = config(11, 13, 5, 17);
        let network = small.init(1, &Device::flex());
        assert_eq!(network.num_params(), small.parameters());
        let shapes = parameters::shapes(&network);
        let mut paths: Vec<&str> = shapes.iter().map(|(name, _)| name.as_str()).collect();
        let mut expected: Vec<&str> = NAMES.iter().map(|(path, _)| *path).collect();
        paths.sort_unstable();
        expected.sort_unstable();
        assert_eq!(paths, expected);
        let without = FusionConfig { demographics: None, ..small };
        assert_eq!(without.init(1, &Device::flex()).num_params(), without.parameters());
    }

    #[test]
    fn names_of_the_documents_layers_come_back_the_same() {
        let network = config(11, 13, 5, 17).init(1, &Device::flex());
        let parameters = pollster::block_on(parameters::read(&network)).unwrap();
        let named = to_document_names(parameters.clone());
        assert!(named.iter().any(|tensor| tensor.name == "mov_title_conv.w" && tensor.shape == [96, 32]));
        assert_eq!(from_document_names(named), parameters);
    }
}
