//! What the settings say of the network, and its run.

use super::prepared::modality;
use crate::data::sequences::histories::{Histories, HistoryPart, Place};
use crate::lessons::sequences::edited::EditedHistory;
use crate::lessons::sequences::graph::{LeftOut, Rule};
use crate::lessons::sequences::networks::any::{HistoryForm, HistoryNet, HistoryNetConfig};
use crate::lessons::sequences::networks::examples::{
    AsGraphs, Catalogue, Dropout, HistoryExamples, NextItems,
};
use crate::lessons::sequences::networks::graph_net::{Aggregator, GraphNetConfig, Pooling};
use crate::lessons::sequences::networks::han::{HanForm, Mode, Order};
use crate::lessons::sequences::networks::nodes::{NodeInfo, NodeInput};
use crate::lessons::sequences::networks::sequence_net::{EncoderKind, Fusion, SequenceNetConfig};
use crate::lessons::sequences::networks::synchronous::Sum;
use crate::lessons::sequences::preparation::Prepared;
use crate::lessons::sequences::settings::{
    EncoderName, ModeName, Model, NodeInfoName, OrderName, PoolingName, ScoreScale, SequencesSettings, Switch,
};
use crate::nn::objective::next_item::NextItem;
use crate::nn::optim::optimizer::{Constants, Rule as UpdateRule};
use crate::nn::run::runner::{Cadence, KeepBest, Runner, RunnerConfig};
use burn::tensor::Device;
use std::rc::Rc;

/// A network while it is trained.
pub type NetworkRun = Runner<HistoryNet, HistoryExamples<HistoryForm>>;

/// How nodes hear of their neighbours.
fn aggregator(settings: &SequencesSettings) -> Aggregator {
    match settings.model {
        Model::Gcn => Aggregator::Convolution(Sum::Normalised),
        Model::GcnPlain => Aggregator::Convolution(Sum::Plain),
        Model::Gat => Aggregator::Gat,
        Model::Rgat => Aggregator::Rgat,
        Model::KeyValue => Aggregator::KeyValue,
        Model::FullAttention => Aggregator::Complete,
        _ => Aggregator::Han(han_form(settings)),
    }
}

/// How HAN-GNN computes.
pub fn han_form(settings: &SequencesSettings) -> HanForm {
    HanForm {
        mode: match settings.mode {
            ModeName::Paper => Mode::Paper,
            ModeName::Code => Mode::Code,
        },
        order: match settings.order {
            _ if settings.model == Model::Concat => Order::Concat,
            OrderName::Gate => Order::Gate,
            OrderName::HoHe => Order::HomogeneousFirst,
            OrderName::HeHo => Order::HeterogeneousFirst,
        },
        invasive: settings.invasive == Switch::On,
        scaled: settings.score_scale == ScoreScale::Root,
    }
}

/// How histories become graphs: the authors' program skips the edges of some steps.
pub fn as_graphs(settings: &SequencesSettings) -> AsGraphs {
    let as_program = settings.model.is_han() && settings.mode == ModeName::Code;
    let has = |sort: &str| settings.left_out.iter().any(|left_out| left_out == sort);
    AsGraphs {
        rule: if as_program { Rule::SkipsRepeated } else { Rule::EachStep },
        left_out: LeftOut {
            within: has("within"),
            item_image: has("item_image"),
            item_text: has("item_text"),
            image_text: has("image_text"),
        },
    }
}

/// Sizes and switches of the network.
pub fn config(settings: &SequencesSettings, items: usize, prepared: Option<&Prepared>) -> HistoryNetConfig {
    let width = settings.dim;
    if settings.model.has_graph() {
        let of = |is_image| modality(settings, prepared, is_image);
        return HistoryNetConfig::Graph(GraphNetConfig {
            nodes: NodeInput { items, images: of(true), texts: of(false) },
            info: NodeInfo {
                position: matches!(settings.node_info, NodeInfoName::Both | NodeInfoName::Position),
                kind: matches!(settings.node_info, NodeInfoName::Both | NodeInfoName::Type),
            },
            width,
            layers: settings.layers,
            aggregator: aggregator(settings),
            pooling: pooling(settings),
        });
    }
    let vectors = |is_image: bool| {
        let of = |prepared: &Prepared| {
            if is_image { prepared.images.codes.vectors(width) } else { prepared.texts.codes.vectors(width) }
        };
        prepared.map_or_else(|| vec![0.0; width], of)
    };
    HistoryNetConfig::Steps(SequenceNetConfig {
        items,
        images: vectors(true),
        texts: vectors(false),
        width,
        fusion: match settings.model {
            Model::Early => Fusion::Early,
            Model::Late => Fusion::Late,
            Model::Holistic => Fusion::Holistic,
            _ => Fusion::ItemsOnly,
        },
        encoder: match settings.encoder {
            EncoderName::Gru => EncoderKind::Gru,
            EncoderName::SelfAttention => EncoderKind::SelfAttention,
        },
    })
}

/// What stands for a history.
pub fn pooling(settings: &SequencesSettings) -> Pooling {
    match settings.pooling {
        PoolingName::Last => Pooling::Last,
        PoolingName::Mean => Pooling::Mean,
    }
}

/// Places that are learned from, those of a changed history among them, and those that choose the weights.
pub fn places(histories: &Histories, edited: Option<&EditedHistory>) -> [Vec<Place>; 2] {
    let [train, valid] = [HistoryPart::Train, HistoryPart::Valid].map(|part| histories.places(part));
    let train = match edited {
        Some(edited) => edited.places(histories, &train),
        None => train,
    };
    [train, valid]
}

/// A run from some weights.
pub fn start(
    settings: &SequencesSettings,
    histories: &Rc<Histories>,
    edited: Option<Rc<EditedHistory>>,
    catalogue: Rc<Catalogue>,
    network: HistoryNet,
    device: &Device,
) -> NetworkRun {
    let [train, valid] = places(histories, edited.as_deref());
    let counts = [train.len(), valid.len()];
    let histories = match &edited {
        Some(edited) => Rc::new(histories.with(&edited.items)),
        None => histories.clone(),
    };
    let examples = HistoryExamples {
        next: NextItems {
            catalogue,
            histories,
            places: [train, valid].concat(),
            longest: settings.max_history,
            edited,
        },
        form: match network {
            HistoryNet::Graph(_) => HistoryForm::Graph(as_graphs(settings)),
            HistoryNet::Steps(_) => HistoryForm::Steps,
        },
        dropout: Dropout {
            edges: if settings.model.has_attention() { settings.attention_dropout } else { 0.0 },
            states: settings.dropout,
            seed: settings.seed,
        },
    };
    let config = RunnerConfig {
        epochs: settings.epochs,
        batch_size: settings.batch_size,
        rule: UpdateRule::Adam,
        constants: Constants::Torch,
        learning_rate: settings.learning_rate,
        rate_changes: settings.learning_rate_changes.clone(),
        lazy_tables: false,
        shuffle_buffer: usize::MAX,
        evaluation: Cadence::EveryEpoch,
        evaluation_metrics: &VALID,
        keep_best: Some(KeepBest { metric: "mrr@20", largest: true, beyond: f64::NEG_INFINITY }),
        running: &[],
        stop: None,
        seed: settings.seed,
    };
    let rows = ((0..counts[0]).collect(), (counts[0]..counts[0] + counts[1]).collect());
    Runner::new(network, NextItem, examples, rows.0, rows.1, config, device)
}

/// Names of the figures of an evaluation on `valid`.
const VALID: [&str; 7] = [
    "valid_loss",
    "valid_hr@5",
    "valid_hr@20",
    "valid_mrr@5",
    "valid_mrr@20",
    "valid_ndcg@5",
    "valid_ndcg@20",
];
