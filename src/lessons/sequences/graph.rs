//! A history as a graph of items and the codes of their pictures and words (MSGraph, CIKM'23 §4.1).

use crate::data::order::ascending;

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An item.
    Item,
    /// A code of pictures.
    Image,
    /// A code of words.
    Text,
}

impl Kind {
    /// All three, in the order of a graph's nodes.
    pub const ALL: [Kind; 3] = [Kind::Item, Kind::Image, Kind::Text];
}

/// How one node stands to another, numbered as in the authors' program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Relation {
    /// A node to itself.
    SelfLoop = 1,
    /// Comes right before it.
    Out = 2,
    /// Comes right after it.
    In = 3,
    /// Each has come right before the other.
    Both = 4,
    /// An item to a code of its picture.
    ItemToImage = 5,
    /// The same from the other side.
    ImageToItem = 6,
    /// An item to a code of its words.
    ItemToText = 7,
    /// The same from the other side.
    TextToItem = 8,
    /// A code of the picture to one of the words of an item.
    ImageToText = 9,
    /// The same from the other side.
    TextToImage = 10,
}

impl Relation {
    /// Between nodes of one kind; a self-loop is, and counts among the others too.
    pub fn is_homogeneous(self) -> bool {
        self as u8 <= Relation::Both as u8
    }

    /// Between nodes of two kinds, or a self-loop.
    pub fn is_heterogeneous(self) -> bool {
        self == Relation::SelfLoop || !self.is_homogeneous()
    }
}

/// One step of a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'a> {
    /// The item.
    pub item: u32,
    /// The codes of its picture; none where it has no picture.
    pub images: &'a [u32],
    /// The codes of its words; none where it has no words.
    pub texts: &'a [u32],
}

impl Step<'_> {
    fn numbers(&self, kind: Kind) -> &[u32] {
        match kind {
            Kind::Item => std::slice::from_ref(&self.item),
            Kind::Image => self.images,
            Kind::Text => self.texts,
        }
    }
}

/// Which steps give the codes of pictures and words their edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Each step, as the paper has it.
    EachStep,
    /// As in the authors' program: none between two items that are equal, or whose edge goes both ways already; what skips
    /// the edge of the items there skips the rest of the step, too.
    SkipsRepeated,
}

/// Sorts of edges that graphs are built without.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Between nodes of a kind.
    pub within: bool,
    /// Between items and codes of pictures.
    pub item_image: bool,
    /// Between items and codes of words.
    pub item_text: bool,
    /// Between codes of pictures and of words.
    pub image_text: bool,
}

impl LeftOut {
    /// Whether a relation is left out; a self-loop never is.
    pub fn has(self, relation: Relation) -> bool {
        use Relation::{
            Both, ImageToItem, ImageToText, In, ItemToImage, ItemToText, Out, SelfLoop, TextToImage,
            TextToItem,
        };
        match relation {
            SelfLoop => false,
            Out | In | Both => self.within,
            ItemToImage | ImageToItem => self.item_image,
            ItemToText | TextToItem => self.item_text,
            ImageToText | TextToImage => self.image_text,
        }
    }
}

/// A node of a history's graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it stands for.
    pub kind: Kind,
    /// Number of the item or the code.
    pub number: u32,
    /// The steps it belongs to, from 0, the oldest.
    pub positions: Vec<u32>,
}

/// An edge of a history's graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Whose edge it is: the node that attends.
    pub node: usize,
    /// To whom.
    pub neighbour: usize,
    /// How the node stands to its neighbour.
    pub relation: Relation,
}

/// The graph of one history. It is made of this history alone, so that no other one can change what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// Items, codes of pictures, codes of words, each by number.
    pub nodes: Vec<Node>,
    /// By node, then by neighbour; each node has its self-loop.
    pub links: Vec<Link>,
    /// The node of the last item.
    pub last: usize,
}

impl Graph {
    /// The graph of a history.
    ///
    /// # Panics
    /// If the history is empty.
    pub fn new(history: &[Step], rule: Rule) -> Self {
        let nodes = nodes(history);
        let mut adjacency = Adjacency::new(nodes.len());
        for pair in history.windows(2) {
            let places = |step: &Step, kind| places(&nodes, kind, step.numbers(kind));
            let [from, to] = [&pair[0], &pair[1]].map(|step| places(step, Kind::Item)[0]);
            let is_new = adjacency.follow(from, to);
            if !is_new && rule == Rule::SkipsRepeated {
                continue;
            }
            for kind in [Kind::Image, Kind::Text] {
                let next = places(&pair[1], kind);
                for from in places(&pair[0], kind) {
                    next.iter().for_each(|to| {
                        adjacency.follow(from, *to);
                    });
                }
            }
        }
        for step in history {
            let [items, images, texts] = Kind::ALL.map(|kind| places(&nodes, kind, step.numbers(kind)));
            adjacency.join(&items, &images, Relation::ItemToImage, Relation::ImageToItem);
            adjacency.join(&items, &texts, Relation::ItemToText, Relation::TextToItem);
            adjacency.join(&images, &texts, Relation::ImageToText, Relation::TextToImage);
        }
        let last = history.last().expect("a history has a step");
        let last = places(&nodes, Kind::Item, &[last.item])[0];
        Self { links: adjacency.links(), nodes, last }
    }

    /// The same without some sorts of edges.
    pub fn without(mut self, left_out: LeftOut) -> Self {
        self.links.retain(|link| !left_out.has(link.relation));
        self
    }

    /// The number of the relation of each node (row) to each node (column); 0 where there is none.
    pub fn adjacency(&self) -> Vec<Vec<u8>> {
        let mut rows = vec![vec![0; self.nodes.len()]; self.nodes.len()];
        self.links.iter().for_each(|link| rows[link.node][link.neighbour] = link.relation as u8);
        rows
    }
}

fn nodes(history: &[Step]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for kind in Kind::ALL {
        let first = nodes.len();
        for (position, step) in (0..).zip(history) {
            for number in step.numbers(kind) {
                match nodes[first..].iter_mut().find(|node| node.number == *number) {
                    Some(node) if node.positions.last() == Some(&position) => {}
                    Some(node) => node.positions.push(position),
                    None => nodes.push(Node { kind, number: *number, positions: vec![position] }),
                }
            }
        }
        let of_kind = nodes.split_off(first);
        let order = ascending(of_kind.len(), &|at| u64::from(of_kind[at].number));
        nodes.extend(order.into_iter().map(|at| of_kind[at as usize].clone()));
    }
    nodes
}

fn places(nodes: &[Node], kind: Kind, numbers: &[u32]) -> Vec<usize> {
    let place = |number: &u32| nodes.iter().position(|node| node.kind == kind && node.number == *number);
    numbers.iter().filter_map(place).collect()
}

/// Relations of all pairs of nodes, row-major.
struct Adjacency {
    relations: Vec<Option<Relation>>,
    nodes: usize,
}

impl Adjacency {
    fn new(nodes: usize) -> Self {
        let mut relations = vec![None; nodes * nodes];
        (0..nodes).for_each(|node| relations[node * (nodes + 1)] = Some(Relation::SelfLoop));
        Self { relations, nodes }
    }

    fn set(&mut self, node: usize, neighbour: usize, relation: Relation) {
        self.relations[node * self.nodes + neighbour] = Some(relation);
    }

    fn get(&self, node: usize, neighbour: usize) -> Option<Relation> {
        self.relations[node * self.nodes + neighbour]
    }

    /// One node comes right before another. Whether that is news: it is not between a node and itself, and where each has
    /// come before the other already.
    fn follow(&mut self, from: usize, to: usize) -> bool {
        if from == to || self.get(from, to) == Some(Relation::Both) {
            return false;
        }
        if self.get(to, from) == Some(Relation::Out) {
            self.set(from, to, Relation::Both);
            self.set(to, from, Relation::Both);
        } else {
            self.set(from, to, Relation::Out);
            self.set(to, from, Relation::In);
        }
        true
    }

    fn join(&mut self, some: &[usize], others: &[usize], there: Relation, back: Relation) {
        for one in some {
            for other in others {
                self.set(*one, *other, there);
                self.set(*other, *one, back);
            }
        }
    }

    fn links(&self) -> Vec<Link> {
        let of_row = |node: usize| {
            let row = &self.relations[node * self.nodes..][..self.nodes];
            row.iter().enumerate().filter_map(move |(neighbour, relation)| {
                relation.map(|relation| Link { node, neighbour, relation })
            })
        };
        (0..self.nodes).flat_map(of_row).collect()
    }
}
