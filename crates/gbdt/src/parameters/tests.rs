//! Names, aliases, ranges and what does not go together.

use super::*;

#[test]
fn aliases_and_names_are_understood() {
    let parameters =
        Parameters::from_pairs([("eta", "0.3"), ("n_estimators", "7"), ("objective", "binary")]).unwrap();
    assert_eq!(parameters.learning_rate, 0.3);
    assert_eq!(parameters.num_iterations, 7);
    assert_eq!(parameters.objective, Objective::Binary);
}

#[test]
fn an_unknown_name_is_answered_by_the_nearest() {
    let error = Parameters::from_pairs([("num_leavs", "7")]).unwrap_err();
    assert_eq!(error.code, "unknown_parameter");
    assert!(error.facts.contains(&("nearest", "num_leaves".into())), "{error:?}");
}

#[test]
fn values_out_of_range_and_contradictions_are_refused() {
    for (name, text) in [
        ("num_leaves", "1"),
        ("learning_rate", "0"),
        ("learning_rate", "nan"),
        ("bagging_fraction", "1.5"),
        ("max_bin", "many"),
        ("is_unbalance", "perhaps"),
        ("objective", "likelihood"),
        ("lambda_l1", "-1"),
    ] {
        assert_eq!(Parameters::from_pairs([(name, text)]).unwrap_err().code, "bad_parameter", "{name}");
    }
    for pairs in [
        vec![("objective", "binary"), ("is_unbalance", "true"), ("scale_pos_weight", "3")],
        vec![("objective", "multiclass")],
        vec![("objective", "binary"), ("num_class", "3")],
        vec![("data_sample_strategy", "goss"), ("top_rate", "0.8"), ("other_rate", "0.3")],
        vec![("boosting", "rf")],
        vec![("objective", "mae"), ("monotone_constraints", "1,0")],
    ] {
        assert_eq!(Parameters::from_pairs(pairs).unwrap_err().code, "contradictory_parameters");
    }
}

fn of(pairs: &[(&str, &str)]) -> Parameters {
    Parameters::from_pairs(pairs.iter().copied()).unwrap()
}

#[test]
fn a_name_wins_over_its_aliases_and_the_shorter_alias_over_the_longer() {
    assert_eq!(of(&[("learning_rate", "0.3"), ("eta", "0.1")]).learning_rate, 0.3);
    assert_eq!(of(&[("eta", "0.1"), ("learning_rate", "0.3")]).learning_rate, 0.3);
    assert_eq!(of(&[("shrinkage_rate", "0.3"), ("eta", "0.1")]).learning_rate, 0.1);
    assert_eq!(of(&[("eta", "0.1"), ("shrinkage_rate", "0.3")]).learning_rate, 0.1);
}

#[test]
fn what_does_not_fit_is_changed_as_lightgbm_changes_it() {
    assert_eq!(of(&[("path_smooth", "0.5"), ("min_data_in_leaf", "1")]).min_data_in_leaf, 2);
    assert_eq!(of(&[("path_smooth", "1e-16"), ("min_data_in_leaf", "1")]).min_data_in_leaf, 1);
    assert_eq!(of(&[("min_data_in_leaf", "0"), ("min_hessian", "0")]).min_data_in_leaf, 1);
    assert_eq!(of(&[("min_data_in_leaf", "0")]).min_data_in_leaf, 0);
    assert_eq!(of(&[("max_depth", "3")]).num_leaves, 8);
    assert_eq!(of(&[("max_depth", "3"), ("num_leaves", "20")]).num_leaves, 20);
}

#[test]
fn what_lightgbm_understands_is_understood() {
    assert_eq!(of(&[("objective", "rmse")]).objective, Objective::Regression);
    assert_eq!(of(&[("loss", "MAE")]).objective, Objective::RegressionL1);
    let goss = of(&[("boosting", "goss"), ("n_jobs", "4"), ("device", "gpu")]);
    assert_eq!((goss.boosting, goss.data_sample_strategy), (Boosting::Gbdt, SampleStrategy::Goss));
    assert_eq!(of(&[("boosting", "random_forest"), ("feature_fraction", "0.5")]).boosting, Boosting::Forest);
    assert_eq!(of(&[("mc", "1,-1, 0")]).monotone_constraints, [1, -1, 0]);
    assert_eq!(of(&[("num_leaves", "")]).num_leaves, 31);
}

#[test]
fn what_lightgbm_alone_has_is_said_to_be_so() {
    let of_one = |name, text| Parameters::from_pairs([(name, text)]).map_err(|error| error.code);
    for (name, without, with) in [
        ("linear_tree", "False", "true"),
        ("interaction_constraints", "", "[0,1]"),
        ("cegb_penalty_split", "0.0", "0.5"),
        ("mc_method", "basic", "advanced"),
        ("objective", "binary", "tweedie"),
        ("objective", "cross_entropy", "lambdarank"),
    ] {
        assert!(of_one(name, without).is_ok(), "{name}");
        assert_eq!(of_one(name, with), Err("unsupported_parameter"), "{name}");
    }
    assert_eq!(of_one("linear_tre", "true"), Err("unknown_parameter"));
}
