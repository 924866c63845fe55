//! A model that was loaded: it has columns and categories of its own, and finds them by name in any table.

use super::features::engine_error;
use super::mapped::{Mapped, Unknown, extra, place_of};
use crate::data::table::TypedTable;
use crate::error::LabError;
use gbdt::{Category, Column, Decision, Model, Table};

/// A model in place of a trained one.
pub struct Loaded {
    pub model: Model,
    /// The table of the lab as the model sees it, or why it is not one for this model.
    pub table: Result<Table, LabError>,
}

/// What a column of a model holds.
pub enum ModelColumn<'a> {
    Number,
    /// Categories, with their names where the file has them: else a value is the number of its category.
    Categories(Option<&'a [Category]>),
}

/// The columns of a model, in their order.
///
/// # Errors
/// `no_category_lists` where the lists of a file cannot be told apart.
pub fn columns(model: &Model) -> Result<Vec<ModelColumn<'_>>, LabError> {
    let count = model.feature_names.len();
    let mut categorical = vec![false; count];
    let is_set = |decision: &Decision| matches!(decision, Decision::Categorical { .. });
    for node in model.trees.iter().flat_map(|tree| &tree.nodes).filter(|node| is_set(&node.decision)) {
        categorical[node.feature] = true;
    }
    for (column, info) in model.feature_infos.iter().enumerate() {
        // Ranges of numbers stand in brackets.
        categorical[column] |= info.contains(':') && !info.starts_with('[');
    }
    let lists = model.pandas_categorical.as_deref().unwrap_or_default();
    let of = |places: Vec<usize>| (places.len() == lists.len()).then_some(places);
    // LightGBM notes the columns; this engine does not, and a column of one category then looks like one of no use.
    let noted = model.parameters.lines().find_map(|line| line.strip_prefix("[categorical_feature: "));
    let noted = noted.map(|line| line.trim_end_matches(']').split(',').filter_map(|word| word.parse().ok()));
    let by_kind = |also_unused: bool| {
        let fits =
            |column: &usize| categorical[*column] || also_unused && model.feature_infos[*column] == "none";
        of((0..count).filter(fits).collect())
    };
    let noted = noted.and_then(|places| of(places.filter(|place| *place < count).collect()));
    let places = match noted.or_else(|| by_kind(false)).or_else(|| by_kind(true)) {
        Some(places) => places,
        None if lists.is_empty() => Vec::new(),
        None => {
            let message = "The model does not say which columns its lists of categories are of.";
            return Err(LabError::new("no_category_lists", message).with("column", ""));
        }
    };
    let column = |column: usize| match places.iter().position(|place| *place == column) {
        Some(list) => ModelColumn::Categories(Some(&lists[list])),
        None if categorical[column] => ModelColumn::Categories(None),
        None => ModelColumn::Number,
    };
    Ok((0..count).map(column).collect())
}

/// The columns of a model out of a table that names them in any order. Texts of which the model has no list are numbered
/// as in the lab's own table, where that has the column, and the answer names it.
///
/// # Errors
/// `columns_do_not_fit` with the columns that are missing, `no_category_lists` for a column of texts of which the model
/// has no list.
pub fn map(model: &Model, table: &TypedTable, own: &TypedTable) -> Result<Mapped, LabError> {
    let kinds = columns(model)?;
    let place = |name: &str| table.columns.iter().position(|column| same_name(&column.name, name));
    let (mut used, mut assumed) = (vec![false; table.columns.len()], Vec::new());
    let (mut mapped, mut missing, mut unknown) = (Vec::new(), Vec::new(), Unknown::default());
    for (name, kind) in model.feature_names.iter().zip(&kinds) {
        let split = || name.split_once('=').and_then(|(column, text)| Some((place(column)?, Some(text))));
        let Some((found, text)) = place(name).map(|place| (place, None)).or_else(split) else {
            missing.push(name.as_str());
            continue;
        };
        used[found] = true;
        let given = &table.columns[found];
        let values = match (text, kind) {
            (Some(text), _) => {
                let is = |value: &f64| f64::from(u8::from(same_name(&given.text(*value), text)));
                given.values.iter().map(is).collect()
            }
            (None, ModelColumn::Categories(Some(list))) => unknown.numbers(given, &|text| {
                list.iter().position(|category| category.is(text)).map(|place| place as f64)
            }),
            _ if given.categories.is_some() => {
                let own = own.columns.iter().find(|column| same_name(&column.name, name));
                let list = own.and_then(|column| column.categories.as_ref()).ok_or_else(|| no_list(name))?;
                assumed.push(given.name.clone());
                unknown.numbers(given, &|text| place_of(list, text))
            }
            _ => given.values.to_vec(),
        };
        let categorical = matches!(kind, ModelColumn::Categories(_));
        mapped.push(Column { name: name.clone(), values: values.into(), categorical });
    }
    if let Some(first) = missing.first() {
        let names = missing.join(", ");
        let message =
            format!("The table does not fit the model, which needs columns that are not there: {names}.");
        let index = model.feature_names.iter().position(|name| name == first).unwrap_or(0);
        return Err(LabError::new("columns_do_not_fit", message)
            .with("column", index + 1)
            .with("found", "")
            .with("expected", names));
    }
    Ok(Mapped {
        table: Table::new(mapped).map_err(engine_error)?,
        extra: extra(table, &used),
        unknown: unknown.found,
        assumed,
    })
}

/// A model file separates names by blanks, in place of which it has underscores.
pub fn same_name(given: &str, of_model: &str) -> bool {
    given == of_model || given.replace(char::is_whitespace, "_") == of_model
}

fn no_list(column: &str) -> LabError {
    let message =
        format!("The column `{column}` holds texts, and the model does not say which numbers they are.");
    LabError::new("no_category_lists", message).with("column", column)
}
