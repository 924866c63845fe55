//! First lists of users who come new, in pieces: whoever asks again gets further.

use crate::error::LabError;
use crate::lessons::movies::lab::first_lists::{FirstLists, GIVEN, LIST};
use crate::lessons::movies::lab::judged_lists::{Compared, ListsSoFar};
use crate::lessons::movies::lab::run::MoviesRun;
use crate::ranking::RankingFigures;
use serde::{Deserialize, Serialize};

/// Milliseconds of work at most, whatever is asked for: meanwhile the lab answers nobody else.
const LONGEST: f64 = 1_000.0;

/// How long to work.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct FirstListsOptions {
    /// How long to work on it now; 0 only tells what is known.
    milliseconds: f64,
}

/// What is known of the first lists.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FirstListsShown {
    /// Ratings that a newcomer gives.
    given: usize,
    /// Films of a list.
    list: usize,
    /// Users who are taken out of the table now, a fifth of them; none before the work begins.
    newcomers: usize,
    /// Ratings of the others that the model learns from.
    learned: usize,
    /// Newcomers judged so far.
    judged: usize,
    /// How much of the work is done, 0 to 1.
    done: f64,
    finished: bool,
    /// Of the newcomers judged so far; null before the first.
    compared: Option<ListsCompared>,
}

/// Means over newcomers.
#[derive(Serialize, Debug, PartialEq)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ListsCompared {
    model: ListFigures,
    popular: ListFigures,
    /// The standard error of the difference of NDCG, newcomer by newcomer.
    error: f64,
    /// Whether the difference is more than twice that.
    above: bool,
}

/// Figures of the lists.
#[derive(Serialize, Debug, PartialEq)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ListFigures {
    /// NDCG@10.
    ndcg: f64,
    /// The share of lists with a film that was rated later.
    hit_rate: f64,
}

impl ListFigures {
    fn of(figures: &RankingFigures) -> Self {
        Self { ndcg: figures.ndcg, hit_rate: figures.hit_rate }
    }
}

/// Works on the lists and tells what is known of them.
///
/// # Errors
/// `too_few_ratings`, `device_lost`.
pub async fn first_lists(
    run: &mut MoviesRun,
    options: FirstListsOptions,
) -> Result<FirstListsShown, LabError> {
    if options.milliseconds <= 0.0 {
        // To look alone does not split the table.
        return Ok(run
            .first_lists
            .as_deref()
            .map_or_else(FirstListsShown::default, |lists| shown(lists.so_far())));
    }
    let mut lists = match run.first_lists.take() {
        Some(lists) => lists,
        None => Box::new(FirstLists::new(run)?),
    };
    let worked = lists.advance(options.milliseconds.min(LONGEST)).await;
    let shown = shown(lists.so_far());
    run.first_lists = Some(lists);
    worked.map(|()| shown)
}

impl Default for FirstListsShown {
    fn default() -> Self {
        Self {
            given: GIVEN,
            list: LIST,
            newcomers: 0,
            learned: 0,
            judged: 0,
            done: 0.0,
            finished: false,
            compared: None,
        }
    }
}

fn shown(lists: ListsSoFar) -> FirstListsShown {
    let compared = |compared: Compared| ListsCompared {
        model: ListFigures::of(&compared.model),
        popular: ListFigures::of(&compared.popular),
        error: compared.error,
        above: compared.is_above(),
    };
    FirstListsShown {
        newcomers: lists.newcomers,
        learned: lists.learned,
        judged: lists.judged,
        done: lists.share,
        finished: lists.finished,
        compared: lists.compared.map(compared),
        ..FirstListsShown::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Lab;
    use crate::lessons::movies::looks::test_support::{made, train};
    use pollster::block_on;
    use serde_json::Value;

    fn run(model: &str) -> MoviesRun {
        made(&[("model", model.into()), ("density", 0.4.into())])
    }

    fn ask(run: &mut MoviesRun, milliseconds: f64) -> FirstListsShown {
        block_on(first_lists(run, FirstListsOptions { milliseconds })).unwrap()
    }

    fn to_the_end(run: &mut MoviesRun, milliseconds: f64) -> FirstListsShown {
        loop {
            let shown = ask(run, milliseconds);
            assert!((0.0..=1.0).contains(&shown.done) && !shown.finished || shown.done == 1.0);
            if shown.finished {
                return shown;
            }
        }
    }

    #[test]
    fn every_model_that_answers_somebody_new_is_compared_with_popularity() {
        for model in ["fusion", "candidate", "ranking", "mf", "popular"] {
            let mut run = run(model);
            assert_eq!((ask(&mut run, 0.0).newcomers, ask(&mut run, 0.0).finished), (0, false));
            let compared = to_the_end(&mut run, 1000.0).compared.unwrap();
            assert!((0.0..=1.0).contains(&compared.model.ndcg) && compared.popular.ndcg > 0.0);
            match model {
                "popular" => assert!(compared.model == compared.popular && !compared.above),
                _ => assert!(compared.model != compared.popular, "{model}"),
            }
        }
    }

    #[test]
    fn pieces_come_to_the_same_lists() {
        let mut pieces = run("item_cf");
        let first = ask(&mut pieces, 1e-9);
        assert!(first.newcomers > 5 && !first.finished);
        let found = to_the_end(&mut pieces, 1e-9);
        assert_eq!((found.given, found.list), (10, 10));
        assert!(found.judged > 4 * first.newcomers, "every part comes new");
        assert_eq!(found.compared, to_the_end(&mut run("item_cf"), 1000.0).compared);
    }

    /// The figures of the first part of the users, and which rows of the table are theirs.
    fn first_part(run: &mut MoviesRun) -> (Option<ListsCompared>, Vec<usize>) {
        loop {
            let shown = ask(run, 1e-9);
            let others = run.first_lists.as_deref().unwrap().others();
            if shown.judged == shown.newcomers {
                let id = |row: &usize| run.ratings.user_ids[run.ratings.users[*row] as usize];
                let rows = (0..run.ratings.len()).filter(|row| others.user(id(row)).is_none()).collect();
                return (shown.compared, rows);
            }
        }
    }

    /// The run itself has seen what the newcomers rated: nothing of it may reach their lists.
    #[test]
    fn lists_do_not_change_with_what_the_run_has_learned_or_what_newcomers_rate_later() {
        let (before, mut theirs) = first_part(&mut run("fusion"));
        let mut trained = run("fusion");
        train(&mut trained);
        assert_eq!(first_part(&mut trained).0, before);
        // The stars of all their ratings but the first ten are others: the films that judge are the same.
        let mut changed = run("fusion");
        let mut table = (*changed.ratings).clone();
        let mut met = vec![0; table.user_ids.len()];
        theirs.sort_by_key(|row| (table.times[*row], *row));
        for row in theirs {
            let user = table.users[row] as usize;
            met[user] += 1;
            if met[user] > GIVEN {
                table.half_stars[row] = 11 - table.half_stars[row];
            }
        }
        assert_ne!(table, *changed.ratings);
        changed.ratings = table.into();
        assert_eq!(first_part(&mut changed).0, before);
    }

    #[test]
    fn the_goal_is_judged_once_everybody_is() {
        let goal = |run: &MoviesRun| {
            let goals: Vec<Value> =
                run.goals().iter().map(|goal| serde_json::to_value(goal).unwrap()).collect();
            goals.into_iter().find(|goal| goal["id"] == "first_list")
        };
        let mut run = run("item_cf");
        assert_eq!(goal(&run), None, "a made world has no goals");
        run.settings.dataset = crate::lessons::movies::dataset::Dataset::LatestSmall;
        assert_eq!(goal(&run).unwrap()["value"], Value::Null);
        ask(&mut run, 1e-9);
        assert_eq!(goal(&run).unwrap()["value"], Value::Null);
        let compared = to_the_end(&mut run, 1000.0).compared.unwrap();
        let found = goal(&run).unwrap();
        assert_eq!(found["value"], compared.model.ndcg - compared.popular.ndcg);
        assert_eq!(found["passed"], compared.above);
    }
}
