//! Graphs of histories against matrices written by hand and the rules stated in Python.

use crate::support::{OwnedStep, graph, list};
use emberbook::lessons::sequences::graph::{Kind, Relation, Rule};
use serde_json::Value;

const FIXTURE: &str = include_str!("../fixtures/sequences_graphs.json");

#[test]
fn graphs_are_the_oracles() {
    let fixture: Value = serde_json::from_str(FIXTURE).unwrap();
    let cases = fixture["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 14);
    let mut differing = 0;
    for case in cases {
        let name = &case["name"];
        let history: Vec<OwnedStep> = list(&case["history"]);
        let found = graph(&history, Rule::EachStep);
        let nodes: Vec<[u32; 2]> =
            found.nodes.iter().map(|node| [node.kind as u32 + 1, node.number]).collect();
        assert_eq!(nodes, list::<Vec<[u32; 2]>>(&case["nodes"]), "{name}");
        let positions: Vec<Vec<u32>> = found.nodes.iter().map(|node| node.positions.clone()).collect();
        assert_eq!(positions, list::<Vec<Vec<u32>>>(&case["positions"]), "{name}");
        assert_eq!(found.adjacency(), list::<Vec<Vec<u8>>>(&case["relations"]), "{name}");
        let last = &found.nodes[found.last];
        assert_eq!((last.kind, last.number), (Kind::Item, history.last().unwrap().0));
        let as_code = if case["relations_as_code"].is_null() {
            &case["relations"]
        } else {
            differing += 1;
            &case["relations_as_code"]
        };
        let found = graph(&history, Rule::SkipsRepeated).adjacency();
        assert_eq!(found, list::<Vec<Vec<u8>>>(as_code), "{name}");
    }
    assert!(differing > 0, "a history whose graph is another one in the program");
}

#[test]
fn a_self_loop_counts_once_among_each_kind_of_edge() {
    let found = graph(&[(3, vec![], vec![])], Rule::EachStep);
    assert_eq!(found.links.len(), 1);
    assert!(Relation::SelfLoop.is_homogeneous() && Relation::SelfLoop.is_heterogeneous());
    assert!(Relation::Both.is_homogeneous() && !Relation::Both.is_heterogeneous());
    assert!(!Relation::TextToImage.is_homogeneous() && Relation::TextToImage.is_heterogeneous());
}
