//! Latest-small as it lies in `data/movies/`: columns packed by `data/movies/tools/pack.py`, which describes them.

use super::builder::repeated_rating;
use super::films::{Film, MOST_GENRES};
use super::{Films, MOST_FILMS, MOST_HALF_STARS, MOST_RATINGS, MOST_USERS, Ratings};
use crate::data::order::ascending;
use crate::error::LabError;

/// How the pack begins.
const MAGIC: &[u8] = b"emberbook ratings 1\n";
/// The year before the first film.
const FIRST_YEAR: u16 = 1887;
/// How many columns there are.
const COLUMNS: usize = 14;

/// Reads the pack; ratings come back in the order of the published file (by user, then by film).
///
/// # Errors
/// `bad_data` with what is wrong with it.
pub fn read(pack: &[u8]) -> Result<Ratings, LabError> {
    let columns = columns(pack.strip_prefix(MAGIC).ok_or_else(|| bad("it does not begin as one"))?)?;
    let films = read_films(&columns)?;
    let user_ids = columns[7].ascending(MOST_USERS)?;
    let counts = columns[8].varints(MOST_USERS)?;
    let firsts = columns[9].varints(MOST_USERS)?;
    if counts.len() != user_ids.len() || firsts.len() != user_ids.len() || counts.contains(&0) {
        return Err(bad("there is not one number of ratings and one first time for each user"));
    }
    let seconds = columns[10].varints(MOST_RATINGS)?;
    let [high, low, half_stars] = [11, 12, 13].map(|column| columns[column].bytes);
    let count = half_stars.len();
    let counted = counts.iter().map(|count| u64::from(*count)).sum::<u64>();
    if high.len() != count
        || low.len() != count
        || counted != count as u64
        || seconds.len() + user_ids.len() != count
    {
        return Err(bad("its columns differ in length"));
    }
    let mut ratings = Ratings {
        user_ids,
        films,
        demographics: None,
        users: Vec::with_capacity(count),
        rated: Vec::with_capacity(count),
        half_stars: Vec::with_capacity(count),
        times: Vec::with_capacity(count),
    };
    let (mut at, mut seconds) = (0, seconds.into_iter());
    for (user, (count, first)) in counts.iter().zip(firsts).enumerate() {
        let mut time = first;
        let mut rows = Vec::with_capacity(*count as usize);
        for place in 0..*count as usize {
            if place > 0 {
                let later = seconds.next().and_then(|seconds| time.checked_add(seconds));
                time = later.ok_or_else(|| bad("a time is too late"))?;
            }
            rows.push((u32::from(high[at]) << 8 | u32::from(low[at]), half_stars[at], time));
            at += 1;
        }
        for place in ascending(rows.len(), &|place| u64::from(rows[place].0)) {
            let (film, half_stars, time): (u32, u8, u32) = rows[place as usize];
            if film as usize >= ratings.films.len() || !(1..=MOST_HALF_STARS).contains(&half_stars) {
                return Err(bad("a rating has no such film or no such stars"));
            }
            ratings.users.push(user as u32);
            ratings.rated.push(film);
            ratings.half_stars.push(half_stars);
            ratings.times.push(time);
        }
    }
    match repeated_rating(&ratings) {
        Some(_) => Err(bad("a user rated a film twice")),
        None => Ok(ratings),
    }
}

fn read_films(columns: &[Column; COLUMNS]) -> Result<Films, LabError> {
    let genres = columns[0].lines()?;
    let ids = columns[1].ascending(MOST_FILMS)?;
    let titles = columns[2].lines()?;
    let years = columns[3].bytes;
    let sets = [4, 5, 6].map(|column| columns[column].bytes);
    if [titles.len(), years.len(), sets[0].len(), sets[1].len(), sets[2].len()] != [ids.len(); 5] {
        return Err(bad("there is not one title, year and set of genres for each film"));
    }
    if genres.len() > MOST_GENRES {
        return Err(bad("there are too many genres"));
    }
    let films = ids.iter().zip(titles).enumerate().map(|(film, (id, title))| Film {
        id: *id,
        title,
        year: (years[film] > 0).then(|| FIRST_YEAR + u16::from(years[film])),
        genre_set: sets.iter().rev().fold(0, |set, column| set << 8 | u32::from(column[film])),
    });
    let films = Films::new(films.collect(), genres).map_err(|_| bad("two films have one id"))?;
    let known = 1u64 << films.genres.len();
    if films.genre_sets.iter().any(|set| u64::from(*set) >= known) {
        return Err(bad("a film has an unknown genre"));
    }
    Ok(films)
}

fn bad(reason: &str) -> LabError {
    LabError::new("bad_data", format!("The ratings cannot be read: {reason}."))
}

/// Takes the columns apart, each behind its length.
fn columns(mut rest: &[u8]) -> Result<[Column<'_>; COLUMNS], LabError> {
    let mut columns = [Column { bytes: &[] }; COLUMNS];
    for column in &mut columns {
        let cut_off = || bad("it is cut off");
        let (length, behind) = rest.split_first_chunk::<4>().ok_or_else(cut_off)?;
        (column.bytes, rest) =
            behind.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(cut_off)?;
    }
    if rest.is_empty() { Ok(columns) } else { Err(bad("something follows its last column")) }
}

#[derive(Clone, Copy)]
struct Column<'a> {
    bytes: &'a [u8],
}

impl Column<'_> {
    fn lines(self) -> Result<Vec<String>, LabError> {
        let text = std::str::from_utf8(self.bytes).map_err(|_| bad("a text is not UTF-8"))?;
        Ok(text.split('\n').map(String::from).collect())
    }

    /// At most `most` numbers, of seven bits a byte, the lowest first; the last byte of each is below 128.
    fn varints(self, most: usize) -> Result<Vec<u32>, LabError> {
        let mut numbers = Vec::new();
        let mut bytes = self.bytes.iter();
        while let Some(mut byte) = bytes.next() {
            let mut number = u64::from(byte & 127);
            for shift in 1..=4 {
                if *byte < 128 {
                    break;
                }
                byte = bytes.next().ok_or_else(|| bad("a number is cut off"))?;
                number |= u64::from(byte & 127) << (7 * shift);
            }
            let number = u32::try_from(number).ok().filter(|_| *byte < 128);
            numbers.push(number.ok_or_else(|| bad("a number is too large"))?);
        }
        if numbers.len() > most { Err(bad("a column is too long")) } else { Ok(numbers) }
    }

    /// Numbers of which each is larger than the one before, as their differences.
    fn ascending(self, most: usize) -> Result<Vec<u32>, LabError> {
        let mut numbers = self.varints(most)?;
        let mut before = 0u32;
        for number in &mut numbers {
            let next = (*number > 0).then(|| before.checked_add(*number)).flatten();
            before = next.ok_or_else(|| bad("the ids do not ascend"))?;
            *number = before;
        }
        Ok(numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One user, two films of one genre.
    fn columns() -> Vec<Vec<u8>> {
        let text: [&[u8]; 14] = [
            b"Drama",
            &[7, 0x80 | 5, 1],
            b"A\nB",
            &[108, 0],
            &[1, 0],
            &[0, 0],
            &[0, 0],
            &[3],
            &[2],
            &[100],
            &[9],
            &[0, 0],
            &[1, 0],
            &[9, 4],
        ];
        text.map(<[u8]>::to_vec).to_vec()
    }

    fn pack(columns: &[Vec<u8>]) -> Vec<u8> {
        let column = |bytes: &Vec<u8>| [&(bytes.len() as u32).to_le_bytes()[..], bytes].concat();
        columns.iter().fold(MAGIC.to_vec(), |pack, bytes| [pack, column(bytes)].concat())
    }

    #[test]
    fn a_small_pack_is_read_in_the_order_of_the_file() {
        let table = read(&pack(&columns())).unwrap();
        assert_eq!((&table.films.ids[..], &table.user_ids[..]), (&[7, 7 + 133][..], &[3][..]));
        assert_eq!(table.films.years, [Some(1995), None]);
        assert_eq!(table.films.genre_sets, [1, 0]);
        // The rating that was made first is that of the second film.
        assert_eq!(table.rated, [0, 1]);
        assert_eq!((&table.half_stars[..], &table.times[..]), (&[4, 9][..], &[109, 100][..]));
    }

    #[test]
    fn damaged_packs_are_refused() {
        let whole = pack(&columns());
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]).unwrap_err().code, "bad_data", "cut at {end}");
        }
        assert!(read(&[&whole[..], &[0]].concat()).is_err(), "more behind it");
        let changes: [(usize, &[u8]); 14] = [
            (8, &[0x82, 0x80, 0x80, 0x80, 0x0f]),
            (1, &[7, 0]),
            (1, &[7, 0xff, 0xff, 0xff, 0xff, 0xff]),
            (1, &[7, 0xff, 0xff, 0xff, 0xff, 0x1f]),
            (2, b"A"),
            (2, b"A\n\xff"),
            (4, &[2, 0]),
            (8, &[3]),
            (9, &[100, 1]),
            (9, &[0xff, 0xff, 0xff, 0xff, 0x0f]),
            (12, &[1, 2]),
            (12, &[1, 1]),
            (13, &[9, 0]),
            (13, &[9, 11]),
        ];
        for (column, bytes) in changes {
            let mut columns = columns();
            columns[column] = bytes.to_vec();
            assert_eq!(read(&pack(&columns)).unwrap_err().code, "bad_data", "column {column}: {bytes:?}");
        }
    }
}
