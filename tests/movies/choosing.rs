//! Settings are chosen by `valid`, and the defaults are what it chooses on latest-small.

use crate::support::Task;
use emberbook::classic::recommend::bias::BiasConfig;
use emberbook::classic::recommend::choose::Choosing;
use emberbook::classic::recommend::factorisation::FactorisationConfig;
use emberbook::classic::recommend::knn::KnnConfig;
use emberbook::classic::recommend::methods::{Configs, Method};
use emberbook::data::ratings::SplitRule;
use std::rc::Rc;

#[test]
fn the_defaults_are_what_valid_chooses() {
    let task = Task::new(SplitRule::Random);
    let before = Configs {
        bias: BiasConfig { film_shrinkage: 0.0, user_shrinkage: 0.0 },
        users: KnnConfig { neighbours: 1, star_neighbours: 1, shrinkage: 0.0 },
        factorisation: FactorisationConfig { factor_decay: 0.0, ..FactorisationConfig::default() },
        ..Configs::default()
    };
    // Neighbours build on the biases, in whatever order they are asked for.
    let methods = [Method::UserKnn, Method::Factorisation, Method::Bias];
    let mut choosing = Choosing::new(Rc::clone(&task.table), &task.split, &methods, before, 1);
    let all = choosing.progress().1;
    assert_eq!(all, 4 * 4 + 3 + 4 * 3 + 4);
    while choosing.step() {
        assert!(choosing.progress().0 <= all);
    }
    assert_eq!(choosing.progress().0, all);
    let configs = *choosing.configs();
    assert_eq!((configs.bias, configs.users), (BiasConfig::default(), KnnConfig::USERS));
    let (found, default) = (configs.factorisation, FactorisationConfig::default());
    assert_eq!(found.factor_decay, default.factor_decay);
    assert!(found.passes.abs_diff(default.passes) <= 5, "{} passes", found.passes);
    assert_eq!(configs.films, KnnConfig::FILMS, "those of other methods stay");
}
