//! Model files of LightGBM: refused with their code, or models that predict and can be written again.

#![no_main]

use gbdt::{Column, Table, model_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let model = match model_text::parse(text) {
        Err(error) => {
            assert!(matches!(error.code, "bad_model_file" | "linear_tree"));
            return;
        }
        Ok(model) => model,
    };
    let column = |index: usize| Column::numeric(&index.to_string(), vec![f64::NAN, -0.5, 3.0]);
    let table = Table::new((0..model.feature_names.len()).map(column).collect()).expect("different names");
    assert_eq!(model.raw_scores(&table).len(), 3 * model.trees_per_round);
    model.leaves(&table);
    model.contributions(&table.selected(&[1]));
    assert!(model_text::parse(&model_text::to_text(&model)).is_ok());
});
