//! What recommends.

use serde::Deserialize;

/// What recommends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// The document's network.
    Fusion,
    Random,
    Mean,
    Bias,
    Svd,
    /// Biased matrix factorisation.
    Mf,
    Popular,
    UserCf,
    ItemCf,
    Ease,
    Content,
    Hybrid,
    /// YouTube's candidate network.
    Candidate,
    /// Both of YouTube's networks: the ranking network orders what the candidate network finds.
    Ranking,
}

impl Model {
    /// All models by name, in the order shown.
    pub const ALL: [(&str, Self); 14] = [
        ("fusion", Self::Fusion),
        ("candidate", Self::Candidate),
        ("ranking", Self::Ranking),
        ("popular", Self::Popular),
        ("mean", Self::Mean),
        ("bias", Self::Bias),
        ("user_cf", Self::UserCf),
        ("item_cf", Self::ItemCf),
        ("content", Self::Content),
        ("hybrid", Self::Hybrid),
        ("mf", Self::Mf),
        ("svd", Self::Svd),
        ("ease", Self::Ease),
        ("random", Self::Random),
    ];

    /// The model of a name; the fusion network where there is none.
    pub fn named(name: Option<&str>) -> Self {
        Self::ALL.iter().find(|(known, _)| Some(*known) == name).map_or(Self::Fusion, |(_, model)| *model)
    }

    /// Its name among the options.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, model)| *model == self).map_or("", |(name, _)| name)
    }

    /// Whether it is a network.
    pub fn is_network(self) -> bool {
        matches!(self, Self::Fusion) || self.has_candidates()
    }

    /// Whether the candidate network is in it.
    pub fn has_candidates(self) -> bool {
        matches!(self, Self::Candidate | Self::Ranking)
    }

    /// Whether it predicts stars; the others only rank.
    pub fn gives_stars(self) -> bool {
        !matches!(self, Self::Random | Self::Popular | Self::Svd | Self::Ease) && !self.has_candidates()
    }

    /// Whether a seed changes what it learns from the same ratings.
    pub fn is_random(self) -> bool {
        self.is_network() || matches!(self, Self::Mf | Self::Svd | Self::Random)
    }

    /// Whether it is trained in passes over the ratings.
    pub fn has_passes(self) -> bool {
        self.is_network() || self == Self::Mf
    }
}

#[cfg(all(test, feature = "recommenders"))]
mod tests {
    use super::Model;

    /// The names and what gives stars stand here again, because a build without tensors declares the lesson too.
    #[test]
    fn the_classic_methods_are_those_of_the_library() {
        use crate::classic::recommend::methods::Method;
        for (name, model) in Model::ALL {
            let method = Method::named(name);
            assert_eq!(method.is_none(), model.is_network(), "{name}");
            if let Some(method) = method {
                assert_eq!(method.gives_stars(), model.gives_stars(), "{name}");
            }
        }
    }
}
