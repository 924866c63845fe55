//! The tables themselves: read from the site's files, made with a seed, or the reader's own.

use crate::data::table::{MOST_CATEGORIES, TableReading, TypedColumn, TypedTable};
use crate::error::LabError;
use crate::lessons::Material;
use crate::lessons::boosting::dataset::{
    ADULT, BANK, Dataset, LabelledTable, RARE_NUMBERS, RARE_TEXTS, RULES, labelled,
};
use crate::lessons::boosting::settings::BoostingSettings;
use crate::random::{Purpose, Random};
use std::rc::Rc;

const ADULT_NAMES: [&str; 15] = [
    "age",
    "workclass",
    "fnlwgt",
    "education",
    "education_num",
    "marital_status",
    "occupation",
    "relationship",
    "race",
    "sex",
    "capital_gain",
    "capital_loss",
    "hours_per_week",
    "native_country",
    "income",
];

/// Training rows, of which [`BUYERS`] bought.
pub const TRAIN: usize = 2_379;
/// Test rows, of which none did.
pub const TEST: usize = 199;
/// Buyers among all.
pub const BUYERS: usize = 3;
impl Dataset {
    /// Columns that number or name rows and say nothing about them.
    pub fn identifiers(self) -> &'static [&'static str] {
        match self {
            Self::Bank => &["id"],
            Self::Products => &["商品名称", "用户ID", "用户名称"],
            _ => &[],
        }
    }
}

/// The table of these settings.
///
/// # Errors
/// `data_missing` where the site's file was not handed over, `bad_table` for a label that cannot be one.
pub fn table(settings: &BoostingSettings, material: &Material) -> Result<LabelledTable, LabError> {
    let (dataset, seed) = (settings.dataset, u64::from(settings.seed));
    let read = |file: &str, shown: &str, names: Option<&[&str]>| {
        let bytes = material.files.bytes(file).ok_or_else(|| {
            LabError::new("data_missing", format!("The lesson's data are not there: {file}."))
                .with("file", file)
        })?;
        match names {
            Some(names) => TypedTable::read_named(shown, &bytes, names, &RULES, &TableReading::default()),
            None => TypedTable::read(shown, &bytes, &RULES),
        }
    };
    let table = match dataset {
        Dataset::Bank => Rc::new(read(BANK, "bank-uci.csv", None)?),
        Dataset::Adult => Rc::new(read(ADULT, "adult-uci.csv", Some(&ADULT_NAMES))?),
        Dataset::Products => Rc::new(products(seed)),
        Dataset::RareBuyers => Rc::new(rare_buyers(seed)),
        Dataset::Own => material.table().cloned().ok_or_else(|| {
            LabError::new("data_missing", "The reader's own table is not there.").with("file", "own")
        })?,
    };
    let label = if dataset == Dataset::Own { &settings.label_column } else { dataset.label() };
    labelled(table, label)
}

/// Whether a column can be a feature with these settings: not the label, not a name or number of the row, not left out.
pub fn is_learned_from(settings: &BoostingSettings, data: &LabelledTable, column: &str) -> bool {
    column != data.label
        && !settings.dataset.identifiers().contains(&column)
        && !settings.drop_columns.iter().any(|name| name == column)
}

/// A column with more categories than are taken cannot be learned from.
pub fn too_many_categories(table: &TypedTable, column: &TypedColumn) -> LabError {
    let index = table.columns.iter().position(|other| other.name == column.name).unwrap_or(0) + 1;
    let message = format!(
        "Column {index} ({}) of {} has more than {MOST_CATEGORIES} different texts: leave it out of the columns.",
        column.name, table.file
    );
    LabError::new("bad_table", message)
        .with("file", table.file.as_str())
        .with("row", 1)
        .with("column", index)
        .with("name", column.name.as_str())
        .with("reason", "too_many_categories")
        .with("most", MOST_CATEGORIES)
}

const CITIES: [(&str, f64); 10] = [
    ("上海", 0.5),
    ("北京", 0.3),
    ("深圳", 0.6),
    ("杭州", 0.4),
    ("成都", -0.2),
    ("武汉", -0.4),
    ("西安", -0.6),
    ("长沙", 0.0),
    ("沈阳", -0.8),
    ("昆明", -0.3),
];
/// Name, mean age of its buyers, share of people it suits.
const PRODUCTS: [(&str, f64, f64); 6] = [
    ("蓝牙耳机", 24.0, 0.3),
    ("婴儿车", 31.0, -0.4),
    ("钓鱼竿", 52.0, -0.5),
    ("瑜伽垫", 35.0, 0.0),
    ("电热毯", 63.0, -0.1),
    ("机械键盘", 27.0, -0.2),
];
const FAMILY_NAMES: [&str; 12] = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙"];
const GIVEN_NAMES: [&str; 12] = ["伟", "芳", "娜", "敏", "静", "磊", "洋", "勇", "艳", "杰", "涛", "明"];
/// People in the made-up table.
const PEOPLE: usize = 4_000;

/// The document's own columns, filled with a seed: each row is one offer of one product to one person. Age and city
/// decide, and that a headset sells to the young is nothing any rule on one column finds.
fn products(seed: u64) -> TypedTable {
    let mut random = Random::new(seed, Purpose::Split);
    let mut uniform = || random.below(1 << 24) as f64 / f64::from(1 << 24);
    let mut cells: [Vec<f64>; 7] = Default::default();
    let (mut names, mut numbers) = (Vec::new(), Vec::new());
    for person in 0..PEOPLE {
        let product = (uniform() * PRODUCTS.len() as f64) as usize;
        let city = (uniform().powi(2) * CITIES.len() as f64) as usize;
        let age = (18.0 + uniform() * 30.0 + uniform() * 27.0).round();
        let (_, mean_age, appeal) = PRODUCTS[product];
        let distance = (age - mean_age) / 9.0;
        let score = appeal + CITIES[city].1 + 1.2 - distance * distance * 0.9 + (uniform() - 0.5) * 2.0 - 1.3;
        let success = uniform() < 1.0 / (1.0 + libm::exp(-2.0 * score));
        let family = FAMILY_NAMES[(uniform() * 12.0) as usize];
        let given = GIVEN_NAMES[(uniform() * 12.0) as usize];
        names.push(format!("{family}{given}{}", person + 1));
        numbers.push(format!("U{:05}", person + 1));
        let row = [product as f64, product as f64, person as f64, person as f64, age, city as f64];
        row.into_iter().enumerate().for_each(|(column, value)| cells[column].push(value));
        cells[6].push(f64::from(u8::from(success)));
    }
    let products: Vec<String> = (1..=PRODUCTS.len()).map(|number| format!("P{number:02}")).collect();
    let product_names = PRODUCTS.iter().map(|(name, ..)| name.to_string()).collect();
    let cities = CITIES.iter().map(|(name, _)| name.to_string()).collect();
    let categories = [
        Some(products),
        Some(product_names),
        Some(numbers),
        Some(names),
        None,
        Some(cities),
        Some(vec!["否".into(), "是".into()]),
    ];
    let headers = ["商品ID", "商品名称", "用户ID", "用户名称", "年龄", "城市", "是否成功"];
    made_table("products.csv", headers.iter().map(ToString::to_string), cells, categories)
}

fn made_table(
    file: &str,
    names: impl Iterator<Item = String>,
    cells: impl IntoIterator<Item = Vec<f64>>,
    categories: impl IntoIterator<Item = Option<Vec<String>>>,
) -> TypedTable {
    let columns: Vec<TypedColumn> = names
        .zip(cells)
        .zip(categories)
        .map(|((name, mut values), categories)| match categories {
            Some(texts) => {
                let names = in_order_met(&mut values, &texts);
                TypedColumn::categories(name, values, names)
            }
            None => TypedColumn::numbers(name, values),
        })
        .collect();
    TypedTable::made(file, columns)
}

/// Numbers categories anew in the order in which they are first met, as if the table had been read from a file: the
/// programs of the code view read it from one.
fn in_order_met(values: &mut [f64], texts: &[String]) -> Vec<String> {
    let mut numbers = vec![None; texts.len()];
    let mut met = Vec::new();
    for value in values {
        let old = *value as usize;
        let number = *numbers[old].get_or_insert_with(|| {
            met.push(texts[old].clone());
            met.len() - 1
        });
        *value = number as f64;
    }
    met
}

/// The shape of the document's run, whose data have no licence.
/// The training rows come first. Nothing but chance separates buyers from others.
fn rare_buyers(seed: u64) -> TypedTable {
    let mut random = Random::new(seed, Purpose::Split);
    let rows = TRAIN + TEST;
    let mut cells = Vec::new();
    let mut categories = Vec::new();
    for (name, count) in RARE_TEXTS {
        // Few brands are common and most are rare, as on any market.
        let skewed = |random: &mut Random| random.below(count).min(random.below(count));
        cells.push((0..rows).map(|_| skewed(&mut random) as f64).collect());
        categories.push(Some((0..count).map(|number| format!("{name}{number}")).collect::<Vec<_>>()));
    }
    for (_, count) in RARE_NUMBERS {
        let value = |random: &mut Random| random.below(count).min(random.below(count)) as f64;
        cells.push((0..rows).map(|_| value(&mut random)).collect());
        categories.push(None);
    }
    let mut labels = vec![0.0; rows];
    random.permutation(TRAIN)[..BUYERS].iter().for_each(|row| labels[*row] = 1.0);
    cells.push(labels);
    categories.push(None);
    let names =
        Dataset::RareBuyers.known_columns().into_iter().map(|(name, _)| name).chain(["label".to_string()]);
    made_table("rare_buyers.csv", names, cells, categories)
}
