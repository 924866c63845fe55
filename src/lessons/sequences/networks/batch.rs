//! Graphs of several histories side by side, as tensors: one graph whose parts do not touch.

use crate::lessons::sequences::graph::{Graph, Kind, Link, Relation};
use crate::nn::layers::embedding::numbers;
use crate::nn::layers::operations::{Edge, Edges};
use burn::tensor::{Device, Int, Tensor};

/// Graphs side by side. All items come first, then all codes of pictures, then all codes of words.
#[derive(Debug, Clone)]
pub struct Batch {
    /// How many nodes of each kind there are.
    pub counts: [usize; 3],
    /// What the nodes of each kind stand for, `[count]` each; none where there are no nodes.
    pub numbers: [Option<Tensor<1, Int>>; 3],
    /// Between nodes of a kind: relations are 0 self-loop, 1 out, 2 in, 3 both.
    pub homogeneous: Edges,
    /// Between nodes of two kinds, and self-loops: all with the relation 0.
    pub heterogeneous: Edges,
    /// All edges; the relation is its number less one.
    pub all: Edges,
    /// How many edges the node of each of them has, and how many its neighbour.
    pub degrees: Vec<[f32; 2]>,
    /// Each node's positions: a neighbour is a row of the table of positions.
    pub positions: Edges,
    /// The node of each graph's last item, `[graphs]`.
    pub last: Tensor<1, Int>,
    /// The graph of each node.
    graph_of: Vec<u32>,
    /// Each graph's items, one for each step of its history.
    pub items: Edges,
}

impl Batch {
    /// Of some graphs. Positions from `longest` on count as the last one before.
    pub fn new(graphs: &[Graph], longest: u32, device: &Device) -> Self {
        let places = Places::new(graphs);
        let mut numbers_of = [const { Vec::new() }; 3];
        let (mut homogeneous, mut heterogeneous, mut all, mut positions) = (vec![], vec![], vec![], vec![]);
        for kind in Kind::ALL {
            for (graph, of_graph) in graphs.iter().enumerate() {
                let place = |node| places.of(graph, node) as u32;
                let edge = |link: &Link, relation| Edge {
                    node: place(link.node),
                    neighbour: place(link.neighbour),
                    relation,
                };
                for (number, node) in of_graph.nodes.iter().enumerate().filter(|(_, node)| node.kind == kind)
                {
                    numbers_of[kind as usize].push(node.number);
                    positions.extend(node.positions.iter().map(|position| Edge {
                        node: place(number),
                        neighbour: (*position).min(longest - 1),
                        relation: 0,
                    }));
                }
                for link in of_graph.links.iter().filter(|link| of_graph.nodes[link.node].kind == kind) {
                    let relation = link.relation as u32 - Relation::SelfLoop as u32;
                    all.push(edge(link, relation));
                    if link.relation.is_homogeneous() {
                        homogeneous.push(edge(link, relation));
                    }
                    if link.relation.is_heterogeneous() {
                        heterogeneous.push(edge(link, 0));
                    }
                }
            }
        }
        let kinds = Kind::ALL.into_iter().flat_map(|kind| {
            let count = move |graph: &Graph| graph.nodes.iter().filter(|node| node.kind == kind).count();
            (0..).zip(graphs).flat_map(move |(graph, nodes)| std::iter::repeat_n(graph, count(nodes)))
        });
        let graph_of = kinds.collect();
        let last = graphs.iter().enumerate().map(|(graph, of_graph)| places.of(graph, of_graph.last) as u32);
        let items: Vec<Edge> = graphs
            .iter()
            .enumerate()
            .flat_map(|(graph, of_graph)| {
                let places = &places;
                let items = of_graph.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Item);
                items.flat_map(move |(number, node)| {
                    let edge =
                        Edge { node: graph as u32, neighbour: places.of(graph, number) as u32, relation: 0 };
                    std::iter::repeat_n(edge, node.positions.len())
                })
            })
            .collect();
        let counts = numbers_of.each_ref().map(Vec::len);
        let nodes = counts.iter().sum();
        let edges = |edges: &[Edge]| Edges::new(edges, nodes, device);
        let mut degree = vec![0.0f32; nodes];
        all.iter().for_each(|edge: &Edge| degree[edge.node as usize] += 1.0);
        let degrees =
            all.iter().map(|edge| [edge.node, edge.neighbour].map(|node| degree[node as usize])).collect();
        Self {
            counts,
            numbers: numbers_of.map(|of| (!of.is_empty()).then(|| numbers(of, device))),
            homogeneous: edges(&homogeneous),
            heterogeneous: edges(&heterogeneous),
            all: edges(&all),
            degrees,
            positions: edges(&positions),
            last: numbers(last, device),
            graph_of,
            items: Edges::new(&items, graphs.len(), device),
        }
    }

    /// Each node to every node of its graph, all with the relation 0: their number grows with the square of the nodes'.
    pub fn complete(&self, device: &Device) -> Edges {
        let graphs = self.graph_of.iter().max().map_or(0, |last| *last as usize + 1);
        let mut nodes_of = vec![Vec::new(); graphs];
        for (node, graph) in (0u32..).zip(&self.graph_of) {
            nodes_of[*graph as usize].push(node);
        }
        let edges = (0u32..).zip(&self.graph_of).flat_map(|(node, graph)| {
            let of_graph = nodes_of[*graph as usize].iter();
            of_graph.map(move |neighbour| Edge { node, neighbour: *neighbour, relation: 0 })
        });
        Edges::new(&edges.collect::<Vec<Edge>>(), self.nodes(), device)
    }

    /// Nodes of all kinds.
    pub fn nodes(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// Where the nodes of each graph stand among all.
struct Places {
    /// For each graph and kind: the first place, and the first node of that kind within the graph.
    first: Vec<[(usize, usize); 3]>,
    kinds: Vec<Vec<Kind>>,
}

impl Places {
    fn new(graphs: &[Graph]) -> Self {
        let mut first = vec![[(0, 0); 3]; graphs.len()];
        let mut place = 0;
        for kind in Kind::ALL {
            for (graph, first) in graphs.iter().zip(&mut first) {
                let before = graph.nodes.iter().filter(|node| node.kind < kind).count();
                first[kind as usize] = (place, before);
                place += graph.nodes.iter().filter(|node| node.kind == kind).count();
            }
        }
        let kinds = graphs.iter().map(|graph| graph.nodes.iter().map(|node| node.kind).collect());
        Self { first, kinds: kinds.collect() }
    }

    fn of(&self, graph: usize, node: usize) -> usize {
        let (place, before) = self.first[graph][self.kinds[graph][node] as usize];
        place + node - before
    }
}
