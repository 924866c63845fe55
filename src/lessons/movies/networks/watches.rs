//! What a user had watched when the next film came: examples of the candidate network (Covington et al. 2016, §3.4).

use crate::data::ratings::Ratings;
use crate::random::Random;

/// Films of a history at most, as in the paper.
pub const LONGEST_HISTORY: usize = 50;

/// Which films stand beside the one that is to be predicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Those rated before it: the future is predicted.
    Future,
    /// Any others of the user: some of them lie after it, which a service never knows.
    HeldOut,
}

/// The films of each user in the order in which they were rated; those of the same second in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Watches {
    films: Vec<Vec<u32>>,
    times: Vec<Vec<u32>>,
    /// When the last rating was made.
    last: u32,
}

/// One example: a user's place in time, and the film that is to be predicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// The user.
    pub user: u32,
    /// Which of the user's films it is.
    pub place: u32,
}

impl Watches {
    /// The films of these rows of a table.
    pub fn new(table: &Ratings, rows: &[u32]) -> Self {
        let mut sorted = rows.to_vec();
        sorted.sort_by_key(|row| (table.times[*row as usize], *row));
        let mut films = vec![Vec::new(); table.user_ids.len()];
        let mut times = films.clone();
        for row in sorted {
            let (row, user) = (row as usize, table.users[row as usize] as usize);
            films[user].push(table.rated[row]);
            times[user].push(table.times[row]);
        }
        let last = rows.iter().map(|row| table.times[*row as usize]).max().unwrap_or(0);
        Self { films, times, last }
    }

    /// The same number of examples of each user, so that nobody counts more than others (§3.4): at most `most`, drawn
    /// without repetition. A film without any other has no history and is none.
    pub fn examples(&self, most: usize, task: Task, random: &mut Random) -> Vec<Example> {
        let mut examples = Vec::new();
        for (user, films) in self.films.iter().enumerate() {
            let first = u32::from(task == Task::Future);
            if films.len() < 2 {
                continue;
            }
            let mut places: Vec<u32> = (first..films.len() as u32).collect();
            random.shuffle(&mut places);
            places.truncate(most);
            examples.extend(places.into_iter().map(|place| Example { user: user as u32, place }));
        }
        examples
    }

    /// The film to be predicted.
    ///
    /// # Panics
    /// If there is no such example.
    pub fn film(&self, example: Example) -> u32 {
        self.films[example.user as usize][example.place as usize]
    }

    /// What stands beside it, at most [`LONGEST_HISTORY`] films: the latest before it, or those around it.
    pub fn history(&self, example: Example, task: Task) -> Vec<u32> {
        let films = &self.films[example.user as usize];
        let place = example.place as usize;
        match task {
            Task::Future => films[place.saturating_sub(LONGEST_HISTORY)..place].to_vec(),
            Task::HeldOut => {
                let from = place
                    .saturating_sub(LONGEST_HISTORY / 2)
                    .min(films.len().saturating_sub(LONGEST_HISTORY + 1));
                let around = films[from..].iter().enumerate().filter(|(at, _)| from + at != place);
                around.take(LONGEST_HISTORY).map(|(_, film)| *film).collect()
            }
        }
    }

    /// A user's latest films: the history that the network is served with.
    pub fn latest(&self, user: usize) -> &[u32] {
        let films = &self.films[user];
        &films[films.len().saturating_sub(LONGEST_HISTORY)..]
    }

    /// The example's age, in years before the last rating; 0 when serving (§3.3).
    pub fn age(&self, example: Example) -> f32 {
        const SECONDS: f32 = 365.25 * 86_400.0;
        (self.last - self.times[example.user as usize][example.place as usize]) as f32 / SECONDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ratings::Films;
    use crate::random::Purpose;

    /// One user with `count` films, rated in the opposite order of the file, and one with a single film.
    fn watches(count: u32) -> Watches {
        let rows = count as usize + 1;
        let mut users = vec![0; rows];
        users[rows - 1] = 1;
        let table = Ratings {
            user_ids: vec![1, 2],
            films: Films::default(),
            demographics: None,
            users,
            rated: (0..rows as u32).collect(),
            half_stars: vec![8; rows],
            times: (0..rows as u32).map(|row| if row == count { 0 } else { 1000 - row }).collect(),
        };
        Watches::new(&table, &(0..rows as u32).collect::<Vec<u32>>())
    }

    #[test]
    fn histories_hold_the_latest_films_before_the_one_predicted_and_never_that_one() {
        let watches = watches(120);
        for place in [1, 49, 50, 51, 119] {
            let example = Example { user: 0, place };
            let film = watches.film(example);
            let before = watches.history(example, Task::Future);
            assert_eq!(before.len(), (place as usize).min(LONGEST_HISTORY));
            // Films were rated from the last of the file to the first.
            assert!(before.windows(2).all(|pair| pair[0] > pair[1]) && before.last() == Some(&(film + 1)));
            let around = watches.history(example, Task::HeldOut);
            assert_eq!(around.len(), LONGEST_HISTORY, "{place}");
            assert!(!around.contains(&film));
            assert_eq!(around.iter().any(|other| *other < film), place < 119, "some lie in the future");
        }
        assert_eq!(watches.latest(0).len(), LONGEST_HISTORY);
        assert_eq!(watches.latest(0).last(), Some(&0));
    }

    #[test]
    fn each_user_gives_as_many_examples_and_a_single_film_none() {
        let watches = watches(30);
        let mut random = Random::new(1, Purpose::Batches);
        for (task, all) in [(Task::Future, 29), (Task::HeldOut, 30)] {
            let examples = watches.examples(10, task, &mut random);
            assert_eq!(examples.len(), 10);
            assert!(examples.iter().all(|example| example.user == 0));
            assert_eq!(watches.examples(1000, task, &mut random).len(), all);
        }
        let oldest = Example { user: 0, place: 0 };
        assert!(watches.age(oldest) > watches.age(Example { user: 0, place: 29 }));
        assert_eq!(watches.age(Example { user: 0, place: 29 }), 0.0, "the last rating of all");
    }
}
