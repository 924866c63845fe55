use super::*;
use crate::data::ratings::{Films, Ratings};
use crate::random::{Purpose, Random};

/// Random ratings; about a third of all pairs.
fn train(users: usize, films: usize) -> Interactions {
    let mut random = Random::new(3, Purpose::Worlds);
    let pairs: Vec<(u32, u32)> = (0..users * films)
        .filter(|_| random.below(3) == 0)
        .map(|at| ((at / films) as u32, (at % films) as u32))
        .collect();
    let table = Ratings {
        user_ids: (1..=users as u32).collect(),
        films: Films { ids: (1..=films as u32).collect(), ..Films::default() },
        demographics: None,
        users: pairs.iter().map(|pair| pair.0).collect(),
        rated: pairs.iter().map(|pair| pair.1).collect(),
        half_stars: vec![8; pairs.len()],
        times: vec![0; pairs.len()],
    };
    Interactions::new(&table, &(0..pairs.len() as u32).collect::<Vec<_>>())
}

fn scores(model: &Ease, train: &Interactions, user: usize) -> Vec<f32> {
    let mut scores = vec![0.0; train.films()];
    model.scores(&Asker::known(train, user), &mut scores);
    scores
}

#[test]
fn the_weights_of_a_film_solve_its_regression_on_all_others() {
    // Fewer users than films, and more.
    for (users, films) in [(70, 100), (150, 90)] {
        let train = train(users, films);
        let config = EaseConfig { decay: 7.0, least_raters: 1 };
        let model = Ease::fit(&train, config);
        let rated =
            |user: usize, film: usize| f32::from(u8::from(train.user(user).ids.contains(&(film as u32))));
        for target in [0, 41, films - 1] {
            // The gradient of ‖X b - x‖² + λ‖b‖² by each weight that may differ from 0.
            let error: Vec<f32> = (0..users)
                .map(|user| {
                    let predicted: f32 =
                        (0..films).map(|film| rated(user, film) * model.weight(film, target)).sum();
                    predicted - rated(user, target)
                })
                .collect();
            for film in (0..films).filter(|film| *film != target) {
                let slope: f32 = (0..users).map(|user| rated(user, film) * error[user]).sum();
                let gradient = slope + config.decay * model.weight(film, target);
                assert!(gradient.abs() < 2e-3, "{users} users, {film} → {target}: {gradient}");
            }
        }
    }
}

#[test]
fn scores_are_the_sums_of_their_shares() {
    for (users, films) in [(70, 100), (150, 90)] {
        let train = train(users, films);
        let model = Ease::fit(&train, EaseConfig { decay: 7.0, least_raters: 1 });
        let scores = scores(&model, &train, 5);
        for (film, score) in scores.iter().enumerate() {
            let shares = model.shares(&Asker::known(&train, 5), film);
            let sum: f32 = shares.iter().map(|share| share.weight).sum();
            assert!((sum - score).abs() < 1e-4, "film {film}: {sum}, {score}");
        }
    }
}

#[test]
fn films_with_few_raters_come_last_and_progress_ends_at_one() {
    let train = train(70, 100);
    let least_raters = 25;
    let mut fit = EaseFit::new(&train, EaseConfig { decay: 7.0, least_raters });
    let mut before = fit.progress();
    while fit.step() {
        assert!(fit.progress() >= before && fit.progress() < 1.0);
        before = fit.progress();
    }
    assert_eq!(fit.progress(), 1.0);
    let scores = scores(&fit.finish(), &train, 0);
    let few = |film: usize| train.film(film).len() < least_raters;
    assert!((0..100).any(few) && (0..100).any(|film| !few(film)));
    assert!(scores.iter().enumerate().all(|(film, score)| few(film) == (*score == f32::NEG_INFINITY)));
}
