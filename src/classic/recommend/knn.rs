//! What user-based and item-based filtering share.

use crate::data::ragged::Ragged;
use emberbook_kernels::nearest;

/// Whom user-based and item-based filtering listen to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KnnConfig {
    /// Neighbours of a ranking.
    pub neighbours: usize,
    /// Neighbours of predicted stars, among those that have an answer.
    pub star_neighbours: usize,
    /// What is added to the sum of likeness that stars are divided by: few or unlike neighbours say little.
    pub shrinkage: f32,
}

impl KnnConfig {
    /// What `valid` chooses on latest-small for user-based filtering.
    pub const USERS: Self = Self { neighbours: 50, star_neighbours: 50, shrinkage: 0.3 };
    /// What `valid` chooses on latest-small for item-based filtering.
    pub const FILMS: Self = Self { neighbours: 50, star_neighbours: 50, shrinkage: 0.3 };
}

/// The residuals of rows of ratings, and one divided by the length of those of each entry that stands in the rows:
/// of users where the rows are those of films, of films where they are those of users.
pub(super) fn residuals<'a>(
    rows: usize,
    entries: usize,
    of_row: impl Fn(usize) -> (&'a [u32], Vec<f32>),
) -> (Ragged<f32>, Vec<f32>) {
    let mut residuals = Ragged::default();
    let mut squares = vec![0.0; entries];
    for row in 0..rows {
        let (ids, of_row) = of_row(row);
        for (id, residual) in ids.iter().zip(&of_row) {
            squares[*id as usize] += residual * residual;
        }
        residuals.push(&of_row);
    }
    (residuals, squares.into_iter().map(inverse_root).collect())
}

/// `1 / √x`; 0 for 0.
pub(super) fn inverse_root(square: f32) -> f32 {
    if square > 0.0 { 1.0 / square.sqrt() } else { 0.0 }
}

/// The mean residual of the nearest of those who have an answer, by likeness, drawn towards 0.
pub(super) fn answer(config: &KnnConfig, ids: &[u32], residuals: &[f32], likeness: &[f32]) -> f32 {
    let of_ids: Vec<f32> = ids.iter().map(|id| likeness[*id as usize]).collect();
    let (mut sum, mut weight) = (0.0, config.shrinkage);
    for (place, likeness) in nearest(&of_ids, config.star_neighbours) {
        sum += likeness * residuals[place as usize];
        weight += likeness;
    }
    if weight > 0.0 { sum / weight } else { 0.0 }
}
