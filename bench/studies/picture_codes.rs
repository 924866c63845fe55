//! How good and how dear codes of items are, by how their features are made. No recommendation is made or judged here.
//!
//! `cargo run --example picture_codes -- pictures` prints a row for each way to features of pictures, `encoder` for each
//! length of the linear auto-encoder's training, `whole` the time of the whole preparation of the emoji and of MovieLens;
//! what was chosen stands in `picture_codes.md`. Times mean something with `--profile wasm-dev` and on one core
//! (`taskset -c 0`).

use emberbook::classic::k_means::Nearness;
use emberbook::data::pictures::Picture;
use emberbook::data::ratings::packed;
use emberbook::data::sequences::{Items, Vectors, emoji, movielens, words};
use emberbook::lessons::sequences::modality::{Codes, CodesConfig, Encoding};
use emberbook::lessons::sequences::picture_features::{PictureConfig, PictureFeatures};
use emberbook::lessons::sequences::preparation::Preparation;
use std::io::Read;
use std::rc::Rc;
use std::time::Instant;

const SEEDS: [u64; 3] = [1, 2, 3];
const CLUSTERS: usize = 20;
const WIDTH: usize = 64;

fn config(encoder_epochs: usize, seed: u64) -> CodesConfig {
    CodesConfig {
        width: WIDTH,
        encoder_epochs,
        clusters: CLUSTERS,
        codes_per_item: 1,
        nearness: Nearness::Cosine,
        seed,
    }
}

fn emoji_items() -> Rc<Items> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sequences/");
    let sheet = image::open(format!("{folder}emoji.png")).expect("the sheet").into_rgba8();
    let (width, height) = (sheet.width() as usize, sheet.height() as usize);
    let sheet = Picture::from_rgba(width, height, sheet.into_raw()).expect("a picture");
    let list = std::fs::read(format!("{folder}items.tsv")).expect("the list");
    Rc::new(emoji::read(&list, &sheet).expect("emoji"))
}

/// A seed's features, the seconds they took, and their last loss.
struct Made {
    features: Vectors,
    seconds: f64,
    loss: f64,
}

type Way<'a> = &'a dyn Fn(u64) -> Made;

fn half_size(items: &Items) -> Vectors {
    let pictures = items.pictures.as_ref().expect("pictures");
    let mut values = Vec::new();
    for item in 0..items.len() {
        let pixels: Vec<[f64; 3]> = pictures.over_white(item).collect();
        for place in 0..16 * 16 {
            let corner = place / 16 * 64 + place % 16 * 2;
            let mean = |color| [0, 1, 32, 33].iter().map(|at| pixels[corner + at][color]).sum::<f64>() / 4.0;
            values.extend((0..3).map(|color| mean(color) as f32));
        }
    }
    Vectors::new(768, values)
}

fn convolutional(items: &Rc<Items>, code: usize, epochs: usize, seed: u64) -> Made {
    let begin = Instant::now();
    let mut features = PictureFeatures::begin(items.clone(), PictureConfig { code, epochs, seed });
    while !features.is_done() {
        features.step();
    }
    let loss = features.losses().last().copied().unwrap_or(f64::NAN);
    Made { features: features.features(), seconds: begin.elapsed().as_secs_f64(), loss }
}

/// Clusters of features that are made `way`, judged.
fn row(name: &str, items: &Items, encoder_epochs: usize, way: Way) {
    let mut sums = [0.0; 10];
    for seed in SEEDS {
        let Made { features, seconds, loss } = way(seed);
        let config = config(encoder_epochs, seed);
        let begin = Instant::now();
        let (encoded, reached) = if encoder_epochs > 0 {
            let mut encoding = Encoding::begin(features, &config);
            while !encoding.is_done() {
                encoding.epoch();
            }
            (encoding.encoded(), encoding.losses().last().copied().unwrap_or(f64::NAN))
        } else {
            (features, f64::NAN)
        };
        let encoding = begin.elapsed().as_secs_f64();
        let begin = Instant::now();
        let codes = Codes::new(encoded, &config);
        let clustering = begin.elapsed().as_secs_f64();
        let labels: Vec<usize> = (0..items.len())
            .map(|item| codes.of_item.row(item).first().map_or(0, |code| *code as usize))
            .collect();
        let kinds = |of: fn(&emberbook::data::sequences::Kind) -> usize| -> Vec<usize> {
            items.list.iter().map(|item| of(&item.kind.expect("a kind"))).collect()
        };
        let (groups, subgroups) = (kinds(|kind| kind.group), kinds(|kind| kind.subgroup));
        let (colour, pixels) = likeness(items, &labels);
        let largest = (0..CLUSTERS).map(|code| labels.iter().filter(|label| **label == code).count()).max();
        let all = [
            adjusted_information(&labels, &groups),
            adjusted_information(&labels, &subgroups),
            purity(&labels, &subgroups),
            colour,
            pixels,
            largest.unwrap_or(0) as f64,
            loss,
            reached,
            seconds,
            encoding + clustering,
        ];
        sums.iter_mut().zip(all).for_each(|(sum, value)| *sum += value / SEEDS.len() as f64);
    }
    let digits = [3, 3, 3, 2, 2, 0, 4, 4, 2, 2];
    let cells: Vec<String> =
        sums.iter().zip(digits).map(|(value, digits)| format!("{value:.digits$}")).collect();
    println!("| {name} | {} |", cells.join(" | "));
}

const HEAD: &str = "| features | AMI group | AMI subgroup | purity | colour | pixels | largest | loss | linear loss | s features | s rest |";

/// The share of items whose subgroup is the most frequent one of their cluster.
fn purity(labels: &[usize], kinds: &[usize]) -> f64 {
    let counts = counts(labels, kinds);
    let most: usize = counts.iter().map(|row| row.iter().max().copied().unwrap_or(0)).sum();
    most as f64 / labels.len() as f64
}

fn counts(labels: &[usize], kinds: &[usize]) -> Vec<Vec<usize>> {
    let largest = |of: &[usize]| of.iter().max().map_or(0, |most| most + 1);
    let mut counts = vec![vec![0; largest(kinds)]; largest(labels)];
    labels.iter().zip(kinds).for_each(|(label, kind)| counts[*label][*kind] += 1);
    counts
}

/// Adjusted mutual information with the arithmetic mean of the entropies (Vinh, Epps and Bailey 2010), as scikit-learn
/// has it by default.
fn adjusted_information(labels: &[usize], kinds: &[usize]) -> f64 {
    let counts = counts(labels, kinds);
    let n = labels.len();
    let all = n as f64;
    let rows: Vec<usize> = counts.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<usize> =
        (0..counts[0].len()).map(|kind| counts.iter().map(|row| row[kind]).sum()).collect();
    let mut logs = vec![0.0; n + 1];
    for count in 1..=n {
        logs[count] = logs[count - 1] + (count as f64).ln();
    }
    let term = |both: usize, a: usize, b: usize| {
        if both == 0 { 0.0 } else { both as f64 / all * (all * both as f64 / (a as f64 * b as f64)).ln() }
    };
    let (mut information, mut expected) = (0.0, 0.0);
    for (row, a) in counts.iter().zip(&rows) {
        for (both, b) in row.iter().zip(&columns) {
            let (a, b) = (*a, *b);
            information += term(*both, a, b);
            for both in (a + b).saturating_sub(n).max(1)..=a.min(b) {
                let chance = logs[a] + logs[b] + logs[n - a] + logs[n - b]
                    - logs[n]
                    - logs[both]
                    - logs[a - both]
                    - logs[b - both]
                    - logs[n + both - a - b];
                expected += term(both, a, b) * chance.exp();
            }
        }
    }
    let entropy = |counts: &[usize]| -> f64 {
        let share = |count: &usize| *count as f64 / all;
        counts.iter().filter(|count| **count > 0).map(|count| -share(count) * share(count).ln()).sum()
    };
    (information - expected) / (0.5 * (entropy(&rows) + entropy(&columns)) - expected)
}

/// How far the mean colours, and the pixels, of two pictures of one cluster are apart, on average, where 1 is that of any
/// two.
fn likeness(items: &Items, labels: &[usize]) -> (f64, f64) {
    let small = half_size(items);
    let mean = |row: &[f32], color: usize| -> f32 {
        row.iter().skip(color).step_by(3).sum::<f32>() / (row.len() / 3) as f32
    };
    let colors: Vec<[f32; 3]> =
        (0..items.len()).map(|item| [0, 1, 2].map(|color| mean(small.row(item), color))).collect();
    let away = |one: &[f32], other: &[f32]| -> f64 {
        one.iter().zip(other).map(|(a, b)| f64::from((a - b) * (a - b))).sum::<f64>().sqrt()
    };
    let mut sums = [[0.0; 3]; 2];
    for one in 0..items.len() {
        for other in 0..one {
            let both = [away(&colors[one], &colors[other]), away(small.row(one), small.row(other)), 1.0];
            let of = [true, labels[one] == labels[other]];
            for (sums, counts) in sums.iter_mut().zip(of) {
                if counts {
                    sums.iter_mut().zip(both).for_each(|(sum, value)| *sum += value);
                }
            }
        }
    }
    let [all, within] = sums;
    let ratio = |at: usize| (within[at] / within[2]) / (all[at] / all[2]);
    (ratio(0), ratio(1))
}

fn pictures(items: &Rc<Items>) {
    println!("{HEAD}");
    let epochs = std::env::args().nth(2).map_or(100, |epochs| epochs.parse().expect("epochs"));
    let half = |_| {
        let begin = Instant::now();
        let features = half_size(items);
        Made { features, seconds: begin.elapsed().as_secs_f64(), loss: f64::NAN }
    };
    row("half-size pixels, 500 epochs", items, 500, &half);
    row("half-size pixels", items, epochs, &half);
    for (code, conv_epochs) in
        [(128, 1), (128, 4), (128, 10), (128, 20), (128, 40), (64, 10), (256, 10), (64, 20), (256, 20)]
    {
        row(&format!("convolutional: code of {code}, {conv_epochs} epochs"), items, epochs, &|seed| {
            convolutional(items, code, conv_epochs, seed)
        });
    }
}

fn encoder(items: &Rc<Items>) {
    println!("{HEAD}");
    for epochs in [0, 25, 50, 100, 200, 500] {
        let PictureConfig { code, epochs: conv_epochs, .. } = PictureConfig::new(1);
        row(&format!("pictures, linear {epochs}"), items, epochs, &|seed| {
            convolutional(items, code, conv_epochs, seed)
        });
    }
    for epochs in [0, 25, 50, 100, 200, 500] {
        row(&format!("words, linear {epochs}"), items, epochs, &|_| Made {
            features: words::vectors(items, words::WIDTH, true),
            seconds: 0.0,
            loss: f64::NAN,
        });
    }
}

fn films() -> Rc<Items> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/movies/latest-small.bin.gz");
    let mut pack = Vec::new();
    let file = std::fs::File::open(path).expect("the committed ratings");
    flate2::read::GzDecoder::new(file).read_to_end(&mut pack).expect("a gzip");
    Rc::new(movielens::sequences(&packed::read(&pack).expect("ratings")).items)
}

fn whole(name: &str, items: Rc<Items>, encoder_epochs: usize) {
    for seed in SEEDS {
        let begin = Instant::now();
        let mut preparation = Preparation::begin(items.clone(), config(encoder_epochs, seed));
        let first = begin.elapsed();
        let (mut slices, mut longest) = (0, first);
        while !preparation.is_done() {
            let begin = Instant::now();
            preparation.advance();
            slices += 1;
            longest = longest.max(begin.elapsed());
        }
        let prepared = preparation.finish();
        println!(
            "{name}, seed {seed}: {:.2} s in {slices} slices, the longest {:.0} ms, {} and {} epochs of the linear auto-encoders",
            begin.elapsed().as_secs_f64(),
            longest.as_secs_f64() * 1e3,
            prepared.images.losses.len(),
            prepared.texts.losses.len(),
        );
    }
}

fn main() {
    let part = std::env::args().nth(1).unwrap_or_default();
    match part.as_str() {
        "pictures" => pictures(&emoji_items()),
        "encoder" => encoder(&emoji_items()),
        "whole" => {
            let epochs = std::env::args().nth(2).map_or(100, |epochs| epochs.parse().expect("epochs"));
            whole("emoji", emoji_items(), epochs);
            whole("MovieLens", films(), epochs);
        }
        _ => eprintln!("pictures, encoder or whole"),
    }
}
