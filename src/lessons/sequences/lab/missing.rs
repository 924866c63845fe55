//! Items that lack a picture or words, drawn once for a seed: the same in every epoch, for every model and split.

use crate::random::{Purpose, Random};

/// Which items lack what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Whose picture is missing.
    pub images: Vec<bool>,
    /// Whose words are.
    pub texts: Vec<bool>,
}

impl Missing {
    /// Each picture and the words of each item are missing with this probability, one apart from the other. Whoever is
    /// missing at a smaller share is missing at a larger one too.
    pub fn draw(items: usize, share: f64, seed: u64) -> Self {
        let mut random = Random::new(seed, Purpose::Missing);
        let (images, texts) =
            (0..items).map(|_| (random.uniform(0.0, 1.0) < share, random.uniform(0.0, 1.0) < share)).unzip();
        Self { images, texts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_share_takes_more_of_the_same_away() {
        let count = |flags: &[bool]| flags.iter().filter(|flag| **flag).count();
        let [none, few, many] = [0.0, 0.1, 0.5].map(|share| Missing::draw(1_000, share, 3));
        assert_eq!((count(&none.images), count(&none.texts)), (0, 0));
        assert!((60..140).contains(&count(&few.images)) && (450..550).contains(&count(&many.texts)));
        assert!(few.images.iter().zip(&many.images).all(|(few, many)| !few || *many));
        assert_ne!(many.images, many.texts);
        assert_ne!(many, Missing::draw(1_000, 0.5, 4));
    }
}
