//! The first reading of a table: how its numbers and dates are written, judged over all of it, and which lines are no rows.

use super::Kind;
use super::cell::{DecimalSign, NumberForm, Shape, Sign, is_missing, is_missing_word, shape_of};
use super::date::{Written, date_in};

/// Cells that are shown of a column.
const SAMPLES: usize = 3;
/// Most characters shown of a cell.
const LONGEST_SHOWN: usize = 40;

/// What a sign was seen to mean in the cells of a column.
#[derive(Debug, Clone, Copy, Default)]
struct Meanings {
    fraction: usize,
    either: usize,
    thousands: usize,
}

impl Meanings {
    fn add(&mut self, sign: Sign) {
        match sign {
            Sign::Absent => {}
            Sign::Fraction => self.fraction += 1,
            Sign::Either => self.either += 1,
            Sign::Thousands => self.thousands += 1,
        }
    }

    fn grouped(self) -> usize {
        self.either + self.thousands
    }
}

/// What was seen of a column.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) filled: usize,
    numbers: usize,
    points: Meanings,
    commas: Meanings,
    /// Numbers with a currency or percent sign, and the first of them.
    pub(super) marked: usize,
    pub(super) first_marked: String,
    /// A number whose sign can be meant in two ways.
    pub(super) first_grouped: String,
    dates: usize,
    /// Dates that are none with the month, with the day first.
    only_day_first: usize,
    only_month_first: usize,
    by_points: bool,
    years_first: usize,
    /// Whether all that is no number is the same text.
    other: Option<String>,
    others_differ: bool,
    /// Different texts, the first of them.
    pub(super) samples: Vec<String>,
    /// Cells that hold what stands in the first line.
    pub(super) like_first: usize,
    /// Cells that hold what stands in the line below it.
    pub(super) like_second: usize,
    /// Words for no value.
    pub(super) missing_words: usize,
    pub(super) first_missing_word: Option<(String, usize)>,
}

impl Seen {
    pub(super) fn add(&mut self, row: usize, cell: &str) {
        if is_missing_word(cell) {
            self.missing_words += 1;
            self.first_missing_word.get_or_insert_with(|| (cell.into(), row));
        }
        if is_missing(cell) {
            return;
        }
        self.filled += 1;
        if self.samples.len() < SAMPLES && !self.samples.iter().any(|sample| sample == cell) {
            self.samples.push(shown(cell));
        }
        if let Some(shape) = shape_of(cell) {
            self.add_number(cell, shape);
        } else if let Some(date) = date_in(cell) {
            self.add_date(date);
            self.add_other(cell);
        } else {
            self.add_other(cell);
        }
    }

    fn add_number(&mut self, cell: &str, shape: Shape) {
        self.numbers += 1;
        self.points.add(shape.point);
        self.commas.add(shape.comma);
        if shape.marked {
            self.marked += 1;
            if self.marked == 1 {
                self.first_marked = shown(cell);
            }
        }
        let is_grouped = |sign| matches!(sign, Sign::Either | Sign::Thousands);
        if self.first_grouped.is_empty() && (is_grouped(shape.point) || is_grouped(shape.comma)) {
            self.first_grouped = shown(cell);
        }
    }

    fn add_date(&mut self, date: Written) {
        self.dates += 1;
        self.only_day_first += usize::from(!date.can_be(false));
        self.only_month_first += usize::from(!date.can_be(true));
        self.by_points |= date.by_points;
        self.years_first += usize::from(date.year_first);
    }

    fn add_other(&mut self, cell: &str) {
        match &self.other {
            None => self.other = Some(shown(cell)),
            Some(other) => self.others_differ |= other != cell,
        }
    }

    /// Whether it is a column of numbers: nearly all cells are, or all but one, or all but one word that comes again.
    pub(super) fn is_number(&self) -> bool {
        let others = self.filled - self.numbers;
        let few = others * 20 <= self.filled
            || (others == 1 && self.filled >= 8)
            || (!self.others_differ && others * 4 <= self.filled);
        self.numbers > 0 && few
    }

    /// Whether it is a column of dates, all of them with one order of day and month.
    pub(super) fn is_date(&self) -> bool {
        self.dates > 0
            && (self.filled - self.dates) * 20 <= self.filled
            && (self.only_day_first == 0 || self.only_month_first == 0)
    }

    /// What stands in the column, before it is known how many different texts there are.
    pub(super) fn kind(&self) -> Kind {
        match () {
            () if self.filled == 0 || self.is_number() => Kind::Number,
            () if self.is_date() => Kind::Date,
            () => Kind::Category,
        }
    }

    /// Whether the day comes before the month, and whether the dates themselves say so.
    pub(super) fn day_first(&self, decimal: DecimalSign) -> (bool, bool) {
        match (self.only_day_first, self.only_month_first) {
            (0, 0) => (self.by_points || decimal == DecimalSign::Comma, self.by_points),
            (days, _) => (days > 0, true),
        }
    }

    /// Whether no date leaves the order of day and month open.
    pub(super) fn years_first(&self) -> bool {
        self.years_first == self.dates
    }

    /// How the numbers are written.
    pub(super) fn form(&self, decimal: DecimalSign, is_sure: bool) -> NumberForm {
        let other = self.other_sign(decimal);
        let grouped = other.grouped() > 0 && other.fraction == 0;
        NumberForm {
            decimal,
            thousands: grouped && (is_sure || other.thousands > 0 || decimal == DecimalSign::Point),
        }
    }

    /// Numbers whose thousands are separated by the sign that does not stand before a fraction.
    pub(super) fn thousands(&self, decimal: DecimalSign) -> usize {
        self.other_sign(decimal).grouped()
    }

    /// Numbers that are read with a fraction of three digits, where all fractions of the column have three.
    pub(super) fn maybe_thousands(&self, decimal: DecimalSign) -> usize {
        let own = match decimal {
            DecimalSign::Point => self.points,
            DecimalSign::Comma => self.commas,
        };
        if own.fraction == 0 { own.either } else { 0 }
    }

    fn other_sign(&self, decimal: DecimalSign) -> Meanings {
        match decimal {
            DecimalSign::Point => self.commas,
            DecimalSign::Comma => self.points,
        }
    }
}

/// The sign before fractions by all columns together, and whether any number shows it.
pub(super) fn decimal_sign(columns: &[Seen], delimiter: u8) -> (DecimalSign, bool) {
    let sum = |count: fn(&Seen) -> usize| columns.iter().map(count).sum::<usize>();
    let commas = sum(|seen| seen.commas.fraction + seen.points.thousands);
    let points = sum(|seen| seen.points.fraction + seen.commas.thousands);
    if commas != points {
        return (if commas > points { DecimalSign::Comma } else { DecimalSign::Point }, true);
    }
    // Semicolons separate columns where the comma is taken.
    let (commas, points) = (sum(|seen| seen.commas.either), sum(|seen| seen.points.either));
    let by_comma = delimiter == b';' && commas > 0 && points == 0;
    (if by_comma { DecimalSign::Comma } else { DecimalSign::Point }, false)
}

/// Whether the first line holds values: columns of numbers have numbers there, and one of texts has a text that comes
/// again, or else the numbers are no names that a column has.
pub(super) fn is_row(first: &[String], columns: &[Seen]) -> bool {
    let mut texts = 0;
    let mut texts_come_again = false;
    let mut has_fraction = false;
    for (cell, seen) in first.iter().zip(columns) {
        if seen.filled > 0 && seen.is_number() {
            let Some(shape) = shape_of(cell) else { return false };
            has_fraction |= (shape.point, shape.comma) != (Sign::Absent, Sign::Absent);
        } else if seen.filled > 0 && seen.is_date() {
            if date_in(cell).is_none() {
                return false;
            }
            has_fraction = true;
        } else {
            texts += 1;
            texts_come_again |= seen.like_first > 0;
        }
    }
    let comes_twice = (1..first.len()).any(|place| first[..place].contains(&first[place]));
    texts < first.len() && (texts_come_again || has_fraction || (texts == 0 && comes_twice))
}

/// Whether all columns of numbers have a number for a name.
pub(super) fn has_numbers_for_names(first: &[String], columns: &[Seen]) -> bool {
    let mut numbers =
        first.iter().zip(columns).filter(|(_, seen)| seen.filled > 0 && seen.is_number()).peekable();
    numbers.peek().is_some() && numbers.all(|(cell, _)| shape_of(cell).is_some())
}

/// Whether the line below the names holds units: a text in every column of numbers, and in the others nothing that
/// comes again.
pub(super) fn is_units(cells: &[String], columns: &[Seen]) -> bool {
    let mut texts = 0;
    for (cell, seen) in cells.iter().zip(columns) {
        let is_text = !is_missing(cell) && shape_of(cell).is_none() && date_in(cell).is_none();
        if seen.filled > 0 && seen.is_number() {
            if !is_text {
                return false;
            }
            texts += 1;
        } else if is_text && seen.like_second > 0 {
            return false;
        }
    }
    let others_are_empty = || {
        let others = cells.iter().zip(columns).filter(|(_, seen)| seen.filled == 0 || !seen.is_number());
        others.map(|(cell, _)| cell).all(|cell| is_missing(cell))
    };
    texts > 1 || (texts == 1 && others_are_empty())
}

/// A cell as it is shown.
pub(super) fn shown(cell: &str) -> String {
    cell.chars().take(LONGEST_SHOWN).collect()
}
