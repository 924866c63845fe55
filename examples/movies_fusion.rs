//! Stars that a user will give a film, by the fusion network, in Rust with burn.
//!
//! Cargo.toml:
//!
//! ```toml
//! [dependencies]
//! burn = { version = "=0.22.1", default-features = false, features = ["std", "optim", "flex", "simd"] }
//! csv = "1.4"
//! rand = "0.10"
//! rand_distr = "0.6"
//! rand_mt = "6.1"
//! safetensors = "0.8"
//! ```
//!
//! Beside it lie the tables that the page saves ("Save the tables"): ratings.csv, movies.csv and users.csv.
//! ratings.csv and movies.csv have the form of GroupLens' published files.
//! Gender, age and occupation in users.csv are invented by the page and say nothing of real people.
//!
//! `cargo run --release` trains. `cargo run --release -- weights.safetensors` takes weights exported from the page in
//! place of training. Both write the stars of all test ratings to `predictions.txt`. With a file of minibatches behind
//! it (`… -- weights.safetensors batches.txt`, a line of row numbers of ratings.csv for each) it trains from these
//! weights on them and prints the cost of each step.
//!
//! The random numbers are not the page's: initial weights, minibatches and validation ratings are another draw. The
//! page judges the weights that were best on the validation ratings, this program the last ones.

use burn::module::{Module, Param};
use burn::nn::{Embedding, EmbeddingConfig, Linear, LinearConfig};
use burn::optim::{AdamConfig, GradientsParams};
use burn::tensor::activation::tanh;
use burn::tensor::{Device, Int, Tensor, TensorData};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand_distr::{Distribution, Normal};
use safetensors::{Dtype, SafeTensors};
use std::collections::{BTreeSet, HashMap};

const SEED: u64 = 1;
const EMBEDDING_SIZE: usize = 32;
const HIDDEN_SIZE: usize = 200;
const LEARNING_RATE: f64 = 0.001;
const BATCH_SIZE: usize = 256;
const PASSES: usize = 3;
const SHUFFLE_BUFFER: usize = 2500000;
/// Words that a filter of the titles sees at once.
const WINDOW: usize = 3;
const GENRES: [&str; 20] = [
    "(no genres listed)",
    "Action",
    "Adventure",
    "Animation",
    "Children",
    "Comedy",
    "Crime",
    "Documentary",
    "Drama",
    "Fantasy",
    "Film-Noir",
    "Horror",
    "IMAX",
    "Musical",
    "Mystery",
    "Romance",
    "Sci-Fi",
    "Thriller",
    "War",
    "Western",
];

fn activation<const D: usize>(value: Tensor<D>) -> Tensor<D> {
    tanh(value)
}

/// What a rating becomes.
fn label(stars: f32) -> f32 {
    2.0 * stars - 5.0
}

/// The stars that an answer stands for.
fn stars_of(answer: f32) -> f32 {
    (answer + 5.0) / 2.0
}

/// The tables, with users, films and words numbered from 0.
#[derive(Default)]
struct Data {
    users: Vec<usize>,
    films: Vec<usize>,
    stars: Vec<f32>,
    times: Vec<u64>,
    user_count: usize,
    titles: Vec<Vec<usize>>,
    words: usize,
    genres: Vec<Vec<f32>>,
    /// What is known of each user beside who they are: numbers below those of `known_counts`.
    known: Vec<Vec<usize>>,
    known_counts: Vec<usize>,
}

/// The rows of a table, each by the names of its columns.
fn table(file: &str) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    reader.deserialize().map(|row| row.unwrap_or_else(|error| panic!("{file}: {error}"))).collect()
}

fn number(row: &HashMap<String, String>, column: &str) -> u64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} holds whole numbers"))
}

/// The words of a title without its year, in lower case: capital letters of Latin-1 are made small.
fn title_words(title: &str) -> Vec<String> {
    let title = title.trim();
    let split = title.strip_suffix(')').and_then(|open| open.rsplit_once('('));
    let year = |year: &str| !year.is_empty() && year.bytes().all(|byte| byte.is_ascii_digit());
    let title = split.filter(|(_, behind)| year(behind)).map_or(title, |(title, _)| title);
    let small = |sign: char| match sign {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => char::from(sign as u8 + 32),
        _ => sign,
    };
    title.split_whitespace().map(|word| word.chars().map(small).collect()).collect()
}

fn read() -> Data {
    let (ratings, mut movies) = (table("ratings.csv"), table("movies.csv"));
    movies.sort_by_key(|row| number(row, "movieId"));
    let ids: BTreeSet<u64> = ratings.iter().map(|row| number(row, "userId")).collect();
    let user_place: HashMap<u64, usize> = ids.iter().copied().zip(0..).collect();
    let film_place: HashMap<u64, usize> = movies.iter().map(|row| number(row, "movieId")).zip(0..).collect();
    let mut data = Data { user_count: ids.len(), ..Data::default() };
    for row in &ratings {
        data.users.push(user_place[&number(row, "userId")]);
        data.films.push(film_place[&number(row, "movieId")]);
        data.stars.push(row["rating"].parse().expect("stars"));
        data.times.push(number(row, "timestamp"));
    }
    let mut word_place = HashMap::new();
    for row in &movies {
        let words = title_words(&row["title"]).into_iter().map(|word| {
            let next = word_place.len();
            *word_place.entry(word).or_insert(next)
        });
        data.titles.push(words.collect());
        let names: Vec<&str> = row["genres"].split('|').collect();
        data.genres.push(GENRES.map(|genre| f32::from(names.contains(&genre))).to_vec());
    }
    data.words = word_place.len();
    data.known_counts = vec![2, 7, 21];
    data.known = vec![Vec::new(); ids.len()];
    for row in table("users.csv") {
        let known = ["gender", "age", "job"].map(|name| number(&row, name) as usize);
        data.known[user_place[&number(&row, "userId")]] = known.to_vec();
    }
    data
}

/// Rows to learn from, to validate with and to test with.
fn split(data: &Data, random: &mut StdRng) -> [Vec<usize>; 3] {
    let rows = data.stars.len();
    let mut is_test = vec![false; rows];
    // Python's own generator with the seed 0, whatever SEED is: the document's rule.
    let mut draws = rand_mt::Mt::new_with_key([0]);
    for row in &mut is_test {
        let (high, low) = (draws.next_u32() >> 5, draws.next_u32() >> 6);
        *row = (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0 < 0.1;
    }
    let test: Vec<usize> = (0..rows).filter(|row| is_test[*row]).collect();
    let train: Vec<usize> = (0..rows).filter(|row| !is_test[*row]).collect();
    let mut drawn = train;
    drawn.shuffle(random);
    let mut fit = drawn.split_off(drawn.len() / 10);
    fit.sort_unstable();
    [fit, drawn, test]
}

/// Two towers of features, and five times the cosine between them.
#[derive(Module, Debug)]
struct Fusion {
    /// Of users, and of what is known of them.
    user_tables: Vec<Embedding>,
    user_fcs: Vec<Linear>,
    usr_combined: Linear,
    mov_emb: Embedding,
    mov_fc: Linear,
    mov_categories_fc: Linear,
    mov_title_emb: Embedding,
    mov_title_conv: Linear,
    mov_combined: Linear,
}

/// The network with weights from `values(name, shape)`, by the names of the document's layers.
fn network(data: &Data, device: &Device, values: &mut dyn FnMut(&str, &[usize]) -> Vec<f32>) -> Fusion {
    let numbers =
        |values: Vec<f32>, shape: [usize; 2]| Param::from_data(TensorData::new(values, shape), device);
    let mut table = |name: &str, rows: usize, width: usize| {
        let mut table = EmbeddingConfig::new(rows, width).init(device);
        table.weight = numbers(values(name, &[rows, width]), [rows, width]);
        table
    };
    let names = ["usr", "usr_gender", "usr_age", "usr_job"];
    let mut counts = vec![data.user_count];
    counts.extend(&data.known_counts);
    let widths: Vec<usize> = (0..counts.len()).map(|at| if at == 0 { EMBEDDING_SIZE } else { 16 }).collect();
    let user_tables =
        (0..counts.len()).map(|at| table(&format!("{}_emb", names[at]), counts[at], widths[at])).collect();
    let mov_emb = table("mov_emb", data.titles.len(), EMBEDDING_SIZE);
    let mov_title_emb = table("mov_title_emb", data.words, EMBEDDING_SIZE);
    // A layer over several inputs has a matrix for each.
    let mut layer = |name: &str, pieces: &[usize], outputs: usize| {
        let inputs: usize = pieces.iter().sum();
        let mut layer = LinearConfig::new(inputs, outputs).init(device);
        let piece = |at: usize| match pieces.len() {
            1 => format!("{name}.w"),
            _ => format!("{name}.w{at}"),
        };
        let weight = (0..pieces.len()).flat_map(|at| values(&piece(at), &[pieces[at], outputs])).collect();
        layer.weight = numbers(weight, [inputs, outputs]);
        let bias = TensorData::new(values(&format!("{name}.b"), &[outputs]), [outputs]);
        layer.bias = Some(Param::from_data(bias, device));
        layer
    };
    let user_fcs =
        (0..counts.len()).map(|at| layer(&format!("{}_fc", names[at]), &[widths[at]], widths[at])).collect();
    Fusion {
        user_tables,
        user_fcs,
        usr_combined: layer("usr_combined", &widths, HIDDEN_SIZE),
        mov_emb,
        mov_fc: layer("mov_fc", &[EMBEDDING_SIZE], EMBEDDING_SIZE),
        mov_categories_fc: layer("mov_categories_fc", &[GENRES.len()], EMBEDDING_SIZE),
        mov_title_emb,
        mov_title_conv: layer("mov_title_conv", &[WINDOW * EMBEDDING_SIZE], EMBEDDING_SIZE),
        mov_combined: layer("mov_combined", &[EMBEDDING_SIZE; 3], HIDDEN_SIZE),
    }
}

/// The vectors of some rows of a table.
fn vectors(table: &Embedding, rows: impl Iterator<Item = usize>, device: &Device) -> Tensor<2> {
    let rows: Vec<i32> = rows.map(|row| row as i32).collect();
    let rows = Tensor::<1, Int>::from_data(TensorData::new(rows.clone(), [rows.len()]), device);
    table.weight.val().select(0, rows)
}

impl Fusion {
    /// Five times the cosine for each of some ratings.
    fn forward(&self, data: &Data, rows: &[usize], device: &Device) -> Tensor<1> {
        let user = |at: usize, row: &usize| {
            let user = data.users[*row];
            if at == 0 { user } else { data.known[user][at - 1] }
        };
        let parts = self.user_tables.iter().zip(&self.user_fcs).enumerate().map(|(at, (table, fc))| {
            let vectors = vectors(table, rows.iter().map(|row| user(at, row)), device);
            activation(fc.forward(vectors))
        });
        let users = activation(self.usr_combined.forward(Tensor::cat(parts.collect(), 1)));
        let films: Vec<usize> = rows.iter().map(|row| data.films[*row]).collect();
        let genres: Vec<f32> = films.iter().flat_map(|film| data.genres[*film].clone()).collect();
        let genres = Tensor::<2>::from_data(TensorData::new(genres, [films.len(), GENRES.len()]), device);
        let parts = vec![
            activation(self.mov_fc.forward(vectors(&self.mov_emb, films.iter().copied(), device))),
            activation(self.mov_categories_fc.forward(genres)),
            self.titles(data, &films, device),
        ];
        let films = activation(self.mov_combined.forward(Tensor::cat(parts, 1)));
        let lengths = (users.clone() * users.clone()).sum_dim(1) * (films.clone() * films.clone()).sum_dim(1);
        ((users * films).sum_dim(1) * 5.0 / lengths.add_scalar(1e-12).sqrt()).squeeze_dim(1)
    }

    /// A window of three words slides over each title, with zeros at both ends; of each feature the largest value is kept.
    fn titles(&self, data: &Data, films: &[usize], device: &Device) -> Tensor<2> {
        let longest = films.iter().map(|film| data.titles[*film].len()).max().unwrap_or(0).max(1);
        let (mut words, mut there) = (Vec::new(), Vec::new());
        for film in films {
            let title = &data.titles[*film];
            words.extend((0..longest).map(|at| title.get(at).copied().unwrap_or(0)));
            there.extend((0..longest).map(|at| f32::from(at < title.len())));
        }
        let shape = [films.len(), longest, EMBEDDING_SIZE];
        let there = Tensor::<3>::from_data(TensorData::new(there, [films.len(), longest, 1]), device);
        let vectors = vectors(&self.mov_title_emb, words.into_iter(), device).reshape(shape) * there.clone();
        let zeros = Tensor::<3>::zeros([films.len(), 1, EMBEDDING_SIZE], device);
        let between = |from: usize, to: usize| vectors.clone().slice([0..films.len(), from..to]);
        let before = Tensor::cat(vec![zeros.clone(), between(0, longest - 1)], 1);
        let after = Tensor::cat(vec![between(1, longest), zeros], 1);
        let windows = Tensor::cat(vec![before, vectors.clone(), after], 2);
        let flat = windows.reshape([films.len() * longest, WINDOW * EMBEDDING_SIZE]);
        let maps = activation(self.mov_title_conv.forward(flat)).reshape(shape);
        // A title without words has no largest value: it gives zeros.
        let absent = there.clone().mul_scalar(-1.0).add_scalar(1.0).mul_scalar(-1e9);
        ((maps + absent).max_dim(1) * there.max_dim(1)).squeeze_dim(1)
    }
}

/// Weights N(0, 1/√rows), biases 0: Paddle's `initial_smart` of version 2.
fn initial(random: &mut StdRng, shape: &[usize]) -> Vec<f32> {
    let count = shape.iter().product();
    if shape.len() == 1 {
        return vec![0.0; count];
    }
    let normal = Normal::new(0.0, 1.0 / (shape[0] as f64).sqrt()).expect("a spread");
    (0..count).map(|_| normal.sample(random) as f32).collect()
}

/// Weights exported from the page.
fn load(data: &Data, path: &str, device: &Device) -> Fusion {
    let bytes = std::fs::read(path).expect("the exported weights");
    let file = SafeTensors::deserialize(&bytes).expect("a safetensors file");
    network(data, device, &mut |name, shape| {
        let view = file.tensor(name).unwrap_or_else(|_| panic!("the file has no {name}"));
        assert_eq!(view.dtype(), Dtype::F32, "{name} holds float32 values");
        assert_eq!(view.shape(), shape, "the shape of {name}");
        let (values, _) = view.data().as_chunks();
        values.iter().copied().map(f32::from_le_bytes).collect()
    })
}

/// Trains on minibatches; `each` hears of the cost of every step.
fn train(
    mut network: Fusion,
    data: &Data,
    batches: impl Iterator<Item = Vec<usize>>,
    each: &mut dyn FnMut(&Fusion, f64),
) -> Fusion {
    let device = Device::flex().autodiff();
    let mut optimizer = AdamConfig::new().with_epsilon(1e-8).init();
    for rows in batches {
        let wanted: Vec<f32> = rows.iter().map(|row| label(data.stars[*row])).collect();
        let wanted = Tensor::<1>::from_data(TensorData::new(wanted, [rows.len()]), &device);
        let error = network.forward(data, &rows, &device) - wanted;
        let cost = (error.clone() * error).mean();
        let value = f64::from(cost.clone().inner().into_scalar::<f32>());
        let gradients = GradientsParams::from_grads(cost.backward(), &network);
        network = optimizer.step(LEARNING_RATE, network, gradients);
        each(&network, value);
    }
    network
}

/// The stars of some ratings.
fn predict(network: &Fusion, data: &Data, rows: &[usize]) -> Vec<f32> {
    let (network, device) = (network.valid(), Device::flex());
    let answers = rows.chunks(1024).flat_map(|rows| {
        let answers: Vec<f32> =
            network.forward(data, rows, &device).into_data().try_into_vec().expect("answers");
        answers
    });
    answers.map(stars_of).collect()
}

fn rmse(network: &Fusion, data: &Data, rows: &[usize]) -> f64 {
    let predicted = predict(network, data, rows);
    let squares = rows.iter().zip(predicted).map(|(row, stars)| f64::from(stars - data.stars[*row]).powi(2));
    (squares.sum::<f64>() / rows.len() as f64).sqrt()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (data, device) = (read(), Device::flex().autodiff());
    let mut random = StdRng::seed_from_u64(SEED);
    let [fit, valid, test] = split(&data, &mut random);
    let network = match &arguments[..] {
        [weights, batches, ..] => {
            let lines = std::fs::read_to_string(batches).expect("a file of minibatches");
            let rows =
                |line: &str| line.split_whitespace().map(|row| row.parse().expect("a row number")).collect();
            let batches = lines.lines().map(rows);
            train(load(&data, weights, &device), &data, batches, &mut |_, cost| println!("cost {cost:.9}"));
            return;
        }
        [weights] => load(&data, weights, &device),
        [] => {
            let start = network(&data, &device, &mut |_, shape| initial(&mut random, shape));
            // In the order of the file through a buffer that is filled, shuffled and emptied.
            let mut pass = || {
                let mut order = fit.clone();
                order.chunks_mut(SHUFFLE_BUFFER).for_each(|held| held.shuffle(&mut random));
                order.chunks(BATCH_SIZE).map(<[usize]>::to_vec).collect::<Vec<_>>()
            };
            let batches: Vec<Vec<usize>> = (0..PASSES).flat_map(|_| pass()).collect();
            let steps = batches.len() / PASSES;
            let mut costs = Vec::new();
            train(start, &data, batches.into_iter(), &mut |network, cost| {
                costs.push(cost);
                if costs.len() % steps == 0 {
                    let mean = costs[costs.len() - steps..].iter().sum::<f64>() / steps as f64;
                    let (pass, validated) = (costs.len() / steps, rmse(network, &data, &valid));
                    println!("pass {pass} of {PASSES}: cost {mean:.4}, validation RMSE {validated:.4} stars");
                }
            })
        }
    };
    println!("test RMSE {:.4}", rmse(&network, &data, &test));
    let lines: Vec<String> =
        predict(&network, &data, &test).iter().map(|stars| format!("{stars:.6}")).collect();
    std::fs::write("predictions.txt", lines.join("\n")).expect("a folder that can be written to");
}
