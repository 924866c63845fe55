//! The run as a program in Python.

use super::super::super::settings::SplitWay;
use super::own::OwnFile;
use super::run::Run;
use crate::lessons::code::Program;
use crate::lessons::code::python::literal;
use crate::lessons::code::template::{Values, WIDTH, fill, list_of_names};

const NETWORK: &str = include_str!("python/network.py.txt");
const SOFTMAX: &str = include_str!("python/softmax.py.txt");
const SVM: &str = include_str!("python/svm.py.txt");

const TABLE: &str = include_str!("python/table.py.txt");
const TABLE_IRIS: &str = include_str!("python/table_iris.py.txt");
const TABLE_OWN: &str = include_str!("python/table_own.py.txt");
const SPLIT_DISJOINT: &str = include_str!("python/split_disjoint.py.txt");
const SPLIT_AS_WRITTEN: &str = include_str!("python/split_as_written.py.txt");

/// The program of a run.
pub(super) fn program(run: &Run) -> Program {
    let model = run.model();
    let install = install(run);
    let file = format!("iris_{model}.py");
    let mut values = run.common_values();
    values.extend([
        ("dependencies", install.clone()),
        ("source", source(run).to_string()),
        ("program", file.clone()),
        ("imports", imports(run)),
        ("table", table(run)),
        ("split", split(run)),
    ]);
    let template = match model {
        "softmax" => {
            values.insert("model", softmax(run).to_string());
            SOFTMAX
        }
        "svm" => {
            values.extend(machine(run));
            SVM
        }
        _ => {
            values.extend(network(run));
            NETWORK
        }
    };
    Program { file, install, text: fill(template, &values) }
}

/// The command that installs what the program needs.
fn install(run: &Run) -> String {
    let is_network = run.model() == "network";
    let of_model = if is_network { " torch" } else { "" };
    // The flowers come from scikit-learn.
    let of_table = if run.own.is_none() || !is_network { " scikit-learn" } else { "" };
    format!("pip install numpy safetensors{of_table}{of_model}")
}

fn source(run: &Run) -> &'static str {
    match &run.own {
        Some(_) => {
            "The table is the file named below, in the folder the program runs in: text with a header."
        }
        None => "The table is the one that comes with scikit-learn.",
    }
}

fn imports(run: &Run) -> String {
    let model = run.model();
    let own = run.own.is_some();
    let kernel = if run.gamma.is_some() { "rbf_kernel" } else { "linear_kernel" };
    let kernel = format!("from sklearn.metrics.pairwise import {kernel}");
    let weights = match model {
        "network" => "from safetensors.torch import load_file, save_file",
        _ => "from safetensors.numpy import load_file",
    };
    let lines = [
        (own, "import csv"),
        (model == "network" || run.own.as_ref().is_some_and(OwnFile::is_lenient), "import math"),
        (true, "import sys"),
        (model == "svm", "from itertools import combinations"),
        (true, "from pathlib import Path\n"),
        (true, "import numpy as np"),
        (model == "network", "import torch"),
        (true, weights),
        (!own, "from sklearn.datasets import load_iris"),
        (model == "softmax", "from sklearn.linear_model import LogisticRegression"),
        (model == "svm", &kernel),
        (model == "svm", "from sklearn.svm import SVC"),
        (model == "network", "from torch import nn"),
        (model == "network", "from torch.nn.functional import cross_entropy"),
    ];
    let needed: Vec<&str> = lines.into_iter().filter(|(needed, _)| *needed).map(|(_, line)| line).collect();
    needed.join("\n")
}

/// Constants that name the table, its rows and their scaling.
fn table(run: &Run) -> String {
    let names = |names: &[String], line: &str| list_of_names(names, literal, WIDTH - line.len());
    let mut values = run.common_values();
    values.extend([
        ("features", names(run.features, "FEATURES = ")),
        ("classes", names(run.classes, "CLASSES = ")),
        ("file", literal(run.file())),
        ("label", literal(&run.settings.label_column)),
        ("delimiter", literal(&run.delimiter().to_string())),
    ]);
    values.extend(run.own.as_ref().map(OwnFile::python).unwrap_or_default());
    let read_table = if run.own.is_some() { TABLE_OWN } else { TABLE_IRIS };
    // The network's weights are single precision; what is read and scaled stays double precision until then.
    let is_network = run.model() == "network";
    let mut parts = run.ranges(WIDTH - "high = np.array()".len());
    parts.extend([
        ("read_table", fill(read_table.trim_end(), &values)),
        ("as_float", if is_network { "\nx = x.astype(np.float32)" } else { "" }.to_string()),
    ]);
    fill(TABLE.trim_end(), &parts)
}

fn split(run: &Run) -> String {
    let permutation = match run.model() {
        "network" => "torch.randperm(rows)",
        _ => "random.permutation(rows)",
    };
    let template = match run.settings.split {
        SplitWay::AsWritten => SPLIT_AS_WRITTEN,
        SplitWay::Disjoint => SPLIT_DISJOINT,
    };
    fill(template.trim_end(), &Values::from([("permutation", permutation.to_string())]))
}

fn network(run: &Run) -> Values {
    let activation = match run.settings.activation.as_str() {
        "tanh" => "torch.tanh",
        "relu" => "torch.relu",
        _ => "torch.sigmoid",
    };
    let optimizer = match run.settings.optimizer.as_str() {
        "momentum" => "torch.optim.SGD(network.parameters(), lr=LEARNING_RATE, momentum=0.9)",
        "adagrad" => "torch.optim.Adagrad(network.parameters(), lr=LEARNING_RATE)",
        "rmsprop" => "torch.optim.RMSprop(network.parameters(), lr=LEARNING_RATE)",
        "adam" => "torch.optim.Adam(network.parameters(), lr=LEARNING_RATE)",
        _ => "torch.optim.SGD(network.parameters(), lr=LEARNING_RATE)",
    };
    let (declare_best, keep_best, trained) = if run.keeps_best() {
        (
            "best, best_accuracy = None, 0.0\n",
            "            if dev_accuracy > best_accuracy:\n                best_accuracy = dev_accuracy\n                best = {name: value.clone() for name, value in network.state_dict().items()}\n",
            "if best is not None:\n    network.load_state_dict(best)\n",
        )
    } else {
        ("", "", "")
    };
    Values::from([
        ("activation", activation.to_string()),
        ("optimizer", optimizer.to_string()),
        ("declare_best", declare_best.to_string()),
        ("keep_best", keep_best.to_string()),
        ("trained", trained.to_string()),
    ])
}

fn softmax(run: &Run) -> &'static str {
    if run.classes.len() == 2 {
        // softmax_regression.rs: the same penalty, on two sets of weights that are each other's opposite.
        "# With two classes scikit-learn keeps one set of weights where the page has two, so that C counts double.\nmodel = LogisticRegression(C=2 * C, solver=\"lbfgs\", tol=1e-8, max_iter=1000)"
    } else {
        "model = LogisticRegression(C=C, solver=\"lbfgs\", tol=1e-8, max_iter=1000)"
    }
}

fn machine(run: &Run) -> Values {
    let note =
        "# The page fits a support vector machine to no more rows: its time grows with their square.\n";
    let (kernel, parameters) = match run.gamma {
        Some(_) => (
            "    kernel = rbf_kernel(x, machine[\"support_vectors\"].astype(np.float64), gamma=GAMMA)",
            "C=C, kernel=\"rbf\", gamma=GAMMA",
        ),
        None => (
            "    kernel = linear_kernel(x, machine[\"support_vectors\"].astype(np.float64))",
            "C=C, kernel=\"linear\"",
        ),
    };
    let gamma = run.gamma.map(|gamma| {
        let found = "  # 1 / (features * variance) over the page's training rows";
        format!("GAMMA = {gamma:?}{}\n", if run.has_found_gamma() { found } else { "" })
    });
    Values::from([
        ("train_size_note", if run.is_cut() { note } else { "" }.to_string()),
        ("kernel", kernel.to_string()),
        ("parameters", parameters.to_string()),
        ("gamma", gamma.unwrap_or_default()),
    ])
}
