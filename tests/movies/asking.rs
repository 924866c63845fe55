//! Asking the lab: a user, somebody new, the nearest films, and a rating taken away.

#![cfg(feature = "tensors")]

use crate::lab::{MODELS, ask, made, train};
use emberbook::lab::{Ask, Lab};
use pollster::block_on;
use serde_json::{Value, json};

fn trained(settings: Value) -> Box<dyn Lab> {
    let mut lab = made(settings);
    train(&mut *lab);
    lab
}

fn inspect(lab: &mut dyn Lab, what: &str, options: Value) -> Value {
    block_on(lab.inspect(what, Ask::from(options))).unwrap()
}

fn refused(lab: &mut dyn Lab, question: Value) -> (String, Value) {
    let error = block_on(lab.predict(Ask::from(question))).unwrap_err();
    (error.code.clone(), json!(error.details))
}

fn movies(list: &Value) -> Vec<u64> {
    list.as_array().unwrap().iter().map(|film| film["movie"].as_u64().unwrap()).collect()
}

/// Some films of the made world with stars.
fn ratings(count: usize) -> Value {
    json!((1..=count).map(|film| (7 * film % 150 + 1, 0.5 + 0.5 * (film % 10) as f64)).collect::<Vec<_>>())
}

#[test]
fn a_networks_list_is_that_of_brute_force_over_all_films() {
    // Widths that are no multiple of the blocks in which products are computed.
    for settings in [
        json!({ "model": "fusion", "films": 50, "passes": 1, "hidden_size": 13, "embedding_size": 5 }),
        json!({ "model": "candidate", "films": 50, "passes": 1, "embedding_size": 5 }),
    ] {
        let mut lab = trained(settings);
        let films = inspect(&mut *lab, "films", json!({}))["ids"].as_array().unwrap().clone();
        for who in [json!({ "user": 3 }), json!({ "ratings": [[1, 4.0], [7, 2.5], [50, 5.0]] })] {
            let ask_for = |lab: &mut dyn Lab, name: &str, value: Value| {
                let mut question = who.clone();
                question[name] = value;
                ask(lab, question)
            };
            let list = ask_for(&mut *lab, "top", json!(20));
            let mut ranked: Vec<(u64, u64)> = Vec::new();
            for film in &films {
                let scored = ask_for(&mut *lab, "movie", film.clone());
                ranked.extend(scored["rank"].as_u64().map(|rank| (rank, film.as_u64().unwrap())));
            }
            ranked.sort_unstable();
            let expected: Vec<u64> = ranked.iter().take(20).map(|(_, film)| *film).collect();
            assert_eq!(movies(&list["list"]), expected);
            assert_eq!(list["seen"].as_u64().unwrap() as usize + ranked.len(), films.len());
        }
    }
}

#[test]
fn somebody_new_gets_a_list_of_every_model_and_the_same_one_each_time() {
    for model in MODELS {
        let mut lab = trained(json!({ "model": model, "passes": 2, "batch_size": 64 }));
        let question = json!({ "ratings": ratings(10), "top": 10 });
        let answer = ask(&mut *lab, question.clone());
        let list = movies(&answer["list"]);
        assert_eq!(list.len(), 10, "{model}");
        assert_eq!(answer["seen"], 10, "{model}");
        assert!(movies_rated(&ratings(10)).iter().all(|film| !list.contains(film)), "{model}");
        assert!((0..=10).contains(&answer["popular"].as_u64().unwrap()), "{model}");
        assert!(answer["list"][0]["rated"].is_null(), "{model}: nobody knows what they will give");
        assert_eq!(answer, ask(&mut *lab, question), "{model}");
        // In another order the same films were rated.
        let mut turned = ratings(10).as_array().unwrap().clone();
        turned.reverse();
        let turned = ask(&mut *lab, json!({ "ratings": turned, "top": 10 }));
        assert_eq!(movies(&turned["list"]), list, "{model}");
        if model == "popular" {
            assert_eq!(answer["popular"], 10);
        }
    }
}

fn movies_rated(ratings: &Value) -> Vec<u64> {
    ratings.as_array().unwrap().iter().map(|rating| rating[0].as_u64().unwrap()).collect()
}

#[test]
fn a_method_that_needs_ratings_says_that_its_order_means_nothing_without_them() {
    for model in MODELS {
        let mut lab = trained(json!({ "model": model, "passes": 1 }));
        let answer = ask(&mut *lab, json!({ "ratings": [], "top": 10 }));
        let needs_ratings = ["mean", "user_cf", "item_cf", "content", "hybrid", "svd", "ease"];
        assert_eq!(answer["tied"], needs_ratings.contains(&model), "{model}");
    }
}

/// Fitted to what a user rated, the network predicts it better than for the mean of all users.
#[test]
fn the_fusion_network_learns_from_a_new_users_ratings() {
    let mut lab = trained(json!({ "passes": 10, "batch_size": 64, "learning_rate": 3e-3 }));
    let user = inspect(&mut *lab, "user", json!({ "user": 5 }));
    let rated = user["rated"].as_array().unwrap().clone();
    let rated: Vec<Value> = rated.into_iter().take(20).collect();
    let mut error = |ratings: &[Value]| -> f64 {
        let squares = rated.iter().map(|rating| {
            let scored = ask(&mut *lab, json!({ "ratings": ratings, "movie": rating[0] }));
            (scored["score"].as_f64().unwrap() - rating[1].as_f64().unwrap()).powi(2)
        });
        (squares.sum::<f64>() / rated.len() as f64).sqrt()
    };
    let (nothing, all) = (error(&[]), error(&rated));
    assert!(all < 0.8 * nothing, "{all} {nothing}");
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_to_do() {
    let mut lab = trained(json!({ "model": "mean", "films": 300 }));
    let many: Vec<(u32, f64)> = (1..=201).map(|film| (film, 3.0)).collect();
    for (question, code, name, value) in [
        (json!({ "ratings": [[1, 3.0], [1, 4.0]], "top": 10 }), "rated_twice", "film", json!(1)),
        (json!({ "ratings": many, "top": 10 }), "too_many_ratings", "most", json!(200)),
        (json!({ "ratings": [[100_000, 3.0]], "top": 10 }), "unknown_film", "film", json!(100_000)),
        (
            json!({ "ratings": [[1, 0.0]], "top": 10 }),
            "bad_input",
            "expected",
            json!("stars from 0.5 to 5 in steps of a half"),
        ),
        (
            json!({ "ratings": [[1, 3.3]], "top": 10 }),
            "bad_input",
            "expected",
            json!("stars from 0.5 to 5 in steps of a half"),
        ),
        (json!({ "user": 1, "tops": 10 }), "bad_input", "option", json!("tops")),
        (json!({ "top": 10 }), "bad_input", "expected", json!("either `user` or `ratings`")),
        (
            json!({ "user": 1, "ratings": [], "top": 10 }),
            "bad_input",
            "expected",
            json!("either `user` or `ratings`"),
        ),
    ] {
        let (found, details) = refused(&mut *lab, question.clone());
        assert_eq!((found.as_str(), &details[name]), (code, &value), "{question}");
    }
    for (what, options, code) in [
        ("user", json!({ "user": 0 }), "unknown_user"),
        ("user", json!({ "at": 120 }), "bad_input"),
        ("nearest", json!({ "movie": 0 }), "unknown_film"),
        ("without", json!({ "user": 1, "movie": 0 }), "unknown_film"),
        ("moved", json!({ "user": 1 }), "bad_input"),
    ] {
        let error = block_on(lab.inspect(what, Ask::from(options))).unwrap_err();
        assert_eq!(error.code, code, "{what}");
    }
}

#[test]
fn a_user_is_known_by_their_ratings_and_invented_features_say_that_they_are() {
    let mut lab = made(json!({}));
    let user = inspect(&mut *lab, "user", json!({ "at": 4 }));
    assert_eq!((&user["user"], &user["count"]), (&json!(5), &json!(120)));
    let rated = user["rated"].as_array().unwrap();
    assert_eq!(rated.len() as u64, user["learned"].as_u64().unwrap());
    assert!(user["learned"].as_u64() < user["ratings"].as_u64());
    let mean = rated.iter().map(|rating| rating[1].as_f64().unwrap()).sum::<f64>() / rated.len() as f64;
    assert!((user["mean"].as_f64().unwrap() - mean).abs() < 1e-5);
    assert_eq!(user["about"]["invented"], true);
    assert!(!user["genres"].as_array().unwrap().is_empty());
    let mut lab = made(json!({ "model": "mf" }));
    assert!(inspect(&mut *lab, "user", json!({ "at": 4 }))["about"].is_null(), "told to networks alone");
}

/// Each feature is replaced alone: the answer is the one that `predict` gives, and features that are not there move nothing.
#[test]
fn what_moved_an_answer_begins_with_that_answer() {
    for (settings, features) in [
        (json!({ "passes": 2 }), vec!["user", "gender", "age", "job", "film", "genres", "title"]),
        (json!({ "passes": 2, "demographics": "none" }), vec!["user", "film", "genres", "title"]),
    ] {
        let mut lab = trained(settings);
        for who in [json!({ "user": 9 }), json!({ "ratings": ratings(4) })] {
            let mut question = who.clone();
            question["movie"] = json!(12);
            let scored = ask(&mut *lab, question.clone())["score"].as_f64().unwrap();
            let moved = inspect(&mut *lab, "moved", question);
            assert!((moved["answer"].as_f64().unwrap() - scored).abs() < 1e-5);
            let named: Vec<&str> = moved["features"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["feature"].as_str().unwrap())
                .collect();
            let expected: Vec<&str> = match who.get("user") {
                Some(_) => features.clone(),
                // Of somebody new gender, age and occupation are the mean ones already.
                None => vec!["user", "film", "genres", "title"],
            };
            assert_eq!(named, expected);
            assert!(moved["features"].as_array().unwrap().iter().any(|one| one["by"].as_f64() != Some(0.0)));
        }
    }
}

#[test]
fn what_moved_the_candidate_network_is_a_film_of_the_history() {
    let mut lab = trained(json!({ "model": "candidate", "passes": 3 }));
    let watched = movies_rated(&inspect(&mut *lab, "user", json!({ "user": 9 }))["rated"]);
    let moved = inspect(&mut *lab, "moved", json!({ "user": 9, "movie": 12 }));
    let films = moved["films"].as_array().unwrap();
    assert_eq!(films.len(), 5);
    assert!(movies(&moved["films"]).iter().all(|film| watched.contains(film)));
    let moves: Vec<f64> = films.iter().map(|film| film["by"].as_f64().unwrap().abs()).collect();
    assert!(moves.is_sorted_by(|one, other| one >= other) && moves[0] > 0.0);
    // Somebody new with one film less has the score that is said.
    let rated = ratings(5);
    let moved = inspect(&mut *lab, "moved", json!({ "ratings": rated, "movie": 12 }));
    let first = &moved["films"][0];
    let left: Vec<Value> =
        rated.as_array().unwrap().iter().filter(|one| one[0] != first["movie"]).cloned().collect();
    let without = inspect(&mut *lab, "moved", json!({ "ratings": left, "movie": 12 }));
    let gap = moved["answer"].as_f64().unwrap() - without["answer"].as_f64().unwrap();
    assert!((gap - first["by"].as_f64().unwrap()).abs() < 1e-4);
}

#[test]
fn the_nearest_films_are_those_of_the_models_own_likeness() {
    for (model, by) in [
        ("fusion", json!("cosine")),
        ("candidate", json!("cosine")),
        ("mf", json!("cosine")),
        ("svd", json!("cosine")),
        ("item_cf", json!("score")),
        ("ease", json!("score")),
        ("content", json!("score")),
        ("hybrid", json!("score")),
        ("user_cf", Value::Null),
        ("popular", Value::Null),
    ] {
        let mut lab = trained(json!({ "model": model, "passes": 2 }));
        let nearest = inspect(&mut *lab, "nearest", json!({ "movie": 12 }));
        assert_eq!(nearest["by"], by, "{model}");
        let films = nearest["films"].as_array().unwrap();
        assert_eq!(films.is_empty(), by.is_null(), "{model}");
        assert!(!movies(&nearest["films"]).contains(&12), "{model}: a film is not beside itself");
        let likeness: Vec<f64> = films.iter().map(|film| film["likeness"].as_f64().unwrap()).collect();
        assert!(likeness.is_sorted_by(|one, other| one >= other), "{model}");
        if by == "cosine" {
            assert!(likeness.iter().all(|cosine| *cosine <= 1.0 + 1e-5), "{model}: {likeness:?}");
        }
        if by == "score" {
            // Somebody who rated this film alone is shown the same ones.
            let list = ask(&mut *lab, json!({ "ratings": [[12, 5.0]], "top": films.len() }));
            assert_eq!(movies(&list["list"]), movies(&nearest["films"]), "{model}");
        }
    }
}

#[test]
fn without_a_rating_the_list_is_that_of_a_method_that_never_saw_it() {
    for model in ["bias", "user_cf", "item_cf", "content", "hybrid", "mf", "ease", "svd", "popular"] {
        let mut lab = trained(json!({ "model": model, "passes": 3 }));
        let user = inspect(&mut *lab, "user", json!({ "user": 7 }));
        let movie = user["rated"][0][0].clone();
        let before = ask(&mut *lab, json!({ "user": 7, "top": 10 }));
        let without = inspect(&mut *lab, "without", json!({ "user": 7, "movie": movie }));
        assert_eq!(without["given"].as_f64(), user["rated"][0][1].as_f64(), "{model}");
        let list = without["list"].as_array().unwrap();
        assert_eq!(list.len(), 10, "{model}");
        for (place, film) in list.iter().enumerate() {
            assert_eq!(film["after"].as_u64(), Some(place as u64 + 1), "{model}");
            let before =
                before["list"].as_array().unwrap().iter().position(|old| old["movie"] == film["movie"]);
            if let Some(before) = before {
                assert_eq!(film["before"].as_u64(), Some(before as u64 + 1), "{model}");
            }
        }
        assert!(!movies(&without["list"]).contains(&movie.as_u64().unwrap()), "{model}");
        assert!(without["place"].is_u64() || model == "ease", "{model}");
        let kept = movies(&without["list"]);
        let gone = movies(&without["gone"]);
        assert!(
            movies(&before["list"]).iter().all(|film| kept.contains(film) || gone.contains(film)),
            "{model}"
        );
        let stars = without["with"].is_f64();
        assert_eq!(stars, ask(&mut *lab, json!({ "user": 7, "movie": movie }))["score"].is_f64(), "{model}");
        assert_eq!(without, inspect(&mut *lab, "without", json!({ "user": 7, "movie": movie })), "{model}");
    }
}

#[test]
fn a_rating_that_is_not_there_cannot_be_taken_away_and_none_from_a_network() {
    let mut lab = trained(json!({ "model": "mf", "passes": 1 }));
    let rated = movies_rated(&inspect(&mut *lab, "user", json!({ "user": 7 }))["rated"]);
    let other = (1..150).find(|film| !rated.contains(film)).unwrap();
    let code = |lab: &mut dyn Lab, movie: u64| {
        let options = json!({ "user": 7, "movie": movie });
        block_on(lab.inspect("without", Ask::from(options))).unwrap_err().code.clone()
    };
    assert_eq!(code(&mut *lab, other), "not_rated");
    let mut lab = trained(json!({ "passes": 1 }));
    assert_eq!(code(&mut *lab, rated[0]), "network_retrains");
}
