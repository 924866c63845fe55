//! Dates as numbers: days since 1 January 1970, a time of day as a fraction.

/// A date as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Written {
    year: u32,
    /// Month and day in the order written.
    first: u32,
    second: u32,
    /// Whether the year comes first, and so the month before the day.
    pub(super) year_first: bool,
    /// Share of the day.
    time: f64,
    /// The sign between them is a point, as where the day comes first.
    pub(super) by_points: bool,
}

/// The date in a cell: `2024-01-31`, `2024/1/31`, `31.01.2024`, `1/31/2024`, `2024年1月31日`, with or without a time
/// of day.
pub(super) fn date_in(cell: &str) -> Option<Written> {
    if cell.len() > 40 || !cell.starts_with(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    let (date, time) = match cell.split_once(['T', ' ']) {
        Some((date, time)) => (date, time_of_day(time.trim_end_matches('Z'))?),
        None => (cell, 0.0),
    };
    let is_sign = |sign: char| matches!(sign, '-' | '/' | '.' | '年' | '月');
    let sign = date.chars().find(|sign| is_sign(*sign))?;
    let mut pieces = date.strip_suffix('日').unwrap_or(date).split(is_sign);
    let mut next = || {
        let piece = pieces.next()?;
        Some((piece.parse::<u32>().ok()?, piece.len()))
    };
    let (one, two, three) = (next()?, next()?, next()?);
    let is_small = |(number, digits): (u32, usize)| digits <= 2 && (1..=31).contains(&number);
    let is_year = |(number, digits): (u32, usize)| digits == 4 && (1000..3000).contains(&number);
    let year_first = is_year(one);
    let (year, first, second) = if year_first { (one, two, three) } else { (three, one, two) };
    let written =
        Written { year: year.0, first: first.0, second: second.0, year_first, time, by_points: sign == '.' };
    let fits = pieces.next().is_none() && is_year(year) && is_small(first) && is_small(second);
    (fits && (written.can_be(false) || written.can_be(true))).then_some(written)
}

/// Days since 1 January 1970 of a date that leaves no doubt, as its year comes first; none in any other cell.
pub fn days_since_1970(cell: &str) -> Option<f64> {
    date_in(cell).filter(|date| date.year_first).map(|date| date.days(false))
}

fn time_of_day(text: &str) -> Option<f64> {
    let mut pieces = text.split(':').map(|piece| piece.parse::<f64>().ok().filter(|number| *number >= 0.0));
    let (hours, minutes) = (pieces.next()??, pieces.next()??);
    let seconds = pieces.next().unwrap_or(Some(0.0))?;
    let fits = pieces.next().is_none() && hours < 25.0 && minutes < 60.0 && seconds < 61.0;
    fits.then(|| (hours * 3600.0 + minutes * 60.0 + seconds) / 86_400.0)
}

impl Written {
    /// Whether it is a date of the calendar, read with the day or with the month first.
    pub(super) fn can_be(self, day_first: bool) -> bool {
        let (month, day) = self.month_and_day(day_first);
        let is_leap =
            self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match month {
            2 => 28 + u32::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        month <= 12 && day <= days
    }

    fn month_and_day(self, day_first: bool) -> (u32, u32) {
        if day_first && !self.year_first { (self.second, self.first) } else { (self.first, self.second) }
    }

    /// Days since 1 January 1970; NaN where it is no date with this order.
    pub(super) fn days(self, day_first: bool) -> f64 {
        if !self.can_be(day_first) {
            return f64::NAN;
        }
        let (month, day) = self.month_and_day(day_first);
        // Years begin in March, so that the day of a leap year comes last (H. Hinnant, days_from_civil).
        let year = i64::from(self.year) - i64::from(month <= 2);
        let of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
        (year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468) as f64 + self.time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_since_1970_however_they_are_written() {
        for (cell, day_first, days) in [
            ("1970-01-01", false, 0.0),
            ("2000/3/1", true, 11_017.0),
            ("29.02.2024", true, 19_782.0),
            ("2/29/2024", false, 19_782.0),
            ("2024年2月29日", false, 19_782.0),
            ("1969-12-31T06:00:00Z", false, -0.75),
            ("1970-01-02 12:00", false, 1.5),
            ("1900-03-01", false, -25_508.0),
        ] {
            assert_eq!(date_in(cell).map(|date| date.days(day_first)), Some(days), "{cell}");
        }
    }

    #[test]
    fn a_date_without_doubt_has_its_year_in_front() {
        assert_eq!(days_since_1970("1970-01-02T06:00:00Z"), Some(1.25));
        assert_eq!(days_since_1970("31.12.2024"), None);
        assert_eq!(days_since_1970("2024-02-30"), None);
    }

    #[test]
    fn other_texts_and_days_that_do_not_exist_are_no_dates() {
        for cell in [
            "2023-02-29",
            "13.13.2024",
            "1.2.3",
            "2024",
            "31.12.24",
            "2024-01-01 x",
            "a-b-c",
            "1/2/3/2024",
            "",
        ] {
            assert_eq!(date_in(cell), None, "{cell}");
        }
        assert!(date_in("31.12.2024").is_some_and(|date| date.can_be(true) && !date.can_be(false)));
    }
}
