//! What a user had watched when the next film came: examples of the candidate network (Covington et al. 2016, §3.4).

use crate::data::ragged::Ragged;
use crate::data::ratings::Ratings;
use crate::random::{Purpose, Random};

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
    /// The row of the table.
    rows: Vec<Vec<u32>>,
    /// The word that was searched for at each place; empty where nobody searches.
    words: Vec<Vec<Option<u32>>>,
    /// When the first rating was made, and the last.
    span: [u32; 2],
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
        let (mut times, mut table_rows) = (films.clone(), films.clone());
        for row in sorted {
            let (row, user) = (row as usize, table.users[row as usize] as usize);
            films[user].push(table.rated[row]);
            times[user].push(table.times[row]);
            table_rows[user].push(row as u32);
        }
        let all = || rows.iter().map(|row| table.times[*row as usize]);
        let span = [all().min().unwrap_or(0), all().max().unwrap_or(0)];
        Self { films, times, rows: table_rows, words: Vec::new(), span }
    }

    /// The same with invented searches: whenever a film is watched, a word of its title, drawn by the seed, was searched
    /// for. A search is known as long as its film is: never before.
    pub fn searching(self, titles: &Ragged<u32>, seed: u64) -> Self {
        let mut random = Random::new(seed, Purpose::Searches);
        let mut word = |film: &u32| {
            let title = titles.row(*film as usize);
            (!title.is_empty()).then(|| title[random.below(title.len())])
        };
        let words = self.films.iter().map(|films| films.iter().map(&mut word).collect()).collect();
        Self { words, ..self }
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
        self.places(example, task).map(|place| films[place]).collect()
    }

    /// The places of [`history`](Self::history) among the user's films.
    fn places(&self, example: Example, task: Task) -> impl Iterator<Item = usize> + use<> {
        let films = self.films[example.user as usize].len();
        let place = example.place as usize;
        let (from, to) = match task {
            Task::Future => (place.saturating_sub(LONGEST_HISTORY), place),
            Task::HeldOut => {
                let from =
                    place.saturating_sub(LONGEST_HISTORY / 2).min(films.saturating_sub(LONGEST_HISTORY + 1));
                (from, films)
            }
        };
        (from..to).filter(move |other| *other != place).take(LONGEST_HISTORY)
    }

    /// A user's latest films: the history that the network is served with.
    pub fn latest(&self, user: usize) -> &[u32] {
        self.latest_before(user as u32, self.count(user as u32))
    }

    /// How many films a user has watched.
    pub fn count(&self, user: u32) -> u32 {
        self.films[user as usize].len() as u32
    }

    /// The films a user has watched before a place, and when.
    pub fn before(&self, user: u32, place: u32) -> (&[u32], &[u32]) {
        let (user, place) = (user as usize, place as usize);
        (&self.films[user][..place], &self.times[user][..place])
    }

    /// The latest of them, at most [`LONGEST_HISTORY`].
    pub fn latest_before(&self, user: u32, place: u32) -> &[u32] {
        let (films, _) = self.before(user, place);
        &films[films.len().saturating_sub(LONGEST_HISTORY)..]
    }

    /// When a user watched the film of a place; none behind the last one.
    pub fn time(&self, user: u32, place: u32) -> Option<u32> {
        self.times[user as usize].get(place as usize).copied()
    }

    /// The row of the table with the film of a place.
    ///
    /// # Panics
    /// If there is none.
    pub fn row(&self, user: u32, place: u32) -> u32 {
        self.rows[user as usize][place as usize]
    }

    /// Words that were searched for beside an example's [`history`](Self::history).
    ///
    /// # Panics
    /// If nobody [searches](Self::searching).
    pub fn searched(&self, example: Example, task: Task) -> Vec<u32> {
        let words = &self.words[example.user as usize];
        self.places(example, task).filter_map(|place| words[place]).collect()
    }

    /// Those beside a user's [`latest`](Self::latest) films.
    ///
    /// # Panics
    /// If nobody [searches](Self::searching).
    pub fn latest_searched(&self, user: usize) -> Vec<u32> {
        let words = &self.words[user];
        words[words.len().saturating_sub(LONGEST_HISTORY)..].iter().flatten().copied().collect()
    }

    /// The example's age (§3.3): the time from it to the last rating of all, as a share of the time from the first to the
    /// last. 0 when serving, behind the user's last film.
    pub fn age(&self, example: Example) -> f32 {
        let Some(time) = self.time(example.user, example.place) else { return 0.0 };
        let [first, last] = self.span;
        (last - time) as f32 / (last - first).max(1) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ratings::Films;

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
    fn what_is_searched_for_is_of_the_titles_of_the_history_alone() {
        // Each film's title is one word of its own; that of film 7 is empty.
        let mut titles = Ragged::default();
        for film in 0..31 {
            let word = [100 + film];
            titles.push(if film == 7 { &[] } else { &word });
        }
        let watches = watches(30).searching(&titles, 1);
        for task in [Task::Future, Task::HeldOut] {
            let example = Example { user: 0, place: 25 };
            let words: Vec<u32> = watches
                .history(example, task)
                .iter()
                .filter(|film| **film != 7)
                .map(|film| 100 + film)
                .collect();
            assert_eq!(watches.searched(example, task), words);
        }
        assert_eq!(watches.latest_searched(0).len(), 29);
        assert_eq!(watches.latest_searched(1), [130]);
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
        assert!((0.0..=1.0).contains(&watches.age(oldest)));
        assert_eq!(watches.age(Example { user: 0, place: 29 }), 0.0, "the last rating of all");
        assert_eq!(watches.age(Example { user: 0, place: 30 }), 0.0, "serving");
    }
}
