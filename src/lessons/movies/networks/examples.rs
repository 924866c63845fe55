//! Ratings as a [`Fusion`](super::fusion::Fusion) learns from them.

use super::fusion::FusionInput;
use crate::data::ratings::{Demographics, Ratings};
use crate::nn::layers::embedding::numbers;
use crate::nn::layers::text_conv::Texts;
use crate::nn::objective::regression::Numbers;
use crate::nn::run::examples::{Examples, Minibatch};
use burn::tensor::{Device, Int, Tensor, TensorData};
use std::rc::Rc;

/// What a rating becomes, and how an answer is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// `2r − 5`, from −4 to 5, which the document's reader does unsaid; an answer `p` stands for `(p + 5) / 2` stars.
    Paddle,
    /// The stars, though answers are read as above: what follows from the document's text alone.
    AsRead,
    /// The stars; an answer is stars.
    Stars,
}

impl Label {
    /// The label of a rating in stars.
    pub fn of(self, stars: f64) -> f64 {
        match self {
            Self::Paddle => 2.0 * stars - 5.0,
            Self::AsRead | Self::Stars => stars,
        }
    }

    /// The stars that were given, of a label: the inverse of [`of`](Self::of).
    pub fn given(self, label: f64) -> f64 {
        match self {
            Self::Paddle => (label + 5.0) / 2.0,
            Self::AsRead | Self::Stars => label,
        }
    }

    /// The stars that an answer of the network stands for.
    pub fn stars(self, answer: f64) -> f64 {
        match self {
            Self::Paddle | Self::AsRead => (answer + 5.0) / 2.0,
            Self::Stars => answer,
        }
    }
}

/// The ratings of a table, one example each.
#[derive(Debug, Clone)]
pub struct RatedPairs {
    /// The table.
    pub ratings: Rc<Ratings>,
    /// Gender, age and occupation, where the network has such features.
    pub demographics: Option<Rc<Demographics>>,
    /// What a rating becomes.
    pub label: Label,
}

impl RatedPairs {
    /// The features of some pairs.
    ///
    /// # Panics
    /// If there are not as many users as films, or one of them is not in the table.
    pub fn input(&self, users: &[u32], films: &[u32], device: &Device) -> FusionInput {
        assert_eq!(users.len(), films.len(), "a film for each user");
        FusionInput {
            users: numbers(users.iter().copied(), device),
            demographics: self.known(users, device),
            films: numbers(films.iter().copied(), device),
            genres: self.genres(films, device),
            titles: self.titles(films, device),
        }
    }

    /// Gender, age and occupation of some users, `[N]` each; none where the network has none.
    pub fn known(&self, users: &[u32], device: &Device) -> Vec<Tensor<1, Int>> {
        let columns = self.demographics.iter().flat_map(|known| {
            let columns: [Box<dyn Fn(usize) -> u8>; 3] = [
                Box::new(|user| known.genders[user] as u8),
                Box::new(|user| known.ages[user]),
                Box::new(|user| known.jobs[user]),
            ];
            columns.map(|column| numbers(users.iter().map(|user| u32::from(column(*user as usize))), device))
        });
        columns.collect()
    }

    /// `[N, genres]`: 1 for each genre of a film.
    pub fn genres(&self, films: &[u32], device: &Device) -> Tensor<2> {
        let known = &self.ratings.films;
        let count = known.genres.len();
        let mut values = vec![0f32; films.len() * count];
        for (row, film) in films.iter().enumerate() {
            known.genres_of(*film as usize).for_each(|genre| values[row * count + genre] = 1.0);
        }
        Tensor::from_data(TensorData::new(values, [films.len(), count]), device)
    }

    /// The titles of some films.
    pub fn titles(&self, films: &[u32], device: &Device) -> Texts {
        let words = &self.ratings.films.title_words;
        let titles: Vec<&[u32]> = films.iter().map(|film| words.row(*film as usize)).collect();
        Texts::new(&titles, device)
    }
}

impl Examples for RatedPairs {
    type Input = FusionInput;
    type Target = Numbers;

    fn minibatch(&self, rows: &[usize], device: &Device) -> Minibatch<FusionInput, Numbers> {
        let users: Vec<u32> = rows.iter().map(|row| self.ratings.users[*row]).collect();
        let films: Vec<u32> = rows.iter().map(|row| self.ratings.rated[*row]).collect();
        let labels = rows.iter().map(|row| self.label.of(self.ratings.stars(*row)) as f32).collect();
        Minibatch { input: self.input(&users, &films, device), target: Numbers::new(labels, 1, device) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_come_back_as_the_stars_they_were_unless_the_document_is_read_by_its_text_alone() {
        for half_stars in 1..=10 {
            let stars = f64::from(half_stars) / 2.0;
            assert_eq!(Label::Paddle.stars(Label::Paddle.of(stars)), stars);
            for label in [Label::Paddle, Label::AsRead, Label::Stars] {
                assert_eq!(label.given(label.of(stars)), stars);
            }
            assert_eq!(Label::Stars.stars(Label::Stars.of(stars)), stars);
        }
        // A film of four stars would show four and a half.
        assert_eq!(Label::AsRead.stars(Label::AsRead.of(4.0)), 4.5);
        assert_eq!((Label::Paddle.of(0.5), Label::Paddle.of(5.0)), (-4.0, 5.0));
    }
}
