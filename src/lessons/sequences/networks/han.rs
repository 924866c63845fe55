//! HAN-GNN: attention that is aware of kinds, updates them one after the other, and leaves the values alone (CIKM'23 §4.2,
//! restated in `spec/sequences.md` §1.5 and §1.6).

use super::batch::Batch;
use super::by_kind::ByKind;
use super::gate::Gate;
use crate::nn::layers::initializer::{glorot_linear, glorot_uniform};
use crate::nn::layers::operations::{Attention, Edges, attend, linear};
use crate::random::Random;
use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::{Device, Tensor, TensorData};

/// What a score below 0 is multiplied by, in the authors' program.
const SLOPE: f32 = 0.1;
/// Relations between nodes of a kind: self-loop, out, in, both.
const HOMOGENEOUS: usize = 4;

/// Which of the two statements of the layer is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The paper's: queries, keys and values have weights of their own, and the second phase attends by the states of the
    /// first.
    Paper,
    /// The authors' program's: one set of weights stands for all three, and of the path that begins with nodes of a kind
    /// the second phase attends by the input of the layer, so that its first phase has no effect.
    Code,
}

/// In which order nodes hear of their own kind and of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Both orders, mixed by a gate for each node.
    Gate,
    /// First of their own kind.
    HomogeneousFirst,
    /// First of the other kinds.
    HeterogeneousFirst,
    /// Both at once, side by side, joined by a linear layer: the paper's synchronous variant.
    Concat,
}

/// How a layer computes; nothing of it is learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HanForm {
    /// Which statement.
    pub mode: Mode,
    /// Which order.
    pub order: Order,
    /// Whether the second phase passes on the states of the first in place of the layer's input.
    pub invasive: bool,
    /// Whether products of queries and keys are divided by √width, as in Vaswani et al. (2017). The paper does not.
    pub scaled: bool,
}

/// The layer's weights. All of them are there in every form, so that a form can be changed at the same weights.
#[derive(Module, Debug)]
pub struct HanLayer {
    query: ByKind,
    key: ByKind,
    value: ByKind,
    /// `[4, width]`: a vector for each relation between nodes of a kind.
    relations: Param<Tensor<2>>,
    gate: Gate,
    concat: Linear,
}

/// What each edge's attention is multiplied by: dropout, drawn anew for each time that is attended.
pub trait Keep {
    /// For so many edges, `[edges, 1]`.
    fn keep(&mut self, edges: usize, device: &Device) -> Tensor<2>;
}

/// No dropout.
#[derive(Debug, Clone, Copy)]
pub struct KeepAll;

impl Keep for KeepAll {
    fn keep(&mut self, edges: usize, device: &Device) -> Tensor<2> {
        Tensor::ones([edges, 1], device)
    }
}

/// What there is to see of a layer: states and attention of each phase, in so far as the form has them.
#[derive(Debug, Clone, Default)]
pub struct HanTrace {
    /// States after hearing of the own kind, `[nodes, width]`.
    pub ho: Option<Tensor<2>>,
    /// After hearing of the other kinds.
    pub he: Option<Tensor<2>>,
    /// Own kind first, then the others.
    pub hohe: Option<Tensor<2>>,
    /// The others first, then the own kind.
    pub heho: Option<Tensor<2>>,
    /// The share of `hohe` in the mixture, `[nodes, 1]`.
    pub gate: Option<Tensor<2>>,
    /// Attention of the edges within kinds in the second phase (of a concat: in the only one), `[edges, 1]`.
    pub homogeneous: Option<Tensor<2>>,
    /// Attention of the edges between kinds there.
    pub heterogeneous: Option<Tensor<2>>,
}

/// What one phase attends by.
struct Projected {
    queries: Tensor<2>,
    keys: Tensor<2>,
}

impl HanLayer {
    /// Glorot's uniform weights, biases 0.
    pub fn init(width: usize, random: &mut Random, device: &Device) -> Self {
        let relations = glorot_uniform(HOMOGENEOUS * width, width, 1, random);
        Self {
            query: ByKind::init(width, width, random, device),
            key: ByKind::init(width, width, random, device),
            value: ByKind::init(width, width, random, device),
            relations: Param::from_data(TensorData::new(relations, [HOMOGENEOUS, width]), device),
            gate: Gate::init(width, random, device),
            concat: glorot_linear(2 * width, width, random, device),
        }
    }

    /// The states of the next layer, and what there is to see on the way.
    ///
    /// # Shapes
    /// `[nodes, width]` to the same.
    pub fn forward(
        &self,
        input: &Tensor<2>,
        batch: &Batch,
        form: HanForm,
        keep: &mut dyn Keep,
    ) -> (Tensor<2>, HanTrace) {
        let values = self.values(input, batch, form.mode);
        let mut phases = Phases { layer: self, batch, form, input, values: &values, keep };
        let mut trace = HanTrace::default();
        match form.order {
            Order::Concat => {
                let (ho, he) = (phases.ho(&mut trace), phases.he(&mut trace));
                let joined = linear(&self.concat, Tensor::cat(vec![ho, he], 1));
                (joined, trace)
            }
            Order::HomogeneousFirst => (phases.hohe(&mut trace), trace),
            Order::HeterogeneousFirst => (phases.heho(&mut trace), trace),
            Order::Gate => {
                let (hohe, heho) = (phases.hohe(&mut trace), phases.heho(&mut trace));
                let gate = self.gate.share(&hohe, &heho);
                trace.gate = Some(gate.clone());
                (hohe * gate.clone() + heho * (-gate + 1.0), trace)
            }
        }
    }

    fn values(&self, states: &Tensor<2>, batch: &Batch, mode: Mode) -> Tensor<2> {
        match mode {
            Mode::Paper => self.value.forward(states, batch.counts),
            Mode::Code => self.query.forward(states, batch.counts),
        }
    }

    /// What nodes of other kinds are attended to by.
    fn projected(&self, states: &Tensor<2>, batch: &Batch, mode: Mode) -> Projected {
        let queries = self.query.forward(states, batch.counts);
        let keys = match mode {
            Mode::Paper => self.key.forward(states, batch.counts),
            Mode::Code => queries.clone(),
        };
        Projected { queries, keys }
    }
}

/// The phases of one layer on one batch.
struct Phases<'a> {
    layer: &'a HanLayer,
    batch: &'a Batch,
    form: HanForm,
    input: &'a Tensor<2>,
    /// Of the layer's input.
    values: &'a Tensor<2>,
    keep: &'a mut dyn Keep,
}

impl Phases<'_> {
    /// First phase, own kind: `e = a_rᵀ (v_i ⊙ v_j)`.
    fn ho(&mut self, trace: &mut HanTrace) -> Tensor<2> {
        let values = self.values.clone();
        let (states, attention) = self.within_kinds(values.clone(), values);
        trace.ho = Some(states.clone());
        trace.homogeneous = Some(attention);
        states
    }

    /// First phase, the other kinds: `e = q_iᵀ k_j`.
    fn he(&mut self, trace: &mut HanTrace) -> Tensor<2> {
        let projected = self.layer.projected(self.input, self.batch, self.form.mode);
        let (states, attention) = self.between_kinds(projected, self.values.clone());
        trace.he = Some(states.clone());
        trace.heterogeneous = Some(attention);
        states
    }

    fn hohe(&mut self, trace: &mut HanTrace) -> Tensor<2> {
        let mode = self.form.mode;
        let first = self.ho(trace);
        // The program attends by the input of the layer, whatever the first phase gave.
        let attended_by = if mode == Mode::Code { self.input } else { &first };
        let projected = self.layer.projected(attended_by, self.batch, mode);
        let values = self.passed_on(&first);
        let (states, attention) = self.between_kinds(projected, values);
        trace.hohe = Some(states.clone());
        trace.heterogeneous = Some(attention);
        states
    }

    fn heho(&mut self, trace: &mut HanTrace) -> Tensor<2> {
        let between = trace.heterogeneous.take();
        let first = self.he(trace);
        // Of the gate's two paths it is the second phases that are seen.
        trace.heterogeneous = between.or(trace.heterogeneous.take());
        // The program compares the states themselves, without the matrix of the values.
        let attended_by = match self.form.mode {
            Mode::Code => first.clone(),
            Mode::Paper => self.layer.values(&first, self.batch, Mode::Paper),
        };
        let values = self.passed_on(&first);
        let (states, attention) = self.within_kinds(attended_by, values);
        trace.heho = Some(states.clone());
        trace.homogeneous = Some(attention);
        states
    }

    /// The values of the second phase.
    fn passed_on(&self, first: &Tensor<2>) -> Tensor<2> {
        match (self.form.invasive, self.form.mode) {
            (false, _) => self.values.clone(),
            (true, Mode::Paper) => self.layer.values(first, self.batch, Mode::Paper),
            // The program passes the states on as they are.
            (true, Mode::Code) => first.clone(),
        }
    }

    fn within_kinds(&mut self, compared: Tensor<2>, values: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let projected = Projected { queries: compared.clone(), keys: compared };
        self.attend(projected, self.layer.relations.val(), values, &self.batch.homogeneous)
    }

    fn between_kinds(&mut self, projected: Projected, values: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let width = projected.queries.dims()[1];
        let scale = if self.form.scaled { 1.0 / (width as f32).sqrt() } else { 1.0 };
        let all = Tensor::full([1, width], scale, &values.device());
        self.attend(projected, all, values, &self.batch.heterogeneous)
    }

    fn attend(
        &mut self,
        Projected { queries, keys }: Projected,
        relations: Tensor<2>,
        values: Tensor<2>,
        edges: &Edges,
    ) -> (Tensor<2>, Tensor<2>) {
        let keep = self.keep.keep(edges.count(), &values.device());
        attend(Attention { queries, keys, relations, values, keep, slope: SLOPE }, edges)
    }
}
