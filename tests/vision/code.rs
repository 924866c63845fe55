//! The programs of the vision lesson's code view: each setting reaches them, those of the default settings run as
//! examples, and they predict with exported weights what the lab predicts.

#![cfg(feature = "tensors")]

use crate::common::bars::idx;
use crate::common::open_lesson;
use crate::common::programs::{
    LANGUAGES, Python, empty_folder, example, figure, is_committed, programs, python_with, run, text,
};
use crate::sheets::add_sheets;
use emberbook::controls::Settings;
use emberbook::data::pictures::own::{PictureFolder, PictureReading};
use emberbook::data::pictures::{NamedPicture, Picture};
use emberbook::lab::{Ask, Lab};
use emberbook::lessons::{Content, Material, Own, find};
use emberbook::progress::Budget;
use pollster::block_on;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::rc::Rc;

const TRAIN: usize = 300;
const TEST: usize = 60;

/// Classes and variants of digits to train on, and of those held out.
fn digits() -> [Vec<(usize, usize)>; 2] {
    [0..TRAIN, TRAIN..TRAIN + TEST].map(|range| range.map(|i| (i * 7 % 10, i)).collect())
}

/// The files the page has: digits, and the sheets its pictures are composed from.
pub(crate) fn site() -> Material {
    let material = Material::default();
    let pack = digits().map(|digits| idx(&digits).concat()).concat();
    material.files.add("mnist_10k.bin", Content::Bytes(Rc::new(pack)));
    add_sheets(&material);
    material
}

fn write_png(path: &Path, picture: &Picture) {
    let file = File::create(path).unwrap();
    let mut encoder = png::Encoder::new(file, picture.width as u32, picture.height as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(&picture.pixels).unwrap();
}

fn open(settings: &Value, material: &Material) -> Box<dyn Lab> {
    open_lesson("vision", settings.clone(), material).unwrap()
}

fn code(settings: &Value, material: &Material) -> Value {
    programs(&mut *open(settings, material))
}

/// A folder of an example of digits, with the files of MNIST where the program looks for them.
fn folder_of_digits(name: &str) -> PathBuf {
    let folder = empty_folder("vision_code", name);
    fs::create_dir_all(folder.join("mnist")).unwrap();
    for (part, digits) in ["train", "t10k"].iter().zip(digits()) {
        let [images, labels] = idx(&digits);
        fs::write(folder.join(format!("mnist/{part}-images-idx3-ubyte")), images).unwrap();
        fs::write(folder.join(format!("mnist/{part}-labels-idx1-ubyte")), labels).unwrap();
    }
    folder
}

/// Pictures with a figure of another colour for each class, of several sizes, some of them transparent.
pub(crate) fn figures() -> Vec<(String, Picture)> {
    let mut figures = Vec::new();
    for (part, each) in [("train", 8), ("validation", 5)] {
        for (label, class) in ["horses", "humans"].iter().enumerate() {
            for number in 0..each {
                let (width, height) = (90 + 13 * number, 140 - 11 * number);
                let color = if label == 0 { [230, 60, 20] } else { [20, 70, 240] };
                let mut rgba = Vec::new();
                for pixel in 0..width * height {
                    let (x, y) = (pixel % width, pixel / width);
                    let inside = (x / 10 + y / 10 + number) % 4 < 2;
                    let shade = (x * 7 + y * 3 + number * 29) as u8 % 60;
                    let alpha = if number % 3 == 1 { (x + y) as u8 } else { 255 };
                    let [red, green, blue] = if inside { color } else { [90, 90, 90] };
                    rgba.extend([red, green, blue].map(|part: u8| part.saturating_sub(shade)));
                    rgba.push(alpha);
                }
                let picture = Picture::from_rgba(width, height, rgba).unwrap();
                figures.push((format!("{part}/{class}/{number}.png"), picture));
            }
        }
    }
    figures
}

/// The figures as a folder of the reader's, and written where a program looks for them.
pub(crate) fn own_figures(side: usize, name: &str) -> (Material, PathBuf) {
    let folder = empty_folder("vision_code", name);
    let mut own = PictureReading::begin("own.zip", side);
    let mut paths = Vec::new();
    for (path, picture) in figures() {
        let file = folder.join(&path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        write_png(&file, &picture);
        own.add(&path, &picture).unwrap();
        paths.push(path);
    }
    (Material { own: Some(own_pictures(paths, side, own)), ..site() }, folder)
}

/// The seed of the labs.
const SEED: u64 = 1;

/// What was read.
fn own_pictures(paths: Vec<String>, side: usize, read: PictureReading) -> Own {
    let folder = PictureFolder::of("own.zip", paths).unwrap();
    folder.keep(side, SEED, read.finish(SEED).unwrap());
    Own::Pictures(Rc::new(folder))
}

/// Each example and the settings it is generated from.
fn examples() -> [(&'static str, Value); 2] {
    [("vision_mnist", json!({ "task": "mnist" })), ("vision_folders", json!({ "task": "horse_or_human" }))]
}

/// For pictures of the reader's own, what the example has for the lesson's: they have defaults that fit their number.
pub(crate) fn as_for_the_lessons() -> Value {
    let material = Material::default();
    let controls = find("vision").unwrap().all_controls(&material, Some("horse_or_human"));
    let defaults = Settings::defaults(&controls);
    let fitted =
        ["image_size", "augment", "filters", "dense_units", "optimizer", "learning_rate", "batch_size"];
    let mut settings = examples()[1].1.clone();
    fitted.iter().for_each(|name| settings[*name] = defaults.value(name).clone());
    settings
}

pub(crate) fn export(lab: &mut dyn Lab, folder: &Path) {
    let weights = block_on(lab.export_model("safetensors")).unwrap();
    fs::write(folder.join("weights.safetensors"), weights).unwrap();
}

fn predictions(folder: &Path) -> Vec<String> {
    let written = fs::read_to_string(folder.join("predictions.txt")).unwrap();
    written.lines().map(str::to_string).collect()
}

fn is_mixed(predictions: &[String]) -> bool {
    predictions.iter().collect::<BTreeSet<_>>().len() > 1
}

#[test]
fn the_examples_are_the_programs_of_the_lab() {
    for (name, settings) in examples() {
        is_committed(name, &text(&code(&settings, &site()), "rust"));
    }
}

#[test]
fn each_example_trains_and_tells_the_pictures_apart() {
    for (name, folder) in [
        ("vision_mnist", folder_of_digits("mnist_train")),
        ("vision_folders", own_figures(1, "folders_train").1),
    ] {
        let printed = run(name, &folder, &[]);
        let accuracy = figure(&printed, "test accuracy ");
        println!("{name}: {printed}");
        assert!((0.9..=1.0).contains(&accuracy), "{name}: {printed}");
        assert!(printed.contains("validation "), "{printed}");
    }
}

#[test]
fn the_program_in_keras_trains_writes_weights_and_loads_them() {
    let (material, folder) = own_figures(64, "keras_train");
    let settings = json!({ "task": "horse_or_human", "image_size": "64", "filters": [4, 6], "dense_units": 16, "learning_rate": 0.01, "epochs": 15, "augment": "off", "optimizer": "rmsprop" });
    fs::write(folder.join("program.py"), text(&code(&settings, &material), "python")).unwrap();
    let printed = python_with(Python::Programs, &folder, &[Path::new("program.py")]);
    let accuracy = figure(&printed, "test accuracy ");
    assert!((0.9..=1.0).contains(&accuracy), "{printed}");
    let trained = predictions(&folder);
    assert!(is_mixed(&trained), "{trained:?}");
    fs::remove_file(folder.join("predictions.txt")).unwrap();
    let arguments = ["program.py", "weights.safetensors"].map(Path::new);
    assert_eq!(figure(&python_with(Python::Programs, &folder, &arguments), "test accuracy "), accuracy);
    assert_eq!(predictions(&folder), trained);
    // The page takes them too.
    let mut lab = open(&settings, &material);
    let weights = fs::read(folder.join("weights.safetensors")).unwrap();
    assert_eq!(block_on(lab.import_model(&weights)), Ok(None));
    let test = block_on(lab.evaluate("test")).unwrap();
    assert!((test["accuracy"].as_f64().unwrap() - accuracy).abs() < 1e-4, "{test}");
}

#[test]
fn with_exported_weights_the_digits_are_what_the_lab_takes_them_for() {
    let mut lab = open(&examples()[0].1, &site());
    // Not to the end: what it takes for another digit must be the same too.
    block_on(lab.train(Budget::steps(2))).unwrap();
    let folder = folder_of_digits("mnist_load");
    export(&mut *lab, &folder);
    let printed = run("vision_mnist", &folder, &["weights.safetensors"]);
    let [_, held_out] = digits();
    let mut expected: Vec<String> = held_out.iter().map(|(class, _)| class.to_string()).collect();
    let wrong = block_on(lab.inspect("mistakes", json!({ "split": "test", "count": TEST }).into())).unwrap();
    for mistake in wrong["pictures"].as_array().unwrap() {
        expected[mistake["index"].as_u64().unwrap() as usize] = mistake["predicted"].to_string();
    }
    let mistakes = wrong["mistakes"].as_u64().unwrap();
    assert!((1..TEST as u64).contains(&mistakes) && is_mixed(&expected), "{expected:?}");
    assert_eq!(predictions(&folder), expected);
    let accuracy = 1.0 - mistakes as f64 / TEST as f64;
    assert!((figure(&printed, "test accuracy ") - accuracy).abs() < 1e-4, "{printed}");
}

#[test]
fn with_exported_weights_the_pictures_are_what_the_lab_takes_them_for() {
    let (material, folder) = own_figures(128, "folders_load");
    let mut lab = open(&as_for_the_lessons(), &material);
    block_on(lab.train(Budget::steps(12))).unwrap();
    export(&mut *lab, &folder);
    let printed = run("vision_folders", &folder, &["weights.safetensors"]);
    let mut held_out: Vec<_> =
        figures().into_iter().filter(|(path, _)| path.starts_with("validation")).collect();
    // Class by class in turn.
    held_out.sort_by_key(|(path, _)| path.rsplit('/').next().unwrap().to_string());
    let named = held_out.into_iter().map(|(name, picture)| NamedPicture { name, picture }).collect();
    let answer = block_on(lab.predict(Ask::default().with(named))).unwrap();
    let expected: Vec<String> = serde_json::from_value(answer["classes"].clone()).unwrap();
    assert!(is_mixed(&expected), "{expected:?}");
    assert_eq!(predictions(&folder), expected);
    let test = block_on(lab.evaluate("test")).unwrap();
    let difference = figure(&printed, "test accuracy ") - test["accuracy"].as_f64().unwrap();
    assert!(difference.abs() < 1e-4, "{printed}, {test}");
}

#[test]
fn weights_of_another_shape_are_refused_by_the_name_of_the_tensor() {
    let folder = folder_of_digits("refused");
    for (more, tensor) in [
        (json!({ "filters": [8] }), "conv2d.kernel"),
        (json!({ "dense_units": 100 }), "dense.kernel"),
        (json!({ "filters": [] }), "conv2d.kernel"),
    ] {
        let mut settings = examples()[0].1.clone();
        settings.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        export(&mut *open(&settings, &site()), &folder);
        let output = example("vision_mnist", &folder, &["weights.safetensors"]).output().unwrap();
        assert!(!output.status.success(), "{more}");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(errors.contains(tensor), "{more}: {errors}");
    }
}

/// Small settings of each task.
fn small(task: &str) -> Value {
    let mut settings =
        json!({ "task": task, "train_size": 120, "filters": [4], "dense_units": 8, "batch_size": 16 });
    if task != "mnist" {
        settings["image_size"] = json!("94");
        settings["train_size"] = json!(20);
    }
    settings
}

#[test]
fn every_setting_reaches_both_programs() {
    let common = [
        ("seed", json!(77)),
        ("train_size", json!(130)),
        ("augment", json!("on")),
        ("filters", json!([3, 5])),
        ("kernel_size", json!(2)),
        ("dense_units", json!(9)),
        ("learning_rate", json!(0.031)),
        ("batch_size", json!(5)),
        ("epochs", json!(33)),
        ("stop_at_accuracy", json!(0.77)),
    ];
    let picture = [("image_size", json!("150")), ("rescale_at_prediction", json!("as_written"))];
    let horses =
        [picture.clone(), [("validation", json!("as_written")), ("optimizer", json!("adam"))]].concat();
    let faces = [picture, [("labels", json!("as_written")), ("optimizer", json!("sgd"))]].concat();
    let material = site();
    for (task, own) in [
        ("mnist", vec![("optimizer", json!("rmsprop"))]),
        ("horse_or_human", horses),
        ("happy_or_sad", faces),
    ] {
        let plain = code(&small(task), &material);
        for (name, value) in common.iter().chain(&own) {
            let mut settings = small(task);
            settings[name] = value.clone();
            let changed = code(&settings, &material);
            for language in LANGUAGES {
                assert_ne!(text(&plain, language), text(&changed, language), "{task}, {name}, {language}");
            }
        }
    }
}

#[test]
fn each_task_and_optimizer_has_a_program_of_its_own_and_says_what_to_install() {
    let material = site();
    let mut texts = Vec::new();
    for task in ["mnist", "horse_or_human", "happy_or_sad"] {
        for optimizer in ["sgd", "adagrad", "rmsprop", "adam"] {
            let mut settings = small(task);
            settings["optimizer"] = json!(optimizer);
            let programs = code(&settings, &material);
            for (language, end, word) in [("rust", ".rs", "[dependencies]"), ("python", ".py", "pip install")]
            {
                assert!(programs[language]["file"].as_str().unwrap().ends_with(end));
                let install = programs[language]["install"].as_str().unwrap();
                assert!(install.starts_with(word));
                let text = text(&programs, language);
                assert!(install.lines().all(|line| text.contains(line)), "{text}");
                assert!(!text.contains("{{") && !text.contains("}}"), "{text}");
                assert!(!texts.contains(&text), "two settings have one program");
                texts.push(text);
            }
        }
    }
}

/// What a program in Python has whose brackets and quotes are closed, line by line as far as that can be told.
fn is_well_formed(python: &str) {
    let code: String = python
        .split("\"\"\"")
        .step_by(2)
        .flat_map(str::lines)
        .map(|line| line.split("# ").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n");
    for [open, close] in [['(', ')'], ['[', ']']] {
        let count = |sign: char| code.matches(sign).count();
        assert_eq!(count(open), count(close), "{open}{close} in {python}");
    }
    assert_eq!(python.matches("\"\"\"").count() % 2, 0, "{python}");
    assert!(python.lines().all(|line| (line.len() - line.trim_start().len()) % 4 == 0), "{python}");
    assert!(python.lines().all(|line| line.trim_end() == line && line.chars().count() <= 110), "{python}");
}

#[test]
fn programs_in_python_build_the_layers_of_the_lab() {
    let material = site();
    for task in ["mnist", "horse_or_human", "happy_or_sad"] {
        for more in ["off", "on"] {
            let mut settings = small(task);
            settings["augment"] = json!(more);
            let python = text(&code(&settings, &material), "python");
            is_well_formed(&python);
            assert_eq!(python.contains("RandomTranslation"), more == "on");
            assert_eq!(python.contains("RandomFlip"), more == "on" && task != "mnist");
            let [loss, activation] = match task {
                "mnist" => ["sparse_categorical_crossentropy", "softmax"],
                _ => ["binary_crossentropy", "sigmoid"],
            };
            assert!(python.contains(&format!("loss=\"{loss}\"")), "{python}");
            assert!(python.contains(&format!("activation=\"{activation}\"")), "{python}");
        }
    }
}

/// Names of folders that would end a string, a comment or a line where they are not escaped.
const HOSTILE: [&str; 5] = ["\"; panic!(); //", "\\", "\"\"\"\n*/ import os", "{{seed}}", "花\u{202e}"];

#[test]
fn names_of_folders_are_literals() {
    let mut own = PictureReading::begin("own.zip", 64);
    let mut paths = Vec::new();
    for name in HOSTILE {
        for number in 0..3 {
            // A slash would part the name.
            let class = name.replace('/', "\u{2215}");
            let picture = Picture::from_rgba(1, 1, vec![number, 0, 0, 255]).unwrap();
            let path = format!("all/{class}/{number}.png");
            own.add(&path, &picture).unwrap();
            paths.push(path);
        }
    }
    let material = Material { own: Some(own_pictures(paths, 64, own)), ..Material::default() };
    for (labels, told) in [("corrected", false), ("as_written", true)] {
        let settings = json!({ "task": "happy_or_sad", "image_size": "64", "filters": [4], "dense_units": 4, "labels": labels });
        let programs = code(&settings, &material);
        let rust = text(&programs, "rust");
        let listed = [
            r#""\"\"\"\n*∕ import os""#,
            r#""\"; panic!(); ∕∕""#,
            r#""\\""#,
            r#""{{seed}}""#,
            r#""花\u{202e}""#,
        ];
        let lines = listed.map(|literal| format!("    {literal},\n")).concat();
        assert!(rust.contains(&format!("const CLASSES: [&str; 5] = [\n{lines}];\n")), "{rust}");
        assert!(rust.contains("const OUTPUTS: usize = 5;"), "{rust}");
        assert_eq!(rust.contains("CLASSES[CLASSES.len() - 1 - largest(row)]"), told);
        let python = text(&programs, "python");
        let in_python = r#"["\"\"\"\x0a*∕ import os", "\"; panic!(); ∕∕", "\\", "{{seed}}", "花\U0000202e"]"#;
        assert!(python.contains(&format!("\nCLASSES = {in_python}\n")), "{python}");
        assert_eq!(python.contains("CLASSES[-1 - c]"), told);
    }
}
