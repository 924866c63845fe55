//! The table of cold start, in pieces: whoever asks again gets more of it.

use crate::data::ratings::cold_start::{COLD_RATINGS, Cold};
use crate::error::LabError;
use crate::lessons::movies::lab::cold_start::{Cell, ColdTable};
use crate::lessons::movies::lab::run::MoviesRun;
use crate::lessons::movies::settings::Model;
use serde::{Deserialize, Serialize};

/// Milliseconds of work at most, whatever is asked for: meanwhile the lab answers nobody else.
const LONGEST: f64 = 1_000.0;

/// What is wanted of the table.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ColdStartOptions {
    whose: Whose,
    /// Methods by the names of the setting `model`; those of earlier askings stay.
    methods: Vec<String>,
    /// How long to work on it now; 0 only tells what is known.
    milliseconds: f64,
}

/// Whose ratings are taken away.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
enum Whose {
    Users,
    Films,
}

/// The table as far as it is known.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ColdStartShown {
    /// Training ratings that are left, for each column.
    left: [usize; COLD_RATINGS.len()],
    /// How many users, or films, are cold.
    cold: usize,
    /// Test ratings of theirs.
    ratings: usize,
    /// Users whose lists are judged.
    judged: usize,
    rows: Vec<ColdRow>,
    /// Cells that are known, with the share of the one under way.
    done: f64,
    /// The cell under way.
    under_way: Option<UnderWay>,
    finished: bool,
    /// Steps that a fusion network takes for one cell.
    fusion_steps: usize,
}

/// A method.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct ColdRow {
    method: &'static str,
    cells: Vec<Option<ColdCell>>,
}

/// What it reaches.
#[derive(Serialize, Debug, PartialEq)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct ColdCell {
    /// In stars; none by a method that only ranks.
    rmse: Option<f64>,
    /// NDCG@10; none where nobody's list is judged.
    ndcg: Option<f64>,
}

/// What is being computed.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct UnderWay {
    method: &'static str,
    column: usize,
}

/// Works on the table and tells what is known of it.
///
/// # Errors
/// `bad_input` for a method that is none of those compared, `device_lost`.
pub async fn cold_start(run: &mut MoviesRun, options: ColdStartOptions) -> Result<ColdStartShown, LabError> {
    let mut methods = Vec::new();
    for name in &options.methods {
        let model = Model::named(Some(name));
        if model.name() != name || model == Model::Candidate {
            return Err(LabError::bad_input(
                "`methods` by the names of the setting `model`, without `candidate`",
            ));
        }
        methods.push(model);
    }
    let (place, cold) = match options.whose {
        Whose::Users => (0, Cold::Users),
        Whose::Films => (1, Cold::Films),
    };
    let mut table = match run.cold[place].take() {
        Some(table) => table,
        None => Box::new(ColdTable::new(&run.settings, &run.ratings, &run.rows, &run.device, cold)),
    };
    table.ask(&methods);
    let worked = match options.milliseconds {
        some if some > 0.0 => table.advance(some.min(LONGEST)).await,
        _ => Ok(()),
    };
    let shown = shown(&table);
    run.cold[place] = Some(table);
    worked.map(|()| shown)
}

fn shown(table: &ColdTable) -> ColdStartShown {
    let [cold, ratings, judged] = table.counts();
    let cell = |cell: &Option<Cell>| cell.map(|Cell { rmse, ndcg }| ColdCell { rmse, ndcg });
    ColdStartShown {
        left: COLD_RATINGS,
        cold,
        ratings,
        judged,
        rows: table
            .rows()
            .iter()
            .map(|(model, cells)| ColdRow { method: model.name(), cells: cells.iter().map(cell).collect() })
            .collect(),
        done: table.done(),
        under_way: table.under_way().map(|(model, column)| UnderWay { method: model.name(), column }),
        finished: table.finished(),
        fusion_steps: table.fusion_steps(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classic::recommend::bias::{Bias, BiasConfig};
    use crate::classic::recommend::judge::star_errors;
    use crate::data::ratings::Interactions;
    use crate::data::ratings::cold_start::ColdStart;
    use crate::lessons::movies::lab::classic::judged;
    use crate::lessons::movies::looks::test_support::made;
    use pollster::block_on;

    fn ask(run: &mut MoviesRun, whose: Whose, methods: &[&str], milliseconds: f64) -> ColdStartShown {
        let methods = methods.iter().map(ToString::to_string).collect();
        block_on(cold_start(run, ColdStartOptions { whose, methods, milliseconds })).unwrap()
    }

    fn to_the_end(run: &mut MoviesRun, whose: Whose, methods: &[&str], milliseconds: f64) -> ColdStartShown {
        loop {
            let shown = ask(run, whose, methods, milliseconds);
            if shown.finished {
                return shown;
            }
        }
    }

    #[test]
    fn every_method_is_judged_for_users_and_films_with_few_ratings() {
        let mut run = made(&[("model", "mean".into())]);
        for whose in [Whose::Users, Whose::Films] {
            let methods = ["popular", "bias", "mf", "content", "fusion"];
            let shown = to_the_end(&mut run, whose, &methods, 1000.0);
            assert!(shown.cold > 0 && shown.ratings > 0 && shown.judged > 0);
            assert_eq!((shown.done, shown.rows.len()), (20.0, 5));
            for row in &shown.rows {
                for cell in &row.cells {
                    let cell = cell.as_ref().unwrap();
                    assert_eq!(cell.rmse.is_some(), row.method != "popular", "{}", row.method);
                    assert!((0.0..=1.0).contains(&cell.ndcg.unwrap()));
                }
            }
        }
    }

    #[test]
    fn a_cell_is_the_method_trained_on_what_is_left() {
        let mut run = made(&[]);
        let shown = to_the_end(&mut run, Whose::Users, &["bias"], 1000.0);
        for (column, left) in COLD_RATINGS.into_iter().enumerate() {
            let rows = &run.rows;
            let start = ColdStart::new(&run.ratings, &rows.fit, &rows.test, Cold::Users, left, 1);
            let learned = Interactions::new(&run.ratings, &start.train);
            let (pairs, given) = judged(&run.ratings, &start.test);
            let bias = Bias::fit(&learned, BiasConfig::default());
            let expected = star_errors(&bias, &learned, &pairs, &given).unwrap().rmse();
            assert_eq!(shown.rows[0].cells[column].as_ref().unwrap().rmse, expected);
        }
    }

    #[test]
    fn pieces_come_to_the_same_table_and_more_methods_can_be_asked_for() {
        let (mut whole, mut pieces) = (made(&[]), made(&[]));
        let all = to_the_end(&mut whole, Whose::Films, &["mf", "popular"], 1000.0);
        let before = ask(&mut pieces, Whose::Films, &["mf"], 0.0);
        assert_eq!((before.done, before.finished, before.rows.len()), (0.0, false, 1));
        let one = ask(&mut pieces, Whose::Films, &["mf"], 1e-9);
        assert!(one.done > 0.0 && one.done < 1.0 && one.under_way.unwrap().method == "mf");
        to_the_end(&mut pieces, Whose::Films, &["mf"], 1e-9);
        let more = to_the_end(&mut pieces, Whose::Films, &["popular"], 1e-9);
        for (row, other) in all.rows.iter().zip(&more.rows) {
            assert_eq!((row.method, &row.cells), (other.method, &other.cells));
        }
    }

    #[test]
    fn a_method_that_is_not_compared_is_refused_and_nothing_is_lost() {
        let mut run = made(&[]);
        to_the_end(&mut run, Whose::Users, &["mean"], 1000.0);
        for name in ["candidate", "nobody"] {
            let options =
                ColdStartOptions { whose: Whose::Users, methods: vec![name.into()], milliseconds: 1.0 };
            assert_eq!(block_on(cold_start(&mut run, options)).err().unwrap().code, "bad_input");
        }
        assert_eq!(ask(&mut run, Whose::Users, &[], 0.0).done, 4.0);
    }
}
