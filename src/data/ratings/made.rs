//! Made worlds: ratings that follow from hidden tastes, of which the models see nothing and the page everything.

use super::films::Film;
use super::invented::{Profiles, invent};
use super::{Films, Ratings};
use crate::data::order::{ascending, falling};
use crate::random::{Purpose, Random};

/// How a world is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorldConfig {
    /// How many users.
    pub users: usize,
    /// How many films.
    pub films: usize,
    /// How many tastes: the dimensions in which users and films differ. 0 leaves nothing but how good films are.
    pub tastes: usize,
    /// Spread of what tastes add to a rating, in stars.
    pub taste_strength: f64,
    /// Spread of chance in a rating, in stars.
    pub noise: f64,
    /// The mean share of films that a user rates.
    pub density: f64,
    /// How unequal films are in popularity: the exponent of Zipf's law, 0 where all are equal.
    pub popularity_skew: f64,
    /// How strongly users choose what suits them: 0 where what they rate depends on popularity alone.
    pub choosiness: f64,
    /// How strongly gender, age and occupation go with tastes, 0 to 1.
    pub demographic_effect: f64,
}

impl Default for WorldConfig {
    fn default() -> Self {
        Self {
            users: 600,
            films: 1_000,
            tastes: 5,
            taste_strength: 0.7,
            noise: 0.5,
            density: 0.06,
            popularity_skew: 0.8,
            choosiness: 0.5,
            demographic_effect: 0.5,
        }
    }
}

/// Mean over all pairs, and the spread of users and films around it: what is rated is better than what is not, as in
/// MovieLens (3.5).
const MEAN: f64 = 3.2;
const USER_SPREAD: f64 = 0.35;
const FILM_SPREAD: f64 = 0.4;
/// The first rating, and seconds between two.
const START: u32 = 1_000_000_000;
const PAUSE: u32 = 60;
/// Words of invented titles: the films of a taste share some of them.
const WORDS: [&str; 32] = [
    "amber", "anchor", "autumn", "bridge", "candle", "canyon", "circus", "copper", "desert", "ember",
    "falcon", "garden", "glass", "harbour", "hollow", "island", "ivory", "lantern", "meadow", "midnight",
    "mirror", "orchard", "paper", "raven", "river", "saffron", "silver", "summer", "thunder", "velvet",
    "willow", "winter",
];

/// What lies behind the ratings.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// How many tastes.
    pub tastes: usize,
    /// How much each user has of each taste, row-major.
    pub users: Vec<f64>,
    /// How much each film has of it.
    pub films: Vec<f64>,
    user_biases: Vec<f64>,
    film_biases: Vec<f64>,
}

impl Truth {
    /// What tastes add to a user's rating of a film, in stars.
    ///
    /// # Panics
    /// If there is no such user or film.
    pub fn taste(&self, user: usize, film: usize) -> f64 {
        let (user, film) = (&self.users[user * self.tastes..], &self.films[film * self.tastes..]);
        user.iter().zip(film).take(self.tastes).map(|(user, film)| user * film).sum()
    }

    /// The rating without chance, within the scale but not rounded.
    ///
    /// # Panics
    /// If there is no such user or film.
    pub fn stars(&self, user: usize, film: usize) -> f64 {
        self.value(user, film).clamp(0.5, 5.0)
    }

    fn value(&self, user: usize, film: usize) -> f64 {
        MEAN + self.user_biases[user] + self.film_biases[film] + self.taste(user, film)
    }
}

/// A made world.
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    /// What models see.
    pub ratings: Ratings,
    /// What they do not.
    pub truth: Truth,
}

impl World {
    /// Makes a world by a seed. Genres and title words hint at the tastes a film has, demographics at those of a user.
    ///
    /// # Panics
    /// If there is no user or no film.
    pub fn new(config: &WorldConfig, seed: u64) -> Self {
        assert!(config.users > 0 && config.films > 0, "a world has users and films");
        let mut random = Random::new(seed, Purpose::Worlds);
        let truth = truth(config, &mut random);
        let films = films(config, &truth, &mut random);
        let popularity = popularity(config, &mut random);
        // Somebody without tastes has nothing that demographics could go with.
        let profiles = if config.tastes > 0 {
            Profiles::new(truth.users.clone(), config.tastes)
        } else {
            Profiles::new(vec![0.0; config.users], 1)
        };
        let mut ratings = Ratings {
            user_ids: (1..=config.users as u32).collect(),
            films,
            demographics: Some(invent(&profiles, config.demographic_effect, seed)),
            users: Vec::new(),
            rated: Vec::new(),
            half_stars: Vec::new(),
            times: Vec::new(),
        };
        for user in 0..config.users {
            rate(config, &truth, &popularity, user, &mut ratings, &mut random);
        }
        Self { ratings, truth }
    }
}

fn truth(config: &WorldConfig, random: &mut Random) -> Truth {
    let mut normal =
        |count: usize, spread: f64| -> Vec<f64> { (0..count).map(|_| random.normal(0.0, spread)).collect() };
    // The product of two rows has this spread where both are equally long.
    let spread = (config.taste_strength / (config.tastes.max(1) as f64).sqrt()).sqrt();
    Truth {
        tastes: config.tastes,
        users: normal(config.users * config.tastes, spread),
        films: normal(config.films * config.tastes, spread),
        user_biases: normal(config.users, USER_SPREAD),
        film_biases: normal(config.films, FILM_SPREAD),
    }
}

/// Films with a genre for each taste they have much of, and titles whose words come from the largest.
fn films(config: &WorldConfig, truth: &Truth, random: &mut Random) -> Films {
    let genres = config.tastes.clamp(1, 20);
    let film = |film: usize| {
        let tastes = &truth.films[film * config.tastes..(film + 1) * config.tastes];
        let tastes = &tastes[..genres.min(tastes.len())];
        let largest =
            (0..tastes.len()).max_by(|one, other| tastes[*one].total_cmp(&tastes[*other])).unwrap_or(0);
        let set = (0..tastes.len()).filter(|taste| *taste == largest || tastes[*taste] > 0.8);
        let mut word = |taste: usize| WORDS[(taste * 5 + random.below(6)) % WORDS.len()];
        let (first, second) = (word(largest), word(largest));
        Film {
            id: film as u32 + 1,
            title: format!("{first} {second} {}", film + 1),
            year: Some(1950 + random.below(75) as u16),
            genre_set: set.fold(0, |set, genre| set | 1 << genre),
        }
    };
    let films: Vec<Film> = (0..config.films).map(film).collect();
    let names = (1..=genres).map(|genre| format!("Genre {genre}")).collect();
    Films::new(films, names).unwrap_or_default()
}

/// Logarithmic popularity of each film: Zipf's law in random order.
fn popularity(config: &WorldConfig, random: &mut Random) -> Vec<f64> {
    let ranks = random.permutation(config.films);
    ranks.into_iter().map(|rank| -config.popularity_skew * (rank as f64 + 1.0).ln()).collect()
}

/// The ratings of one user: films drawn without replacement by popularity and taste, in the order of their numbers.
fn rate(
    config: &WorldConfig,
    truth: &Truth,
    popularity: &[f64],
    user: usize,
    ratings: &mut Ratings,
    random: &mut Random,
) {
    let mean = config.density * config.films as f64;
    let count = (mean * random.normal(-0.18, 0.6).exp()).round().clamp(1.0, config.films as f64) as usize;
    let mut keys = Vec::with_capacity(popularity.len());
    for (film, popularity) in popularity.iter().enumerate() {
        let wish = config.choosiness * (truth.film_biases[film] + truth.taste(user, film)) / FILM_SPREAD;
        // The films with the largest sums of logarithmic weight and Gumbel noise are a draw without replacement.
        let noise = -(-random.uniform(f64::MIN_POSITIVE, 1.0).ln()).ln();
        keys.push(popularity + wish + noise);
    }
    let mut rates = vec![false; keys.len()];
    let best = ascending(keys.len(), &|film| falling(keys[film]));
    best[..count].iter().for_each(|film| rates[*film as usize] = true);
    let mut times = random.permutation(count).into_iter();
    let start = START + random.below(100_000_000) as u32;
    for film in (0..keys.len()).filter(|film| rates[*film]) {
        let stars = truth.value(user, film) + random.normal(0.0, config.noise);
        ratings.users.push(user as u32);
        ratings.rated.push(film as u32);
        ratings.half_stars.push((2.0 * stars).round().clamp(1.0, 10.0) as u8);
        ratings.times.push(start + times.next().map_or(0, |place| place as u32 * PAUSE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: WorldConfig = WorldConfig {
        users: 200,
        films: 300,
        tastes: 3,
        taste_strength: 0.7,
        noise: 0.3,
        density: 0.1,
        popularity_skew: 1.0,
        choosiness: 1.0,
        demographic_effect: 0.5,
    };

    fn raters(world: &World) -> Vec<f64> {
        let mut raters = vec![0.0; world.ratings.films.len()];
        world.ratings.rated.iter().for_each(|film| raters[*film as usize] += 1.0);
        raters.sort_by(f64::total_cmp);
        raters
    }

    #[test]
    fn the_seed_fixes_a_world() {
        let world = World::new(&SMALL, 1);
        assert_eq!(world, World::new(&SMALL, 1));
        assert_ne!(world.ratings, World::new(&SMALL, 2).ratings);
        assert!(world.ratings.demographics.as_ref().is_some_and(|known| known.invented));
        assert_eq!((world.ratings.user_ids.len(), world.ratings.films.len()), (200, 300));
    }

    #[test]
    fn ratings_are_the_truth_and_chance() {
        let world = World::new(&WorldConfig { noise: 0.0, ..SMALL }, 1);
        let ratings = &world.ratings;
        for row in 0..ratings.len() {
            let truth = world.truth.stars(ratings.users[row] as usize, ratings.rated[row] as usize);
            assert!((ratings.stars(row) - truth).abs() <= 0.25 + 1e-9);
        }
        let world = World::new(&SMALL, 1);
        let ratings = &world.ratings;
        let square = |row: usize| {
            let (user, film) = (ratings.users[row] as usize, ratings.rated[row] as usize);
            (ratings.stars(row) - world.truth.stars(user, film)).powi(2)
        };
        let error = ((0..ratings.len()).map(square).sum::<f64>() / ratings.len() as f64).sqrt();
        // Noise and rounding: √(0.3² + 0.5² / 12), less at the ends of the scale.
        assert!((0.25..0.34).contains(&error), "{error}");
    }

    #[test]
    fn density_and_skew_are_what_was_asked_for() {
        let count = |density| World::new(&WorldConfig { density, ..SMALL }, 1).ratings.len() as f64;
        assert!((count(0.1) / (200.0 * 300.0) - 0.1).abs() < 0.02);
        assert!((count(0.3) / count(0.1) - 3.0).abs() < 0.3);
        let share = |popularity_skew| {
            let flat = WorldConfig { popularity_skew, choosiness: 0.0, ..SMALL };
            let raters = raters(&World::new(&flat, 1));
            raters[270..].iter().sum::<f64>() / raters.iter().sum::<f64>()
        };
        assert!(share(0.0) < 0.16 && share(1.0) > 0.3, "{} {}", share(0.0), share(1.0));
    }

    #[test]
    fn whoever_chooses_rates_what_suits_them() {
        let suits = |choosiness| {
            let world = World::new(&WorldConfig { choosiness, ..SMALL }, 1);
            let rows = 0..world.ratings.len();
            let taste = |row: usize| {
                world.truth.taste(world.ratings.users[row] as usize, world.ratings.rated[row] as usize)
            };
            rows.map(taste).sum::<f64>() / world.ratings.len() as f64
        };
        assert!(suits(0.0).abs() < 0.05 && suits(1.0) > 0.2, "{} {}", suits(0.0), suits(1.0));
    }

    #[test]
    fn a_world_without_tastes_is_one_too() {
        let world = World::new(&WorldConfig { tastes: 0, ..SMALL }, 1);
        assert!(world.ratings.len() > 3_000);
        assert_eq!(world.truth.taste(3, 4), 0.0);
        assert_eq!(world.ratings.films.genres.len(), 1);
    }
}
