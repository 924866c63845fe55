//! What predicts the next item.

use serde::Deserialize;

/// What predicts the next item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// HAN-GNN on graphs of items and codes.
    Mmsr,
    /// HAN-GNN's two attentions side by side.
    Concat,
    /// A graph convolution, each neighbour by the degrees of both.
    Gcn,
    /// The same with each neighbour counting 1, as in the authors' comparison.
    GcnPlain,
    /// Graph attention.
    Gat,
    /// Attention by relation.
    Rgat,
    /// Key-value attention over all relations.
    KeyValue,
    /// Key-value attention between all nodes of a graph.
    FullAttention,
    /// Attention over all cells of steps and modalities.
    Holistic,
    /// Items joined with their codes before the sequence model.
    Early,
    /// A sequence model for each modality, joined behind it.
    Late,
    /// A sequence model over item numbers.
    IdOnly,
    /// What follows the last item most often.
    Markov,
    /// What is taken most.
    Popular,
}

impl Model {
    /// All models by name, in the order shown.
    pub const ALL: [(&str, Self); 14] = [
        ("mmsr", Self::Mmsr),
        ("concat", Self::Concat),
        ("gcn", Self::Gcn),
        ("gcn_plain", Self::GcnPlain),
        ("gat", Self::Gat),
        ("rgat", Self::Rgat),
        ("key_value", Self::KeyValue),
        ("full_attention", Self::FullAttention),
        ("holistic", Self::Holistic),
        ("early", Self::Early),
        ("late", Self::Late),
        ("id_only", Self::IdOnly),
        ("markov", Self::Markov),
        ("popular", Self::Popular),
    ];

    /// The model of a name; MMSR where there is none.
    pub fn named(name: Option<&str>) -> Self {
        Self::ALL.iter().find(|(known, _)| Some(*known) == name).map_or(Self::Mmsr, |(_, model)| *model)
    }

    /// Its name among the options.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, model)| *model == self).map_or("", |(name, _)| name)
    }

    /// Whether it is trained.
    pub fn is_network(self) -> bool {
        !matches!(self, Self::Markov | Self::Popular)
    }

    /// Whether it is given graphs.
    pub fn has_graph(self) -> bool {
        self.is_network() && !self.has_steps()
    }

    /// Whether it looks at the edges of graphs.
    pub fn has_edges(self) -> bool {
        self.has_graph() && self != Self::FullAttention
    }

    /// Whether it is given rows of steps.
    pub fn has_steps(self) -> bool {
        matches!(self, Self::Holistic) || self.has_encoder()
    }

    /// Whether a sequence model is in it.
    pub fn has_encoder(self) -> bool {
        matches!(self, Self::Early | Self::Late | Self::IdOnly)
    }

    /// Whether pictures and words are.
    pub fn has_modalities(self) -> bool {
        self.is_network() && self != Self::IdOnly
    }

    /// Whether edges have attention that can be left out.
    pub fn has_attention(self) -> bool {
        self.has_graph() && !matches!(self, Self::Gcn | Self::GcnPlain)
    }

    /// Whether the layer is HAN-GNN's.
    pub fn is_han(self) -> bool {
        matches!(self, Self::Mmsr | Self::Concat)
    }
}
