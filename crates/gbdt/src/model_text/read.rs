//! Text to models.

use super::super::category;
use super::super::error::BoostingError;
use super::super::foreign::ForeignObjective;
use super::super::model::Model;
use super::super::parameters::Objective;
use super::super::tree::{Child, Decision, Leaf, MissingType, Node, Tree};
use std::borrow::Cow;
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;

/// The longest file that is read.
pub const MOST_BYTES: usize = 200_000_000;
/// Far more than a model needs: guards against a count made to exhaust memory.
const MOST_COLUMNS: usize = 100_000;
const MOST_CLASSES: usize = 1_000;
/// Deeper than any tree that was trained: what explains a score goes down it step by step.
const MOST_DEPTH: usize = 1_000;

/// Reads a model file.
///
/// # Errors
/// `bad_model_file` with the line and what was expected there.
pub fn parse(text: &str) -> Result<Model, BoostingError> {
    if text.len() > MOST_BYTES {
        return Err(wrong(0, format!("at most {} MB", MOST_BYTES / 1_000_000)));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Lines may end as those of Unix, Windows or old Macs do.
    let text = if text.contains('\n') { Cow::from(text) } else { text.replace('\r', "\n").into() };
    let mut lines = Lines { lines: text.lines().enumerate().peekable() };
    if lines.next().map(|(_, line)| line.trim()) != Some("tree") {
        return Err(wrong(1, "the word `tree` in the first line".into()));
    }
    let mut model = header(&mut lines)?;
    let mut ended = false;
    while let Some((number, line)) = lines.next() {
        let line = line.trim_end();
        if line.is_empty() {
            continue;
        }
        if line == "end of trees" {
            ended = true;
            break;
        }
        if !line.starts_with("Tree=") {
            return Err(wrong(number, "`Tree=` or `end of trees`".into()));
        }
        model.trees.push(tree(&mut lines, number, model.feature_names.len())?);
    }
    if !ended {
        return Err(wrong(text.lines().count(), "`end of trees`: the file seems to be cut off".into()));
    }
    if model.trees.len() % model.trees_per_round != 0 {
        return Err(wrong(0, format!("a multiple of {} trees", model.trees_per_round)));
    }
    tail(&mut lines, &mut model)?;
    Ok(model)
}

struct Lines<'a> {
    lines: std::iter::Peekable<std::iter::Enumerate<std::str::Lines<'a>>>,
}

impl<'a> Lines<'a> {
    /// The next line with its number, counted from 1.
    fn next(&mut self) -> Option<(usize, &'a str)> {
        self.lines.next().map(|(index, line)| (index + 1, line))
    }

    fn peek(&mut self) -> Option<&'a str> {
        self.lines.peek().map(|(_, line)| *line)
    }
}

fn wrong(line: usize, expected: String) -> BoostingError {
    BoostingError::new(
        "bad_model_file",
        format!("This is no LightGBM model, or a damaged one: in line {line} {expected} was expected."),
    )
    .with("line", line)
    .with("expected", expected)
}

/// The lines of `name=value` up to an empty one or the next tree; those of the header go on after an empty one.
struct Fields<'a> {
    first: usize,
    values: HashMap<&'a str, (usize, &'a str)>,
}

impl<'a> Fields<'a> {
    fn read(lines: &mut Lines<'a>, first: usize, through_empty: bool) -> Result<Self, BoostingError> {
        let mut values = HashMap::new();
        while let Some(line) = lines.peek() {
            let empty = line.trim().is_empty();
            if empty && !through_empty || line.starts_with("Tree=") || line.trim_end() == "end of trees" {
                break;
            }
            let (number, line) = lines.next().expect("just seen");
            if empty {
                continue;
            }
            let line = line.trim_end_matches('\r');
            let (name, value) = line.split_once('=').unwrap_or((line, ""));
            if values.insert(name, (number, value)).is_some() {
                return Err(wrong(number, format!("`{}` only once", short(name))));
            }
        }
        Ok(Self { first, values })
    }

    fn text(&self, name: &str) -> Result<(usize, &'a str), BoostingError> {
        self.values
            .get(name)
            .copied()
            .ok_or_else(|| wrong(self.first, format!("a line `{name}=` in the part that begins here")))
    }

    fn number<T: FromStr>(&self, name: &str) -> Result<T, BoostingError> {
        let (line, text) = self.text(name)?;
        text.trim().parse().map_err(|_| wrong(line, format!("a number for `{name}`")))
    }

    /// So many numbers, separated by blanks.
    fn numbers<T: FromStr>(&self, name: &str, count: usize) -> Result<Vec<T>, BoostingError> {
        let (line, text) = self.text(name)?;
        let mut numbers = Vec::new();
        for word in text.split_ascii_whitespace() {
            if numbers.len() == count {
                return Err(wrong(line, format!("{count} numbers for `{name}`, not more")));
            }
            // Windows writes `-nan(ind)`; of whole numbers there is no such thing.
            let word = if word.trim_start_matches('-').starts_with("nan") { "nan" } else { word };
            let number = word.parse().map_err(|_| wrong(line, format!("numbers for `{name}`")))?;
            numbers.push(number);
        }
        if numbers.len() != count {
            return Err(wrong(line, format!("{count} numbers for `{name}`, not {}", numbers.len())));
        }
        Ok(numbers)
    }

    fn numbers_or<T: FromStr + Clone>(
        &self,
        name: &str,
        count: usize,
        default: T,
    ) -> Result<Vec<T>, BoostingError> {
        if self.values.contains_key(name) { self.numbers(name, count) } else { Ok(vec![default; count]) }
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

fn header(lines: &mut Lines<'_>) -> Result<Model, BoostingError> {
    let fields = Fields::read(lines, 1, true)?;
    let version = fields.text("version").map_or("", |(_, version)| version.trim());
    let columns = fields.number::<usize>("max_feature_idx")?.saturating_add(1);
    if columns > MOST_COLUMNS {
        return Err(wrong(fields.text("max_feature_idx")?.0, format!("at most {MOST_COLUMNS} columns")));
    }
    let names = words(&fields, "feature_names", columns)?;
    let infos = words(&fields, "feature_infos", columns)?;
    let classes: usize = fields.number("num_class")?;
    let trees_per_round = if fields.values.contains_key("num_tree_per_iteration") {
        fields.number("num_tree_per_iteration")?
    } else {
        classes
    };
    if trees_per_round == 0 || trees_per_round > MOST_CLASSES {
        return Err(wrong(fields.text("num_class")?.0, format!("1 to {MOST_CLASSES} classes")));
    }
    let (objective, sigmoid, foreign) = objective(&fields, trees_per_round)?;
    Ok(Model {
        objective,
        sigmoid,
        foreign,
        trees: Vec::new(),
        trees_per_round,
        feature_names: names,
        feature_infos: infos,
        pandas_categorical: None,
        parameters: String::new(),
        average_output: fields.values.contains_key("average_output"),
        version: version.into(),
    })
}

fn words(fields: &Fields<'_>, name: &str, count: usize) -> Result<Vec<String>, BoostingError> {
    let (line, text) = fields.text(name)?;
    let words: Vec<String> = text.split(' ').filter(|word| !word.is_empty()).map(String::from).collect();
    if words.len() != count {
        return Err(wrong(line, format!("{count} words for `{name}`, not {}", words.len())));
    }
    Ok(words)
}

/// The objective, its sigmoid, and the foreign one where this engine does not train it.
fn objective(
    fields: &Fields<'_>,
    trees: usize,
) -> Result<(Objective, f64, Option<ForeignObjective>), BoostingError> {
    let (line, text) = fields.text("objective").unwrap_or((0, ""));
    let text = text.trim();
    let sigmoid = text.split_ascii_whitespace().find_map(|word| word.strip_prefix("sigmoid:"));
    let sigmoid = sigmoid.map_or(Some(1.0), |text| text.parse().ok().filter(|value: &f64| *value > 0.0));
    let sigmoid = sigmoid.ok_or_else(|| wrong(line, "a positive number after `sigmoid:`".into()))?;
    let name = text.split_ascii_whitespace().next().unwrap_or_default();
    // By its own name: an alias stands in the file again when it is written.
    let own = Objective::named(name).filter(|own| own.name() == name).filter(|own| match own {
        _ if own.has_classes() => trees > 1,
        Objective::Binary => trees == 1,
        // A word after one of these changes what the scores mean, as `sqrt` does.
        _ => trees == 1 && text == name,
    });
    if let Some(own) = own {
        return Ok((own, sigmoid, None));
    }
    let several = matches!(name, "" | "custom" | "multiclassova");
    let foreign = ForeignObjective::named(text, sigmoid).filter(|_| trees == 1 || several);
    let expected = || format!("an objective of LightGBM with {trees} trees a round, not `{}`,", short(text));
    let foreign = foreign.ok_or_else(|| wrong(line, expected()))?;
    let objective = if trees == 1 { Objective::Regression } else { Objective::Multiclass };
    Ok((objective, sigmoid, Some(foreign)))
}

fn tree(lines: &mut Lines<'_>, first: usize, columns: usize) -> Result<Tree, BoostingError> {
    let fields = Fields::read(lines, first, false)?;
    let leaf_count: usize = fields.number("num_leaves")?;
    if fields.values.contains_key("is_linear") && fields.number::<u8>("is_linear")? != 0 {
        let line = fields.text("is_linear")?.0;
        let message = format!(
            "Line {line} of the model belongs to a linear tree: its leaves hold equations, which this engine does not have."
        );
        return Err(BoostingError::new("linear_tree", message).with("line", line));
    }
    let shrinkage = if fields.values.contains_key("shrinkage") { fields.number("shrinkage")? } else { 1.0 };
    if leaf_count == 0 {
        return Err(wrong(fields.text("num_leaves")?.0, "one leaf at least".into()));
    }
    let values: Vec<f64> = fields.numbers("leaf_value", leaf_count)?;
    if leaf_count == 1 {
        let count =
            fields.values.get("leaf_count").and_then(|(_, text)| text.trim().parse().ok()).unwrap_or(0);
        let mut tree = Tree::constant(values[0], count);
        tree.shrinkage = shrinkage;
        return Ok(tree);
    }
    let weights: Vec<f64> = fields.numbers_or("leaf_weight", leaf_count, 0.0)?;
    let counts: Vec<u32> = fields.numbers_or("leaf_count", leaf_count, 0)?;
    let leaves = (0..leaf_count)
        .map(|leaf| Leaf { value: values[leaf], weight: weights[leaf], count: counts[leaf] })
        .collect();
    let nodes = nodes(&fields, leaf_count - 1, columns)?;
    let tree = Tree { nodes, leaves, shrinkage };
    check_shape(&tree, &fields)?;
    Ok(tree)
}

fn nodes(fields: &Fields<'_>, count: usize, columns: usize) -> Result<Vec<Node>, BoostingError> {
    let features: Vec<usize> = fields.numbers("split_feature", count)?;
    if features.iter().any(|feature| *feature >= columns) {
        return Err(wrong(fields.text("split_feature")?.0, format!("columns from 0 to {}", columns - 1)));
    }
    let thresholds: Vec<f64> = fields.numbers("threshold", count)?;
    let left: Vec<i64> = fields.numbers("left_child", count)?;
    let right: Vec<i64> = fields.numbers("right_child", count)?;
    let types: Vec<u8> = fields.numbers_or("decision_type", count, 0)?;
    let gains: Vec<f32> = fields.numbers_or("split_gain", count, 0.0)?;
    let values: Vec<f64> = fields.numbers_or("internal_value", count, 0.0)?;
    let weights: Vec<f64> = fields.numbers_or("internal_weight", count, 0.0)?;
    let counts: Vec<u32> = fields.numbers_or("internal_count", count, 0)?;
    let sets = sets(fields)?;
    let mut nodes = Vec::with_capacity(count);
    for index in 0..count {
        let line = fields.text("decision_type").map_or(fields.first, |(line, _)| line);
        let missing = match types[index] >> 2 {
            0 => MissingType::None,
            1 => MissingType::Zero,
            2 => MissingType::Nan,
            _ => return Err(wrong(line, "decision types up to 11".into())),
        };
        let decision = if types[index] & 1 == 1 {
            let place = thresholds[index];
            let set = (place >= 0.0 && place.fract() == 0.0).then(|| sets.get(place as usize)).flatten();
            let set = set.ok_or_else(|| {
                wrong(
                    fields.text("threshold").map_or(0, |(line, _)| line),
                    "the number of a set of categories".into(),
                )
            })?;
            Decision::Categorical { set: set.clone() }
        } else {
            Decision::Numeric { threshold: thresholds[index], default_left: types[index] & 2 == 2 }
        };
        nodes.push(Node {
            feature: features[index],
            decision,
            missing,
            gain: gains[index],
            left: Child::of_number(left[index]),
            right: Child::of_number(right[index]),
            value: values[index],
            weight: weights[index],
            count: counts[index],
        });
    }
    Ok(nodes)
}

/// The sets of categories of a tree.
fn sets(fields: &Fields<'_>) -> Result<Vec<Arc<[u32]>>, BoostingError> {
    let count: usize = fields.number("num_cat")?;
    if count == 0 {
        return Ok(Vec::new());
    }
    let boundaries: Vec<usize> = fields.numbers("cat_boundaries", count.saturating_add(1))?;
    let (line, _) = fields.text("cat_boundaries")?;
    if boundaries[0] != 0 || boundaries.windows(2).any(|pair| pair[0] > pair[1]) {
        return Err(wrong(line, "boundaries that ascend from 0".into()));
    }
    let words: Vec<u32> = fields.numbers("cat_threshold", *boundaries.last().expect("one at least"))?;
    Ok(boundaries.windows(2).map(|pair| words[pair[0]..pair[1]].into()).collect())
}

/// Every split and every leaf must hang below the root once, or a row would walk for ever.
fn check_shape(tree: &Tree, fields: &Fields<'_>) -> Result<(), BoostingError> {
    let (line, _) = fields.text("left_child")?;
    let (mut nodes, mut leaves) = (vec![false; tree.nodes.len()], vec![false; tree.leaves.len()]);
    nodes[0] = true;
    let mut waiting = vec![(0, 1)];
    while let Some((node, depth)) = waiting.pop() {
        if depth > MOST_DEPTH {
            return Err(wrong(line, format!("trees of at most {MOST_DEPTH} levels")));
        }
        let node: &Node = &tree.nodes[node];
        for child in [node.left, node.right] {
            let place = match child {
                Child::Node(node) => nodes.get_mut(node),
                Child::Leaf(leaf) => leaves.get_mut(leaf),
            };
            match place {
                Some(seen) if !*seen => *seen = true,
                _ => {
                    let number = child.number();
                    return Err(wrong(line, format!("children that are there, each once, not {number}")));
                }
            }
            if let Child::Node(node) = child {
                waiting.push((node, depth + 1));
            }
        }
    }
    if nodes.iter().chain(&leaves).all(|seen| *seen) {
        return Ok(());
    }
    Err(wrong(line, "every split and leaf below the root".into()))
}

/// What stands after the trees: parameters and the names of categories.
fn tail(lines: &mut Lines<'_>, model: &mut Model) -> Result<(), BoostingError> {
    let mut in_parameters = false;
    while let Some((number, line)) = lines.next() {
        match line.trim_end() {
            "parameters:" => in_parameters = true,
            "end of parameters" => in_parameters = false,
            line if in_parameters && !line.is_empty() => {
                model.parameters.push_str(line);
                model.parameters.push('\n');
            }
            line => {
                if let Some(text) = line.strip_prefix("pandas_categorical:") {
                    model.pandas_categorical = category::read(text)
                        .ok_or_else(|| wrong(number, "a list of lists of categories, or null".into()))?;
                }
            }
        }
    }
    Ok(())
}
