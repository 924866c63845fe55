//! The four splits of latest-small.

use crate::support::latest_small;
use emberbook::data::ratings::invented::{Profiles, invent};
use emberbook::data::ratings::{RatingSplit, Ratings, SplitRule};
use emberbook::random::{Purpose, Random};

fn split(ratings: &Ratings, rule: SplitRule) -> RatingSplit {
    RatingSplit::new(ratings, rule, &mut Random::new(1, Purpose::Split))
}

/// Test ratings of films that no training rating knows.
fn unrankable(ratings: &Ratings, split: &RatingSplit) -> usize {
    let mut known = vec![false; ratings.films.len()];
    split.train.iter().for_each(|row| known[ratings.rated[*row as usize] as usize] = true);
    split.test.iter().filter(|row| !known[ratings.rated[**row as usize] as usize]).count()
}

#[test]
fn each_rule_holds_out_what_the_specification_counts() {
    let ratings = latest_small();
    let sizes = |rule| {
        let split = split(ratings, rule);
        (split.train.len(), split.valid.len(), split.test.len(), unrankable(ratings, &split))
    };
    assert_eq!(sizes(SplitRule::Random), (89_965, 8_996, 10_039, 340));
    assert_eq!(sizes(SplitRule::LastFifth), (80_251, 8_025, 19_753, 1_508));
    assert_eq!(sizes(SplitRule::LastOne).2, 671);
    assert_eq!(sizes(SplitRule::OneDate).2, 10_000);
}

/// Within a second the file has the order of a form, not of watching: the rule decides whose last film is judged.
#[test]
fn another_rule_for_equal_times_judges_other_ratings() {
    let ratings = latest_small();
    let backwards = Ratings {
        users: ratings.users.iter().rev().copied().collect(),
        rated: ratings.rated.iter().rev().copied().collect(),
        half_stars: ratings.half_stars.iter().rev().copied().collect(),
        times: ratings.times.iter().rev().copied().collect(),
        ..ratings.clone()
    };
    let last = |ratings: &Ratings| {
        let mut films = vec![0; ratings.user_ids.len()];
        for row in split(ratings, SplitRule::LastOne).test {
            films[ratings.users[row as usize] as usize] = ratings.rated[row as usize];
        }
        films
    };
    let differ = last(ratings).iter().zip(last(&backwards)).filter(|(one, other)| **one != *other).count();
    // 19 % of 671 users.
    assert_eq!(differ, 127);
}

/// Else a model could read from an invented age what a user is going to rate.
#[test]
fn invented_demographics_know_nothing_of_the_test_part() {
    let ratings = latest_small();
    let split = split(ratings, SplitRule::LastFifth);
    let mut changed = ratings.clone();
    for row in &split.test {
        let film = &mut changed.rated[*row as usize];
        *film = (*film + 1234) % ratings.films.len() as u32;
    }
    let invented = |table: &Ratings, rows: &[u32]| invent(&Profiles::of_genres(table, rows), 1.0, 7);
    let drawn = invented(ratings, &split.train);
    assert_eq!(drawn, invented(&changed, &split.train));
    let all: Vec<u32> = (0..ratings.len() as u32).collect();
    assert_ne!(drawn, invented(ratings, &all), "the test ratings would change them");
}
