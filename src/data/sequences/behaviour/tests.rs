//! The rule against its statement in Python, and what it is said to do.

use super::world::Drawn;
use super::*;
use crate::data::sequences::emoji::shipped;
use crate::data::sequences::histories::held_out;
use serde_json::Value;

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../../tests/fixtures/sequences_behaviour.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn whole(value: &Value) -> Vec<usize> {
    numbers(value).into_iter().map(|number| number as usize).collect()
}

fn assert_close(found: f64, expected: f64, most: f64, what: &str) {
    assert!((found - expected).abs() < most, "{what}: {found}, {expected} expected");
}

#[test]
fn the_constants_are_those_of_the_data() {
    let text = include_str!("../../../../data/sequences/behaviour.json");
    let constants: Value = serde_json::from_str(text).unwrap();
    let constants = constants["constants"].as_object().unwrap();
    for (name, value) in [
        ("shortest_history", SHORTEST_HISTORY as f64),
        ("mean_history", MEAN_HISTORY),
        ("longest_history", LONGEST_HISTORY as f64),
        ("group_taste", GROUP_TASTE),
        ("subgroup_taste", SUBGROUP_TASTE),
        ("popularity_exponent", POPULARITY_EXPONENT),
        ("successors", SUCCESSORS as f64),
        ("order_utility", ORDER_UTILITY),
        ("image_grid", IMAGE_GRID as f64),
        ("image_utility", IMAGE_UTILITY),
        ("text_memory", TEXT_MEMORY as f64),
        ("text_utility", TEXT_UTILITY),
        ("repeat_utility", REPEAT_UTILITY),
        ("cold_items", COLD_ITEMS as f64),
        ("cold_utility", COLD_UTILITY),
        ("noise", NOISE),
    ] {
        assert_eq!(constants[name].as_f64(), Some(value), "{name}");
    }
    // How many users there are the lesson's settings say; the seed of the Python world is no part of the rule; and the
    // share held out is that of all histories.
    let share = constants["held_out_share"].as_f64().unwrap();
    assert!((5..60).all(|length| held_out(length) == (share * length as f64 + 1e-9) as usize));
    assert_eq!(constants.len(), 16 + 3);
}

#[test]
fn likeness_and_chances_are_those_of_the_statement_in_python() {
    let (items, fixture) = (shipped(), fixture());
    let drawn = Drawn {
        popularity_ranks: whole(&fixture["popularity_ranks"]),
        successors: fixture["successors"].as_array().unwrap().iter().map(whole).collect(),
        is_cold: (0..360).map(|item| whole(&fixture["cold"]).contains(&item)).collect(),
    };
    let names = |name: &str| -> Vec<&str> {
        fixture[name].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect()
    };
    assert_eq!(
        (names("groups"), names("subgroups")),
        (
            items.groups.iter().map(String::as_str).collect(),
            items.subgroups.iter().map(String::as_str).collect()
        )
    );
    let world = World::of(&items, drawn);
    let some = whole(&fixture["items"]);
    for (row, one) in some.iter().enumerate() {
        let features = look_features(items.pictures.as_ref().unwrap(), *one);
        for (found, expected) in features.iter().zip(numbers(&fixture["looks"][row])) {
            assert_close(*found, expected, 1e-8, "mean colour");
        }
        for (column, other) in some.iter().enumerate() {
            let at = one * 360 + other;
            let look = fixture["look"][row][column].as_f64().unwrap();
            assert_close(f64::from(world.look[at]), look, 1e-6, "look");
            let n = f64::from(world.shared[at]);
            assert_close(n / (1.0 + n), fixture["word"][row][column].as_f64().unwrap(), 1e-8, "word");
        }
    }
    let strength = |name: &str| fixture["knobs"][name].as_f64().unwrap();
    let strengths = Strengths { order: strength("order"), image: strength("image"), text: strength("text") };
    let taste =
        Taste { groups: numbers(&fixture["group_taste"]), subgroups: numbers(&fixture["subgroup_taste"]) };
    let history: Vec<u32> = whole(&fixture["history"]).iter().map(|item| *item as u32).collect();
    let behaviour = Behaviour::new(&world, strengths, 0);
    for place in fixture["places"].as_array().unwrap() {
        let before = &history[..place["place"].as_u64().unwrap() as usize];
        let found = behaviour.chances(&taste, before, place["held_out"].as_bool().unwrap());
        for (found, expected) in found.iter().zip(numbers(&place["chances"])) {
            assert_close(*found, expected, 1e-6, "chance");
        }
        assert_close(found.iter().sum(), 1.0, 1e-12, "sum");
    }
}

/// The mean entropy of the true chances over all places behind the first.
fn entropy(world: &World, users: usize, strengths: Strengths) -> f64 {
    let behaviour = Behaviour::new(world, strengths, 5);
    let (mut sum, mut count) = (0.0, 0);
    for (user, history) in behaviour.histories(users).iter().enumerate() {
        let taste = behaviour.taste(user);
        for place in 1..history.len() {
            let chances = behaviour.chances(&taste, &history[..place], false);
            sum -= chances.iter().map(|chance| chance * chance.ln()).sum::<f64>();
            count += 1;
        }
    }
    sum / f64::from(count)
}

#[test]
fn each_signal_alone_halves_the_choice() {
    let items = shipped();
    let worlds = [World::new(&items, 1), World::new(&items, 2)];
    let mean = |strengths| worlds.iter().map(|world| entropy(world, 200, strengths)).sum::<f64>() / 2.0;
    let base = mean(Strengths::NONE);
    assert_close(base, 195f64.ln(), 0.08, "no signal");
    for strengths in [
        Strengths { order: 1.0, ..Strengths::NONE },
        Strengths { image: 1.0, ..Strengths::NONE },
        Strengths { text: 1.0, ..Strengths::NONE },
    ] {
        assert_close(base - mean(strengths), std::f64::consts::LN_2, 0.09, &format!("{strengths:?}"));
    }
    assert_close(mean(Strengths::ALL), 42f64.ln(), 0.15, "all signals");
}

#[test]
fn a_world_is_that_of_its_seed_and_keeps_the_rules() {
    let items = shipped();
    let world = World::new(&items, 7);
    let Drawn { popularity_ranks, successors, is_cold } = &world.drawn;
    let mut ranks = popularity_ranks.clone();
    ranks.sort_unstable();
    assert!(ranks.into_iter().eq(1..=360));
    for (one, after) in successors.iter().enumerate() {
        assert_eq!(after.len(), SUCCESSORS);
        assert!(after.iter().all(|next| *next != one && !successors[*next].contains(&one)), "{one}");
    }
    let cold: Vec<usize> = (0..360).filter(|item| is_cold[*item]).collect();
    let mut subgroups: Vec<usize> = cold.iter().map(|item| world.kinds[*item].subgroup).collect();
    subgroups.sort_unstable();
    subgroups.dedup();
    assert_eq!((cold.len(), subgroups.len()), (COLD_ITEMS, COLD_ITEMS));
    assert_eq!(world.drawn, World::new(&items, 7).drawn);
    assert_ne!(world.drawn, World::new(&items, 8).drawn);
    let next = (0..360).find(|item| world.kinds[*item].subgroup == successors[world.kinds[0].subgroup][0]);
    assert!(world.follows(0, next.unwrap()) && !world.follows(next.unwrap(), 0));
}

#[test]
fn fewer_items_have_a_world_of_their_own() {
    let items = shipped().spread(40);
    let world = World::new(&items, 1);
    assert_eq!((world.items(), world.drawn.is_cold.iter().filter(|cold| **cold).count()), (40, 2));
    let histories = Behaviour::new(&world, Strengths::ALL, 1).histories(20);
    assert!(histories.values().iter().all(|item| *item < 40));
}

#[test]
fn users_are_the_same_whoever_else_there_is_and_whatever_signals_there_are() {
    let items = shipped();
    let world = World::new(&items, 1);
    let behaviour = Behaviour::new(&world, Strengths::ALL, 9);
    let (few, many) = (behaviour.histories(30), behaviour.histories(60));
    assert!(few.iter().eq(many.iter().take(30)));
    let other = Behaviour::new(&world, Strengths::NONE, 9);
    assert_eq!(behaviour.taste(17), other.taste(17));
    assert!(few.iter().zip(other.histories(30).iter()).all(|(one, two)| one.len() == two.len()));
    assert_ne!(few, other.histories(30));
    assert_ne!(few, Behaviour::new(&world, Strengths::ALL, 10).histories(30));
}

#[test]
fn histories_are_as_long_as_said_and_new_items_are_taken_at_last() {
    let items = shipped();
    let world = World::new(&items, 1);
    let behaviour = Behaviour::new(&world, Strengths::NONE, 2);
    let histories = behaviour.histories(3_000);
    let lengths: Vec<usize> = histories.iter().map(<[u32]>::len).collect();
    assert_eq!((lengths.iter().min(), lengths.iter().max() <= Some(&LONGEST_HISTORY)), (Some(&3), true));
    assert_close(histories.values().len() as f64 / 3_000.0, MEAN_HISTORY, 0.3, "mean length");
    let (mut early, mut late) = ([0, 0], [0, 0]);
    for history in histories.iter() {
        let kept = history.len() - 2 * held_out(history.len());
        for (place, item) in history.iter().enumerate() {
            let count = if place < kept { &mut early } else { &mut late };
            count[usize::from(world.drawn.is_cold[*item as usize])] += 1;
        }
    }
    let share = |[others, cold]: [i32; 2]| f64::from(cold) / f64::from(cold + others);
    assert!(share(early) < 0.2 * share(late), "{early:?} {late:?}");
    let repeated =
        |history: &&[u32]| (1..history.len()).any(|place| history[..place].contains(&history[place]));
    let some = histories.iter().filter(repeated).count();
    assert!((30..900).contains(&some), "{some} histories in which an item comes back");
}
