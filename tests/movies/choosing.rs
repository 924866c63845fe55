//! Settings are chosen by `valid`, and the defaults are what it chooses on latest-small.

use crate::support::Task;
use emberbook::classic::recommend::bias::BiasConfig;
use emberbook::classic::recommend::choose::choose;
use emberbook::classic::recommend::factorisation::FactorisationConfig;
use emberbook::classic::recommend::knn::KnnConfig;
use emberbook::classic::recommend::methods::{Configs, Method};
use emberbook::classic::recommend::validation::Validation;
use emberbook::data::ratings::SplitRule;

#[test]
fn the_defaults_are_what_valid_chooses() {
    let task = Task::new(SplitRule::Random);
    let validation = Validation::new(task.table, &task.split);
    let mut configs = Configs {
        bias: BiasConfig { film_shrinkage: 0.0, user_shrinkage: 0.0 },
        users: KnnConfig { neighbours: 1, star_neighbours: 1, shrinkage: 0.0 },
        factorisation: FactorisationConfig { factor_decay: 0.0, ..FactorisationConfig::default() },
        ..Configs::default()
    };
    for method in [Method::Bias, Method::Factorisation, Method::UserKnn] {
        choose(method, task.table, &task.split, &validation, &mut configs, 1);
    }
    assert_eq!((configs.bias, configs.users), (BiasConfig::default(), KnnConfig::USERS));
    let (found, default) = (configs.factorisation, FactorisationConfig::default());
    assert_eq!(found.factor_decay, default.factor_decay);
    assert!(found.passes.abs_diff(default.passes) <= 5, "{} passes", found.passes);
    assert_eq!(configs.films, KnnConfig::FILMS, "those of other methods stay");
}
