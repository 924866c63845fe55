//! A network as it recommends: a vector for each user and each film, and their dot products.

use crate::classic::recommend::{Asker, Recommender, Share};
use crate::lessons::movies::networks::examples::Label;
use emberbook_kernels::dot;

/// Vectors have a length of a multiple of this.
const LANES: usize = 8;

/// Vectors of users and films.
#[derive(Debug, Clone)]
pub struct Vectors {
    /// Numbers of a vector of the network.
    numbers: usize,
    /// Numbers of a vector, with zeros behind those of the network up to a multiple of eight.
    pub width: usize,
    /// Row-major, a row for each user.
    pub users: Vec<f32>,
    /// Row-major, a row for each film.
    pub films: Vec<f32>,
    /// The vector of somebody who is not among the users; none where nobody has asked for one.
    pub fresh: Option<Vec<f32>>,
    /// How a product is read as stars; none where it only ranks.
    pub label: Option<Label>,
}

impl Vectors {
    /// From row-major vectors of so many numbers as the network has.
    pub fn new(width: usize, users: Vec<f32>, films: Vec<f32>, label: Option<Label>) -> Self {
        let (users, films) = (padded(users, width), padded(films, width));
        Self { numbers: width, width: width.next_multiple_of(LANES), users, films, fresh: None, label }
    }

    /// The same for somebody who is not among the users.
    pub fn of_somebody_new(&self, vector: &[f32]) -> Self {
        Self { fresh: Some(padded(vector.to_vec(), vector.len())), ..self.clone() }
    }

    /// The vector of whoever asks.
    pub fn user(&self, asker: &Asker) -> Option<&[f32]> {
        match asker.user {
            Some(user) => self.users.get(user * self.width..(user + 1) * self.width),
            None => self.fresh.as_deref(),
        }
    }

    /// The vector of a film.
    ///
    /// # Panics
    /// If there is no such film.
    pub fn film(&self, film: usize) -> &[f32] {
        &self.films[film * self.width..(film + 1) * self.width]
    }
}

/// Rows with zeros behind them, up to a multiple of eight.
fn padded(rows: Vec<f32>, width: usize) -> Vec<f32> {
    let wide = width.next_multiple_of(LANES);
    if wide == width {
        return rows;
    }
    let mut padded = vec![0.0; rows.len() / width * wide];
    let both = padded.chunks_exact_mut(wide).zip(rows.chunks_exact(width));
    both.for_each(|(wide, row)| wide[..width].copy_from_slice(row));
    padded
}

impl Recommender for Vectors {
    fn scores(&self, asker: &Asker, into: &mut [f32]) {
        let Some(user) = self.user(asker) else { return into.fill(0.0) };
        for (score, film) in into.iter_mut().zip(self.films.chunks_exact(self.width)) {
            *score = dot(user, film);
        }
    }

    fn stars(&self, asker: &Asker, film: usize) -> Option<f32> {
        let label = self.label?;
        let answer = dot(self.user(asker)?, self.film(film));
        Some(label.stars(f64::from(answer)) as f32)
    }

    fn film_vector(&self, film: usize) -> Option<&[f32]> {
        Some(&self.film(film)[..self.numbers])
    }

    fn user_vector(&self, user: usize) -> Option<&[f32]> {
        self.users.get(user * self.width..user * self.width + self.numbers)
    }

    fn shares(&self, _asker: &Asker, _film: usize) -> Vec<Share> {
        Vec::new()
    }
}
