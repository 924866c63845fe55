//! How good and how dear codes of items are, by how their features are made. No recommendation is made or judged here.
//!
//! `cargo run --example picture_codes -- pictures` prints a row for each way to features of pictures, `encoder` for each
//! length of the linear auto-encoder's training, `films` the same for MovieLens, `whole` the time of the whole preparation;
//! what was chosen stands in `picture_codes.md`. Times mean something with `--profile wasm-dev` and on one core
//! (`taskset -c 0`).

mod figures;

use emberbook::classic::k_means::Nearness;
use emberbook::data::pictures::Picture;
use emberbook::data::ratings::packed;
use emberbook::data::sequences::{Items, Kind, Vectors, emoji, movielens, words};
use emberbook::lessons::sequences::modality::{Codes, CodesConfig, ENCODER_EPOCHS, Encoding};
use emberbook::lessons::sequences::picture_features::{PictureConfig, PictureFeatures};
use emberbook::lessons::sequences::preparation::Preparation;
use std::io::Read;
use std::rc::Rc;
use std::time::Instant;

const HEAD: &str = "| features | AMI group | AMI subgroup | purity | colour | pixels | largest | loss | linear | s features | s linear | s k-means |";

fn config(encoder_epochs: usize, seed: u64) -> CodesConfig {
    CodesConfig {
        width: 64,
        encoder_epochs,
        clusters: 20,
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

fn latest_small() -> Rc<Items> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/movies/latest-small.bin.gz");
    let mut pack = Vec::new();
    let file = std::fs::File::open(path).expect("the committed ratings");
    flate2::read::GzDecoder::new(file).read_to_end(&mut pack).expect("a gzip");
    Rc::new(movielens::sequences(&packed::read(&pack).expect("ratings")).items)
}

/// Features, and the last loss of whatever made them.
type Made = (Vectors, f64);

/// Means of four pixels each, row by row.
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

fn convolutional(items: &Rc<Items>, config: PictureConfig) -> Made {
    let mut features = PictureFeatures::begin(items.clone(), config);
    while !features.is_done() {
        features.step();
    }
    let loss = features.losses().last().copied().unwrap_or(f64::NAN);
    (features.features(), loss)
}

/// What the linear auto-encoder makes of features, with its last loss; without an epoch the features themselves.
fn encoded(features: Vectors, config: &CodesConfig) -> Made {
    if config.encoder_epochs == 0 {
        return (features, f64::NAN);
    }
    let mut encoding = Encoding::begin(features, config);
    while !encoding.is_done() {
        encoding.epoch();
    }
    (encoding.encoded(), encoding.losses().last().copied().unwrap_or(f64::NAN))
}

/// The nearest cluster of each item; one more for those without.
fn labels(encoded: Vectors, config: &CodesConfig) -> Vec<usize> {
    let codes = Codes::new(encoded, config).of_item;
    codes.iter().map(|codes| codes.first().map_or(config.clusters, |code| *code as usize)).collect()
}

/// Prints what emoji's clusters are like, the mean of ten seeds and its standard error, where features are made by `make`.
fn row(name: &str, items: &Items, encoder_epochs: usize, make: &dyn Fn(u64) -> Made) {
    let small = half_size(items);
    let mean = |item: usize| -> [f32; 3] {
        [0, 1, 2].map(|color| small.row(item).iter().skip(color).step_by(3).sum::<f32>() / 256.0)
    };
    let colors: Vec<f32> = (0..items.len()).flat_map(mean).collect();
    let colors = Vectors::new(3, colors);
    let kinds = |of: fn(Kind) -> usize| {
        items.list.iter().map(|item| of(item.kind.expect("a kind"))).collect::<Vec<_>>()
    };
    let (groups, subgroups) = (kinds(|kind| kind.group), kinds(|kind| kind.subgroup));
    let seeds = 1..=10;
    let runs: Vec<[f64; 11]> = seeds
        .map(|seed| {
            let config = config(encoder_epochs, seed);
            let begin = Instant::now();
            let (features, loss) = make(seed);
            let made = begin.elapsed().as_secs_f64();
            let (encoded, linear) = encoded(features, &config);
            let shortened = begin.elapsed().as_secs_f64();
            let labels = labels(encoded, &config);
            let done = begin.elapsed().as_secs_f64();
            [
                figures::adjusted_information(&labels, &groups),
                figures::adjusted_information(&labels, &subgroups),
                figures::purity(&labels, &subgroups),
                figures::within(&labels, &|one, other| distance(&colors, one, other)),
                figures::within(&labels, &|one, other| distance(&small, one, other)),
                figures::largest(&labels) as f64,
                loss,
                linear,
                made,
                shortened - made,
                done - shortened,
            ]
        })
        .collect();
    let count = runs.len() as f64;
    let cells = [3, 3, 3, 2, 2, 0, 4, 4, 2, 2, 2].iter().enumerate().map(|(at, digits)| {
        let mean = runs.iter().map(|run| run[at]).sum::<f64>() / count;
        let square = runs.iter().map(|run| (run[at] - mean).powi(2)).sum::<f64>();
        let error = (square / (count - 1.0) / count).sqrt();
        if at < 6 { format!("{mean:.digits$} ± {error:.digits$}") } else { format!("{mean:.digits$}") }
    });
    println!("| {name} | {} |", cells.collect::<Vec<_>>().join(" | "));
}

fn distance(of: &Vectors, one: usize, other: usize) -> f64 {
    let square = |(a, b): (&f32, &f32)| f64::from((a - b) * (a - b));
    of.row(one).iter().zip(of.row(other)).map(square).sum::<f64>().sqrt()
}

fn pictures(items: &Rc<Items>) {
    println!("{HEAD}");
    row("half-size pixels", items, ENCODER_EPOCHS, &|_| (half_size(items), f64::NAN));
    let code = PictureConfig::new(1).code;
    let ways = [4, 10, 20, 40].map(|epochs| (code, epochs)).into_iter();
    for (code, epochs) in ways.chain([(64, 10), (256, 10)]) {
        row(&format!("code of {code}, {epochs} epochs"), items, ENCODER_EPOCHS, &|seed| {
            convolutional(items, PictureConfig { code, epochs, seed })
        });
    }
}

fn encoder(items: &Rc<Items>) {
    println!("{HEAD}");
    let all = [0, 25, 50, 100, 200, 500];
    for epochs in all {
        row(&format!("pictures, {epochs} linear epochs"), items, epochs, &|seed| {
            convolutional(items, PictureConfig::new(seed))
        });
    }
    for epochs in all {
        row(&format!("words, {epochs} linear epochs"), items, epochs, &|_| {
            (words::vectors(items, words::WIDTH, true), f64::NAN)
        });
    }
}

fn films() {
    let items = latest_small();
    println!("| features | epochs | loss | cosine within : any | largest | s |");
    let genres = items.image_vectors.clone().expect("genres");
    for (name, features) in [("genres", genres), ("words", words::vectors(&items, words::WIDTH, true))] {
        for epochs in [0, 10, 500] {
            let config = config(epochs, 1);
            let begin = Instant::now();
            let ran =
                if epochs > 0 { Encoding::epochs_for(items.len(), features.columns(), &config) } else { 0 };
            let (encoded, loss) = encoded(features.clone(), &config);
            let labels = labels(encoded, &config);
            let seconds = begin.elapsed().as_secs_f64();
            let cosine = |one: usize, other: usize| -> f64 {
                let product = |(a, b): (&f32, &f32)| f64::from(a * b);
                features.row(one).iter().zip(features.row(other)).map(product).sum()
            };
            let (within, largest) = (figures::within(&labels, &cosine), figures::largest(&labels));
            println!("| {name} | {ran} | {loss:.5} | {within:.2} | {largest} | {seconds:.2} |");
        }
    }
}

fn whole(name: &str, items: &Rc<Items>) {
    for seed in 1..=3 {
        let begin = Instant::now();
        let mut preparation = Preparation::begin(items.clone(), config(ENCODER_EPOCHS, seed));
        let (mut slices, mut longest) = (0, begin.elapsed());
        while !preparation.is_done() {
            let begin = Instant::now();
            preparation.advance();
            slices += 1;
            longest = longest.max(begin.elapsed());
        }
        let seconds = begin.elapsed().as_secs_f64();
        let longest = longest.as_secs_f64() * 1e3;
        println!("{name}, seed {seed}: {seconds:.2} s in {slices} slices, the longest {longest:.0} ms");
    }
}

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("pictures") => pictures(&emoji_items()),
        Some("encoder") => encoder(&emoji_items()),
        Some("films") => films(),
        Some("whole") => {
            whole("emoji", &emoji_items());
            whole("MovieLens", &latest_small());
        }
        _ => eprintln!("pictures, encoder, films or whole"),
    }
}
