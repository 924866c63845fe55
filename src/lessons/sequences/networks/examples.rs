//! Histories and the item that came next, as the networks learn from them.

use super::batch::Batch;
use super::graph_net::{GraphDropout, GraphInput};
use super::nodes::POSITIONS;
use super::sequence_net::StepsInput;
use super::steps::Steps;
use crate::data::ragged::Ragged;
use crate::data::sequences::histories::{Histories, Place};
use crate::lessons::sequences::edited::EditedHistory;
use crate::lessons::sequences::edits::Edits;
use crate::lessons::sequences::graph::{Graph, LeftOut, Rule, Step};
use crate::nn::objective::item_softmax::Chosen;
use crate::nn::run::examples::{Examples, Minibatch};
use crate::random::{Purpose, Random};
use burn::tensor::Device;
use std::rc::Rc;

/// Places of a stream that one step draws from at most.
const PLACES_OF_STEP: u64 = 1 << 24;

/// The codes of each item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Of its picture; none where it has none.
    pub images: Ragged<u32>,
    /// Of its words.
    pub texts: Ragged<u32>,
}

impl Catalogue {
    /// Items as steps of a history.
    pub fn steps(&self, items: &[u32]) -> Vec<Step<'_>> {
        let step = |item: &u32| Step {
            item: *item,
            images: self.images.row(*item as usize),
            texts: self.texts.row(*item as usize),
        };
        items.iter().map(step).collect()
    }
}

/// What is predicted from what, whatever the network.
#[derive(Debug, Clone)]
pub struct NextItems {
    /// The codes of each item.
    pub catalogue: Rc<Catalogue>,
    /// What users took.
    pub histories: Rc<Histories>,
    /// The examples.
    pub places: Vec<Place>,
    /// Items of a history that are looked at, the last ones.
    pub longest: usize,
    /// What the reader changed in the last of the histories, if that is so.
    pub edited: Option<Rc<EditedHistory>>,
}

impl NextItems {
    fn histories(&self, rows: &[usize]) -> Vec<Vec<Step<'_>>> {
        let steps = |row: &usize| {
            let mut steps = self.catalogue.steps(self.histories.prefix(self.places[*row], self.longest));
            if let Some(edited) = self.edited(*row) {
                edited.take_away(&mut steps, self.places[*row].at as usize);
            }
            steps
        };
        rows.iter().map(steps).collect()
    }

    /// What is changed in the graph of each example.
    fn edits(&self, rows: &[usize]) -> Vec<Option<&Edits>> {
        rows.iter().map(|row| self.edited(*row).map(|edited| &edited.edits)).collect()
    }

    fn edited(&self, row: usize) -> Option<&EditedHistory> {
        let is_last = self.places[row].user as usize + 1 == self.histories.len();
        self.edited.as_deref().filter(|_| is_last)
    }

    fn target(&self, rows: &[usize], device: &Device) -> Chosen {
        let targets: Vec<u32> = rows.iter().map(|row| self.histories.target(self.places[*row])).collect();
        Chosen::new(&targets, device)
    }
}

/// What is left out of training steps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dropout {
    /// Probability with which an edge is left out.
    pub edges: f64,
    /// Probability with which a number of a layer's result is left out.
    pub states: f64,
    /// Fixes what is left out of each step.
    pub seed: u64,
}

impl Dropout {
    fn of_step(self, step: u64) -> GraphDropout {
        let random = Random::at_place(self.seed, Purpose::Dropout, step * PLACES_OF_STEP);
        GraphDropout { random, edges: self.edges, states: self.states }
    }
}

/// What a network is given of histories.
pub trait AsInput {
    /// Type of the network's input.
    type Input;

    /// Each history's own part of the input is made of this history alone, and of what is changed in its graph: histories
    /// for which `edits` has no entry stay as they are.
    fn input(
        &self,
        histories: &[Vec<Step>],
        edits: &[Option<&Edits>],
        dropout: Option<GraphDropout>,
        device: &Device,
    ) -> Self::Input;
}

/// Histories as graphs.
#[derive(Debug, Clone, Copy)]
pub struct AsGraphs {
    /// Which steps have edges.
    pub rule: Rule,
    /// Sorts of edges that there are none of.
    pub left_out: LeftOut,
}

impl AsGraphs {
    /// The graph of a history.
    ///
    /// # Panics
    /// If the history is empty.
    pub fn graph(&self, history: &[Step]) -> Graph {
        Graph::new(history, self.rule).without(self.left_out)
    }
}

impl AsInput for AsGraphs {
    type Input = GraphInput;

    fn input(
        &self,
        histories: &[Vec<Step>],
        edits: &[Option<&Edits>],
        dropout: Option<GraphDropout>,
        device: &Device,
    ) -> GraphInput {
        let mut graphs: Vec<Graph> = histories.iter().map(|history| self.graph(history)).collect();
        for (graph, edits) in graphs.iter_mut().zip(edits) {
            if let Some(edits) = edits {
                *graph = edits.graph(graph.clone());
            }
        }
        GraphInput { batch: Batch::new(&graphs, POSITIONS, device), dropout }
    }
}

/// Histories as rows of steps.
#[derive(Debug, Clone, Copy)]
pub struct AsSteps;

impl AsInput for AsSteps {
    type Input = StepsInput;

    fn input(
        &self,
        histories: &[Vec<Step>],
        _: &[Option<&Edits>],
        dropout: Option<GraphDropout>,
        device: &Device,
    ) -> StepsInput {
        StepsInput { steps: Steps::new(histories, device), dropout }
    }
}

/// Examples for a network over graphs or over steps.
#[derive(Debug, Clone)]
pub struct HistoryExamples<A> {
    /// What is predicted from what.
    pub next: NextItems,
    /// What the network is given of it.
    pub form: A,
    /// What is left out of training steps.
    pub dropout: Dropout,
}

impl<A: AsInput> HistoryExamples<A> {
    fn batch(
        &self,
        rows: &[usize],
        dropout: Option<GraphDropout>,
        device: &Device,
    ) -> Minibatch<A::Input, Chosen> {
        Minibatch {
            input: self.form.input(&self.next.histories(rows), &self.next.edits(rows), dropout, device),
            target: self.next.target(rows, device),
        }
    }
}

impl<A: AsInput> Examples for HistoryExamples<A> {
    type Input = A::Input;
    type Target = Chosen;

    fn minibatch(&self, rows: &[usize], device: &Device) -> Minibatch<A::Input, Chosen> {
        self.batch(rows, None, device)
    }

    fn training_minibatch(&self, rows: &[usize], step: u64, device: &Device) -> Minibatch<A::Input, Chosen> {
        self.batch(rows, Some(self.dropout.of_step(step)), device)
    }

    fn rows_at_once(&self) -> usize {
        256
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::sequences::histories::HistoryPart;
    use crate::lessons::sequences::edited::Edited;
    use crate::lessons::sequences::networks::sequence_net::{
        EncoderKind, Fusion, SequenceNet, SequenceNetConfig,
    };
    use crate::nn::layers::network::Network;

    const ITEMS: u32 = 6;

    fn ragged(rows: impl IntoIterator<Item = Vec<u32>>) -> Ragged<u32> {
        let mut ragged = Ragged::default();
        rows.into_iter().for_each(|row| ragged.push(&row));
        ragged
    }

    /// Item 3 has no picture, item 4 no words, item 5 neither.
    fn examples() -> HistoryExamples<AsSteps> {
        let histories =
            ragged((0..12u32).map(|user| (0..3 + user % 5).map(|at| (user * 5 + at * 7) % ITEMS).collect()));
        let codes = |without: u32| {
            ragged((0..ITEMS).map(|item| if item == without || item == 5 { vec![] } else { vec![item % 3] }))
        };
        let histories = Rc::new(Histories::new(histories));
        HistoryExamples {
            next: NextItems {
                catalogue: Rc::new(Catalogue { images: codes(3), texts: codes(4) }),
                places: histories.places(HistoryPart::Test),
                histories,
                longest: 50,
                edited: None,
            },
            form: AsSteps,
            dropout: Dropout { edges: 0.2, states: 0.5, seed: 1 },
        }
    }

    fn network(fusion: Fusion, encoder: EncoderKind) -> SequenceNet {
        let table = vec![0.1; 3 * 8];
        let config = SequenceNetConfig {
            items: ITEMS as usize,
            images: table.clone(),
            texts: table,
            width: 8,
            fusion,
            encoder,
        };
        config.init(1, &Device::flex())
    }

    fn scores(network: &SequenceNet, batch: Minibatch<StepsInput, Chosen>) -> Vec<Vec<f32>> {
        let values: Vec<f32> = network.forward(batch.input).into_data().try_into_vec().unwrap();
        values.chunks(ITEMS as usize).map(<[f32]>::to_vec).collect()
    }

    #[test]
    fn shuffled_test_histories_have_the_same_scores_to_the_bit() {
        let (examples, device) = (examples(), Device::flex());
        let rows: Vec<usize> = (0..examples.next.places.len()).collect();
        let shuffled: Vec<usize> = rows.iter().map(|row| row * 5 % rows.len()).collect();
        for fusion in [Fusion::ItemsOnly, Fusion::Early, Fusion::Late, Fusion::Holistic] {
            for encoder in [EncoderKind::Gru, EncoderKind::SelfAttention] {
                let network = network(fusion, encoder);
                let expected = scores(&network, examples.minibatch(&rows, &device));
                let found = scores(&network, examples.minibatch(&shuffled, &device));
                assert!(shuffled.iter().zip(found).all(|(row, found)| found == expected[*row]), "{fusion:?}");
                assert!(expected.iter().flatten().all(|score| score.is_finite()));
            }
        }
    }

    #[test]
    fn a_step_leaves_its_own_numbers_out() {
        let (examples, device) = (examples(), Device::flex());
        let network = network(Fusion::Early, EncoderKind::Gru);
        let step = |step| scores(&network, examples.training_minibatch(&[0, 1, 2], step, &device));
        assert_eq!(step(4), step(4));
        assert_ne!(step(4), step(5));
        assert_ne!(step(4), scores(&network, examples.minibatch(&[0, 1, 2], &device)));
    }

    /// What is learned from with a history that the reader changed, as the network is given it.
    #[test]
    fn a_changed_history_reaches_the_examples_of_its_user_and_no_other() {
        let NextItems { catalogue, histories, longest, .. } = examples().next;
        let given = |text: &str| {
            let edited = Edited::read(text).unwrap().unwrap().among(&histories, ITEMS as usize).unwrap();
            let places = edited.places(&histories, &histories.places(HistoryPart::Train));
            NextItems {
                catalogue: catalogue.clone(),
                histories: Rc::new(histories.with(&edited.items)),
                places,
                longest,
                edited: Some(Rc::new(edited)),
            }
        };
        let form = AsGraphs { rule: Rule::EachStep, left_out: LeftOut::default() };
        let graphs = |next: &NextItems| {
            let rows: Vec<usize> = (0..next.places.len()).collect();
            let given = next.histories(&rows).into_iter().zip(next.edits(&rows)).zip(&next.places);
            let graph = |((steps, edits), place): ((Vec<Step>, Option<&Edits>), &Place)| {
                let graph = form.graph(&steps);
                (edits.map_or(graph.clone(), |edits| edits.graph(graph)), next.histories.target(*place))
            };
            given.map(graph).collect::<Vec<_>>()
        };
        let train = histories.places(HistoryPart::Train);
        let plain = graphs(&NextItems { places: train.clone(), edited: None, ..given("u4.dw9") });
        // The user with the number 4 took the items 2, 3, 4, 5, 0, 1, 2: 5 of these are learned from.
        let [first, end] = [4, 5].map(|user| train.partition_point(|place| place.user < user));
        let changed = |text: &str| {
            let found = graphs(&given(text));
            assert_eq!(found.len(), plain.len(), "{text}");
            let is_other = |row: &usize| found[*row] != plain[*row];
            let rows: Vec<usize> = (0..found.len()).filter(is_other).collect();
            assert!(rows.iter().all(|row| (first..end).contains(row)), "{text}: {rows:?}");
            rows.iter().map(|row| row - first).collect::<Vec<_>>()
        };
        assert_eq!(end - first, 4);
        let taken = histories.of(4);
        assert!(changed("u4.dw9").is_empty());
        assert_eq!(changed(&format!("u4.ci{}-i{}", taken[0], taken[1])), [1, 2, 3]);
        assert_eq!(changed(&format!("u4.ri{}-i{}-4", taken[2], taken[1])), [2, 3]);
        assert_eq!(changed("u4.s0.s2.s1.s3.s4"), [0, 1, 2, 3]);
        assert_eq!(changed("u4.s0.s1.s2p.s3.s4"), [2, 3]);
    }
}
