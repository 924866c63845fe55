//! Milliseconds of a training step outside the browser, on the CPU and on a graphics card through wgpu.
//!
//!     cargo bench --bench native_steps --features webgpu
//!
//! The same labs as the page's, with pictures of random pixels: a step costs the same whatever is in them. Each row is
//! the median over blocks of ten steps, after a warm-up in which a card compiles its kernels; each step reads its loss.

use burn::tensor::Device;
use emberbook::controls::{Layer, Source};
use emberbook::data::pictures::Picture;
use emberbook::lab::Lab;
use emberbook::lessons::{Content, Material, OpenLab, find};
use emberbook::progress::Budget;
use emberbook::random::{Purpose, Random};
use pollster::block_on;
use serde_json::{Value, json};
use std::rc::Rc;
use std::time::Instant;

const WARM_STEPS: u64 = 30;
const BLOCKS: usize = 20;
const BLOCK_STEPS: u64 = 10;
const COMPARED_STEPS: usize = 10;

/// What is measured: a name, the lesson and its settings.
fn rows() -> Vec<(&'static str, &'static str, Value)> {
    let long = |mut settings: Value| {
        settings["epochs"] = json!(200);
        settings
    };
    let digits = |batch: u32| long(json!({"task": "mnist", "train_size": 4_000, "batch_size": batch}));
    let horses = |side: &str, batch: u32| {
        long(json!({"task": "horse_or_human", "image_size": side, "train_size": 256, "batch_size": batch}))
    };
    vec![
        ("iris MLP 4-6-3, minibatch 16", "iris", json!({"epochs": 2_000, "eval_steps": 10_000})),
        ("MNIST net, minibatch 32", "vision", digits(32)),
        ("MNIST net, minibatch 128", "vision", digits(128)),
        ("horse or human at 128, minibatch 32", "vision", horses("128", 32)),
    ]
}

fn digits(random: &mut Random) -> Vec<u8> {
    let mut pack = Vec::new();
    for count in [4_000u32, 100] {
        pack.extend([0x803, count, 28, 28].into_iter().flat_map(u32::to_be_bytes));
        pack.extend((0..count * 784).map(|_| random.below(256) as u8));
        pack.extend([0x801, count].into_iter().flat_map(u32::to_be_bytes));
        pack.extend((0..count).map(|_| random.below(10) as u8));
    }
    pack
}

fn material() -> Material {
    let mut random = Random::new(1, Purpose::Split);
    let material = Material::default();
    material.files.add("mnist_10k.bin", Content::Bytes(Rc::new(digits(&mut random))));
    let sheet = image();
    material.files.add("horses_humans.png", Content::Picture(Rc::new(sheet)));
    material
}

/// The sheet of figures, decoded.
fn image() -> Picture {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/data/vision/horses_humans.png"))
        .or_else(|_| std::fs::read("data/vision/horses_humans.png"))
        .expect("data/vision/horses_humans.png");
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let frame = reader.next_frame(&mut pixels).expect("pixels");
    Picture::from_rgba(frame.width as usize, frame.height as usize, pixels).expect("RGBA")
}

fn open(lesson: &str, settings: &Value, device: Device, material: &Material) -> Box<dyn Lab> {
    let definition = find(lesson).expect("a lesson");
    let layer = Layer { source: Source::Config, values: settings.as_object().expect("settings").clone() };
    let plan = definition.plan(vec![layer], material.own.clone()).expect("a plan");
    assert!(plan.resolved.notices.is_empty(), "{:?}", plan.resolved.notices);
    plan.open(material.files.clone(), device).expect("a lab")
}

/// Median milliseconds of a step, and the seconds of the first one.
fn measure(lab: &mut dyn Lab) -> (f64, f64) {
    let begin = Instant::now();
    block_on(lab.train(Budget::steps(1))).expect("a step");
    let first = begin.elapsed().as_secs_f64();
    for _ in 0..WARM_STEPS {
        block_on(lab.train(Budget::steps(1))).expect("a step");
    }
    let mut blocks: Vec<f64> = (0..BLOCKS)
        .map(|_| {
            let begin = Instant::now();
            for _ in 0..BLOCK_STEPS {
                block_on(lab.train(Budget::steps(1))).expect("a step");
            }
            begin.elapsed().as_secs_f64() * 1000.0 / BLOCK_STEPS as f64
        })
        .collect();
    blocks.sort_by(f64::total_cmp);
    (blocks[BLOCKS / 2], first)
}

/// The largest difference of a loss over the first steps of a run on the CPU and on the card.
fn compare(lesson: &str, settings: &Value, device: &Device, material: &Material) -> f64 {
    let losses = |device: Device| -> Vec<f64> {
        let mut lab = open(lesson, settings, device, material);
        let losses = (0..COMPARED_STEPS).map(|_| {
            let progress = block_on(lab.train(Budget::steps(1))).expect("a step");
            progress.metrics["loss"].as_f64().expect("a loss")
        });
        losses.collect()
    };
    let (cpu, gpu) = (losses(Device::flex()), losses(device.clone()));
    cpu.iter().zip(&gpu).map(|(cpu, gpu)| (cpu - gpu).abs()).fold(0.0, f64::max)
}

fn main() {
    let (device, setup) = Device::wgpu_options().init_with_setup().expect("a graphics adapter");
    let info = setup.adapter.get_info();
    println!("adapter: {} ({:?}), {} {}", info.name, info.backend, info.driver, info.driver_info);
    let material = material();
    println!(
        "| ms per step, every loss read | CPU (flex) | GPU (wgpu) | first step on the GPU, s | losses differ by |"
    );
    println!("|---|---:|---:|---:|---:|");
    for (name, lesson, settings) in rows() {
        let (cpu, _) = measure(&mut *open(lesson, &settings, Device::flex(), &material));
        let (gpu, first) = measure(&mut *open(lesson, &settings, device.clone(), &material));
        let difference = compare(lesson, &settings, &device, &material);
        println!("| {name} | {cpu:.3} | {gpu:.3} | {first:.1} | {difference:.1e} |");
    }
}
