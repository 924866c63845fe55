//! Tables of the reader's own: good ones are read, bad ones refused with reason, row and column.

#![cfg(feature = "tensors")]

use emberbook::data::table::{ColumnKind, Gaps, Kind, TableReading, TypedTable};
use emberbook::error::LabError;
use emberbook::lessons::Material;
use emberbook::progress::Budget;
use emberbook::random::{Purpose, Random};
use pollster::block_on;
use serde_json::{Value, json};
use std::fmt::Write;
use std::rc::Rc;

const WINE: &str = include_str!("../fixtures/tables/wine.csv");
const LEAVES: &str = include_str!("../fixtures/tables/leaves_semicolon.csv");
const PEOPLE: &str = include_str!("../fixtures/tables/people.tsv");
const FRUIT: &str = include_str!("../fixtures/tables/fruit_quoted.csv");
const PATIENTS: &str = include_str!("../fixtures/tables/patients_missing.csv");

fn read(text: impl AsRef<[u8]>) -> Result<Rc<TypedTable>, LabError> {
    crate::common::own_table("iris", "own.csv", text.as_ref())
}

#[test]
fn a_table_with_windows_line_ends_and_a_byte_order_mark() {
    let table = read(format!("\u{feff}{}", WINE.replace('\n', "\r\n"))).unwrap();
    assert_eq!((table.file.as_str(), table.rows), ("own.csv", 9));
    assert_eq!(table.label_candidates(), ["cultivar"]);
    assert_eq!(table.feature_candidates("cultivar"), ["alcohol", "malic_acid", "colour"]);
    let labelled = table.labelled("cultivar", &["colour", "alcohol"], Gaps::LeaveOut).unwrap();
    assert_eq!(labelled.features, ["colour", "alcohol"]);
    assert_eq!(labelled.classes, ["A", "B", "C"]);
    assert_eq!(labelled.labels, [0, 0, 0, 1, 1, 1, 2, 2, 2]);
    assert_eq!((&labelled.rows[0], &labelled.rows[8]), (&vec![5.64, 14.23], &vec![5.7, 12.81]));
}

#[test]
fn a_table_parted_by_semicolons_with_decimal_commas() {
    let table = read(LEAVES).unwrap();
    assert_eq!(table.label_candidates(), ["Blüten", "Standort"]);
    assert_eq!(table.default_label(), Some("Standort"));
    let lengths = &table.described_for_classifier()[0];
    assert_eq!(lengths.name, "Länge");
    let mean = (4.5 + 5.0 - 15.0 + 6.75 + 7.0 + 6.5 + 5.5 + 8.5 + 9.0) / 9.0;
    assert_eq!(lengths.kind, ColumnKind::Number { min: -15.0, max: 9.0, mean });
    let labelled = table.labelled("Standort", &["Länge", "Breite", "Blüten"], Gaps::LeaveOut).unwrap();
    assert_eq!(labelled.classes, ["Nord", "Süd"]);
    assert_eq!(labelled.rows[5], [6.5, 0.5, 1.0]);
}

#[test]
fn a_table_parted_by_tabs_with_whole_numbers_for_classes() {
    let table = read(PEOPLE).unwrap();
    let labelled = table.labelled("grade", &["weight", "height"], Gaps::LeaveOut).unwrap();
    // In the order of numbers: as text, 10 would come first.
    assert_eq!(labelled.classes, ["2", "9", "10"]);
    assert_eq!(labelled.labels, [2, 1, 0, 2, 1, 0, 2, 1, 0]);
}

#[test]
fn a_table_with_quotes_commas_and_chinese_headers() {
    let table = read(FRUIT).unwrap();
    assert_eq!(table.rows, 9);
    let columns = table.described_for_classifier();
    assert_eq!(
        (columns[0].name.as_str(), &columns[0].kind),
        ("品种，产地", &ColumnKind::Text { distinct: 6 })
    );
    // Four of the six origins have fewer than three rows.
    assert!(!columns[0].label && columns[1].feature && columns[3].label);
    assert_eq!(table.label_candidates(), ["等级"]);
    let labelled = table.labelled("等级", &["果重（克）", "糖度"], Gaps::LeaveOut).unwrap();
    assert_eq!(labelled.classes, ["一级", "二级", "特级"]);
    assert_eq!(labelled.rows[2], [195.0, 12.8]);
}

#[test]
fn a_table_with_text_and_missing_values_in_columns_that_are_left_out() {
    let table = read(PATIENTS).unwrap();
    assert_eq!(table.rows, 8);
    let columns = table.described_for_classifier();
    let [id, age, pressure, note, diagnosis] = &columns[..] else { panic!("{columns:?}") };
    assert_eq!((&id.kind, id.label, id.feature), (&ColumnKind::Text { distinct: 8 }, false, false));
    assert!(age.feature && !age.label);
    assert_eq!((pressure.missing, &pressure.missing_rows[..]), (3, &[4, 6, 9][..]));
    assert_eq!(pressure.kind, ColumnKind::Number { min: 118.0, max: 155.0, mean: 658.0 / 5.0 });
    // More than a tenth of it is missing: it is a feature for those who choose it.
    assert!(pressure.feature && !pressure.used && age.used);
    assert_eq!(id.guess, Kind::Category, "eight rows may well all differ");
    assert_eq!((note.missing, &note.kind), (5, &ColumnKind::Text { distinct: 3 }));
    assert!(diagnosis.label);
    let labelled = table.labelled("diagnosis", &["age"], Gaps::LeaveOut).unwrap();
    assert_eq!((labelled.rows[4][0], labelled.labels[4]), (62.0, 1));
    // As the page is told of a column.
    let told = serde_json::to_value(pressure).unwrap();
    assert_eq!((&told["kind"], &told["max"], &told["missing"]), (&"number".into(), &155.0.into(), &3.into()));
}

/// As R's package palmerpenguins has them, two rows of each kind without measurements.
fn penguins() -> String {
    let mut text = String::from("rowid,species,island,bill_length_mm,flipper_length_mm,sex,year\n");
    for row in 0..90 {
        let kind = row % 3;
        let measured = format!("{}.{},{}", 38 + 4 * kind, row % 9, 180 + 10 * kind + row % 7);
        let measured = if row % 40 == 3 { "NA,NA" } else { &measured };
        let (species, island) = (["Adelie", "Chinstrap", "Gentoo"][kind], ["Biscoe", "Dream"][row / 3 % 2]);
        let sex = if row % 11 == 0 { "NA" } else { ["male", "female"][row % 2] };
        writeln!(text, "{},{species},{island},{measured},{sex},{}", row + 1, 2007 + row % 2).unwrap();
    }
    text
}

#[test]
fn gaps_cost_the_rows_they_stand_in_or_are_filled_and_the_label_is_the_species() {
    let text = penguins();
    let table = read(&text).unwrap();
    assert_eq!(table.default_label(), Some("species"));
    assert_eq!(table.default_features("species"), ["bill_length_mm", "flipper_length_mm", "year"]);
    let names = ["bill_length_mm", "flipper_length_mm"];
    let whole = table.labelled("species", &names, Gaps::LeaveOut).unwrap();
    assert_eq!((whole.rows.len(), whole.number(2), whole.number(3), whole.number(86)), (87, 2, 4, 89));
    let material = crate::common::with_own_table("iris", "penguins.csv", &text, Material::default());
    let lab = |gaps: &str| {
        let settings = json!({ "model": "softmax", "C": 100, "gaps": gaps, "features": names });
        crate::common::open_with(settings, &material).unwrap()
    };
    let rows = |lab: &mut dyn emberbook::lab::Lab| {
        let data = block_on(lab.inspect("data", json!({}).into())).unwrap();
        (data["total"].as_u64().unwrap(), data["rows"][3].clone(), data["row_numbers"][3].clone())
    };
    let (total, _, number) = rows(&mut *lab("leave_out"));
    assert_eq!((total, number), (87, json!(4)));
    let mut filled = lab("train_mean");
    let (total, row, _) = rows(&mut *filled);
    let data = block_on(filled.inspect("data", json!({}).into())).unwrap();
    let train: Vec<usize> = serde_json::from_value(data["split_rows"]["train"].clone()).unwrap();
    let values = &table.column("bill_length_mm").unwrap().values;
    let known: Vec<f64> = train.iter().map(|row| values[*row]).filter(|value| !value.is_nan()).collect();
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    assert_eq!(total, 90);
    assert!((row[0].as_f64().unwrap() - mean).abs() < 1e-12);
    block_on(filled.train(Budget::steps(u64::MAX))).unwrap();
    assert!(block_on(filled.evaluate("test")).unwrap()["accuracy"].as_f64().unwrap() > 0.6);
}

#[test]
fn a_mistyped_class_is_named_where_another_column_is_the_label_for_it() {
    let text = penguins().replacen("Gentoo", "Gentto", 1);
    let table = read(&text).unwrap();
    assert_eq!(table.default_label(), Some("island"));
    let columns = table.described_for_classifier();
    let doubt = columns[1].doubts.iter().find(|doubt| doubt.doubt == "stray_class").unwrap();
    assert_eq!((doubt.example.as_str(), doubt.count, doubt.of, doubt.row), ("Gentto", 1, 90, 4));
    assert!(columns[2].doubts.is_empty());
}

#[test]
fn a_label_with_a_gap_costs_the_row_it_stands_in() {
    let table = read(include_str!("../fixtures/tables/label_one_gap.csv")).unwrap();
    let labelled = table.labelled("kind", &table.default_features("kind"), Gaps::LeaveOut).unwrap();
    assert_eq!((labelled.rows.len() + 1, labelled.number(3), labelled.number(4)), (table.rows, 3, 5));
    let look = emberbook::lessons::find("iris").unwrap().accepts;
    let look = look.look_at_table("a.csv", b"x,kind\n1,a\n2,b\n", &TableReading::default()).unwrap();
    assert_eq!(look.refusal.unwrap().details["reason"], "class_too_small");
}

#[test]
fn numbers_stay_as_fine_and_as_large_as_the_file_has_them() {
    let table = read(include_str!("../fixtures/tables/fine_and_large_columns.csv")).unwrap();
    let labelled = table.labelled("kind", &["mass_g", "thickness_m"], Gaps::LeaveOut).unwrap();
    assert_eq!(labelled.rows[..2], [[12345.678, 0.0012], [12345.928, 0.0013]]);
    // In single precision these forty moments are one.
    let seconds = include_str!("../fixtures/tables/unix_seconds.csv");
    let material = crate::common::with_own_table("iris", "unix_seconds.csv", seconds, Material::default());
    let settings = json!({ "model": "softmax", "C": 1000 });
    let mut lab = crate::common::open_with(settings, &material).unwrap();
    block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
    assert_eq!(block_on(lab.evaluate("train")).unwrap()["accuracy"], 1.0);
    let answer = block_on(lab.predict(json!([[1767225600.0], [1767225639.0]]).into())).unwrap();
    assert_eq!(answer["classes"], json!(["early", "late"]));
}

#[test]
fn a_table_of_a_hundred_thousand_rows() {
    let mut random = Random::new(5, Purpose::Split);
    let mut text = String::from("a,b,c,d,e,f,g,h,kind,label\n");
    let mut sum = 0.0;
    for row in 0..100_000 {
        for column in 0..8 {
            let value = random.uniform(-50.0, 50.0);
            let written = format!("{value:.3}");
            if column == 0 {
                sum += written.parse::<f64>().unwrap();
            }
            text += &written;
            text.push(',');
        }
        writeln!(text, "kind {},{}", random.below(1000), ["left", "right", "middle"][row % 3]).unwrap();
    }
    let table = read(&text).unwrap();
    let labelled = table.labelled("label", &table.feature_candidates("label"), Gaps::LeaveOut).unwrap();
    let columns = table.described_for_classifier();
    assert_eq!(columns[8].kind, ColumnKind::Text { distinct: 1000 });
    let ColumnKind::Number { mean, .. } = columns[0].kind else { panic!("{:?}", columns[0]) };
    assert!((mean - sum / 100_000.0).abs() < 1e-9);
    assert_eq!(table.label_candidates(), ["label"]);
    assert_eq!((labelled.rows.len(), labelled.rows[0].len()), (100_000, 8));
    assert_eq!(labelled.classes, ["left", "middle", "right"]);
    assert_eq!(labelled.labels[99_997..], [2, 1, 0]);
    let error = read(text + "1,2,3,4,5,6,7,8,kind 9,left\n").unwrap_err();
    assert_refused(&error, "too_many_rows", 100_002, None);
}

/// A sound table of nine rows, its header in row 1, with one line put in place of another.
fn wine_with(row: usize, line: &str) -> String {
    let mut lines: Vec<&str> = WINE.lines().collect();
    lines[row - 1] = line;
    lines.join("\n")
}

fn assert_refused(error: &LabError, reason: &str, row: usize, column: Option<usize>) {
    let (code, message, details) = (&error.code, &error.message, &error.details);
    assert_eq!(code, "bad_table");
    assert_eq!(details["file"], "own.csv", "{message}");
    let place = (details["reason"].as_str(), details["row"].as_u64(), details.get("column"));
    let column = column.map(Value::from);
    assert_eq!(place, (Some(reason), Some(row as u64), column.as_ref()), "{message}");
    for words in [include_str!("../../www/i18n/zh.json"), include_str!("../../www/i18n/en.json")] {
        let words: Value = serde_json::from_str(words).unwrap();
        let sentence =
            words["errors"][format!("table_{reason}")].as_str().unwrap_or_else(|| panic!("{reason}"));
        for placeholder in sentence.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
            assert!(details.contains_key(placeholder), "{reason} has no {placeholder}");
        }
    }
}

#[test]
fn tables_that_cannot_be_read_are_refused_with_reason_row_and_column() {
    let long = "x".repeat(81);
    let wide = vec!["c"; 201].join(",");
    let large = format!("a,b\n{}", "1234567,x\n".repeat(2_000_000));
    let cases: [(Vec<u8>, &str, usize, Option<usize>); 21] = [
        (b"".into(), "empty", 1, None),
        (b"\xef\xbb\xbf \r\n\r\n,,,\r\n".into(), "empty", 1, None),
        (b"\n\nx,y,kind\n".into(), "no_rows", 3, None),
        (b"x y kind\n1 2 a\n".into(), "no_delimiter", 1, None),
        (wine_with(4, "13.16,2.36,A").into(), "row_length", 4, None),
        (b"x,kind\r\n\r\n1,a\r\n  \r\n,\r\n2,b,3\r\n".into(), "row_length", 6, None),
        (b"x,kind\n1,a\n2,\xff\xfe\n".into(), "not_text", 3, Some(2)),
        (b"x\tkind\n\xc3\x28\ta\n".into(), "not_text", 2, Some(1)),
        (wine_with(6, "12.33,1.10,3.27,\"B").into(), "unclosed_quote", 6, None),
        (b"\"x,kind\n1,a\n2,b\n".into(), "unclosed_quote", 1, None),
        (wine_with(1, "alcohol,,colour,cultivar").into(), "empty_name", 1, Some(2)),
        (wine_with(1, "alcohol,colour, colour ,cultivar").into(), "duplicate_name", 1, Some(3)),
        (wine_with(1, &format!("alcohol,x,y,{long}")).into(), "name_too_long", 1, Some(4)),
        (wine_with(1, "alcohol,x\u{7},y,cultivar").into(), "control_character", 1, Some(2)),
        (wine_with(8, "12.86,1.35,4.10,C\0").into(), "control_character", 8, Some(4)),
        (wide.into(), "too_many_columns", 1, None),
        (large.into(), "too_large", 2_000_001, None),
        // The likeliest label is named with the cell that stands against it.
        (b"x,y\n1.5,a\n2.5,b\n3.5,c\n".into(), "class_too_small", 2, Some(2)),
        (wine_with(5, "13.16,2.36,5.6,a stray cell").into(), "class_too_small", 5, Some(4)),
        (b"x,y\n1.5,1.5\n2.5,2.5\n3.5,3.5\n".into(), "no_label", 1, None),
        (b"name,kind\nu,a\nv,a\nw,a\nu,b\nv,b\nw,b\n".into(), "no_features", 1, None),
    ];
    for (text, reason, row, column) in cases {
        assert_refused(&read(text).unwrap_err(), reason, row, column);
    }
}

/// A label, features, and the reason, row and column of the refusal.
type Choice<'a> = (&'a str, &'a [&'a str], &'a str, usize, Option<usize>);

#[test]
fn choices_a_classifier_cannot_learn_from_are_refused_with_reason_row_and_column() {
    let paragraph = "long ".repeat(20);
    let text = format!(
        "x,y,gaps,rarely,nothing,same,rare,many,kind,story\n\
         1,1.5,1,,,s,a,m1,k,u\n2,2.5,,,,s,a,m2,k,u\n3,3.5,3,1e39,,s,a,m3,k,u\n4,4.5,4,4,,s,a,m4,l,{paragraph}\n\
         5,5,5,5,,s,a,m5,l,v\n6,6,NaN,6,,s,b,m6,l,v\n{}",
        (7..30).map(|n| format!("{n},{n},7,7,,s,a,m{n},l,v\n")).collect::<String>()
    );
    let table = read(&text).unwrap();
    assert_eq!(table.label_candidates(), ["kind"]);
    assert_eq!(table.feature_candidates("kind"), ["x", "y", "gaps", "rarely"]);
    // Two gaps of 29 rows; "x" counts the rows.
    assert_eq!(table.default_features("kind"), ["y", "gaps"]);
    table.labelled("kind", &["x", "y"], Gaps::LeaveOut).unwrap();
    let cases: [Choice; 12] = [
        ("kind", &["x", "z"], "unknown_column", 1, None),
        ("z", &["x"], "unknown_column", 1, None),
        ("kind", &[], "no_features", 1, None),
        ("kind", &["x", "kind"], "label_as_feature", 1, Some(9)),
        ("kind", &["nothing"], "missing_value", 2, Some(5)),
        ("kind", &["many"], "not_a_number", 2, Some(8)),
        ("kind", &["rarely"], "gaps_leave_too_few", 1, Some(9)),
        ("same", &["x"], "one_class", 1, Some(6)),
        ("rare", &["x"], "class_too_small", 7, Some(7)),
        ("many", &["x"], "too_many_classes", 22, Some(8)),
        ("y", &["x"], "label_not_whole", 2, Some(2)),
        ("story", &["x"], "class_name_unfit", 5, Some(10)),
    ];
    for (label, features, reason, row, column) in cases {
        assert_refused(&table.labelled(label, features, Gaps::LeaveOut).unwrap_err(), reason, row, column);
    }
}

/// What a table may be damaged with: signs of its grammar, and bytes that are no text.
const PIECES: [&[u8]; 16] = [
    b",",
    b";",
    b"\t",
    b"\"",
    b"\"\"",
    b"\n",
    b"\r\n",
    b"\r",
    b"?",
    b"NA",
    b"1e39",
    b"-0",
    b"\0",
    b"\xff",
    b"\xe4\xb8",
    b" ",
];

fn damaged(random: &mut Random, text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(text.len() + 1);
        match random.below(6) {
            0 => text.truncate(at),
            1 => drop(text.drain(at..(at + random.below(20)).min(text.len()).max(at))),
            2 => drop(text.splice(at..at, PIECES[random.below(PIECES.len())].iter().copied())),
            3 => text.extend_from_within(..at),
            _ => drop(text.splice(at..(at + 1).min(text.len()), [b"0123456789.-"[random.below(12)]])),
        }
    }
    text
}

#[test]
fn whatever_is_read_is_a_table_or_refused_with_a_row_of_the_file() {
    let mut random = Random::new(11, Purpose::Split);
    let (mut read_well, mut refused) = (0, 0);
    for round in 0..6000 {
        let text: Vec<u8> = match round % 6 {
            0 => (0..random.below(200)).map(|_| random.below(256) as u8).collect(),
            1 => (0..random.below(60)).flat_map(|_| PIECES[random.below(PIECES.len())].to_vec()).collect(),
            good => {
                let (header, rows) = [WINE, LEAVES, PEOPLE, FRUIT][good - 2].split_once('\n').unwrap();
                damaged(&mut random, format!("{header}\n{}", rows.repeat(3)).as_bytes())
            }
        };
        let shown = String::from_utf8_lossy(&text);
        match read(&text) {
            Ok(table) => {
                read_well += 1;
                let label = table.default_label().unwrap_or_else(|| panic!("no label in {shown:?}"));
                let features = table.default_features(label);
                assert!(!features.is_empty(), "{shown:?}");
                let labelled = match table.labelled(label, &features, Gaps::TrainMean) {
                    Ok(mut labelled) => {
                        labelled.fill_gaps(&[0, 1, 2]);
                        labelled
                    }
                    Err(error) => panic!("{error}: {shown:?}"),
                };
                assert!(labelled.labels.len() <= table.rows, "{shown:?}");
                if let Err(error) = table.labelled(label, &features, Gaps::LeaveOut) {
                    assert_eq!(error.details["reason"], "gaps_leave_too_few", "{shown:?}");
                }
                assert!(labelled.rows.iter().flatten().all(|value| value.is_finite()), "{shown:?}");
            }
            Err(error) => {
                refused += 1;
                assert_eq!(error.code, "bad_table");
                let lines = 1 + text.iter().filter(|byte| **byte == b'\n').count() as u64;
                let row = error.details["row"].as_u64().unwrap();
                assert!((1..=lines).contains(&row), "{error}: {shown:?}");
            }
        }
    }
    assert!(read_well > 500 && refused > 2000, "{read_well} read, {refused} refused");
}

/// With five classes the one with the most votes may have lost a duel; scikit-learn says `b` of (9, 5), 3 votes to 2.
#[test]
fn a_support_vector_machine_predicts_the_class_with_the_most_votes_in_every_answer() {
    let text = include_str!("../fixtures/tables/svm_five_classes.csv");
    let material = crate::common::with_own_table("iris", "svm.csv", text, Material::default());
    let settings = json!({ "dataset": "own", "model": "svm" });
    let mut lab = crate::common::open_with(settings, &material).unwrap();
    block_on(lab.train(Budget::steps(u64::MAX))).unwrap();
    let rows: Vec<[u32; 2]> = (0..10).flat_map(|u| (0..10).map(move |v| [u, v])).collect();
    let answer = block_on(lab.predict(json!(rows).into())).unwrap();
    let strings = |value: &Value| -> Vec<String> { serde_json::from_value(value.clone()).unwrap() };
    let pairs: Vec<Vec<String>> = answer["pairs"].as_array().unwrap().iter().map(strings).collect();
    let (classes, mut lost) = (strings(&answer["classes"]), 0);
    for (at, row) in rows.iter().enumerate() {
        let decisions: Vec<f64> = serde_json::from_value(answer["decisions"][at].clone()).unwrap();
        let winners = decisions.iter().zip(&pairs).map(|(value, pair)| &pair[usize::from(*value <= 0.0)]);
        let winners: Vec<&String> = winners.collect();
        let votes = |class: &str| winners.iter().filter(|winner| **winner == class).count();
        let most = ["a", "b", "c", "d", "e"].map(votes).into_iter().max().unwrap();
        assert_eq!(votes(&classes[at]), most, "{row:?}");
        lost += usize::from(most < 4);
        if *row == [9, 5] {
            assert_eq!((classes[at].as_str(), most), ("b", 3));
        }
    }
    assert!(lost > 0, "some winner lost to another class");
    let confusion = block_on(lab.inspect("confusion", json!({ "split": "train" }).into())).unwrap();
    let evaluation = block_on(lab.evaluate("train")).unwrap();
    let mistakes = confusion["mistakes"].as_u64().unwrap() as f64;
    let rows = evaluation["rows"].as_u64().unwrap() as f64;
    assert!(
        (evaluation["accuracy"].as_f64().unwrap() * rows - (rows - mistakes)).abs() < 1e-9,
        "{confusion}"
    );
}
