use super::*;
use crate::data::table::{ColumnKind, DecimalSign, Doubt, TableLimits};

const LIMITS: TableLimits = TableLimits { bytes: 1_000_000, rows: 10_000, columns: 500 };
const RULES: TableRules = TableRules { limits: LIMITS, libsvm: true };

fn read(text: &str) -> Result<TypedTable, LabError> {
    TypedTable::read("people.csv", text.as_bytes(), &RULES)
}

#[test]
fn numbers_stay_and_texts_become_categories() {
    let table = read("年龄,城市,是否成功\n31,上海,1\n,北京,0\n45,上海,0\n29,,1\n").unwrap();
    let age = table.column("年龄").unwrap();
    assert_eq!((age.values[0], age.missing, &age.categories), (31.0, 1, &None));
    let city = table.column("城市").unwrap();
    assert_eq!(city.categories.as_deref().unwrap(), ["上海", "北京"]);
    assert_eq!(city.values[..3], [0.0, 1.0, 0.0]);
    assert!(city.values[3].is_nan());
}

#[test]
fn quotes_line_breaks_byte_order_marks_and_windows_line_ends_are_read() {
    let table = read("\u{feff}a;b\r\n1,5;\"x; y\"\r\n2;z\r\n").unwrap();
    assert_eq!(table.columns[0].values[..], [1.5, 2.0]);
    assert_eq!(table.columns[1].categories.as_deref().unwrap(), ["x; y", "z"]);
}

#[test]
fn a_text_among_numbers_is_missing_and_named_with_its_place() {
    let mut text = String::from("a,b\n");
    (0..50).for_each(|row| text.push_str(&format!("{}.5,1\n", row % 7)));
    text.push_str("k.A.,1\n");
    let table = read(&text).unwrap();
    let expected = Doubt { doubt: "not_numbers", count: 1, of: 51, example: "k.A.".into(), row: 52 };
    assert_eq!(table.columns[0].doubts, [expected]);
    assert_eq!((table.columns[0].missing, &table.columns[0].missing_rows[..]), (1, &[52][..]));
    assert_eq!(table.columns[0].guess, Kind::Number);
}

#[test]
fn five_thousand_categories_are_marked() {
    let mut text = String::from("name,b\n");
    (0..5000).for_each(|row| text.push_str(&format!("user{row},1\n")));
    assert!(read(&text).unwrap().columns[0].too_many_categories);
}

fn doubts(table: &TypedTable) -> Vec<&str> {
    let columns = table.columns.iter().flat_map(|column| &column.doubts);
    table.found.doubts.iter().chain(columns).map(|doubt| doubt.doubt).collect()
}

fn values(table: &TypedTable, column: usize) -> &[f64] {
    &table.columns[column].values
}

#[test]
fn numbers_are_read_as_the_whole_table_writes_them() {
    let german = read("stadt;einwohner;anteil\nA;1.234;1,5\nB;12.345;2,25\nC;987;0,5\n").unwrap();
    assert_eq!(values(&german, 1), [1234.0, 12345.0, 987.0]);
    assert_eq!(values(&german, 2), [1.5, 2.25, 0.5]);
    assert_eq!(german.found.decimal, DecimalSign::Comma);
    let doubt = &german.columns[1].doubts[0];
    assert_eq!((doubt.doubt, doubt.count, doubt.of, doubt.example.as_str()), ("thousands", 2, 3, "1.234"));
    let english = read("town,people,price\nA,\"1,234\",$1.50\nB,\"12,345\",$20\nC,987,$3\n").unwrap();
    assert_eq!(values(&english, 1), [1234.0, 12345.0, 987.0]);
    assert_eq!(values(&english, 2), [1.5, 20.0, 3.0]);
    assert_eq!(doubts(&english), ["thousands", "marked"]);
    let by_tabs = read("a\tb\n1,5\tx\n2,25\ty\n").unwrap();
    assert_eq!((values(&by_tabs, 0), by_tabs.found.decimal), (&[1.5, 2.25][..], DecimalSign::Comma));
    // Three decimals everywhere may be thousands; what was chosen decides.
    let text = "a;b\n1.234;x\n56.789;y\n";
    let open = read(text).unwrap();
    assert_eq!((values(&open, 0), &doubts(&open)[..]), (&[1.234, 56.789][..], &["maybe_thousands"][..]));
    let comma = TableReading { decimal: Some(DecimalSign::Comma), ..TableReading::default() };
    let chosen = TypedTable::read_as("a.csv", text.as_bytes(), &RULES, &comma).unwrap();
    assert_eq!(values(&chosen, 0), [1234.0, 56789.0]);
    // Semicolons before points.
    assert_eq!(values(&read("a;b\n1.0;x\n2.5;y\n").unwrap(), 0), [1.0, 2.5]);
}

#[test]
fn dates_are_days_that_are_left_out_until_they_are_asked_for() {
    let rows: String = (1..=12).map(|day| format!("{day}/1/2024,2024-01-{day:02},{day}.5\n")).collect();
    let table = read(&format!("us,iso,x\n{rows}")).unwrap();
    assert_eq!(values(&table, 1)[..2], [19_723.0, 19_724.0]);
    assert_eq!(table.columns[0].guess, Kind::Date);
    assert!(!table.columns[1].is_used() && table.columns[2].is_used());
    assert_eq!(doubts(&table), ["date", "date_order", "date"]);
    let kinds = vec![("iso".to_string(), Kind::Category)];
    let reading = TableReading { kinds, ..TableReading::default() };
    let text = format!("us,iso,x\n{rows}");
    let chosen = TypedTable::read_as("a.csv", text.as_bytes(), &RULES, &reading).unwrap();
    assert_eq!(chosen.columns[1].categories.as_ref().unwrap().len(), 12);
}

#[test]
fn columns_that_number_or_name_the_rows_are_ids() {
    let rows: String = (0..20).map(|n| format!("{n},k{n},{},{},{}\n", 900 - n * 7, n % 3, n * n)).collect();
    let table = read(&format!("n,name,customer_id,group,size\n{rows}")).unwrap();
    let guesses: Vec<Kind> = table.columns.iter().map(|column| column.guess).collect();
    assert_eq!(guesses, [Kind::Id, Kind::Id, Kind::Id, Kind::Number, Kind::Number]);
    assert_eq!(doubts(&table), ["id", "id", "id"]);
}

#[test]
fn lines_that_are_no_rows_are_named_and_left_out() {
    let units = read(include_str!("../../../../tests/fixtures/tables/units_row.csv")).unwrap();
    assert_eq!((doubts(&units), units.found.doubts[0].row), (vec!["units_row"], 2));
    assert!(units.columns[..2].iter().all(|column| column.missing == 0 && column.guess == Kind::Number));
    let twice = read("a,b\n1,x\n2,y\na,b\n3,x\na,b\n").unwrap();
    let doubt = &twice.found.doubts[0];
    assert_eq!((doubt.doubt, doubt.count, doubt.row), ("repeated_header", 2, 4));
    assert_eq!(values(&twice, 0), [1.0, 2.0, 3.0]);
    let headerless = read(include_str!("../../../../tests/fixtures/tables/headerless.csv")).unwrap();
    assert_eq!(doubts(&headerless), ["no_header"]);
    let names: Vec<&str> = headerless.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!((names, headerless.lines.of(0)), (vec!["column_1", "column_2", "column_3"], 1));
    assert_eq!(values(&headerless, 0)[..2], [1.0, 4.0]);
    let named = TableReading { header: Some(true), ..TableReading::default() };
    let text = include_bytes!("../../../../tests/fixtures/tables/headerless.csv");
    let table = TypedTable::read_as("a.csv", text, &RULES, &named).unwrap();
    assert_eq!((table.columns[2].name.as_str(), table.rows + 1), ("fern", headerless.rows));
    // Years are names.
    let years = read("land,2019,2020\nA,1.5,2\nB,3,4\n").unwrap();
    assert_eq!((years.columns[1].name.as_str(), doubts(&years)), ("2019", vec!["header_of_numbers"]));
    let numbers = read("2019,2020\n1,2\n3,4\n").unwrap();
    assert_eq!(doubts(&numbers), ["header_of_numbers"]);
}

#[test]
fn a_line_for_spreadsheets_names_the_delimiter_and_rows_keep_their_lines() {
    let table = read(include_str!("../../../../tests/fixtures/tables/excel_sep_line.csv")).unwrap();
    assert_eq!((table.found.delimiter, table.lines.header(), table.lines.of(0)), (';', 2, 3));
    assert_eq!(values(&table, 0)[..3], [1.0, 4.0, 7.0]);
    assert_eq!(read("\"SEP=|\"\r\na|b\r\n1|2\r\n").unwrap().found.delimiter, '|');
    assert_eq!(read("sep=;\na;b\n1;2;3\n").unwrap_err().details["row"], 3);
}

#[test]
fn a_word_that_means_nothing_may_be_a_value() {
    let rows: String = (0..12).map(|n| format!("{n}.5,{}\n", ["Na", "K", "Ca"][n % 3])).collect();
    let text = format!("x,ion\n{rows}");
    let table = read(&text).unwrap();
    let doubt = &table.columns[1].doubts[0];
    assert_eq!(
        (doubt.doubt, doubt.count, doubt.example.as_str(), doubt.row),
        ("word_is_missing", 4, "Na", 2)
    );
    let reading = TableReading { words_are_values: vec!["ion".into()], ..TableReading::default() };
    let table = TypedTable::read_as("a.csv", text.as_bytes(), &RULES, &reading).unwrap();
    assert_eq!((table.columns[1].missing, table.columns[1].categories.as_ref().unwrap().len()), (0, 3));
}

#[test]
fn long_texts_are_no_categories_and_are_left_out() {
    let mut text = String::from("a,story\n");
    (0..50).for_each(|row| text.push_str(&format!("{}.5,u\n", row % 9)));
    text.push_str(&format!("1,{}\n", "long ".repeat(30)));
    let table = read(&text).unwrap();
    assert_eq!(table.columns[1].categories.as_deref().unwrap(), ["u"]);
    assert_eq!((table.columns[1].guess, table.columns[1].is_used()), (Kind::Text, false));
}

#[test]
fn blanks_and_signs_without_a_width_are_no_part_of_a_name() {
    let table = read("\u{200b}a\u{200b} ,\u{a0}b\u{feff}\n1,2\n").unwrap();
    assert!(table.column("a").is_some() && table.column("b").is_some());
}

#[test]
fn signs_without_a_width_and_stray_blanks_are_taken_off_and_said() {
    let text = "a,kind\n1,cat\n2,cat\u{200b}\n\u{feff}3,dog\n4, dog\n5,cat\n";
    let table = read(text).unwrap();
    assert_eq!(table.columns[1].categories.as_deref().unwrap(), ["cat", "dog"]);
    assert_eq!(values(&table, 0), [1.0, 2.0, 3.0, 4.0, 5.0]);
    let expected = Doubt { doubt: "trimmed", count: 3, of: 12, example: "cat".into(), row: 3 };
    assert_eq!(table.found.doubts, [expected]);
    // Blanks behind every comma are how the file is written; signs without a width never are.
    assert_eq!(read("a, b, c\n1, 2, 3\n4, 5, 6\n").unwrap().found.doubts, []);
    assert_eq!(read("a,b \n1,2\n3,4\n").unwrap().found.doubts[0].count, 1);
    let all = read("\u{200b}a,\u{200b}b\n\u{200b}1,\u{200b}2\n").unwrap();
    assert_eq!((all.found.doubts[0].count, values(&all, 0)), (4, &[1.0][..]));
}

#[test]
fn all_different_texts_are_counted_and_missing_values_keep_the_lines_they_stand_in() {
    let mut text = String::from("name,b\n\n");
    (0..1500).for_each(|row| text.push_str(&format!("user{row},{}\n", if row == 3 { "" } else { "1" })));
    let table = read(&text).unwrap();
    assert_eq!(table.columns[0].kind(), ColumnKind::Text { distinct: 1500 });
    assert_eq!(table.columns[1].missing_rows, [6]);
}
