//! The tables of `tests/oracles/boosting_lightgbm.py` with what LightGBM 4.6.0 made of them.

use flate2::read::GzDecoder;
use gbdt::{Booster, Category, Column, Dataset, EarlyStopping, Metric, Model, Parameters, Table, model_text};
use serde_json::Value;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// One of the sets.
pub struct Fixture {
    /// Name of its folder.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// What LightGBM answered.
    pub outputs: Value,
    /// Its features.
    pub table: Table,
    /// The label of each row.
    pub labels: Vec<f32>,
    weights: Option<Vec<f32>>,
    /// Names of categories, where the columns of categories hold text.
    categories: Option<Vec<Vec<Category>>>,
    valid_rows: usize,
}

/// Text that was packed with gzip.
pub fn unpacked(path: &Path) -> String {
    let mut text = String::new();
    let file = File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text
}

/// All of them.
pub fn fixtures() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/boosting");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders.into_iter().map(Fixture::read).collect()
}

impl Fixture {
    fn read(folder: PathBuf) -> Self {
        let outputs: Value =
            serde_json::from_str(&fs::read_to_string(folder.join("outputs.json")).unwrap()).unwrap();
        let text = unpacked(&folder.join("rows.csv.gz"));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let weighted = outputs["weight"].as_bool().unwrap();
        let first = 1 + usize::from(weighted);
        let categorical: Vec<usize> = outputs["categorical"]
            .as_array()
            .unwrap()
            .iter()
            .map(|index| index.as_u64().unwrap() as usize)
            .collect();
        let model = unpacked(&folder.join("model.txt.gz"));
        let categories =
            model_text::parse(&model).unwrap().pandas_categorical.filter(|lists| !lists.is_empty());
        let mut lists = categories.iter().flatten();
        let columns = names[first..].iter().enumerate().map(|(index, name)| {
            let cells = records.iter().map(|record| &record[first + index]);
            let is_categorical = categorical.contains(&index);
            let list = if is_categorical { lists.next() } else { None };
            let values = match list {
                Some(list) => {
                    let code = |cell: &str| {
                        list.iter().position(|name| name.is(cell)).map_or(f64::NAN, |code| code as f64)
                    };
                    cells.map(code).collect()
                }
                None => {
                    cells.map(|cell| if cell.is_empty() { f64::NAN } else { cell.parse().unwrap() }).collect()
                }
            };
            let values: Vec<f64> = values;
            Column { name: name.clone(), values: values.into(), categorical: is_categorical }
        });
        let columns: Vec<Column> = columns.collect();
        let floats = |column: usize| records.iter().map(|record| record[column].parse().unwrap()).collect();
        Self {
            name: folder.file_name().unwrap().to_string_lossy().into_owned(),
            valid_rows: outputs["valid_rows"].as_u64().unwrap_or(0) as usize,
            labels: floats(0),
            weights: weighted.then(|| floats(1)),
            table: Table::new(columns).unwrap(),
            categories,
            outputs,
            folder,
        }
    }

    fn parameters(&self) -> Parameters {
        let given = self.outputs["params"].as_object().unwrap();
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), String::from);
        let pairs: Vec<(String, String)> =
            given.iter().map(|(name, value)| (name.clone(), text(value))).collect();
        Parameters::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))).unwrap()
    }

    /// The model file that LightGBM wrote.
    pub fn oracle(&self) -> String {
        unpacked(&self.folder.join("model.txt.gz"))
    }

    fn train_rows(&self) -> Vec<usize> {
        (0..self.labels.len() - self.valid_rows).collect()
    }

    /// A list of numbers among its answers.
    pub fn numbers(&self, name: &str) -> Vec<f64> {
        self.outputs[name].as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
    }

    /// Trains; calls `after` with each round.
    pub fn train(&self, mut after: impl FnMut(&Booster)) -> Model {
        let train = self.train_rows();
        let pick = |values: &[f32], rows: &[usize]| rows.iter().map(|row| values[*row]).collect::<Vec<f32>>();
        let weights = |rows: &[usize]| self.weights.as_ref().map(|weights| pick(weights, rows));
        let parameters = self.parameters();
        let data =
            Dataset::new(self.table.part(&train), pick(&self.labels, &train), weights(&train), &parameters)
                .unwrap();
        let mut booster = Booster::new(data, parameters).unwrap();
        if self.valid_rows > 0 {
            let valid: Vec<usize> = (train.len()..self.labels.len()).collect();
            booster.add_valid(self.table.part(&valid), pick(&self.labels, &valid), weights(&valid)).unwrap();
        }
        let metrics = self.valid_metrics();
        let parameters = Parameters { early_stopping_round: self.patience(), ..booster.parameters().clone() };
        let mut stopping = EarlyStopping::new(&parameters, &metrics);
        for round in 1..=self.outputs["rounds"].as_u64().unwrap() as usize {
            booster.train_one_round();
            after(&booster);
            let values: Vec<f64> = metrics.iter().map(|metric| booster.valid_metric(0, *metric)).collect();
            if stopping.watch(round, &values) {
                break;
            }
        }
        let mut model = booster.into_model();
        if let Some(best) = stopping.best_round().filter(|_| self.patience() > 0) {
            assert_eq!(Some(best as u64), self.outputs["best_iteration"].as_u64(), "{}", self.name);
            model.truncate(best);
        }
        model.pandas_categorical = self.categories.clone();
        model
    }

    /// Rounds without getting better after which LightGBM stopped; 0 where it did not watch.
    fn patience(&self) -> i32 {
        if self.outputs["best_iteration"].as_u64() > Some(0) { 5 } else { 0 }
    }

    /// Metrics over the rows that are not learned from, in LightGBM's order.
    fn valid_metrics(&self) -> Vec<Metric> {
        let metrics = self.outputs["metrics"]["valid"].as_object().into_iter().flatten();
        metrics.map(|(name, _)| Metric::named(name).unwrap()).collect()
    }
}

/// The part of a model file that training decides.
pub fn trees(text: &str) -> Vec<&str> {
    text.lines().take_while(|line| *line != "end of trees").collect()
}
