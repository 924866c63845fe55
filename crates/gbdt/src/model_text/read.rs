//! Text to models.

use super::super::category;
use super::super::error::BoostingError;
use super::super::foreign::ForeignObjective;
use super::super::model::Model;
use super::super::parameters::Objective;
use super::super::tree::{Child, Decision, Leaf, MissingType, Node, Tree};
use std::borrow::Cow;
use std::fmt::Arguments;
use std::sync::Arc;

/// The longest file that is read.
pub const MOST_BYTES: usize = 200_000_000;
/// Far more than a model needs: guards against a count made to exhaust memory.
const MOST_COLUMNS: usize = 100_000;
const MOST_CLASSES: usize = 1_000;
/// Lines of a header, and of a tree.
const MOST_FIELDS: usize = 200;
/// Deeper than any tree that was trained: what explains a score goes down it step by step.
const MOST_DEPTH: usize = 1_000;

/// Reads a model file.
///
/// # Errors
/// `bad_model_file` with the line and what was expected there.
pub fn parse(text: &str) -> Result<Model, BoostingError> {
    if text.len() > MOST_BYTES {
        return Err(wrong(0, format_args!("at most {} MB", MOST_BYTES / 1_000_000)));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Lines may end as those of Unix, Windows or old Macs do.
    let text = if text.contains('\n') { Cow::from(text) } else { text.replace('\r', "\n").into() };
    let mut lines = Lines { lines: text.lines().enumerate().peekable() };
    if lines.next().map(|(_, line)| line.trim()) != Some("tree") {
        return Err(wrong(1, format_args!("the word `tree` in the first line")));
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
            return Err(wrong(number, format_args!("`Tree=` or `end of trees`")));
        }
        model.trees.push(tree(&mut lines, number, model.feature_names.len())?);
    }
    if !ended {
        return Err(wrong(
            text.lines().count(),
            format_args!("`end of trees`: the file seems to be cut off"),
        ));
    }
    if model.trees.len() % model.trees_per_round != 0 {
        return Err(wrong(0, format_args!("a multiple of {} trees", model.trees_per_round)));
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

fn wrong(line: usize, expected: Arguments<'_>) -> BoostingError {
    BoostingError::new(
        "bad_model_file",
        format!("This is no LightGBM model, or a damaged one: in line {line} {expected} was expected."),
    )
    .with("line", line)
    .with("expected", expected)
}

/// A line `name=value` with its number.
struct Field<'a> {
    name: &'a str,
    line: usize,
    value: &'a str,
}

/// The lines of `name=value` up to an empty one or the next tree; those of the header go on after an empty one.
struct Fields<'a> {
    first: usize,
    fields: Vec<Field<'a>>,
}

/// What numbers of a line can be.
#[derive(Clone, Copy)]
enum Kind {
    Any,
    /// Whole ones from the first bound to the second.
    Whole(i64, i64),
}

/// Counts and places.
const COUNT: Kind = Kind::Whole(0, i64::MAX);
/// What is kept as `u32`.
const WORD: Kind = Kind::Whole(0, u32::MAX as i64);

/// The numbers of the children of a split.
const CHILD: Kind = Kind::Whole(i32::MIN as i64, i32::MAX as i64);

/// The lines of a tree with a number for each leaf: what they hold, and whether they must be there.
const LEAF_LINES: [(&str, Kind, bool); 3] =
    [("leaf_value", Kind::Any, true), ("leaf_weight", Kind::Any, false), ("leaf_count", WORD, false)];
/// Likewise with a number for each split.
const NODE_LINES: [(&str, Kind, bool); 9] = [
    ("split_feature", COUNT, true),
    ("threshold", Kind::Any, true),
    ("left_child", CHILD, true),
    ("right_child", CHILD, true),
    ("decision_type", Kind::Whole(0, 255), false),
    ("split_gain", Kind::Any, false),
    ("internal_value", Kind::Any, false),
    ("internal_weight", Kind::Any, false),
    ("internal_count", WORD, false),
];

impl Kind {
    fn read(self, word: &str) -> Option<f64> {
        match self {
            // Windows writes `-nan(ind)`; of whole numbers there is no such thing.
            Self::Any if word.trim_start_matches('-').starts_with("nan") => Some(f64::NAN),
            Self::Any => word.parse().ok(),
            Self::Whole(least, most) => {
                word.parse().ok().filter(|number| (least..=most).contains(number)).map(|number| number as f64)
            }
        }
    }
}

impl<'a> Fields<'a> {
    fn read(lines: &mut Lines<'a>, first: usize, through_empty: bool) -> Result<Self, BoostingError> {
        let mut read = Self { first, fields: Vec::new() };
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
            if read.find(name).is_some() {
                return Err(wrong(number, format_args!("`{}` only once", short(name))));
            }
            if read.fields.len() == MOST_FIELDS {
                return Err(wrong(number, format_args!("`Tree=` or an empty line")));
            }
            read.fields.push(Field { name, line: number, value });
        }
        Ok(read)
    }

    fn find(&self, name: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.name == name)
    }

    fn field(&self, name: &str) -> Result<&Field<'a>, BoostingError> {
        self.find(name)
            .ok_or_else(|| wrong(self.first, format_args!("a line `{name}=` in the part that begins here")))
    }

    /// The number of the line of that name, or of the first where there is none.
    fn line(&self, name: &str) -> usize {
        self.find(name).map_or(self.first, |field| field.line)
    }

    fn number(&self, name: &str, kind: Kind) -> Result<f64, BoostingError> {
        let Field { line, value, .. } = self.field(name)?;
        kind.read(value.trim()).ok_or_else(|| wrong(*line, format_args!("a number for `{name}`")))
    }

    fn number_or(&self, name: &str, kind: Kind, default: f64) -> Result<f64, BoostingError> {
        if self.find(name).is_some() { self.number(name, kind) } else { Ok(default) }
    }

    /// So many numbers, separated by blanks.
    fn numbers(&self, name: &str, kind: Kind, count: usize) -> Result<Vec<f64>, BoostingError> {
        let Field { line, value, .. } = self.field(name)?;
        let mut numbers = Vec::new();
        for word in value.split_ascii_whitespace() {
            if numbers.len() == count {
                return Err(wrong(*line, format_args!("{count} numbers for `{name}`, not more")));
            }
            let number = kind.read(word);
            numbers.push(number.ok_or_else(|| wrong(*line, format_args!("numbers for `{name}`")))?);
        }
        if numbers.len() != count {
            return Err(wrong(*line, format_args!("{count} numbers for `{name}`, not {}", numbers.len())));
        }
        Ok(numbers)
    }

    /// Several lines of so many numbers, in their order; of one that is not there zeros, where it may be absent.
    fn columns(&self, lines: &[(&str, Kind, bool)], count: usize) -> Result<Vec<Vec<f64>>, BoostingError> {
        let column = |(name, kind, needed): &(&str, Kind, bool)| {
            if *needed || self.find(name).is_some() {
                self.numbers(name, *kind, count)
            } else {
                Ok(vec![0.0; count])
            }
        };
        lines.iter().map(column).collect()
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

fn header(lines: &mut Lines<'_>) -> Result<Model, BoostingError> {
    let fields = Fields::read(lines, 1, true)?;
    let version = fields.field("version").map_or("", |field| field.value.trim());
    let columns = (fields.number("max_feature_idx", COUNT)? as usize).saturating_add(1);
    if columns > MOST_COLUMNS {
        return Err(wrong(fields.line("max_feature_idx"), format_args!("at most {MOST_COLUMNS} columns")));
    }
    let names = words(&fields, "feature_names", columns)?;
    let infos = words(&fields, "feature_infos", columns)?;
    let classes = fields.number("num_class", COUNT)?;
    let trees_per_round = fields.number_or("num_tree_per_iteration", COUNT, classes)? as usize;
    if trees_per_round == 0 || trees_per_round > MOST_CLASSES {
        return Err(wrong(fields.line("num_class"), format_args!("1 to {MOST_CLASSES} classes")));
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
        average_output: fields.find("average_output").is_some(),
        version: version.into(),
    })
}

fn words(fields: &Fields<'_>, name: &str, count: usize) -> Result<Vec<String>, BoostingError> {
    let Field { line, value, .. } = fields.field(name)?;
    let words: Vec<String> = value.split(' ').filter(|word| !word.is_empty()).map(String::from).collect();
    if words.len() != count {
        return Err(wrong(*line, format_args!("{count} words for `{name}`, not {}", words.len())));
    }
    Ok(words)
}

/// The objective, its sigmoid, and the foreign one where this engine does not train it.
fn objective(
    fields: &Fields<'_>,
    trees: usize,
) -> Result<(Objective, f64, Option<ForeignObjective>), BoostingError> {
    let (line, text) = fields.find("objective").map_or((0, ""), |field| (field.line, field.value.trim()));
    let sigmoid = text.split_ascii_whitespace().find_map(|word| word.strip_prefix("sigmoid:"));
    let sigmoid = sigmoid.map_or(Some(1.0), |text| text.parse().ok().filter(|value| *value > 0.0));
    let sigmoid = sigmoid.ok_or_else(|| wrong(line, format_args!("a positive number after `sigmoid:`")))?;
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
    let foreign = foreign.ok_or_else(|| {
        let text = short(text);
        wrong(line, format_args!("an objective of LightGBM with {trees} trees a round, not `{text}`,"))
    })?;
    let objective = if trees == 1 { Objective::Regression } else { Objective::Multiclass };
    Ok((objective, sigmoid, Some(foreign)))
}

fn tree(lines: &mut Lines<'_>, first: usize, columns: usize) -> Result<Tree, BoostingError> {
    let fields = Fields::read(lines, first, false)?;
    let leaf_count = fields.number("num_leaves", COUNT)? as usize;
    if fields.number_or("is_linear", Kind::Whole(0, 255), 0.0)? != 0.0 {
        let line = fields.line("is_linear");
        let message = format!(
            "Line {line} of the model belongs to a linear tree: its leaves hold equations, which this engine does not have."
        );
        return Err(BoostingError::new("linear_tree", message).with("line", line));
    }
    let shrinkage = fields.number_or("shrinkage", Kind::Any, 1.0)?;
    if leaf_count == 0 {
        return Err(wrong(fields.line("num_leaves"), format_args!("one leaf at least")));
    }
    if leaf_count == 1 {
        // The other lines are there, and empty.
        let count = fields.number("leaf_count", WORD).unwrap_or(0.0);
        let mut tree = Tree::constant(fields.number("leaf_value", Kind::Any)?, count as u32);
        tree.shrinkage = shrinkage;
        return Ok(tree);
    }
    let read = fields.columns(&LEAF_LINES, leaf_count)?;
    let [values, weights, counts] = &read[..] else { unreachable!("a column for each line") };
    let leaves = (0..leaf_count)
        .map(|leaf| Leaf { value: values[leaf], weight: weights[leaf], count: counts[leaf] as u32 })
        .collect();
    let nodes = nodes(&fields, leaf_count - 1, columns)?;
    let tree = Tree { nodes, leaves, shrinkage };
    check_shape(&tree, &fields)?;
    Ok(tree)
}

fn nodes(fields: &Fields<'_>, count: usize, columns: usize) -> Result<Vec<Node>, BoostingError> {
    let read = fields.columns(&NODE_LINES, count)?;
    let [features, thresholds, left, right, types, gains, values, weights, counts] = &read[..] else {
        unreachable!("a column for each line")
    };
    if features.iter().any(|feature| *feature >= columns as f64) {
        let line = fields.line("split_feature");
        return Err(wrong(line, format_args!("columns from 0 to {}", columns - 1)));
    }
    let sets = sets(fields)?;
    let mut nodes = Vec::with_capacity(count);
    let line = fields.line("decision_type");
    for index in 0..count {
        let kind = types[index] as u8;
        let missing = match kind >> 2 {
            0 => MissingType::None,
            1 => MissingType::Zero,
            2 => MissingType::Nan,
            _ => return Err(wrong(line, format_args!("decision types up to 11"))),
        };
        let decision = if kind & 1 == 1 {
            let place = thresholds[index];
            let set = (place >= 0.0 && place.fract() == 0.0).then(|| sets.get(place as usize)).flatten();
            let expected = format_args!("the number of a set of categories");
            let set = set.ok_or_else(|| wrong(fields.line("threshold"), expected))?;
            Decision::Categorical { set: set.clone() }
        } else {
            Decision::Numeric { threshold: thresholds[index], default_left: kind & 2 == 2 }
        };
        nodes.push(Node {
            feature: features[index] as usize,
            decision,
            missing,
            // As LightGBM reads it: a number of 64 bits, cut to 32.
            gain: gains[index] as f32,
            left: Child::of_number(left[index] as i64),
            right: Child::of_number(right[index] as i64),
            value: values[index],
            weight: weights[index],
            count: counts[index] as u32,
        });
    }
    Ok(nodes)
}

/// The sets of categories of a tree.
fn sets(fields: &Fields<'_>) -> Result<Vec<Arc<[u32]>>, BoostingError> {
    let count = fields.number("num_cat", COUNT)? as usize;
    if count == 0 {
        return Ok(Vec::new());
    }
    let boundaries = fields.numbers("cat_boundaries", COUNT, count.saturating_add(1))?;
    if boundaries[0] != 0.0 || boundaries.windows(2).any(|pair| pair[0] > pair[1]) {
        return Err(wrong(fields.line("cat_boundaries"), format_args!("boundaries that ascend from 0")));
    }
    let words = fields.numbers("cat_threshold", WORD, boundaries[count] as usize)?;
    let set =
        |pair: &[f64]| words[pair[0] as usize..pair[1] as usize].iter().map(|word| *word as u32).collect();
    Ok(boundaries.windows(2).map(set).collect())
}

/// Every split and every leaf must hang below the root once, or a row would walk for ever.
fn check_shape(tree: &Tree, fields: &Fields<'_>) -> Result<(), BoostingError> {
    let line = fields.line("left_child");
    let (mut nodes, mut leaves) = (vec![false; tree.nodes.len()], vec![false; tree.leaves.len()]);
    nodes[0] = true;
    let mut waiting = vec![(0, 1)];
    while let Some((node, depth)) = waiting.pop() {
        if depth > MOST_DEPTH {
            return Err(wrong(line, format_args!("trees of at most {MOST_DEPTH} levels")));
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
                    return Err(wrong(
                        line,
                        format_args!("children that are there, each once, not {number}"),
                    ));
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
    Err(wrong(line, format_args!("every split and leaf below the root")))
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
                    model.pandas_categorical = category::read(text).ok_or_else(|| {
                        wrong(number, format_args!("a list of lists of categories, or null"))
                    })?;
                }
            }
        }
    }
    Ok(())
}
