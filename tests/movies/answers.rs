//! Lists and reasons for one user, new users, and what taking one rating away changes.

use crate::support::{Task, latest_small};
use emberbook::classic::recommend::methods::{Configs, Learning, Method, Training};
use emberbook::classic::recommend::{Asker, Recommender, largest};
use emberbook::data::ratings::{Interactions, SplitRule};
use emberbook::ranking::Top;
use std::rc::Rc;

fn train(task: &Task, method: Method, without: Option<u32>) -> (Rc<dyn Recommender>, Rc<Interactions>) {
    let learning = Learning::new(Rc::clone(&task.table), &task.split.train, without);
    (Training::new(method, &learning, &Configs::default(), 1).run(), Rc::clone(&learning.train))
}

fn scores(model: &dyn Recommender, asker: &Asker) -> Vec<f32> {
    let mut scores = vec![0.0; latest_small().films.len()];
    model.scores(asker, &mut scores);
    scores
}

#[test]
fn a_list_is_that_of_brute_force_over_all_films() {
    let task = Task::new(SplitRule::Random);
    for (name, method) in Method::ALL {
        let (model, known) = train(&task, method, None);
        for user in [0, 14, 560] {
            let scores = scores(&*model, &Asker::known(&known, user));
            let seen = known.user(user).ids;
            let mut all: Vec<usize> =
                (0..scores.len()).filter(|film| !seen.contains(&(*film as u32))).collect();
            all.sort_by(|one, other| scores[*other].total_cmp(&scores[*one]));
            let top = Top::new(&scores, 10, |film| !seen.contains(&(film as u32)));
            assert!(top.list().map(|(film, _)| film).eq(all.into_iter().take(10)), "{name}, user {user}");
        }
    }
}

#[test]
fn a_film_on_the_first_place_has_a_reason() {
    let task = Task::new(SplitRule::Random);
    for (name, method) in Method::ALL {
        let (model, known) = train(&task, method, None);
        let asker = Asker::known(&known, 14);
        let scores = scores(&*model, &asker);
        let top = Top::new(&scores, 1, |film| !known.user(14).ids.contains(&(film as u32)));
        let reasons = largest(&model.shares(&asker, top.list().next().unwrap().0), 3);
        assert_eq!(reasons.is_empty(), method == Method::Random, "{name}");
        assert!(reasons.is_sorted_by(|one, other| one.weight.abs() >= other.weight.abs()));
    }
}

/// Somebody new who rated exactly what a user rated gets that user's answers, but for what was learned of the user.
#[test]
fn somebody_new_is_answered_by_what_they_rated() {
    let task = Task::new(SplitRule::Random);
    for method in [Method::Popular, Method::Content, Method::ItemKnn, Method::Svd, Method::Ease] {
        let (model, known) = train(&task, method, None);
        let found = scores(&*model, &Asker::new(known.user(20)));
        assert_eq!(found, scores(&*model, &Asker::known(&known, 20)), "{method:?}");
    }
    // A factorisation solves for the new user's factors; stochastic steps come close to the same.
    let (model, known) = train(&task, Method::Factorisation, None);
    let (new, old) =
        (scores(&*model, &Asker::new(known.user(20))), scores(&*model, &Asker::known(&known, 20)));
    let gap = new.iter().zip(&old).map(|(new, old)| (new - old).powi(2)).sum::<f32>() / new.len() as f32;
    assert!(gap.sqrt() < 0.15, "{}", gap.sqrt());
}

#[test]
fn nobody_gets_stars_beyond_the_scale_and_nothing_rated_is_no_error() {
    let task = Task::new(SplitRule::Random);
    let nothing = Asker::new(emberbook::data::ratings::Rated::NOTHING);
    for (name, method) in Method::ALL {
        let (model, known) = train(&task, method, None);
        assert!(scores(&*model, &nothing).iter().all(|score| !score.is_nan()), "{name}");
        for (user, film) in [(0, 5), (400, 9_000), (670, 123)] {
            for asker in [Asker::known(&known, user), nothing] {
                let stars = model.stars(&asker, film);
                assert_eq!(stars.is_some(), method.gives_stars(), "{name}");
                assert!(stars.is_none_or(|stars| (0.5..=5.0).contains(&stars)), "{name}: {stars:?}");
            }
        }
    }
}

#[test]
fn taking_a_rating_away_changes_only_what_depends_on_it() {
    let task = Task::new(SplitRule::Random);
    // The first training rating of user 20.
    let row = *task.split.train.iter().find(|row| task.table.users[**row as usize] == 20).unwrap();
    let film = task.table.rated[row as usize] as usize;
    for method in [Method::UserKnn, Method::ItemKnn, Method::Factorisation] {
        let (with, all) = train(&task, method, None);
        let (without, fewer) = train(&task, method, Some(row));
        let (before, after) =
            (scores(&*with, &Asker::known(&all, 20)), scores(&*without, &Asker::known(&fewer, 20)));
        assert_eq!(fewer.user(20).len() + 1, all.user(20).len());
        assert!(!fewer.user(20).ids.contains(&(film as u32)));
        assert_ne!(before, after, "{method:?}");
        let moved = before.iter().zip(&after).map(|(one, other)| (one - other).abs()).fold(0.0, f32::max);
        assert!(moved < 2.0, "{method:?}: {moved}");
        let (again, _) = train(&task, method, Some(row));
        assert_eq!(after, scores(&*again, &Asker::known(&fewer, 20)), "{method:?} gives the same again");
    }
}
