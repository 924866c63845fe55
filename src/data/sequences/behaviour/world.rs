//! What holds for all users: how alike items are, what is popular, what follows what, which items are new.

use super::likeness::{looks, shared_words};
use super::{COLD_ITEMS, SUCCESSORS};
use crate::data::order::ascending;
use crate::data::sequences::items::{Items, Kind};
use crate::data::sequences::pictures::ItemPictures;
use crate::random::{Purpose, Random};

/// A world in which users choose.
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    /// Where each item belongs.
    pub kinds: Vec<Kind>,
    /// How many groups.
    pub groups: usize,
    /// How many subgroups.
    pub subgroups: usize,
    /// The cosine of looks of all pairs, row-major.
    pub look: Vec<f32>,
    /// How many titles and tags all pairs share, row-major.
    pub shared: Vec<u8>,
    /// What the seed has drawn.
    pub drawn: Drawn,
}

/// What of a world a seed draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The rank of each item in popularity, from 1.
    pub popularity_ranks: Vec<usize>,
    /// The subgroups that follow each subgroup. If b follows a, then a does not follow b.
    pub successors: Vec<Vec<usize>>,
    /// Whether each item is new: before the places held out it is hardly taken.
    pub is_cold: Vec<bool>,
}

impl World {
    /// The world of a seed over items that all have a kind.
    ///
    /// # Panics
    /// If one has none.
    pub fn new(items: &Items, seed: u64) -> Self {
        let kinds = kinds(items);
        let drawn = Drawn::new(&kinds, items.subgroups.len(), seed);
        Self::of(items, drawn)
    }

    /// The world in which this was drawn.
    ///
    /// # Panics
    /// As [`World::new`].
    pub fn of(items: &Items, drawn: Drawn) -> Self {
        let without = ItemPictures::none(items.len());
        Self {
            kinds: kinds(items),
            groups: items.groups.len(),
            subgroups: items.subgroups.len(),
            look: looks(items.pictures.as_ref().unwrap_or(&without)),
            shared: shared_words(items),
            drawn,
        }
    }

    /// How many items.
    pub fn items(&self) -> usize {
        self.kinds.len()
    }

    /// Whether the subgroup of `next` follows that of `last`.
    ///
    /// # Panics
    /// If there is no such item.
    pub fn follows(&self, last: usize, next: usize) -> bool {
        self.drawn.successors[self.kinds[last].subgroup].contains(&self.kinds[next].subgroup)
    }
}

fn kinds(items: &Items) -> Vec<Kind> {
    items.list.iter().map(|item| item.kind.expect("an item of a made world has a kind")).collect()
}

impl Drawn {
    fn new(kinds: &[Kind], subgroups: usize, seed: u64) -> Self {
        let mut random = Random::new(seed, Purpose::SequenceWorlds);
        let popularity_ranks = random.permutation(kinds.len()).into_iter().map(|rank| rank + 1).collect();
        let successors = successors(subgroups, &mut random);
        let mut is_cold = vec![false; kinds.len()];
        // As many as of all emoji, where there are fewer items.
        let cold = COLD_ITEMS.min(kinds.len() / 18);
        let mut of_subgroup = vec![Vec::new(); subgroups];
        kinds.iter().enumerate().for_each(|(item, kind)| of_subgroup[kind.subgroup].push(item));
        let order = random.permutation(subgroups);
        for subgroup in order.into_iter().filter(|subgroup| !of_subgroup[*subgroup].is_empty()).take(cold) {
            let members = &of_subgroup[subgroup];
            is_cold[members[random.below(members.len())]] = true;
        }
        Self { popularity_ranks, successors, is_cold }
    }
}

/// Subgroup by subgroup in random order, of those that are not followed by it already.
fn successors(count: usize, random: &mut Random) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = vec![Vec::new(); count];
    for subgroup in random.permutation(count) {
        let mut free: Vec<usize> =
            (0..count).filter(|other| *other != subgroup && !found[*other].contains(&subgroup)).collect();
        random.shuffle(&mut free);
        free.truncate(SUCCESSORS);
        let order = ascending(free.len(), &|at| free[at] as u64);
        found[subgroup] = order.into_iter().map(|at| free[at as usize]).collect();
    }
    found
}
