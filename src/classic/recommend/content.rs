//! Content-based filtering: films whose genres and title words are those of the films the user rated.

use super::knn::inverse_root;
use super::{Asker, Recommender, Share, Source, on_scale};
use crate::data::order::grouped;
use crate::data::ragged::Ragged;
use crate::data::ratings::{Films, Interactions};
use emberbook_kernels::add_scaled_at;

/// What films are described by, and how stars follow from likeness.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ContentConfig {
    /// Weight of title words beside genres.
    pub words: f32,
    /// What is added to the sum of likeness that stars are divided by.
    pub shrinkage: f32,
}

impl Default for ContentConfig {
    /// What `valid` chooses on latest-small.
    fn default() -> Self {
        Self { words: 1.0, shrinkage: 1.0 }
    }
}

/// Films as vectors of length 1 of genres and title words, each weighted by how rare it is (tf-idf); the likeness of two
/// films is the cosine, and a film's score is the sum of its likeness to the films the asker rated.
#[derive(Debug, Clone)]
pub struct Content {
    config: ContentConfig,
    genres: usize,
    /// The terms of each film: genres, then words behind them.
    terms: Ragged<u32>,
    weights: Ragged<f32>,
    /// The films with each term, and the weight it has in them.
    films: Ragged<u32>,
    film_weights: Ragged<f32>,
    /// The mean of all ratings: the stars for somebody who rated nothing.
    mean: f32,
}

impl Content {
    /// Describes all films of a table; only the mean rating comes from `train`.
    pub fn fit(films: &Films, train: &Interactions, config: ContentConfig) -> Self {
        let genres = films.genres.len();
        let count = genres + films.words.len();
        // The terms of a film, each once, and how often it has them.
        let of_film = |film: usize| {
            let mut counted: Vec<(u32, f32)> =
                films.genres_of(film).map(|genre| (genre as u32, 1.0)).collect();
            for word in films.title_words.row(film) {
                let term = genres as u32 + word;
                match counted.iter_mut().find(|(known, _)| *known == term) {
                    Some((_, times)) => *times += 1.0,
                    None => counted.push((term, 1.0)),
                }
            }
            counted
        };
        let mut with_term = vec![0.0f32; count];
        for film in 0..films.len() {
            of_film(film).iter().for_each(|(term, _)| with_term[*term as usize] += 1.0);
        }
        // How rare a term is, as scikit-learn smoothes it.
        let rare = |term: usize| ((1.0 + films.len() as f32) / (1.0 + with_term[term])).ln() + 1.0;
        let (mut terms, mut weights) = (Ragged::default(), Ragged::default());
        for film in 0..films.len() {
            let mut of_terms = of_film(film);
            let mut squares = 0.0;
            for (term, weight) in &mut of_terms {
                let term = *term as usize;
                *weight *= rare(term) * if term < genres { 1.0 } else { config.words };
                squares += *weight * *weight;
            }
            let per_length = inverse_root(squares);
            terms.push(&of_terms.iter().map(|term| term.0).collect::<Vec<_>>());
            weights.push(&of_terms.iter().map(|term| term.1 * per_length).collect::<Vec<_>>());
        }
        let film_of: Vec<u32> =
            terms.iter().enumerate().flat_map(|(film, row)| row.iter().map(move |_| film as u32)).collect();
        let of_term = |place: usize| terms.values()[place] as usize;
        Self {
            config,
            genres,
            films: Ragged::sorted(count, &of_term, &film_of),
            film_weights: Ragged::sorted(count, &of_term, weights.values()),
            terms,
            weights,
            mean: train.mean() as f32,
        }
    }

    /// The sum of the vectors of what somebody rated: their interests, by term.
    fn interests(&self, asker: &Asker) -> Vec<f32> {
        let mut interests = vec![0.0; self.films.len()];
        for film in asker.rated.ids {
            let film = *film as usize;
            add_scaled_at(self.terms.row(film), self.weights.row(film), 1.0, &mut interests);
        }
        interests
    }

    /// The likeness of every film to one.
    fn likeness(&self, film: usize) -> Vec<f32> {
        let mut likeness = vec![0.0; self.terms.len()];
        for (term, weight) in self.terms.row(film).iter().zip(self.weights.row(film)) {
            let term = *term as usize;
            add_scaled_at(self.films.row(term), self.film_weights.row(term), *weight, &mut likeness);
        }
        likeness
    }

    fn stars_by(&self, asker: &Asker, likeness: &[f32]) -> f32 {
        let Some(mean) = asker.rated.mean() else { return self.mean };
        let (mut sum, mut weight) = (0.0, self.config.shrinkage.max(f32::MIN_POSITIVE));
        for (film, stars) in asker.rated.iter() {
            sum += likeness[film] * (stars - mean);
            weight += likeness[film];
        }
        on_scale(mean + sum / weight)
    }
}

impl Recommender for Content {
    fn scores(&self, asker: &Asker, into: &mut [f32]) {
        into.fill(0.0);
        for (term, interest) in
            self.interests(asker).iter().enumerate().filter(|(_, interest)| **interest > 0.0)
        {
            add_scaled_at(self.films.row(term), self.film_weights.row(term), *interest, into);
        }
    }

    /// The asker's own mean, moved towards the ratings of the films that are alike.
    fn stars(&self, asker: &Asker, film: usize) -> Option<f32> {
        Some(self.stars_by(asker, &self.likeness(film)))
    }

    fn stars_of(&self, train: &Interactions, pairs: &[(u32, u32)]) -> Option<Vec<f32>> {
        let mut stars = vec![0.0; pairs.len()];
        let films: Vec<u32> = pairs.iter().map(|pair| pair.1).collect();
        grouped(&films, &mut |film, places| {
            let likeness = self.likeness(film);
            for place in places {
                let asker = Asker::known(train, pairs[*place as usize].0 as usize);
                stars[*place as usize] = self.stars_by(&asker, &likeness);
            }
        });
        Some(stars)
    }

    /// The genres and words of the film that the asker's films have too.
    fn shares(&self, asker: &Asker, film: usize) -> Vec<Share> {
        let interests = self.interests(asker);
        let terms = self.terms.row(film).iter().zip(self.weights.row(film));
        let shares = terms.map(|(term, weight)| {
            let term = *term as usize;
            let source =
                if term < self.genres { Source::Genre(term) } else { Source::Word(term - self.genres) };
            Share::new(source, weight * interests[term])
        });
        shares.filter(|share| share.weight > 0.0).collect()
    }
}
