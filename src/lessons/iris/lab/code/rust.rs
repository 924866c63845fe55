//! The run as a program in Rust.

use super::super::super::settings::SplitWay;
use super::own::OwnFile;
use super::run::Run;
use crate::lessons::code::Program;
use crate::lessons::code::template::{Values, WIDTH, fill, list_of_names};

const NETWORK: &str = include_str!("rust/network.rs.txt");
const SOFTMAX: &str = include_str!("rust/softmax.rs.txt");
const SVM: &str = include_str!("rust/svm.rs.txt");

const TABLE: &str = include_str!("rust/table.rs.txt");
const CONSTANTS_IRIS: &str = include_str!("rust/constants_iris.rs.txt");
const CONSTANTS_OWN: &str = include_str!("rust/constants_own.rs.txt");
const TABLE_IRIS: &str = include_str!("rust/table_iris.rs.txt");
const TABLE_OWN: &str = include_str!("rust/table_own.rs.txt");
const SPLIT_DISJOINT: &str = include_str!("rust/split_disjoint.rs.txt");
const SPLIT_AS_WRITTEN: &str = include_str!("rust/split_as_written.rs.txt");
const FLOATS: &str = include_str!("rust/floats.rs.txt");
const LARGEST: &str = include_str!("rust/largest.rs.txt");
const MAIN: &str = include_str!("rust/main.rs.txt");
const KERNEL_LINEAR: &str = include_str!("rust/kernel_linear.rs.txt");
const KERNEL_RBF: &str = include_str!("rust/kernel_rbf.rs.txt");

/// The program of a run.
pub(super) fn program(run: &Run) -> Program {
    let model = run.model();
    let install = dependencies(run);
    let commented: Vec<String> = install.lines().map(|line| format!("//! {line}")).collect();
    let mut values = run.common_values();
    values.extend([
        ("dependencies", commented.join("\n")),
        ("source", source(run).to_string()),
        ("table", table(run)),
        ("floats", FLOATS.trim_end().to_string()),
        ("largest", LARGEST.trim_end().to_string()),
        ("main", main(run)),
    ]);
    let template = match model {
        "softmax" => SOFTMAX,
        "svm" => {
            values.extend(machine(run));
            SVM
        }
        _ => {
            values.extend(network(run));
            NETWORK
        }
    };
    Program { file: format!("iris_{model}.rs"), install, text: fill(template, &values) }
}

/// The lines of Cargo.toml.
fn dependencies(run: &Run) -> String {
    let of_model: &[&str] = match run.model() {
        "softmax" => &[r#"basin = { version = "3.2", default-features = false }"#],
        "svm" => &[r#"libsvm-rs = "0.9""#],
        _ => &[
            r#"burn = { version = "=0.22.1", default-features = false, features = ["std", "optim", "flex", "simd"] }"#,
            r#"rand_distr = "0.6""#,
        ],
    };
    let of_table: &[&str] = if run.own.is_some() { &[r#"csv = "1""#] } else { &[] };
    let mut lines = [of_model, of_table, &[r#"rand = "0.10""#, r#"safetensors = "0.8""#]].concat();
    lines.sort_unstable();
    format!("[dependencies]\n{}", lines.join("\n"))
}

fn source(run: &Run) -> &'static str {
    match run.own {
        Some(_) => "//! The table is the file named below, beside Cargo.toml: UTF-8 text with a header.",
        None => {
            "//! The table is `data/iris/iris_fisher150.csv`: the file `sklearn/datasets/data/iris.csv` of scikit-learn, whose\n//! first line holds no flower."
        }
    }
}

/// Constants that name the table, the reader and the split.
fn table(run: &Run) -> String {
    let names = |names: &[String], line: &str| list_of_names(names, literal, WIDTH - line.len());
    let mut values = run.common_values();
    values.extend([
        ("feature_count", run.features.len().to_string()),
        ("class_count", run.classes.len().to_string()),
        ("features", names(run.features, "const FEATURES: [&str; 100] = ;")),
        ("classes", names(run.classes, "const CLASSES: [&str; 10] = ;")),
        ("file", literal(run.file())),
        ("label", literal(&run.settings.label_column)),
        ("delimiter", format!("b{:?}", run.delimiter())),
    ]);
    let (constants, read_table) = match run.own {
        Some(_) => (CONSTANTS_OWN, TABLE_OWN),
        None => (CONSTANTS_IRIS, TABLE_IRIS),
    };
    let split = match run.settings.split {
        SplitWay::AsWritten => SPLIT_AS_WRITTEN,
        SplitWay::Disjoint => SPLIT_DISJOINT,
    };
    let own = run.own.as_ref().map(OwnFile::rust).unwrap_or_default();
    values.extend(own.clone());
    let mut parts = run.ranges(WIDTH - "const HIGH: [f64; FEATURES.len()] = ;".len());
    parts
        .extend([("read_table", fill(read_table.trim_end(), &own)), ("split", split.trim_end().to_string())]);
    format!("{}\n{}", fill(constants, &values), fill(TABLE, &parts).trim_end())
}

fn main(run: &Run) -> String {
    let train = match run.model() {
        "network" => "train(&table, &train_rows, &dev, &mut random)",
        _ => "train(&table, &train_rows)",
    };
    fill(MAIN.trim_end(), &Values::from([("train", train.to_string())]))
}

fn network(run: &Run) -> Values {
    let (imports, optimizer) = match run.settings.optimizer.as_str() {
        "momentum" => (
            "{GradientsParams, SgdConfig, momentum::MomentumConfig}",
            "SgdConfig::new()\n        .with_momentum(Some(MomentumConfig::new().with_momentum(0.9).with_dampening(0.0)))\n        .init()",
        ),
        "adagrad" => ("{AdaGradConfig, GradientsParams}", "AdaGradConfig::new().with_epsilon(1e-10).init()"),
        "rmsprop" => (
            "{GradientsParams, RmsPropConfig}",
            "RmsPropConfig::new().with_alpha(0.99).with_epsilon(1e-8).with_momentum(0.0).init()",
        ),
        "adam" => ("{AdamConfig, GradientsParams}", "AdamConfig::new().with_epsilon(1e-8).init()"),
        _ => ("{GradientsParams, SgdConfig}", "SgdConfig::new().init()"),
    };
    let (declare_best, keep_best, trained) = if run.keeps_best() {
        (
            "    let mut best: Option<(f64, Network)> = None;\n",
            "                if dev_accuracy > best.as_ref().map_or(0.0, |(highest, _)| *highest) {\n                    best = Some((dev_accuracy, network.clone()));\n                }\n",
            "best.map_or(network, |(_, kept)| kept)",
        )
    } else {
        ("", "", "network")
    };
    Values::from([
        ("hidden_layers", run.settings.hidden.len().to_string()),
        ("activation", run.settings.activation.clone()),
        ("optimizer_imports", imports.to_string()),
        ("optimizer", optimizer.to_string()),
        ("declare_best", declare_best.to_string()),
        ("keep_best", keep_best.to_string()),
        ("trained", trained.to_string()),
    ])
}

fn machine(run: &Run) -> Values {
    let note =
        "/// The page fits a support vector machine to no more rows: its time grows with their square.\n";
    let (kernel, parameter) = match run.gamma {
        Some(_) => (KERNEL_RBF, "kernel_type: KernelType::Rbf, gamma: GAMMA"),
        None => (KERNEL_LINEAR, "kernel_type: KernelType::Linear"),
    };
    let gamma = run.gamma.map(|gamma| {
        let found = "/// `1 / (features · variance)` over the page's training rows.\n";
        format!("{}const GAMMA: f64 = {gamma:?};\n", if run.has_found_gamma() { found } else { "" })
    });
    Values::from([
        ("train_size_note", if run.is_cut() { note } else { "" }.to_string()),
        ("kernel", kernel.trim_end().to_string()),
        ("parameter", parameter.to_string()),
        ("gamma", gamma.unwrap_or_default()),
    ])
}

/// A name as a literal; signs that cannot be seen are escaped.
fn literal(name: &str) -> String {
    format!("{name:?}")
}
