//! All parameters of LightGBM by name and alias, and what each does in this engine.
//!
//! A line of `known.txt` is a name and its aliases. `:-` follows the name of a parameter without effect here: there is one
//! thread, one way through the columns, no files and no devices, and the caller chooses the metrics. `:!` and a value
//! follow the name of one that this engine does not have: with any other value the run is refused.

/// The table, in the order of LightGBM's own list.
const TABLE: &str = include_str!("known.txt");

/// What a parameter of LightGBM does in this engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// What it does in LightGBM.
    Same,
    /// Nothing: what it decides in LightGBM does not exist here.
    Nothing,
    /// The engine does not have it, and takes this value alone, by which LightGBM does without it too.
    Only(&'static str),
}

/// A parameter of LightGBM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Its own name.
    pub name: &'static str,
    /// What it does here.
    pub effect: Effect,
}

fn lines() -> impl Iterator<Item = (Known, std::str::Split<'static, char>)> {
    TABLE.lines().map(|line| {
        let mut words = line.split(' ');
        let head = words.next().unwrap_or_default();
        let (name, effect) = match head.split_once(':') {
            None => (head, Effect::Same),
            Some((name, "-")) => (name, Effect::Nothing),
            Some((name, value)) => (name, Effect::Only(value.trim_start_matches('!'))),
        };
        (Known { name, effect }, words)
    })
}

/// The parameter that has a name or an alias.
pub fn known(name: &str) -> Option<Known> {
    lines().find_map(|(known, mut aliases)| {
        (known.name == name || aliases.any(|alias| alias == name)).then_some(known)
    })
}

/// All names and aliases.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    lines().flat_map(|(known, aliases)| std::iter::once(known.name).chain(aliases))
}

#[cfg(test)]
mod tests {
    use super::super::parameters::NAMES;
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_has_the_140_parameters_and_every_word_once() {
        assert_eq!(lines().count(), 140);
        let all: Vec<&str> = words().collect();
        assert_eq!(all.len(), 140 + 167, "names and aliases of LightGBM 4.6.0");
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    }

    #[test]
    fn what_has_its_effect_is_a_parameter_of_the_engine_and_nothing_else_is() {
        for (known, _) in lines() {
            let own = NAMES.contains(&known.name) || known.name == "seed";
            assert_eq!(known.effect == Effect::Same, own, "{}", known.name);
        }
    }
}
