//! What the reader changes in a history and its graph.

use super::graph::{Graph, Kind, Link, Relation, Step};
use super::node_name::{NodeKind, NodeName};
use crate::error::LabError;
use serde_json::Value;

/// Most changes of a kind.
const MOST: usize = 500;

/// What is changed. It is read by hand: lists of pairs of structs, read by derived code, take 20 KB of the module.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Edits {
    /// Steps without their picture, from 0.
    #[cfg_attr(test, ts(optional, as = "Option<Vec<usize>>"))]
    without_images: Vec<usize>,
    /// Steps without their words.
    #[cfg_attr(test, ts(optional, as = "Option<Vec<usize>>"))]
    without_texts: Vec<usize>,
    /// Nodes that are taken away, with their edges.
    #[cfg_attr(test, ts(optional, as = "Option<Vec<NodeName>>"))]
    without_nodes: Vec<NodeName>,
    /// Pairs of nodes that are joined no more, in both directions.
    #[cfg_attr(test, ts(optional, as = "Option<Vec<[NodeName; 2]>>"))]
    without_edges: Vec<[NodeName; 2]>,
    /// Other relations: how the first node stands to the second, by its number; the way back follows from it.
    #[cfg_attr(test, ts(optional, as = "Option<Vec<(NodeName, NodeName, u8)>>"))]
    relations: Vec<(NodeName, NodeName, u8)>,
}

impl Edits {
    /// Reads what a look was asked with.
    ///
    /// # Errors
    /// `bad_input` with the field at fault.
    pub fn read(value: &Value) -> Result<Self, LabError> {
        let mut edits = Self::default();
        let fields = match value {
            Value::Null => return Ok(edits),
            Value::Object(fields) => fields,
            _ => return Err(LabError::bad_input("`edits` as an object")),
        };
        const NAMES: [&str; 5] =
            ["without_images", "without_texts", "without_nodes", "without_edges", "relations"];
        for (name, value) in fields {
            let bad =
                || LabError::bad_input(format!("`edits.{name}` as it is described")).with("option", &**name);
            let is_known = |list: &&Vec<Value>| list.len() <= MOST && NAMES.contains(&name.as_str());
            let list = value.as_array().filter(is_known).ok_or_else(bad)?;
            for entry in list {
                let at = |place: usize| node_name(&entry[place]).ok_or_else(bad);
                let step = || entry.as_u64().map(|step| step as usize).ok_or_else(bad);
                match name.as_str() {
                    "without_images" => edits.without_images.push(step()?),
                    "without_texts" => edits.without_texts.push(step()?),
                    "without_nodes" => edits.without_nodes.push(node_name(entry).ok_or_else(bad)?),
                    "without_edges" => edits.without_edges.push([at(0)?, at(1)?]),
                    "relations" => {
                        let number = entry[2].as_u64().and_then(|number| u8::try_from(number).ok());
                        let is_fit = edits.relate(at(0)?, at(1)?, number.ok_or_else(bad)?);
                        is_fit.ok_or_else(|| {
                            LabError::bad_input("`relations` with a number that fits both nodes")
                        })?;
                    }
                    _ => unreachable!("it is one of the names"),
                }
            }
        }
        Ok(edits)
    }

    /// Takes a node away.
    pub fn take_node(&mut self, node: NodeName) {
        self.without_nodes.push(node);
    }

    /// Takes the edges between two nodes away.
    pub fn take_edge(&mut self, one: NodeName, other: NodeName) {
        self.without_edges.push([one, other]);
    }

    /// Changes the relation of one node to another; none where it cannot stand between them.
    pub fn relate(&mut self, one: NodeName, other: NodeName, number: u8) -> Option<()> {
        relation(number).filter(|relation| one != other && fits(*relation, one.kind, other.kind))?;
        self.relations.push((one, other, number));
        Some(())
    }

    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        let Self { without_images, without_texts, without_nodes, without_edges, relations } = self;
        without_images.is_empty()
            && without_texts.is_empty()
            && without_nodes.is_empty()
            && without_edges.is_empty()
            && relations.is_empty()
    }

    /// Whether an item is left.
    pub fn leaves(&self, item: u32) -> bool {
        !self.without_nodes.contains(&NodeName { kind: NodeKind::Item, number: item })
    }

    /// The steps that are left of a history.
    ///
    /// # Errors
    /// `bad_input` where no item is left.
    pub fn steps<'a>(&self, history: Vec<Step<'a>>) -> Result<Vec<Step<'a>>, LabError> {
        let Self { without_images, without_texts, .. } = self;
        let steps = history.into_iter().enumerate().map(|(at, step)| Step {
            images: if without_images.contains(&at) { &[] } else { step.images },
            texts: if without_texts.contains(&at) { &[] } else { step.texts },
            ..step
        });
        let steps: Vec<Step> = steps.filter(|step| self.leaves(step.item)).collect();
        if steps.is_empty() {
            return Err(LabError::bad_input("changes that leave an item"));
        }
        Ok(steps)
    }

    /// The graph of the steps that are left with the other changes.
    pub fn graph(&self, mut graph: Graph) -> Graph {
        self.remove_codes(&mut graph);
        let names: Vec<NodeName> = (0..graph.nodes.len()).map(|node| NodeName::of(&graph, node)).collect();
        let pair = |link: &Link| [names[link.node], names[link.neighbour]];
        graph.links.retain(|link| {
            let [one, other] = pair(link);
            one == other
                || !self.without_edges.iter().any(|edge| *edge == [one, other] || *edge == [other, one])
        });
        for (one, other, number) in &self.relations {
            let there = relation(*number).expect("a relation that fits both nodes");
            for link in &mut graph.links {
                match [names[link.node], names[link.neighbour]] {
                    pair if pair == [*one, *other] => link.relation = there,
                    pair if pair == [*other, *one] => link.relation = back(there),
                    _ => {}
                }
            }
        }
        graph
    }

    /// Takes codes away, with their edges.
    fn remove_codes(&self, graph: &mut Graph) {
        let is_left = |graph: &Graph, node: usize| {
            graph.nodes[node].kind == Kind::Item || !self.without_nodes.contains(&NodeName::of(graph, node))
        };
        let left: Vec<usize> = (0..graph.nodes.len()).filter(|node| is_left(graph, *node)).collect();
        let place = |node: usize| left.binary_search(&node).ok();
        let link = |link: &Link| {
            Some(Link { node: place(link.node)?, neighbour: place(link.neighbour)?, relation: link.relation })
        };
        graph.links = graph.links.iter().filter_map(link).collect();
        graph.last = place(graph.last).expect("items are left");
        graph.nodes = left.iter().map(|node| graph.nodes[*node].clone()).collect();
    }
}

fn node_name(value: &Value) -> Option<NodeName> {
    let kind = match value["kind"].as_str()? {
        "item" => NodeKind::Item,
        "image" => NodeKind::Image,
        "text" => NodeKind::Text,
        _ => return None,
    };
    Some(NodeName { kind, number: u32::try_from(value["number"].as_u64()?).ok()? })
}

const RELATIONS: [Relation; 10] = [
    Relation::SelfLoop,
    Relation::Out,
    Relation::In,
    Relation::Both,
    Relation::ItemToImage,
    Relation::ImageToItem,
    Relation::ItemToText,
    Relation::TextToItem,
    Relation::ImageToText,
    Relation::TextToImage,
];

fn relation(number: u8) -> Option<Relation> {
    RELATIONS.into_iter().find(|relation| *relation as u8 == number)
}

/// Whether a relation can stand between two different nodes of these kinds.
fn fits(relation: Relation, one: NodeKind, other: NodeKind) -> bool {
    relation != Relation::SelfLoop
        && relation.is_homogeneous() == (one == other)
        && (one == other || between(one, other) == Some(relation))
}

/// How a node of one kind stands to one of another.
fn between(one: NodeKind, other: NodeKind) -> Option<Relation> {
    use NodeKind::{Image, Item, Text};
    match (one, other) {
        (Item, Image) => Some(Relation::ItemToImage),
        (Image, Item) => Some(Relation::ImageToItem),
        (Item, Text) => Some(Relation::ItemToText),
        (Text, Item) => Some(Relation::TextToItem),
        (Image, Text) => Some(Relation::ImageToText),
        (Text, Image) => Some(Relation::TextToImage),
        _ => None,
    }
}

/// The same from the other side.
fn back(relation: Relation) -> Relation {
    match relation {
        Relation::SelfLoop | Relation::Both => relation,
        Relation::Out => Relation::In,
        Relation::In => Relation::Out,
        Relation::ItemToImage => Relation::ImageToItem,
        Relation::ImageToItem => Relation::ItemToImage,
        Relation::ItemToText => Relation::TextToItem,
        Relation::TextToItem => Relation::ItemToText,
        Relation::ImageToText => Relation::TextToImage,
        Relation::TextToImage => Relation::ImageToText,
    }
}
