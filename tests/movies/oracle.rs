//! Metrics and models against scikit-learn: the fixture is made by tests/oracles/movies_classic.py.

use emberbook::classic::recommend::bias::{Bias, BiasConfig};
use emberbook::classic::recommend::content::{Content, ContentConfig};
use emberbook::classic::recommend::ease::{Ease, EaseConfig};
use emberbook::classic::recommend::item_knn::ItemKnn;
use emberbook::classic::recommend::knn::KnnConfig;
use emberbook::classic::recommend::svd::TruncatedSvd;
use emberbook::classic::recommend::user_knn::UserKnn;
use emberbook::classic::recommend::{Asker, Recommender, Source};
use emberbook::data::ragged::Ragged;
use emberbook::data::ratings::{Films, Interactions, Ratings};
use emberbook::ranking::{RankingFigures, StarErrors, Top};
use serde_json::Value;
use std::rc::Rc;

fn fixture() -> Value {
    serde_json::from_str(include_str!("../fixtures/movies_classic.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn whole(value: &Value) -> Vec<u32> {
    numbers(value).into_iter().map(|number| number as u32).collect()
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

const USERS: usize = 14;
const FILMS: usize = 10;
const WORDS: u32 = 6;

fn table(fixture: &Value) -> (Ratings, Rc<Interactions>) {
    let table = &fixture["table"];
    let mut title_words = Ragged::default();
    table["titles"].as_array().unwrap().iter().for_each(|title| title_words.push(&whole(title)));
    let sets = table["genres"].as_array().unwrap().iter();
    let films = Films {
        ids: (1..=FILMS as u32).collect(),
        titles: vec![String::new(); FILMS],
        years: vec![None; FILMS],
        genres: ["A", "B", "C", "D"].map(String::from).to_vec(),
        genre_sets: sets.map(|genres| whole(genres).iter().map(|genre| 1 << genre).sum()).collect(),
        words: (0..WORDS).map(|word| format!("w{word}")).collect(),
        title_words,
    };
    let half_stars: Vec<u8> = whole(&table["half_stars"]).into_iter().map(|stars| stars as u8).collect();
    let ratings = Ratings {
        user_ids: (1..=USERS as u32).collect(),
        films,
        demographics: None,
        users: whole(&table["users"]),
        rated: whole(&table["films"]),
        times: vec![0; half_stars.len()],
        half_stars,
    };
    let all: Vec<u32> = (0..ratings.len() as u32).collect();
    let train = Rc::new(Interactions::new(&ratings, &all));
    (ratings, train)
}

fn close(found: f32, expected: f64, tolerance: f64) -> bool {
    (f64::from(found) - expected).abs() <= tolerance
}

fn check_scores(model: &dyn Recommender, train: &Interactions, expected: &Value, tolerance: f64) {
    let mut scores = vec![0.0; FILMS];
    for (user, expected) in rows(expected).iter().enumerate() {
        model.scores(&Asker::known(train, user), &mut scores);
        for (film, (found, expected)) in scores.iter().zip(expected).enumerate() {
            assert!(
                close(*found, *expected, tolerance),
                "user {user}, film {film}: {found} is not {expected}"
            );
        }
    }
}

#[test]
fn rankings_with_equal_scores_and_without() {
    let fixture = fixture();
    let mut with_precision = 0;
    for case in fixture["rankings"].as_array().unwrap() {
        let scores: Vec<f32> = numbers(&case["scores"]).into_iter().map(|score| score as f32).collect();
        let (relevant, k) = (whole(&case["relevant"]), case["k"].as_u64().unwrap() as usize);
        let ties = Top::new(&scores, k, |_| true).ties(|film| relevant.contains(&(film as u32)));
        let found = RankingFigures::at(k, &ties, relevant.len());
        assert!((found.ndcg - case["ndcg"].as_f64().unwrap()).abs() < 1e-9, "{case}: {found:?}");
        if let Some(precision) = case.get("precision") {
            assert!((found.precision - precision.as_f64().unwrap()).abs() < 1e-9, "{case}: {found:?}");
            assert!((found.recall - case["recall"].as_f64().unwrap()).abs() < 1e-9, "{case}: {found:?}");
            with_precision += 1;
        }
    }
    assert_eq!(with_precision, 10);
}

#[test]
fn errors_of_stars() {
    let stars = &fixture()["stars"];
    let mut errors = StarErrors::default();
    for (predicted, given) in numbers(&stars["predicted"]).iter().zip(numbers(&stars["given"])) {
        errors.add(*predicted, given);
    }
    assert!((errors.rmse().unwrap() - stars["rmse"].as_f64().unwrap()).abs() < 1e-12);
    assert!((errors.mae().unwrap() - stars["mae"].as_f64().unwrap()).abs() < 1e-12);
}

#[test]
fn biases_are_those_of_a_ridge_regression() {
    let fixture = fixture();
    let (_, train) = table(&fixture);
    let bias = Bias::fit(&train, BiasConfig { film_shrinkage: 3.0, user_shrinkage: 5.0 });
    let (users, films) = (numbers(&fixture["user_biases"]), numbers(&fixture["film_biases"]));
    for (user, user_bias) in users.iter().enumerate() {
        for (film, film_bias) in films.iter().enumerate() {
            let asker = Asker::known(&train, user);
            let found = bias.value(&asker, film);
            // Ten rounds come this close to the minimum.
            assert!(close(found, train.mean() + user_bias + film_bias, 2e-3), "{user}, {film}: {found}");
            let anonymous = Asker::new(train.user(user));
            assert!(close(bias.value(&anonymous, film), f64::from(found), 1e-5));
        }
    }
}

#[test]
fn neighbours_have_the_cosines_of_their_rows() {
    let fixture = fixture();
    let (_, train) = table(&fixture);
    let bias = Rc::new(Bias::fit(&train, BiasConfig::default()));
    let config = KnnConfig { neighbours: 4, ..KnnConfig::USERS };
    let users = UserKnn::fit(Rc::clone(&train), Rc::clone(&bias), config);
    for (user, cosines) in rows(&fixture["user_cosines"]).iter().enumerate() {
        let mut expected: Vec<f64> = cosines
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != user)
            .map(|(_, cosine)| *cosine)
            .collect();
        expected.sort_by(|one, other| other.total_cmp(one));
        let found = users.neighbours(&Asker::known(&train, user));
        assert_eq!(found.len(), 4);
        for ((other, found), expected) in found.iter().zip(expected) {
            assert!(close(*found, expected, 1e-6) && close(*found, cosines[*other as usize], 1e-6));
        }
    }
    let films = ItemKnn::fit(Rc::clone(&train), bias, config);
    for (film, cosines) in rows(&fixture["film_cosines"]).iter().enumerate() {
        for (other, found) in films.neighbours(film) {
            assert!(other as usize != film && close(found, cosines[other as usize], 1e-6));
        }
    }
}

#[test]
fn truncated_svd() {
    let fixture = fixture();
    let (_, train) = table(&fixture);
    let model = TruncatedSvd::fit(Rc::clone(&train), 3, 1);
    for (found, expected) in model.values().iter().zip(numbers(&fixture["singular_values"])) {
        assert!(close(*found, expected, 1e-4), "{found} is not {expected}");
    }
    check_scores(&model, &train, &fixture["svd_scores"], 1e-3);
}

#[test]
fn ease_is_a_ridge_regression_of_each_film_on_the_others() {
    let fixture = fixture();
    let (_, train) = table(&fixture);
    let model = Ease::fit(&train, EaseConfig { decay: 2.0, least_raters: 1 });
    for (from, weights) in rows(&fixture["ease"]).iter().enumerate() {
        for (to, expected) in weights.iter().enumerate() {
            assert!(close(model.weight(from, to), *expected, 1e-5), "{from} → {to}");
        }
    }
}

#[test]
fn contents_are_compared_by_tf_idf() {
    let fixture = fixture();
    let (ratings, train) = table(&fixture);
    let model = Content::fit(&ratings.films, &train, ContentConfig { words: 1.0, shrinkage: 1.0 });
    check_scores(&model, &train, &fixture["content_scores"], 1e-5);
}

/// Reasons of methods whose scores are sums.
#[test]
fn a_score_is_the_sum_of_its_shares() {
    let fixture = fixture();
    let (ratings, train) = table(&fixture);
    let bias = Rc::new(Bias::fit(&train, BiasConfig::default()));
    let models: [Box<dyn Recommender>; 5] = [
        Box::new(UserKnn::fit(
            Rc::clone(&train),
            Rc::clone(&bias),
            KnnConfig { neighbours: 5, ..KnnConfig::USERS },
        )),
        Box::new(ItemKnn::fit(
            Rc::clone(&train),
            Rc::clone(&bias),
            KnnConfig { neighbours: 5, ..KnnConfig::FILMS },
        )),
        Box::new(Content::fit(&ratings.films, &train, ContentConfig::default())),
        Box::new(TruncatedSvd::fit(Rc::clone(&train), 3, 1)),
        Box::new((*bias).clone()),
    ];
    let mut scores = vec![0.0; FILMS];
    for (at, model) in models.iter().enumerate() {
        for user in 0..USERS {
            let asker = Asker::known(&train, user);
            model.scores(&asker, &mut scores);
            for (film, score) in scores.iter().enumerate() {
                let shares = model.shares(&asker, film);
                let sum: f32 = shares.iter().map(|share| share.weight).sum();
                assert!((sum - score).abs() < 1e-4, "model {at}, user {user}, film {film}: {sum}, {score}");
                for share in shares {
                    if let Source::User(neighbour) = share.source {
                        assert!(train.user(neighbour).ids.contains(&(film as u32)));
                    }
                }
            }
        }
    }
}
