//! What a column is taken for, what may be meant otherwise, and which column is likely to be the label.

use super::reading::{Doubt, Kind};
use super::sniff::Seen;
use super::{DecimalSign, TypedColumn};
use std::collections::HashSet;

/// Fewer rows than this may well all differ.
const FEWEST_ROWS_OF_IDS: usize = 10;

/// Names of columns that number or name the rows, in small letters.
const ID_NAMES: [&str; 12] =
    ["id", "no", "nr", "uid", "uuid", "index", "rowid", "row", "key", "编号", "序号", "学号"];

/// Names of columns that are what a table is about, in small letters.
const LABEL_NAMES: [&str; 22] = [
    "label",
    "class",
    "target",
    "species",
    "kind",
    "type",
    "category",
    "outcome",
    "result",
    "diagnosis",
    "y",
    "grade",
    "quality",
    "variety",
    "cultivar",
    "类别",
    "标签",
    "品种",
    "类型",
    "等级",
    "结果",
    "是否成功",
];

impl TypedColumn {
    /// Settles what stands in it, now that its values are known; what was chosen stays.
    pub(super) fn guess_kind(&mut self, kind: Kind, is_chosen: bool) {
        self.guess = kind;
        if is_chosen {
            return;
        }
        match kind {
            Kind::Number if self.numbers_rows() => self.guess = Kind::Id,
            Kind::Category if !self.can_be_feature() => self.guess = Kind::Text,
            Kind::Category if self.missing == 0 && self.differs(self.distinct) => self.guess = Kind::Id,
            _ => {}
        }
    }

    fn differs(&self, distinct: usize) -> bool {
        distinct == self.values.len() && distinct >= FEWEST_ROWS_OF_IDS
    }

    /// Whether whole numbers number the rows: one after the other from 0 or 1, or all different under a name for it.
    fn numbers_rows(&self) -> bool {
        let filled: Vec<f64> = self.values.iter().copied().filter(|value| !value.is_nan()).collect();
        if filled.len() < FEWEST_ROWS_OF_IDS || filled.iter().any(|value| value.fract() != 0.0) {
            return false;
        }
        let follow = filled[0] == 0.0 || filled[0] == 1.0;
        let mut rows = self.values.iter().enumerate();
        if follow && rows.all(|(row, value)| value.is_nan() || *value - filled[0] == row as f64) {
            return true;
        }
        let all_differ =
            || filled.iter().map(|value| value.to_bits()).collect::<HashSet<u64>>().len() == filled.len();
        is_named(&self.name, &ID_NAMES) && all_differ()
    }

    /// Notes what may be meant otherwise than it was taken.
    pub(super) fn doubt(&mut self, seen: &Seen, decimal: DecimalSign) {
        let of = seen.filled;
        let mut add = |doubt, count, example: &str, row| {
            if count > 0 {
                self.doubts.push(Doubt { doubt, count, of, example: example.into(), row });
            }
        };
        let is_number = self.categories.is_none() && self.guess != Kind::Date;
        if is_number {
            let thousands = seen.thousands(decimal);
            add(
                "thousands",
                if seen.form(decimal, true).thousands { thousands } else { 0 },
                &seen.first_grouped,
                0,
            );
            add("maybe_thousands", seen.maybe_thousands(decimal), &seen.first_grouped, 0);
            add("marked", seen.marked, &seen.first_marked, 0);
        } else if self.categories.is_some()
            && let Some((word, row)) = &seen.first_missing_word
        {
            add("word_is_missing", seen.missing_words, word, *row);
        }
        let sample = seen.samples.first().map_or("", String::as_str);
        match self.guess {
            Kind::Date => {
                add("date", of, sample, 0);
                add(
                    "date_order",
                    if seen.day_first(decimal).1 || seen.years_first() { 0 } else { of },
                    sample,
                    0,
                );
            }
            Kind::Id => add("id", of, sample, 0),
            Kind::Text => add("text", self.distinct, sample, 0),
            Kind::Number | Kind::Category => {}
        }
    }

    /// Whether it is learned from where nothing else is said.
    pub fn is_used(&self) -> bool {
        matches!(self.guess, Kind::Number | Kind::Category) && self.can_be_feature()
    }

    /// Whether trees can learn from it: numbers, or not too many categories, each of which is fit for a name.
    pub fn can_be_feature(&self) -> bool {
        !self.too_many_categories && self.unfit.is_none()
    }

    /// How likely it is what the table is about: by its name, by words rather than numbers, by its place at an end.
    fn label_score(&self, place: usize, columns: usize) -> usize {
        let rows = self.values.len();
        let is_left_out = !matches!(self.guess, Kind::Number | Kind::Category);
        let last = place + 1 == columns;
        let for_it = [
            (is_named(&self.name, &LABEL_NAMES), 8),
            (last, 4),
            (place == 0 && !last, 2),
            (self.categories.is_some(), 5),
            (self.missing == 0 && !is_left_out, 3),
            // What speaks against it is what the others have in their favour.
            (self.missing * 10 <= rows, 4),
        ];
        for_it.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum()
    }
}

/// Which of some columns is likely to be the label, and whether no other is nearly as likely. The last of several alike.
pub fn likely_label<'a>(columns: &'a [TypedColumn], candidates: &[&str]) -> Option<(&'a str, bool)> {
    let mut best: Option<(usize, usize)> = None;
    let mut next: Option<usize> = None;
    for (place, column) in columns.iter().enumerate() {
        if !candidates.contains(&column.name.as_str()) {
            continue;
        }
        let score = column.label_score(place, columns.len());
        match best {
            Some((highest, _)) if score < highest => next = next.max(Some(score)),
            _ => {
                next = best.map(|(highest, _)| highest);
                best = Some((score, place));
            }
        }
    }
    let (score, place) = best?;
    Some((&columns[place].name, next.is_none_or(|next| score >= next + 6)))
}

/// Whether a name is one of some, alone or behind an underscore, a blank or a point: `customer_id`, `petal.type`.
fn is_named(name: &str, names: &[&str]) -> bool {
    // Of these languages only Latin letters have two cases.
    let name = name.to_ascii_lowercase();
    let last = name.rsplit(['_', ' ', '.', '-']).next().unwrap_or("");
    names.iter().any(|other| *other == name || *other == last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str) -> TypedColumn {
        TypedColumn::categories(name.into(), vec![0.0, 1.0], vec!["u".into(), "v".into()])
    }

    fn number(name: &str) -> TypedColumn {
        TypedColumn::numbers(name.into(), vec![0.0, 1.0])
    }

    #[test]
    fn the_label_is_guessed_by_name_kind_and_place_and_it_is_said_when_it_is_a_guess() {
        let sex = || TypedColumn { missing: 1, ..text("sex") };
        for (columns, expected) in [
            (vec![text("species"), text("island"), number("bill"), sex()], Some(("species", true))),
            (vec![number("a"), text("island"), text("port")], Some(("port", false))),
            (vec![number("a"), number("b"), text("x")], Some(("x", true))),
            (vec![number("Label"), text("island"), text("port")], Some(("Label", false))),
            (vec![text("petal.type"), number("y1")], Some(("petal.type", true))),
            (vec![number("a"), number("b")], Some(("b", false))),
        ] {
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            assert_eq!(likely_label(&columns, &names), expected, "{names:?}");
        }
        assert_eq!(likely_label(&[text("a")], &["a"]), Some(("a", true)));
        assert_eq!(likely_label(&[text("a")], &[]), None);
    }
}
