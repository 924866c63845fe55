//! Layers over graphs against a dense float64 oracle (`tests/oracles/sequences_layers.py`): outputs, gradients of all
//! weights and of the input, attention.

use crate::support::{
    OwnedStep, check_gradients, difference, flat, graph, list, matrix, ours, tensor, values, with_weights,
};
use burn::module::Module;
use burn::tensor::{Device, Tensor};
use emberbook::lessons::sequences::graph::Rule;
use emberbook::lessons::sequences::networks::batch::Batch;
use emberbook::lessons::sequences::networks::han::{HanForm, HanLayer, HanTrace, KeepAll, Mode, Order};
use emberbook::lessons::sequences::networks::synchronous::{Convolution, Gat, KeyValue, Rgat, Sum};
use emberbook::random::{Purpose, Random};
use serde_json::Value;

const FIXTURE: &str = include_str!("../fixtures/sequences_layers.json");
const WIDTH: usize = 8;
const HAN_NAMES: [(&str, &str); 7] = [
    ("a", "relations"),
    ("W_1", "gate.hidden.weight"),
    ("b_1", "gate.hidden.bias"),
    ("W_2", "gate.score.weight"),
    ("b_2", "gate.score.bias"),
    ("W_c", "concat.weight"),
    ("b_c", "concat.bias"),
];

struct Oracle {
    fixture: Value,
    device: Device,
}

impl Oracle {
    fn new() -> Self {
        Self { fixture: serde_json::from_str(FIXTURE).unwrap(), device: Device::flex().autodiff() }
    }

    fn cases(&self, layer: &str) -> Vec<&Value> {
        let cases = self.fixture["graph"]["cases"].as_array().unwrap();
        let found: Vec<&Value> = cases.iter().filter(|case| case["layer"] == layer).collect();
        assert!(!found.is_empty(), "{layer}");
        found
    }

    fn weights(&self, layer: &str) -> &Value {
        &self.fixture["graph"]["weights"][layer]
    }

    fn batch(&self, case: &Value) -> Batch {
        let history: Vec<OwnedStep> = list(&self.of_graph(case)["history"]);
        let found = graph(&history, Rule::EachStep);
        assert_eq!(found.adjacency(), list::<Vec<Vec<u8>>>(&self.of_graph(case)["relations"]));
        Batch::new(&[found], 150, &self.device)
    }

    fn of_graph(&self, case: &Value) -> &Value {
        &self.fixture["graph"]["graphs"][case["graph"].as_str().unwrap()]
    }

    /// Output, gradients of the weights and of the input.
    fn check<M: Module>(
        &self,
        case: &Value,
        module: &M,
        names: &[(&str, &str)],
        gradients: Vec<emberbook::nn::layers::parameters::NamedTensor>,
        forward: impl Fn(&M, &Tensor<2>, &Batch) -> Tensor<2>,
    ) {
        let what = format!("{} {} {} {}", case["layer"], case["graph"], case["mode"], case["order"]);
        let of_graph = self.of_graph(case);
        let input = matrix(&of_graph["input"], &self.device).require_grad();
        let output = forward(module, &input, &self.batch(case));
        let apart = difference(&values(output.clone()), &flat(&case["output"]));
        assert!(apart < 1e-5, "{what}: {apart:e}");
        let found = (output * matrix(&of_graph["projection"], &self.device)).sum().backward();
        check_gradients(&what, module, &found, &gradients, names);
        let by_input = input.grad(&found).unwrap();
        let apart = difference(&values(by_input), &flat(&case["input_gradient"]));
        assert!(apart < 1e-5, "{what}: gradient of the input: {apart:e}");
    }
}

fn random() -> Random {
    Random::new(1, Purpose::Weights)
}

fn form(case: &Value) -> HanForm {
    HanForm {
        mode: if case["mode"] == "code" { Mode::Code } else { Mode::Paper },
        order: match case["order"].as_str().unwrap() {
            "gate" => Order::Gate,
            "ho_he" => Order::HomogeneousFirst,
            "he_ho" => Order::HeterogeneousFirst,
            _ => Order::Concat,
        },
        invasive: case["invasive"].as_bool().unwrap(),
        scaled: false,
    }
}

fn han(oracle: &Oracle) -> HanLayer {
    let layer = HanLayer::init(WIDTH, &mut random(), &oracle.device);
    with_weights(layer, &ours(oracle.weights("han")), &HAN_NAMES)
}

#[test]
fn han_gnn_agrees_with_the_oracle_in_every_form() {
    let oracle = Oracle::new();
    let layer = han(&oracle);
    let cases = oracle.cases("han");
    assert_eq!(cases.len(), 18);
    for case in cases {
        let form = form(case);
        oracle.check(case, &layer, &HAN_NAMES, ours(&case["gradients"]), |layer, input, batch| {
            layer.forward(input, batch, form, &mut KeepAll).0
        });
    }
}

/// The trace of the form that a case has the inside of.
fn trace(oracle: &Oracle, mode: &str, graph: &str) -> (Value, HanTrace) {
    let case = oracle
        .cases("han")
        .into_iter()
        .find(|case| case["mode"] == mode && case["graph"] == graph && !case["inside"].is_null())
        .unwrap();
    let input = matrix(&oracle.of_graph(case)["input"], &oracle.device);
    let (_, trace) = han(oracle).forward(&input, &oracle.batch(case), form(case), &mut KeepAll);
    (case["inside"].clone(), trace)
}

#[test]
fn states_gate_and_attention_are_the_oracles_inside() {
    let oracle = Oracle::new();
    for graph in ["twelve", "five", "isolated"] {
        for mode in ["paper", "code"] {
            let (inside, trace) = trace(&oracle, mode, graph);
            let HanTrace { ho, he, hohe, heho, gate, homogeneous, heterogeneous } = trace;
            let states = [("ho", ho), ("he", he), ("hohe", hohe), ("heho", heho)];
            for (name, found) in states {
                let apart = difference(&values(found.unwrap()), &flat(&inside[name]));
                assert!(apart < 1e-5, "{mode} {graph} {name}: {apart:e}");
            }
            let gate = values(gate.unwrap());
            let expected: Vec<Vec<f32>> = list(&inside["gate"]);
            let expected: Vec<f32> = expected.iter().map(|shares| shares[0]).collect();
            assert!(difference(&gate, &expected) < 1e-5);
            let second = [("alpha_heho", homogeneous), ("alpha_hohe", heterogeneous)];
            for (name, attention) in second {
                // Row by row, what is not 0 is an edge.
                let dense = flat(&inside[name]);
                let expected: Vec<f32> = dense.into_iter().filter(|alpha| *alpha > 0.0).collect();
                assert!(difference(&values(attention.unwrap()), &expected) < 1e-5, "{mode} {graph} {name}");
            }
        }
    }
}

#[test]
fn the_first_phase_of_one_path_has_no_effect_in_the_authors_program() {
    let oracle = Oracle::new();
    let (_, code) = trace(&oracle, "code", "twelve");
    let (hohe, he, heho) = (values(code.hohe.unwrap()), values(code.he.unwrap()), values(code.heho.unwrap()));
    assert_eq!(hohe, he, "to the bit");
    assert_ne!(heho, he);
    assert_ne!(heho, hohe);
    let (_, paper) = trace(&oracle, "paper", "twelve");
    assert_ne!(values(paper.hohe.unwrap()), values(paper.he.unwrap()));
}

#[test]
fn graph_convolutions_agree_with_the_oracle() {
    let oracle = Oracle::new();
    let names = [("W", "layer.weight"), ("b", "layer.bias")];
    for (layer, sum) in [("gcn", Sum::Normalised), ("gcn_plain", Sum::Plain), ("sage", Sum::Plain)] {
        let mut weights = ours(oracle.weights(layer));
        if layer != "gcn_plain" {
            weights.push(tensor("b", &Value::from(vec![0.0; WIDTH])));
        }
        let module = Convolution::init(WIDTH, &mut random(), &oracle.device);
        let module = with_weights(module, &weights, &names);
        for case in oracle.cases(layer) {
            let input = matrix(&oracle.of_graph(case)["input"], &oracle.device);
            let output = module.forward(&input, &oracle.batch(case), sum);
            assert!(difference(&values(output), &flat(&case["output"])) < 1e-5, "{layer}");
            // A bias that the oracle does not have has a gradient here.
            if layer == "gcn_plain" {
                oracle.check(case, &module, &names, ours(&case["gradients"]), |module, input, batch| {
                    module.forward(input, batch, sum)
                });
            }
        }
    }
}

#[test]
fn attention_over_all_edges_agrees_with_the_oracle() {
    let oracle = Oracle::new();
    let names = [("W", "weight"), ("a", "attention")];
    // Two columns where the oracle has one vector: for the node, and for its neighbour.
    let columns = |mut tensors: Vec<emberbook::nn::layers::parameters::NamedTensor>| {
        for tensor in tensors.iter_mut().filter(|tensor| tensor.name == "a") {
            let of = |index: usize| [tensor.values[index], tensor.values[WIDTH + index]];
            tensor.values = (0..WIDTH).flat_map(of).collect();
        }
        tensors
    };
    let gat = Gat::init(WIDTH, &mut random(), &oracle.device);
    let gat = with_weights(gat, &columns(ours(oracle.weights("gat"))), &names);
    for case in oracle.cases("gat") {
        oracle.check(case, &gat, &names, columns(ours(&case["gradients"])), |gat, input, batch| {
            gat.forward(input, batch, &mut KeepAll).0
        });
    }
    let names = [("W", "weight"), ("a", "relations"), ("m", "multipliers")];
    let rgat = Rgat::init(WIDTH, &mut random(), &oracle.device);
    let rgat = with_weights(rgat, &ours(oracle.weights("rgat")), &names);
    for case in oracle.cases("rgat") {
        oracle.check(case, &rgat, &names, ours(&case["gradients"]), |rgat, input, batch| {
            rgat.forward(input, batch, &mut KeepAll).0
        });
    }
    let key_value = KeyValue::init(WIDTH, &mut random(), &oracle.device);
    let key_value = with_weights(key_value, &ours(oracle.weights("key_value")), &[]);
    let cases = oracle.cases("key_value");
    for case in cases.into_iter().filter(|case| case["mode"] == "paper") {
        oracle.check(case, &key_value, &[], ours(&case["gradients"]), |layer, input, batch| {
            layer.forward(input, batch, &batch.all, &mut KeepAll).0
        });
    }
}
