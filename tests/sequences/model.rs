//! The whole network against a float64 oracle (`tests/oracles/sequences_model.py`): scores, gradients, and each loss of 20
//! steps of Adam.

use crate::support::{OwnedStep, check_gradients, difference, flat, graph, list, ours, values, with_weights};
use burn::tensor::Device;
use emberbook::lessons::sequences::graph::{Graph, Rule};
use emberbook::lessons::sequences::networks::batch::Batch;
use emberbook::lessons::sequences::networks::graph_net::{
    Aggregator, GraphInput, GraphNet, GraphNetConfig, Pooling,
};
use emberbook::lessons::sequences::networks::han::{HanForm, Mode, Order};
use emberbook::lessons::sequences::networks::nodes::{Modality, NodeInfo, NodeInput};
use emberbook::nn::layers::network::Network;
use emberbook::nn::objective::Objective;
use emberbook::nn::objective::figures::Figures;
use emberbook::nn::objective::item_softmax::{Chosen, ItemSoftmax};
use emberbook::nn::optim::optimizer::{Constants, Optimizer, Rule as OptimizerRule};
use serde_json::Value;

const FIXTURE: &str = include_str!("../fixtures/sequences_model.json");
const NAMES: [(&str, &str); 11] = [
    ("items", "nodes.items.table"),
    ("image_codes", "nodes.images.Codes.table"),
    ("text_codes", "nodes.texts.Codes.table"),
    ("types", "nodes.kinds.table"),
    ("positions", "nodes.positions.table"),
    ("W", "nodes.mix"),
    ("a", "relations"),
    ("W_1", "gate.hidden.weight"),
    ("b_1", "gate.hidden.bias"),
    ("W_2", "gate.score.weight"),
    ("b_2", "gate.score.bias"),
];

struct Case {
    network: GraphNet,
    graphs: Vec<Graph>,
    targets: Vec<u32>,
}

impl Case {
    fn new(fixture: &Value, case: &Value, device: &Device) -> Self {
        let mode = if case["mode"] == "code" { Mode::Code } else { Mode::Paper };
        let rule = if mode == Mode::Code { Rule::SkipsRepeated } else { Rule::EachStep };
        let codes: Vec<[Vec<u32>; 2]> = list(&fixture["item_codes"]);
        let examples = fixture["examples"].as_array().unwrap();
        let step = |item: &u32| -> OwnedStep {
            let [images, texts] = codes[*item as usize].clone();
            (*item, images, texts)
        };
        let of_example = |example: &Value| {
            let items: Vec<u32> = list(&example["history"]);
            let history: Vec<OwnedStep> = items.iter().map(step).collect();
            graph(&history, rule)
        };
        let width = fixture["width"].as_u64().unwrap() as usize;
        let zeros = || Modality::Codes(vec![0.0; flat(&fixture["weights"]["image_codes"]).len()]);
        let config = GraphNetConfig {
            nodes: NodeInput { items: codes.len(), images: zeros(), texts: zeros() },
            info: NodeInfo { position: true, kind: true },
            width,
            layers: 1,
            aggregator: Aggregator::Han(HanForm { mode, order: Order::Gate, invasive: false, scaled: false }),
            pooling: if case["pooling"] == "mean" { Pooling::Mean } else { Pooling::Last },
        };
        let network = with_weights(config.init(1, device), &ours(&fixture["weights"]), &NAMES);
        Self {
            network,
            graphs: examples.iter().map(of_example).collect(),
            targets: examples.iter().map(|example| list(&example["target"])).collect(),
        }
    }

    fn input(&self, device: &Device) -> GraphInput {
        GraphInput { batch: Batch::new(&self.graphs, 150, device), dropout: None }
    }
}

#[test]
fn scores_gradients_and_losses_agree_with_the_oracle() {
    let fixture: Value = serde_json::from_str(FIXTURE).unwrap();
    let device = Device::flex().autodiff();
    for case in fixture["cases"].as_array().unwrap() {
        let what = format!("{} {}", case["mode"], case["pooling"]);
        let Case { network, graphs, targets } = Case::new(&fixture, case, &device);
        let mut now = Case { network, graphs, targets };
        let losses: Vec<f64> = list(&case["losses"]);
        let rate = fixture["learning_rate"].as_f64().unwrap();
        let mut optimizer = Optimizer::new(OptimizerRule::Adam, Constants::Torch, rate);
        let target = Chosen::new(&now.targets, &Device::flex());
        for (step, expected) in losses.iter().enumerate() {
            let output = now.network.forward(now.input(&device));
            if step == 0 {
                let apart = difference(&values(output.clone()), &flat(&case["scores"]));
                assert!(apart < 1e-5, "{what}: {apart:e}");
            }
            let (read, gradients) = ItemSoftmax.backward(output, &target);
            if step == 0 {
                check_gradients(&what, &now.network, &gradients, &ours(&case["gradients"]), &NAMES);
            }
            let mut figures = Figures::new(ItemSoftmax.figures());
            ItemSoftmax.tally(&values(read), 2, &target, &mut figures);
            let loss = figures.value("loss").unwrap();
            assert!((loss - expected).abs() < 1e-4 * expected, "{what}: step {step}: {loss} {expected}");
            now.network = optimizer.step(now.network, gradients);
        }
    }
}

#[test]
fn histories_side_by_side_score_as_each_alone() {
    let fixture: Value = serde_json::from_str(FIXTURE).unwrap();
    let device = Device::flex().autodiff();
    let case = Case::new(&fixture, &fixture["cases"][0], &device);
    let together = values(case.network.forward(case.input(&device)));
    let items = together.len() / case.graphs.len();
    for (graph, together) in case.graphs.iter().zip(together.chunks(items)) {
        let batch = Batch::new(std::slice::from_ref(graph), 150, &device);
        let alone = values(case.network.forward(GraphInput { batch, dropout: None }));
        // The order in which a histories' numbers are added is the same in every batch.
        assert_eq!(alone, together);
    }
}
