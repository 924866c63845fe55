//! Which tables the lesson has, their columns, and which of these can be the label. `tables` reads or makes them.

use crate::data::table::{ColumnUse, TableLimits, TableRules, TypedTable, likely_label};
use crate::error::LabError;
use crate::lessons::{Accepts, Material, OwnDescription, OwnTableDescription, TableForm};
use serde::Deserialize;
use std::rc::Rc;

/// UCI bank marketing: who signs a deposit when called.
pub const BANK: &str = "bank.bin";
/// UCI adult: who earns more than 50,000 dollars a year. It has no header line.
pub const ADULT: &str = "adult.bin";

/// How tables are read: in a column numbers or categories, values may be missing.
pub const RULES: TableRules =
    TableRules { limits: TableLimits { bytes: 50_000_000, rows: 200_000, columns: 500 }, libsvm: true };
/// Tables of the reader's own.
pub const ACCEPTS: Accepts =
    Accepts::Table(TableForm { name: "mixed", rules: RULES, check: check_learnable, look });

/// Which table is learned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dataset {
    /// UCI bank marketing.
    Bank,
    /// UCI adult.
    Adult,
    /// The document's own columns: products offered to people.
    Products,
    /// The shape of the document's run: 3 buyers of 2,379, none among 199.
    RareBuyers,
    /// The reader's own table.
    Own,
}

impl Dataset {
    /// Names in the setting `dataset`, the reader's own aside.
    pub const NAMES: [&str; 4] = ["bank", "adult", "products", "rare_buyers"];

    /// The table of that name; bank marketing where there is none.
    pub fn named(name: Option<&str>) -> Self {
        match name {
            Some("adult") => Self::Adult,
            Some("products") => Self::Products,
            Some("rare_buyers") => Self::RareBuyers,
            Some("own") => Self::Own,
            _ => Self::Bank,
        }
    }

    /// The site's file it is read from.
    pub fn file(self) -> Option<&'static str> {
        match self {
            Self::Bank => Some(BANK),
            Self::Adult => Some(ADULT),
            _ => None,
        }
    }

    /// The label column.
    pub fn label(self) -> &'static str {
        match self {
            Self::Bank => "y",
            Self::Adult => "income",
            Self::Products => "是否成功",
            Self::RareBuyers | Self::Own => "label",
        }
    }

    /// Columns that can be used, with whether each is one of categories, before the table itself is at hand.
    pub fn known_columns(self) -> Vec<(String, bool)> {
        let columns: &[(&str, bool)] = match self {
            Self::Bank => &[
                ("age", false),
                ("job", true),
                ("marital", true),
                ("education", true),
                ("default", true),
                ("balance", false),
                ("housing", true),
                ("loan", true),
                ("contact", true),
                ("day", false),
                ("month", true),
                ("duration", false),
                ("campaign", false),
                ("pdays", false),
                ("previous", false),
                ("poutcome", true),
            ],
            Self::Adult => &[
                ("age", false),
                ("workclass", true),
                ("fnlwgt", false),
                ("education", true),
                ("education_num", false),
                ("marital_status", true),
                ("occupation", true),
                ("relationship", true),
                ("race", true),
                ("sex", true),
                ("capital_gain", false),
                ("capital_loss", false),
                ("hours_per_week", false),
                ("native_country", true),
            ],
            Self::Products => &[("商品ID", true), ("年龄", false), ("城市", true)],
            Self::RareBuyers | Self::Own => &[],
        };
        if self == Self::RareBuyers {
            let texts = RARE_TEXTS.iter().map(|(name, _)| (name.to_string(), true));
            return texts.chain(RARE_NUMBERS.iter().map(|(name, _)| (name.to_string(), false))).collect();
        }
        columns.iter().map(|(name, categorical)| (name.to_string(), *categorical)).collect()
    }
}

/// A table whose label is a column of its own.
#[derive(Debug, Clone)]
#[cfg_attr(
    not(feature = "trees"),
    allow(dead_code, reason = "what is declared of a lesson asks for the classes only")
)]
pub struct LabelledTable {
    /// Everything, as it was read.
    pub table: Rc<TypedTable>,
    /// Name of the label column.
    pub label: String,
    /// Names of the label's classes: the one that is looked for last. Empty where the label is a number.
    pub classes: Vec<String>,
    /// The label of each row: the place of its class, or the number itself.
    pub labels: Vec<f32>,
}

/// Separates the label from the features: two classes or more of text, a few whole numbers, or a number. Rows without a
/// label are left out.
///
/// # Errors
/// `bad_table` with the column and `one_class`, `missing_value`, `unknown_column` or `too_many_classes`.
pub fn labelled(table: Rc<TypedTable>, label: &str) -> Result<LabelledTable, LabError> {
    let (classes, labels) = labels_of(&table, label)?;
    let table = if labels.len() < table.rows { Rc::new(table.with_value_in(label)) } else { table };
    Ok(LabelledTable { label: label.into(), classes, labels, table })
}

/// The classes of a label and the labels of the rows that have one.
fn labels_of(table: &TypedTable, label: &str) -> Result<(Vec<String>, Vec<f32>), LabError> {
    let index = table.columns.iter().position(|column| column.name == label);
    let bad = |reason: &str, problem: &str| {
        let column = index.map_or(0, |index| index + 1);
        let message = format!("Column {column} ({label}) of {} {problem}", table.file);
        LabError::new("bad_table", message)
            .with("file", table.file.as_str())
            .with("row", 1)
            .with("column", column)
            .with("name", label)
            .with("reason", reason)
    };
    let Some(column) = index.map(|index| &table.columns[index]) else {
        return Err(bad("unknown_column", "is not there: choose another label."));
    };
    if column.missing * 2 > table.rows {
        let row = column.missing_rows.first().copied().unwrap_or(1);
        let error =
            bad("missing_value", "has no value in more than half of the rows and cannot be the label.");
        return Err(error.with("row", row).with("missing", column.missing));
    }
    if !column.can_be_feature() {
        return Err(bad("too_many_classes", "has too many different texts to be the label."));
    }
    let filled = column.values.iter().filter(|value| !value.is_nan());
    let (classes, labels) = match &column.categories {
        Some(names) => {
            // The class that is looked for comes second: `yes` after `no`, `>50K` after `<=50K`.
            let sorted = alphabetical(names);
            let mut place = vec![0; names.len()];
            sorted.iter().enumerate().for_each(|(rank, class)| place[*class] = rank);
            let names = sorted.iter().map(|class| names[*class].clone()).collect();
            (names, filled.map(|value| place[*value as usize] as f32).collect())
        }
        None => numeric_label(filled),
    };
    if classes.len() == 1 || (classes.is_empty() && labels.iter().all(|label| *label == labels[0])) {
        return Err(bad("one_class", "has one value only: a label needs two classes at least."));
    }
    if classes.len() > MOST_LABEL_CLASSES {
        return Err(
            bad("too_many_classes", "has too many classes to be the label.").with("most", MOST_LABEL_CLASSES)
        );
    }
    Ok((classes, labels))
}

/// Places of texts in their order.
pub fn alphabetical(texts: &[String]) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..texts.len()).collect();
    sorted.sort_by(|a, b| texts[*a].cmp(&texts[*b]));
    sorted
}

/// Most classes of a label.
const MOST_LABEL_CLASSES: usize = 20;

/// Few whole numbers are classes; others are numbers.
fn numeric_label<'a>(values: impl Iterator<Item = &'a f64> + Clone) -> (Vec<String>, Vec<f32>) {
    // Kept in order.
    let mut distinct: Vec<f64> = Vec::new();
    for value in values.clone() {
        if !distinct.contains(value) {
            let place = distinct.partition_point(|other| other.total_cmp(value).is_lt());
            distinct.insert(place, *value);
        }
        if distinct.len() > MOST_LABEL_CLASSES || value.fract() != 0.0 {
            return (Vec::new(), values.map(|value| *value as f32).collect());
        }
    }
    let place = |value: &f64| distinct.iter().position(|other| other == value).expect("listed") as f32;
    (distinct.iter().map(f64::to_string).collect(), values.map(place).collect())
}

/// Columns that may be learned from, unless they are the label, with whether each is one of categories.
pub fn usable_columns(table: &TypedTable) -> Vec<(String, bool)> {
    table.columns.iter().map(|column| (column.name.clone(), column.categories.is_some())).collect()
}

/// Columns of a table that can be its label, those that can be classes first.
pub fn possible_labels(table: &TypedTable) -> Vec<String> {
    let names = table.columns.iter().map(|column| column.name.as_str());
    let read = names.filter_map(|name| Some((name.to_string(), labels_of(table, name).ok()?.0.is_empty())));
    let (numbers, classes): (Vec<_>, Vec<_>) = read.partition(|(_, is_number)| *is_number);
    classes.into_iter().chain(numbers).map(|(name, _)| name).collect()
}

/// The likeliest of the columns that can be classes, or else of those that can be a label at all, and whether no other is
/// nearly as likely.
pub fn default_label(table: &TypedTable) -> (String, bool) {
    let all: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let is_class = |name: &&str| labels_of(table, name).is_ok_and(|(classes, _)| !classes.is_empty());
    let is_label = |name: &&str| labels_of(table, name).is_ok();
    let likely =
        |names: Vec<&str>| likely_label(&table.columns, &names).map(|(name, sure)| (name.to_string(), sure));
    likely(all.iter().copied().filter(is_class).collect())
        .or_else(|| likely(all.iter().copied().filter(is_label).collect()))
        .unwrap_or_default()
}

/// A table of the reader's as the page shows it.
fn look(table: &TypedTable) -> OwnTableDescription {
    let labels = possible_labels(table);
    let columns = table.described(|column| ColumnUse {
        label: labels.contains(&column.name),
        feature: column.can_be_feature(),
        used: column.is_used(),
    });
    let (label, label_sure) = default_label(table);
    OwnTableDescription::new(table, columns, label, label_sure)
}

/// The reader's table as the page shows it, where it is in use.
pub fn describe_own(dataset: Dataset, material: &Material) -> Option<OwnDescription> {
    material.table().filter(|_| dataset == Dataset::Own).map(|table| OwnDescription::Table(look(table)))
}

/// Whether a column can be the label, with two different values at least, and another its feature.
fn check_learnable(table: &TypedTable) -> Result<(), LabError> {
    if table.columns.len() > 1 && table.rows > 1 && !possible_labels(table).is_empty() {
        return Ok(());
    }
    let message = format!(
        "{} has nothing to predict: a column must have two different values at least, in half of the rows or more, \
         and there must be another to predict it from.",
        table.file
    );
    let error = LabError::new("bad_table", message).with("file", table.file.as_str()).with("row", 1);
    Err(error.with("reason", "nothing_to_tell"))
}

/// Columns that are not learned from where nothing is said: too many categories, dates, numbers and names of rows.
pub fn columns_to_leave_out(table: &TypedTable) -> Vec<&str> {
    let columns = table.columns.iter().filter(|column| !column.is_used());
    columns.map(|column| column.name.as_str()).collect()
}

/// Columns of text of the made-up table in the document's shape, with how many different ones.
pub(super) const RARE_TEXTS: [(&str, usize); 9] = [
    ("pkg_name", 2),
    ("pkg_size", 1),
    ("category", 1),
    ("sub_category", 1),
    ("country", 1),
    ("platform", 1),
    ("device_brand_name", 36),
    ("lang", 11),
    ("osv", 22),
];
/// Its columns of numbers, with how many different ones.
pub(super) const RARE_NUMBERS: [(&str, usize); 14] = [
    ("bundle_size", 300),
    ("adx_times", 12),
    ("aff_times", 12),
    ("direct_times", 12),
    ("request14", 60),
    ("impression14", 40),
    ("click14", 6),
    ("ctr14", 12),
    ("cvr14", 1),
    ("sim_clickconvir_score", 1),
    ("sim_clickconvf_score", 1),
    ("sim_installir_score", 1),
    ("pkgBundleWeight", 2_000),
    ("pkgBundleWeightSim", 2_000),
];
