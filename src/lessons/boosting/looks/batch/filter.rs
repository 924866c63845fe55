//! The output filter: which cells of the joined row are kept.

/// The part of JSONPath that SageMaker takes for a row: `$`, or places counted from either end.
pub(super) enum Filter {
    All,
    Places(Vec<i64>),
}

impl Filter {
    /// Reads one; none for what is not taken.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text == "$" {
            return Some(Self::All);
        }
        let inside = text.strip_prefix("$[")?.strip_suffix(']')?;
        // Slices are left out: the descriptions of what their end means contradict each other.
        inside.split(',').map(|place| place.trim().parse().ok()).collect::<Option<_>>().map(Self::Places)
    }

    /// The cells it keeps; none where one of its places is not there.
    pub(super) fn kept(&self, cells: &[String]) -> Option<Vec<String>> {
        match self {
            Self::All => Some(cells.to_vec()),
            Self::Places(places) => places
                .iter()
                .map(|place| {
                    let index = if *place < 0 { cells.len() as i64 + place } else { *place };
                    usize::try_from(index).ok().and_then(|index| cells.get(index).cloned())
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_count_from_either_end_and_refuse_what_they_do_not_know() {
        let cells: Vec<String> = ["a", "b", "0.5"].map(String::from).to_vec();
        let kept = |text: &str| Filter::parse(text).and_then(|filter| filter.kept(&cells));
        assert_eq!(kept("$[0,-1]").unwrap(), ["a", "0.5"]);
        assert_eq!(kept("$").unwrap().len(), 3);
        assert_eq!(kept("$[-2]").unwrap(), ["b"]);
        for wrong in ["", "$[0:2]", "$[9]", "$.a", "$[-4]", "0"] {
            assert!(kept(wrong).is_none(), "{wrong}");
        }
    }
}
