//! Truncated singular value decomposition of what was rated at all: each user's row is projected onto the directions in
//! which the rows differ most.

use super::eigen::eigen;
use super::{Asker, Recommender, Share, Source};
use crate::data::ratings::Interactions;
use crate::random::{Purpose, Random};
use emberbook_kernels::{add_scaled, dot};
use std::rc::Rc;

/// Directions beyond those asked for that are iterated along, so that the last of them converge.
const SPARE: usize = 8;
/// Multiplications by `XᵀX`.
const ITERATIONS: usize = 20;
/// Directions are kept in rows of a multiple of this.
const LANES: usize = 8;

/// The right singular vectors `V` of `X`, where `X[u, f]` is 1 if user `u` rated film `f`: scores are `x V Vᵀ`.
#[derive(Debug, Clone)]
pub struct TruncatedSvd {
    factors: usize,
    width: usize,
    /// `V`, a row for each film, padded with zeros.
    films: Vec<f32>,
    /// The singular values, the largest first.
    values: Vec<f32>,
}

/// A decomposition while it is computed, by subspace iteration (Halko, Martinsson and Tropp 2011).
#[derive(Debug, Clone)]
pub struct SvdFit {
    train: Rc<Interactions>,
    factors: usize,
    width: usize,
    films: Vec<f32>,
    iterations: usize,
}

impl SvdFit {
    /// Before the first iteration; the seed draws where it begins.
    pub fn new(train: Rc<Interactions>, factors: usize, seed: u64) -> Self {
        let factors = factors.min(train.users()).min(train.films());
        let width = (factors + SPARE).next_multiple_of(LANES);
        let mut random = Random::new(seed, Purpose::Weights);
        let films = (0..train.films() * width).map(|_| random.normal(0.0, 1.0) as f32).collect();
        let mut fit = Self { train, factors, width, films, iterations: 0 };
        fit.orthonormalise();
        fit
    }

    /// One iteration. Returns whether another one is to come.
    pub fn step(&mut self) -> bool {
        self.films = self.product();
        self.orthonormalise();
        self.iterations += 1;
        self.iterations < ITERATIONS
    }

    /// `XᵀX` times the directions.
    fn product(&self) -> Vec<f32> {
        let width = self.width;
        let mut product = vec![0.0; self.films.len()];
        let mut row = vec![0.0; width];
        for user in 0..self.train.users() {
            row.fill(0.0);
            for film in self.train.user(user).ids {
                add_scaled(&self.films[*film as usize * width..][..width], 1.0, &mut row);
            }
            for film in self.train.user(user).ids {
                add_scaled(&row, 1.0, &mut product[*film as usize * width..][..width]);
            }
        }
        product
    }

    /// Makes the columns of `films` orthonormal, by Gram and Schmidt, twice.
    fn orthonormalise(&mut self) {
        let width = self.width;
        let mut columns: Vec<Vec<f32>> = (0..width)
            .map(|column| self.films.iter().skip(column).step_by(width).copied().collect())
            .collect();
        let count = columns.first().map_or(0, Vec::len);
        columns.iter_mut().for_each(|column| column.resize(count.next_multiple_of(LANES), 0.0));
        for place in 0..width {
            let (before, rest) = columns.split_at_mut(place);
            let column = &mut rest[0];
            for _ in 0..2 {
                for other in before.iter() {
                    let along = dot(other, column);
                    add_scaled(other, -along, column);
                }
            }
            let length = dot(column, column).sqrt();
            // A direction beyond the rank of the table is none.
            let scale = if length > 1e-6 { 1.0 / length } else { 0.0 };
            column.iter_mut().for_each(|value| *value *= scale);
        }
        for (film, row) in self.films.chunks_exact_mut(width).enumerate() {
            row.iter_mut().zip(&columns).for_each(|(value, column)| *value = column[film]);
        }
    }

    /// Iterations done, and all.
    pub fn progress(&self) -> (usize, usize) {
        (self.iterations, ITERATIONS)
    }

    /// The directions within those iterated along in which rows differ most (Rayleigh and Ritz).
    pub fn finish(self) -> TruncatedSvd {
        let (product, spanned) = (self.product(), self.width);
        let mut inner = vec![0.0; spanned * spanned];
        for (own, stretched) in self.films.chunks_exact(spanned).zip(product.chunks_exact(spanned)) {
            for (row, a) in inner.chunks_exact_mut(spanned).zip(own) {
                row.iter_mut().zip(stretched).for_each(|(sum, b)| *sum += f64::from(a * b));
            }
        }
        let (values, vectors) = eigen(inner, spanned);
        let width = self.factors.next_multiple_of(LANES);
        let mut films = vec![0.0; self.train.films() * width];
        let vectors: Vec<Vec<f32>> = vectors
            .into_iter()
            .map(|vector| vector.into_iter().map(|value| value as f32).collect())
            .collect();
        for (row, own) in films.chunks_exact_mut(width.max(1)).zip(self.films.chunks_exact(spanned)) {
            let along = vectors.iter().take(self.factors).map(|vector| dot(vector, own));
            row.iter_mut().zip(along).for_each(|(value, along)| *value = along);
        }
        let values = values.iter().take(self.factors).map(|value| value.max(0.0).sqrt() as f32).collect();
        TruncatedSvd { factors: self.factors, width, films, values }
    }
}

impl TruncatedSvd {
    /// Iterates to the end.
    pub fn fit(train: Rc<Interactions>, factors: usize, seed: u64) -> Self {
        let mut fit = SvdFit::new(train, factors, seed);
        while fit.step() {}
        fit.finish()
    }

    /// The singular values, the largest first.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    fn row(&self, film: usize) -> &[f32] {
        &self.films[film * self.width..(film + 1) * self.width]
    }

    /// The film's place along each direction.
    ///
    /// # Panics
    /// If there is no such film.
    pub fn film(&self, film: usize) -> &[f32] {
        &self.row(film)[..self.factors]
    }
}

impl Recommender for TruncatedSvd {
    fn scores(&self, asker: &Asker, into: &mut [f32]) {
        let mut sum = vec![0.0; self.width];
        for film in asker.rated.ids {
            add_scaled(self.row(*film as usize), 1.0, &mut sum);
        }
        into.iter_mut().enumerate().for_each(|(film, score)| *score = dot(&sum, self.row(film)));
    }

    fn film_vector(&self, film: usize) -> Option<&[f32]> {
        Some(self.film(film))
    }

    /// The films the asker rated: what each adds to the projection.
    fn shares(&self, asker: &Asker, film: usize) -> Vec<Share> {
        let own = self.row(film);
        let share =
            |other: &u32| Share::new(Source::Film(*other as usize), dot(own, self.row(*other as usize)));
        asker.rated.ids.iter().map(share).collect()
    }
}
