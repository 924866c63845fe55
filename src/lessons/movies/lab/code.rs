//! The run of the fusion network as code, with the current settings in it, in Rust with burn and in Python with
//! PaddlePaddle, the document's framework.
//!
//! The texts are templates in `code/rust` and `code/python`; `examples/movies_fusion.rs` is the Rust program of the default
//! settings, which `tests/movies/code.rs` compares and runs.

use super::run::MoviesRun;
use crate::error::LabError;
use crate::lessons::code::python::literal;
use crate::lessons::code::template::{Values, WIDTH, fill, list_of_names};
use crate::lessons::code::{Program, Programs, with_one_rate};
use crate::lessons::movies::settings::{
    Activation, AdamForm, LabelForm, Model, SplitName, TitlePooling, ValidRows,
};
use crate::lessons::run::looks::NoOptions;

const RUST: &str = include_str!("code/rust/fusion.rs.txt");
const RUST_DEPENDENCIES: &str = include_str!("code/rust/dependencies.toml.txt");
const PYTHON: &str = include_str!("code/python/fusion.py.txt");

/// A program by language.
///
/// # Errors
/// `no_program` for another model than the fusion network, `rate_changed`.
pub fn code(lab: &MoviesRun, _: NoOptions) -> Result<Programs, LabError> {
    match lab.settings.model {
        Model::Fusion => {
            with_one_rate(&lab.settings.learning_rate_changes)?;
            Ok(Programs { rust: rust(lab), python: python(lab) })
        }
        _ => Err(LabError::new("no_program", "There is a program of the fusion network alone.")),
    }
}

/// The values that both languages write the same way.
fn common(lab: &MoviesRun) -> Values {
    let settings = &lab.settings;
    let mut values = Values::from([
        ("files", files(lab)),
        ("learning_rate", format!("{:?}", settings.learning_rate)),
        ("seed", settings.seed.to_string()),
    ]);
    for (name, value) in [
        ("embedding_size", settings.embedding_size),
        ("hidden_size", settings.hidden_size),
        ("batch_size", settings.batch_size),
        ("passes", settings.passes),
        ("shuffle_buffer", settings.shuffle_buffer),
    ] {
        values.insert(name, value.to_string());
    }
    let pooled = match settings.pooling {
        TitlePooling::Max => "the largest value is kept",
        TitlePooling::Sum => "the sum is kept",
    };
    values.insert("pooled", pooled.into());
    values
}

/// The tables that the programs read.
fn files(lab: &MoviesRun) -> String {
    let users = if lab.demographics.is_some() { " and users.csv" } else { "" };
    format!("ratings.csv{} movies.csv{users}", if users.is_empty() { " and" } else { "," })
}

/// What is said of users.csv where nothing in it is true.
fn invented(lab: &MoviesRun, line: &str) -> String {
    match &lab.demographics {
        Some(known) if known.invented => format!(
            "{line}Gender, age and occupation in users.csv are invented by the page and say nothing of real people."
        ),
        _ => String::new(),
    }
}

fn python(lab: &MoviesRun) -> Program {
    let settings = &lab.settings;
    let install = "pip install numpy paddlepaddle safetensors".to_string();
    let file = "movies_fusion.py".to_string();
    let known = lab.demographics.as_ref();
    let is_sparse = settings.adam == AdamForm::Sparse;
    let (label, stars) = match settings.label {
        LabelForm::Paddle => ("2 * stars - 5", "(answer + 5) / 2"),
        LabelForm::AsRead => {
            ("stars", "(answer + 5) / 2  # as the document has it, though the label is the stars")
        }
        LabelForm::Stars => ("stars", "answer"),
    };
    let mut values = common(lab);
    values.extend([
        ("dependencies", install.clone()),
        ("program", file.clone()),
        ("invented", invented(lab, "\n")),
        ("genres", list_of_names(&lab.ratings.films.genres, literal, WIDTH - "GENRES = ".len())),
        (
            "activation",
            if settings.activation == Activation::Tanh { "paddle.tanh(value)" } else { "value" }.into(),
        ),
        ("label", label.into()),
        ("stars", stars.into()),
        (
            "demographics",
            known.map_or(String::new(), |_| {
                "known = {int(row[\"userId\"]): row for row in read(\"users.csv\")}\n\
                 gender, age, job = [\n    \
                     np.array([int(known[one][name]) for one in user_place]) for name in [\"gender\", \"age\", \"job\"]\n\
                 ]\n"
                .into()
            }),
        ),
        (
            "numbers",
            known.map_or(String::new(), |known| {
                format!(", \"usr_gender\": 2, \"usr_age\": 7, \"usr_job\": {}", known.occupations.len())
            }),
        ),
        (
            "widths",
            known.map_or("", |_| ", \"usr_gender\": 16, \"usr_age\": 16, \"usr_job\": 16").into(),
        ),
        (
            "user_numbers",
            known
                .map_or(
                    "",
                    |_| {
                        ", \"usr_gender\": gender[users[rows]], \"usr_age\": age[users[rows]], \
                         \"usr_job\": job[users[rows]]"
                    },
                )
                .into(),
        ),
        ("sparse", if is_sparse { ", sparse=True" } else { "" }.into()),
        ("lazy", if is_sparse { ", lazy_mode=True" } else { "" }.into()),
        ("random", if settings.split == SplitName::Random { "import random\n" } else { "" }.into()),
        ("split", python_split(settings.split).into()),
        ("valid", python_valid(settings.valid).into()),
        (
            "pooling",
            match settings.pooling {
                TitlePooling::Max => {
                    "        maps = paddle.where(there.astype(\"bool\"), maps, paddle.full_like(maps, -1e9)).max(axis=1)\n        \
                     # A title without words has no largest value: it gives zeros.\n        \
                     return maps * there.max(axis=1)"
                }
                TitlePooling::Sum => "        return (maps * there).sum(axis=1)",
            }
            .into(),
        ),
    ]);
    Program { file, install, text: fill(PYTHON, &values) }
}

fn python_split(split: SplitName) -> &'static str {
    match split {
        SplitName::Random => {
            "    # Python's own generator with the seed 0, whatever SEED is: the document's rule.\n    \
             draws = random.Random(0)\n    \
             is_test = np.array([draws.random() < 0.1 for _ in ratings])"
        }
        SplitName::LastFifth => {
            "    is_test = np.zeros(len(ratings), bool)\n    \
             for user in range(len(user_place)):\n        \
                 rows = np.flatnonzero(users == user)\n        \
                 rows = rows[np.argsort(times[rows], kind=\"stable\")]\n        \
                 is_test[rows[len(rows) - len(rows) // 5 :]] = True"
        }
        SplitName::LastOne => {
            "    is_test = np.zeros(len(ratings), bool)\n    \
             for user in range(len(user_place)):\n        \
                 rows = np.flatnonzero(users == user)\n        \
                 is_test[rows[np.argsort(times[rows], kind=\"stable\")[-1]]] = True"
        }
        SplitName::OneDate => {
            "    rows = np.argsort(times, kind=\"stable\")\n    \
             is_test = np.zeros(len(ratings), bool)\n    \
             is_test[rows[len(rows) - len(rows) // 10 :]] = True"
        }
    }
}

fn python_valid(valid: ValidRows) -> &'static str {
    match valid {
        ValidRows::Tenth => {
            "    drawn = np.random.permutation(train)\n    \
             cut = len(train) // 10\n    \
             return np.sort(drawn[cut:]), np.sort(drawn[:cut]), np.flatnonzero(is_test)"
        }
        ValidRows::None => "    return train, train[:0], np.flatnonzero(is_test)",
        ValidRows::AsWritten => {
            "    # As the document has it: the test ratings are watched while it trains.\n    \
             return train, np.flatnonzero(is_test), np.flatnonzero(is_test)"
        }
    }
}

fn rust(lab: &MoviesRun) -> Program {
    let settings = &lab.settings;
    let is_random = settings.split == SplitName::Random;
    let generator = if is_random { "rand_mt = \"6.1\"\n" } else { "" };
    let dependencies = Values::from([("generator", generator.to_string())]);
    let install = fill(RUST_DEPENDENCIES.trim_end(), &dependencies);
    let commented: Vec<String> = install.lines().map(|line| format!("//! {line}")).collect();
    let known = lab.demographics.as_ref();
    let genres = &lab.ratings.films.genres;
    let (label, stars) = match settings.label {
        LabelForm::Paddle => ("2.0 * stars - 5.0", "(answer + 5.0) / 2.0"),
        LabelForm::AsRead => {
            ("stars", "// As the document has it, though the label is the stars.\n    (answer + 5.0) / 2.0")
        }
        LabelForm::Stars => ("stars", "answer"),
    };
    let is_tanh = settings.activation == Activation::Tanh;
    let note = match settings.adam {
        AdamForm::Dense => {
            "//! Adam has burn's form, in which ε stands a little differently from the page's.\n"
        }
        AdamForm::Sparse => {
            "//! Adam has burn's form, in which ε stands a little differently from the page's, and it changes every row of the\n\
             //! tables at each step: burn has no sparse Adam.\n"
        }
    };
    let mut values = common(lab);
    values.extend([
        ("dependencies", commented.join("\n")),
        ("note", note.into()),
        ("invented", invented(lab, "\n//! ")),
        ("genre_count", genres.len().to_string()),
        ("genres", list_of_names(genres, |name| format!("{name:?}"), WIDTH - 30)),
        ("imports", if is_tanh { "use burn::tensor::activation::tanh;\n" } else { "" }.into()),
        ("activation", if is_tanh { "tanh(value)" } else { "value" }.into()),
        ("label", label.into()),
        ("stars", stars.into()),
        (
            "demographics",
            known.map_or(String::new(), |known| {
                format!(
                    "    data.known_counts = vec![2, 7, {}];\n    \
                     data.known = vec![Vec::new(); ids.len()];\n    \
                     for row in table(\"users.csv\") {{\n        \
                         let known = [\"gender\", \"age\", \"job\"].map(|name| number(&row, name) as usize);\n        \
                         data.known[user_place[&number(&row, \"userId\")]] = known.to_vec();\n    \
                     }}\n",
                    known.occupations.len()
                )
            }),
        ),
        ("split", rust_split(settings.split).into()),
        ("valid", rust_valid(settings.valid).into()),
        (
            "pooling",
            match settings.pooling {
                TitlePooling::Max => {
                    "        // A title without words has no largest value: it gives zeros.\n        \
                     let absent = there.clone().mul_scalar(-1.0).add_scalar(1.0).mul_scalar(-1e9);\n        \
                     ((maps + absent).max_dim(1) * there.max_dim(1)).squeeze_dim(1)"
                }
                TitlePooling::Sum => "        (maps * there).sum_dim(1).squeeze_dim(1)",
            }
            .into(),
        ),
    ]);
    Program { file: "movies_fusion.rs".into(), install, text: fill(RUST, &values) }
}

fn rust_split(split: SplitName) -> &'static str {
    match split {
        SplitName::Random => {
            "    // Python's own generator with the seed 0, whatever SEED is: the document's rule.\n    \
             let mut draws = rand_mt::Mt::new_with_key([0]);\n    \
             for row in &mut is_test {\n        \
                 let (high, low) = (draws.next_u32() >> 5, draws.next_u32() >> 6);\n        \
                 *row = (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0 < 0.1;\n    \
             }"
        }
        SplitName::LastFifth | SplitName::LastOne => {
            if split == SplitName::LastFifth {
                "    for user in 0..data.user_count {\n        \
                     let mut rows: Vec<usize> = (0..rows).filter(|row| data.users[*row] == user).collect();\n        \
                     rows.sort_by_key(|row| data.times[*row]);\n        \
                     rows[rows.len() - rows.len() / 5..].iter().for_each(|row| is_test[*row] = true);\n    \
                 }"
            } else {
                "    for user in 0..data.user_count {\n        \
                     let mut rows: Vec<usize> = (0..rows).filter(|row| data.users[*row] == user).collect();\n        \
                     rows.sort_by_key(|row| data.times[*row]);\n        \
                     rows.last().into_iter().for_each(|row| is_test[*row] = true);\n    \
                 }"
            }
        }
        SplitName::OneDate => {
            "    let mut order: Vec<usize> = (0..rows).collect();\n    \
             order.sort_by_key(|row| data.times[*row]);\n    \
             order[rows - rows / 10..].iter().for_each(|row| is_test[*row] = true);"
        }
    }
}

fn rust_valid(valid: ValidRows) -> &'static str {
    match valid {
        ValidRows::Tenth => {
            "    let mut drawn = train;\n    \
             drawn.shuffle(random);\n    \
             let mut fit = drawn.split_off(drawn.len() / 10);\n    \
             fit.sort_unstable();\n    \
             [fit, drawn, test]"
        }
        ValidRows::None => "    let _ = random;\n    [train, Vec::new(), test]",
        ValidRows::AsWritten => {
            "    // As the document has it: the test ratings are watched while it trains.\n    \
             let _ = random;\n    \
             [train, test.clone(), test]"
        }
    }
}
