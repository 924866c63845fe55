//! ml-100k as GroupLens publishes it: `u.data` (fields separated by tabs), `u.item`, `u.user` and `u.genre` (by `|`),
//! Latin-1.

use super::builder::{User, read_films, read_ratings, read_users};
use super::demographics::age_place;
use super::films::{Film, MOST_GENRES};
use super::lines::NamedFile;
use super::title::title_and_year;
use super::{Gender, Ratings};
use crate::error::LabError;

/// What separates fields of all files but `u.data`.
const SEPARATOR: &[u8] = b"|";
/// Columns of `u.item`: five, and a flag for each of 19 genres.
const ITEM_COLUMNS: usize = 24;
/// Most occupations.
const MOST_OCCUPATIONS: usize = 64;

/// Reads the four files of ml-100k. Occupations are numbered in the order in which they are first met; ages are put
/// into the ranges of ml-1m.
///
/// # Errors
/// `bad_ratings` with `file`, `line` and `reason`.
pub fn read(
    data: NamedFile,
    items: NamedFile,
    users: NamedFile,
    genres: NamedFile,
) -> Result<Ratings, LabError> {
    let mut occupations: Vec<String> = Vec::new();
    let mut known = read_users(users, |line| {
        let [id, age, gender, occupation, _zip] = line.fields(SEPARATOR)?;
        let gender = match gender {
            b"M" => Gender::Male,
            b"F" => Gender::Female,
            _ => return Err(line.bad("gender", "the gender has to be M or F")),
        };
        let name = line.text(occupation);
        let job = occupations.iter().position(|known| *known == name).unwrap_or_else(|| {
            occupations.push(name.into_owned());
            occupations.len() - 1
        });
        if job == MOST_OCCUPATIONS {
            return Err(line.bad("occupations", "there are more than 64 occupations"));
        }
        Ok(User {
            id: line.number(id, "the user", 1, u32::MAX)?,
            gender,
            age: age_place(line.number(age, "the age", 0, 150)?),
            job: job as u8,
        })
    })?;
    known.1.occupations = occupations;
    let films = read_films(items, read_genres(genres)?, |line| {
        let fields: [&[u8]; ITEM_COLUMNS] = line.fields(SEPARATOR)?;
        let mut genre_set = 0;
        for (genre, flag) in fields[5..].iter().enumerate() {
            genre_set |= line.number(flag, "the flag of a genre", 0, 1)? << genre;
        }
        let (title, year) = title_and_year(&line.text(fields[1]));
        // Some titles end in something else than the year, which the date of release has as well (`01-Jan-1995`).
        let released = || line.text(fields[2]).rsplit('-').next().and_then(|year| year.parse().ok());
        let id = line.number(fields[0], "the film", 1, u32::MAX)?;
        Ok(Film { id, title, year: year.or_else(released), genre_set })
    })?;
    read_ratings(data, b"\t", known, films)
}

/// Names of the genres by their numbers.
fn read_genres(file: NamedFile) -> Result<Vec<String>, LabError> {
    let mut names = Vec::new();
    // The published file ends in an empty line.
    let end =
        file.bytes.len() - file.bytes.iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
    for line in (NamedFile { bytes: &file.bytes[..end], ..file }).lines() {
        let [name, number] = line.fields(SEPARATOR)?;
        if line.number(number, "the genre", 0, MOST_GENRES as u32 - 1)? != names.len() as u32 {
            return Err(line.bad("genre_order", "the genres have to be numbered in order"));
        }
        names.push(line.text(name).into_owned());
    }
    if names.len() + 5 != ITEM_COLUMNS {
        let message = "there have to be 19 genres, as there are flags in u.item";
        return Err(super::bad_ratings(file.name, None, "genre_count", message));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn genres() -> String {
        (0..19).map(|genre| format!("G{genre}|{genre}\n")).collect::<String>() + "\n"
    }

    fn item(id: u32, title: &str, date: &str, flags: &[usize]) -> String {
        let flags: String = (0..19).map(|genre| if flags.contains(&genre) { "|1" } else { "|0" }).collect();
        format!("{id}|{title}|{date}||http://us.imdb.com/{flags}\n")
    }

    fn table(data: &str, users: &str) -> Result<Ratings, LabError> {
        let items = item(2, "GoldenEye (1995)", "01-Jan-1995", &[1, 18])
            + &item(1, "Shanghai Triad (1995) (V)", "01-Jan-1996", &[8])
            + &item(267, "unknown", "", &[0]);
        let genres = genres();
        let named = |name, text: &'static str| NamedFile { name, bytes: text.as_bytes() };
        let leak = |text: &str| -> &'static str { Box::leak(text.to_string().into_boxed_str()) };
        read(
            named("u.data", leak(data)),
            named("u.item", leak(&items)),
            named("u.user", leak(users)),
            named("u.genre", leak(&genres)),
        )
    }

    const USERS: &str = "1|24|M|technician|85711\n2|53|F|other|94043\n3|23|M|other|32067\n";

    #[test]
    fn a_table_is_read() {
        let table = table("3\t267\t3\t881250949\n1\t2\t5\t891717742\n", USERS).unwrap();
        assert_eq!((table.user_ids.len(), table.films.len(), table.len()), (3, 3, 2));
        assert_eq!(table.films.titles, ["Shanghai Triad (1995) (V)", "GoldenEye", "unknown"]);
        assert_eq!(table.films.years, [Some(1996), Some(1995), None]);
        assert_eq!(table.films.genre_sets, [1 << 8, 1 << 18 | 2, 1]);
        assert_eq!((&table.users[..], &table.rated[..]), (&[2, 0][..], &[2, 1][..]));
        let known = table.demographics.unwrap();
        assert_eq!((&known.ages[..], &known.jobs[..]), (&[1, 5, 1][..], &[0, 1, 1][..]));
        assert_eq!(known.occupations, ["technician", "other"]);
    }

    #[test]
    fn what_is_wrong_is_named_with_file_and_line() {
        let error = table("3\t267\t3\t881250949\n1\t4\t5\t891717742\n", USERS).unwrap_err();
        let details = &error.details;
        assert_eq!((&details["file"], &details["line"]), (&"u.data".into(), &2.into()));
        assert_eq!(details["reason"], "unknown_film");
        let error = table("3 267 3 881250949\n", USERS).unwrap_err();
        assert_eq!(error.details["reason"], "fields");
        let error = table("3\t267\t3\t881250949\n", "1|old|M|technician|85711\n").unwrap_err();
        assert_eq!((&error.details["file"], &error.details["value"]), (&"u.user".into(), &"old".into()));
    }

    #[test]
    fn genres_have_to_be_those_of_the_flags() {
        let read = |text: &str| read_genres(NamedFile { name: "u.genre", bytes: text.as_bytes() });
        assert_eq!(read(&genres()).unwrap().len(), 19);
        let order = read("G0|0\nG1|2\n").unwrap_err();
        let found = (&order.details["line"], &order.details["reason"]);
        assert_eq!(found, (&2.into(), &"genre_order".into()));
        assert_eq!(read("G0|0\n").unwrap_err().details["reason"], "genre_count");
    }
}
