//! EASE (Steck 2019): a linear model from films to films without a diagonal, in closed form.
//!
//! With `P = (XᵀX + λI)⁻¹` the weights are `B[i, j] = -P[i, j] / P[j, j]`. Where there are fewer users than films, `P` is
//! not computed: `λP = I - Zᵀ Z` with `Z = L⁻¹ X` and `L Lᵀ = X Xᵀ + λI`, a matrix of users by users (Woodbury), which
//! for 671 users and 2,920 films is a sixteenth of the work.

use super::dense::{Cholesky, Inversion};
use super::{Asker, Recommender, Share, Source};
use crate::data::order::ascending;
use crate::data::ratings::Interactions;
use emberbook_kernels::{add_at, add_scaled, dot};

/// Which films take part, and how strongly weights are drawn towards 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EaseConfig {
    /// λ.
    pub decay: f32,
    /// Films with fewer raters are ranked last.
    pub least_raters: usize,
}

impl Default for EaseConfig {
    /// What `valid` chooses on latest-small.
    fn default() -> Self {
        Self { decay: 200.0, least_raters: 5 }
    }
}

/// Largest matrix that is inverted, in its own place: of more films the ones with most raters take part. At this size it
/// has 144 MB.
const LARGEST: usize = 6_000;
/// Rows of `Z` have a length of a multiple of this.
const LANES: usize = 8;

/// The weights, in the form in which they were found.
#[derive(Debug, Clone)]
enum Weights {
    /// `Zᵀ`: a row for each film that takes part, as wide as there are users, padded.
    Users { rows: Vec<f32>, width: usize, decay: f32 },
    /// `P` whole.
    Films { inverse: Vec<f32> },
}

/// A trained model.
#[derive(Debug, Clone)]
pub struct Ease {
    /// The films that take part.
    films: Vec<u32>,
    /// The place among them of each film.
    places: Vec<Option<u32>>,
    weights: Weights,
    /// `P[j, j]` of each film that takes part.
    diagonal: Vec<f32>,
}

#[derive(Debug, Clone)]
enum Stage {
    /// Nothing is computed, and no matrix is there.
    Ratings,
    Factor(Cholesky),
    /// `L⁻¹ X`, block of rows by block of rows.
    Solve {
        factor: Cholesky,
        rows: Vec<f32>,
        block: usize,
    },
    /// `L⁻ᵀ L⁻¹`.
    Invert(Inversion),
    Done(Box<Ease>),
}

/// EASE while it is solved, in steps of a fraction of a second at most.
#[derive(Debug, Clone)]
pub struct EaseFit {
    films: Vec<u32>,
    places: Vec<Option<u32>>,
    users: usize,
    by_users: bool,
    decay: f32,
    /// Of each user the films that take part, as places.
    rated: Vec<Vec<u32>>,
    stage: Option<Stage>,
}

/// The films that take part: those with enough raters, at most as many of them as can be solved for.
pub fn taking_part(train: &Interactions, config: EaseConfig) -> Vec<u32> {
    let mut films: Vec<u32> = (0..train.films() as u32)
        .filter(|film| train.film(*film as usize).len() >= config.least_raters.max(1))
        .collect();
    if films.len() > LARGEST && train.users() > LARGEST {
        let order = ascending(films.len(), &|place| !(train.film(films[place] as usize).len() as u64));
        let mut kept = vec![false; train.films()];
        order[..LARGEST].iter().for_each(|place| kept[films[*place as usize] as usize] = true);
        films.retain(|film| kept[*film as usize]);
    }
    films
}

impl EaseFit {
    /// Before the first step.
    ///
    /// # Panics
    /// If the decay is not above 0.
    pub fn new(train: &Interactions, config: EaseConfig) -> Self {
        assert!(config.decay > 0.0, "without decay the matrix has no inverse");
        let films = taking_part(train, config);
        let mut places = vec![None; train.films()];
        for (place, film) in films.iter().enumerate() {
            places[*film as usize] = Some(place as u32);
        }
        let of_user = |user| train.user(user).ids.iter().filter_map(|film| places[*film as usize]).collect();
        let rated: Vec<Vec<u32>> = (0..train.users()).map(of_user).collect();
        let by_users = train.users() < films.len();
        let stage = Some(Stage::Ratings);
        Self { films, places, users: train.users(), by_users, decay: config.decay, rated, stage }
    }

    /// `X Xᵀ + λI` or `Xᵀ X + λI`, on and below the diagonal.
    fn gram(&mut self) -> Cholesky {
        let (size, lists) = match self.by_users {
            true => (self.users, self.raters()),
            // The matrix holds what they say.
            false => (self.films.len(), std::mem::take(&mut self.rated)),
        };
        let mut matrix = vec![0.0; size * size];
        for list in &lists {
            for place in list {
                add_at(list, 1.0, &mut matrix[*place as usize * size..][..size]);
            }
        }
        (0..size).for_each(|place| matrix[place * size + place] += self.decay);
        Cholesky::new(matrix, size)
    }

    /// The users who rated each film that takes part.
    fn raters(&self) -> Vec<Vec<u32>> {
        let mut raters = vec![Vec::new(); self.films.len()];
        for (user, rated) in self.rated.iter().enumerate() {
            rated.iter().for_each(|place| raters[*place as usize].push(user as u32));
        }
        raters
    }

    /// The next piece of work. Returns whether more is to come.
    pub fn step(&mut self) -> bool {
        let next = match self.stage.take() {
            Some(Stage::Ratings) => {
                let factor = self.gram();
                self.factorise(factor)
            }
            Some(Stage::Factor(factor)) => self.factorise(factor),
            Some(Stage::Solve { factor, mut rows, block }) => {
                factor.solve_rows(block, &mut rows, self.films.len());
                match block + 1 < factor.blocks() {
                    true => Stage::Solve { factor, rows, block: block + 1 },
                    false => Stage::Done(Box::new(self.solved_by_users(&rows))),
                }
            }
            Some(Stage::Invert(mut inversion)) => match inversion.step() {
                true => Stage::Invert(inversion),
                false => Stage::Done(Box::new(self.solved_by_films(inversion.finish()))),
            },
            Some(done @ Stage::Done(_)) => done,
            None => unreachable!("every step leaves a stage"),
        };
        let more = !matches!(next, Stage::Done(_));
        self.stage = Some(next);
        more
    }

    /// One block of columns of the factor.
    fn factorise(&self, mut factor: Cholesky) -> Stage {
        match factor.step() {
            true => Stage::Factor(factor),
            false => self.begin_solving(factor),
        }
    }

    /// `X`, to be multiplied by `L⁻¹`, or `L`, to be inverted.
    fn begin_solving(&self, factor: Cholesky) -> Stage {
        if !self.by_users {
            return Stage::Invert(factor.into_inverse());
        }
        let columns = self.films.len();
        let mut rows = vec![0.0; columns * self.users];
        for (user, rated) in self.rated.iter().enumerate() {
            add_at(rated, 1.0, &mut rows[user * columns..][..columns]);
        }
        Stage::Solve { factor, rows, block: 0 }
    }

    fn solved_by_users(&self, solved: &[f32]) -> Ease {
        let (columns, width) = (self.films.len(), self.users.next_multiple_of(LANES));
        let mut rows = vec![0.0; columns * width];
        for (user, values) in solved.chunks_exact(columns.max(1)).enumerate() {
            for (place, value) in values.iter().enumerate() {
                rows[place * width + user] = *value;
            }
        }
        let decay = self.decay;
        let diagonal = rows.chunks_exact(width.max(1)).map(|row| (1.0 - dot(row, row)) / decay).collect();
        self.model(Weights::Users { rows, width, decay }, diagonal)
    }

    fn solved_by_films(&self, inverse: Vec<f32>) -> Ease {
        let size = self.films.len();
        let diagonal = (0..size).map(|place| inverse[place * size + place]).collect();
        self.model(Weights::Films { inverse }, diagonal)
    }

    fn model(&self, weights: Weights, diagonal: Vec<f32>) -> Ease {
        Ease { films: self.films.clone(), places: self.places.clone(), weights, diagonal }
    }

    /// How much of the work is done, 0 to 1.
    pub fn progress(&self) -> f64 {
        let share = |done: usize, all: usize| done as f64 / all.max(1) as f64;
        match &self.stage {
            Some(Stage::Ratings) => 0.0,
            Some(Stage::Factor(factor)) => share(factor.progress().0, factor.progress().1) / 3.0,
            Some(Stage::Solve { factor, block, .. }) => (1.0 + 2.0 * share(*block, factor.blocks())) / 3.0,
            Some(Stage::Invert(inversion)) => {
                (1.0 + 2.0 * share(inversion.progress().0, inversion.progress().1)) / 3.0
            }
            _ => 1.0,
        }
    }

    /// The model, once no step is to come.
    ///
    /// # Panics
    /// If one is.
    pub fn finish(self) -> Ease {
        match self.stage {
            Some(Stage::Done(model)) => *model,
            _ => panic!("the model is solved in steps"),
        }
    }
}

impl Ease {
    /// Solves to the end.
    pub fn fit(train: &Interactions, config: EaseConfig) -> Self {
        let mut fit = EaseFit::new(train, config);
        while fit.step() {}
        fit.finish()
    }

    /// The weight `B[from, to]`: what having rated one film adds to the score of another; 0 where one of them does not
    /// take part.
    ///
    /// # Panics
    /// If there is no such film.
    pub fn weight(&self, from: usize, to: usize) -> f32 {
        let (Some(i), Some(j)) = (self.places[from], self.places[to]) else { return 0.0 };
        let (i, j) = (i as usize, j as usize);
        if i == j { 0.0 } else { -self.inverse(i, j) / self.diagonal[j] }
    }

    /// `P[i, j]` off the diagonal.
    fn inverse(&self, i: usize, j: usize) -> f32 {
        match &self.weights {
            Weights::Users { rows, width, decay } => {
                -dot(&rows[i * width..][..*width], &rows[j * width..][..*width]) / decay
            }
            Weights::Films { inverse } => inverse[i * self.films.len() + j],
        }
    }

    /// `Σ P[i, ·]` over places, off the diagonal.
    fn sums(&self, places: &[usize]) -> Vec<f32> {
        let size = self.films.len();
        let mut sums = match &self.weights {
            Weights::Users { rows, width, decay } => {
                let mut user = vec![0.0; *width];
                places.iter().for_each(|place| add_scaled(&rows[place * width..][..*width], 1.0, &mut user));
                let product = |row: &[f32]| -dot(row, &user) / decay;
                rows.chunks_exact((*width).max(1)).map(product).collect()
            }
            Weights::Films { inverse } => {
                let mut sums = vec![0.0; size];
                places.iter().for_each(|place| add_scaled(&inverse[place * size..][..size], 1.0, &mut sums));
                sums
            }
        };
        for place in places {
            sums[*place] -= match &self.weights {
                // Without the identity of λP, which the products of rows leave out.
                Weights::Users { decay, .. } => self.diagonal[*place] - 1.0 / decay,
                Weights::Films { .. } => self.diagonal[*place],
            };
        }
        sums
    }
}

impl Recommender for Ease {
    /// Films with too few raters have a score below all others.
    fn scores(&self, asker: &Asker, into: &mut [f32]) {
        let rated = asker.rated.ids.iter().filter_map(|film| self.places[*film as usize]);
        let places: Vec<usize> = rated.map(|place| place as usize).collect();
        into.fill(f32::NEG_INFINITY);
        for ((film, sum), diagonal) in self.films.iter().zip(self.sums(&places)).zip(&self.diagonal) {
            into[*film as usize] = -sum / diagonal;
        }
    }

    /// The films the asker rated, with their weights.
    fn shares(&self, asker: &Asker, film: usize) -> Vec<Share> {
        let takes_part = asker.rated.ids.iter().map(|other| *other as usize);
        takes_part.map(|other| Share::new(Source::Film(other), self.weight(other, film))).collect()
    }
}

#[cfg(test)]
mod tests;
