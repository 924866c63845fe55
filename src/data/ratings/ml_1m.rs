//! ml-1m as GroupLens publishes it: `ratings.dat`, `users.dat`, `movies.dat`, fields separated by `::`, Latin-1.

use super::builder::{User, read_films, read_ratings, read_users};
use super::demographics::{AGES, OCCUPATIONS, occupations};
use super::films::{Film, MOST_GENRES};
use super::lines::NamedFile;
use super::title::title_and_year;
use super::{Gender, Ratings};
use crate::error::LabError;

/// What separates fields.
const SEPARATOR: &[u8] = b"::";

/// Reads the three files of ml-1m.
///
/// # Errors
/// `bad_ratings` with `file`, `line` and `reason`.
pub fn read(ratings: NamedFile, users: NamedFile, movies: NamedFile) -> Result<Ratings, LabError> {
    let mut known = read_users(users, |line| {
        let [id, gender, age, job, _zip] = line.fields(SEPARATOR)?;
        let gender = match gender {
            b"M" => Gender::Male,
            b"F" => Gender::Female,
            _ => return Err(line.bad("gender", "the gender has to be M or F")),
        };
        let years = line.number(age, "the age", 1, 56)?;
        let age = AGES.iter().position(|age| u32::from(*age) == years);
        let age = age.ok_or_else(|| line.bad("age", "the age has to be 1, 18, 25, 35, 45, 50 or 56"))?;
        Ok(User {
            id: line.number(id, "the user", 1, u32::MAX)?,
            gender,
            age: age as u8,
            job: line.number(job, "the occupation", 0, OCCUPATIONS.len() as u32 - 1)? as u8,
        })
    })?;
    known.1.occupations = occupations();
    let mut genres: Vec<String> = Vec::new();
    let mut films = read_films(movies, Vec::new(), |line| {
        let [id, title, names] = line.fields(SEPARATOR)?;
        let mut genre_set = 0;
        for name in line.text(names).split('|').filter(|name| !name.is_empty()) {
            let place = genres.iter().position(|genre| genre == name).unwrap_or_else(|| {
                genres.push(name.to_string());
                genres.len() - 1
            });
            if place == MOST_GENRES {
                return Err(line.bad("genres", "there are more than 32 genres"));
            }
            genre_set |= 1 << place;
        }
        let (title, year) = title_and_year(&line.text(title));
        Ok(Film { id: line.number(id, "the film", 1, u32::MAX)?, title, year, genre_set })
    })?;
    films.genres = genres;
    read_ratings(ratings, SEPARATOR, known, films)
}

#[cfg(test)]
mod tests {
    use super::*;

    const USERS: &[u8] = b"2::M::56::16::70072\n1::F::1::10::48067\n";
    const MOVIES: &[u8] = b"1193::One Flew Over the Cuckoo's Nest (1975)::Drama\n\
        661::Am\xe9lie and the Peach (1996)::Animation|Children's|Drama\n3::(1990)::Comedy";
    const RATINGS: &[u8] = b"1::1193::5::978300760\r\n1::661::3::978302109\r\n2::3::1::978300760\r\n";

    fn table(ratings: &[u8], users: &[u8], movies: &[u8]) -> Result<Ratings, LabError> {
        let named = |name, bytes| NamedFile { name, bytes };
        read(named("ratings.dat", ratings), named("users.dat", users), named("ml-1m/movies.dat", movies))
    }

    #[test]
    fn a_table_is_read_with_dense_numbers_in_the_order_of_the_ids() {
        let table = table(RATINGS, USERS, MOVIES).unwrap();
        assert_eq!(table.user_ids, [1, 2]);
        assert_eq!(table.films.ids, [3, 661, 1193]);
        assert_eq!(table.films.titles, ["", "Amélie and the Peach", "One Flew Over the Cuckoo's Nest"]);
        assert_eq!(table.films.years, [Some(1990), Some(1996), Some(1975)]);
        assert_eq!(table.films.genres, ["Drama", "Animation", "Children's", "Comedy"]);
        assert_eq!(table.films.genre_sets, [0b1000, 0b111, 0b1]);
        assert_eq!(table.films.genres_of(1).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(table.films.title_words.row(0), [0; 0]);
        assert_eq!(table.films.words[..4], ["amélie", "and", "the", "peach"]);
        assert_eq!(table.films.title_words.row(2), [4, 5, 6, 2, 7, 8]);
        assert_eq!((&table.users[..], &table.rated[..]), (&[0, 0, 1][..], &[2, 1, 0][..]));
        assert_eq!(table.half_stars, [10, 6, 2]);
        assert_eq!(table.times, [978_300_760, 978_302_109, 978_300_760]);
        let known = table.demographics.as_ref().unwrap();
        assert_eq!(known.genders, [Gender::Female, Gender::Male]);
        assert_eq!((&known.ages[..], &known.jobs[..]), (&[0, 6][..], &[10, 16][..]));
        assert_eq!(known.occupations[10], "K-12 student");
        assert!(table.whole_stars() && !known.invented);
    }

    #[test]
    fn a_file_that_was_written_anew_as_utf8_reads_the_same() {
        let movies: String = MOVIES.iter().map(|byte| char::from(*byte)).collect();
        assert_eq!(table(RATINGS, USERS, movies.as_bytes()), table(RATINGS, USERS, MOVIES));
    }

    #[test]
    fn what_is_wrong_is_named_with_file_and_line() {
        let with = |extra: &[u8]| [RATINGS, extra].concat();
        let cases: [(&[u8], &str); 9] = [
            (b"1::3::6::978300760", "number"),
            (b"1::3::4.5::978300760", "number"),
            (b"1::3::4::-5", "number"),
            (b"3::3::4::978300760", "unknown_user"),
            (b"1::4::4::978300760", "unknown_film"),
            (b"1::3::4", "fields"),
            (b"1::3::4::978300760::9", "fields"),
            (b"1::661::4::978300760", "rated_twice"),
            (b"\n1::3::4::978300760", "fields"),
        ];
        for (line, reason) in cases {
            let error = table(&with(line), USERS, MOVIES).unwrap_err();
            let details = &error.details;
            assert_eq!(error.code, "bad_ratings");
            assert_eq!((&details["reason"], &details["line"]), (&reason.into(), &4.into()), "{error}");
            assert_eq!(details["file"], "ratings.dat");
        }
        let users: [(&[u8], &str); 4] = [
            (b"1::F::1::10::48067\n2::X::56::16::7\n", "gender"),
            (b"1::F::1::10::48067\n2::M::19::16::7\n", "age"),
            (b"1::F::1::10::48067\n2::M::18::21::7\n", "number"),
            (b"1::F::1::10::48067\n1::M::18::20::7\n", "repeated_id"),
        ];
        for (users, reason) in users {
            let error = table(RATINGS, users, MOVIES).unwrap_err();
            let found = (&error.details["file"], &error.details["line"], &error.details["reason"]);
            assert_eq!(found, (&"users.dat".into(), &2.into(), &reason.into()));
        }
        let error = table(RATINGS, USERS, b"").unwrap_err();
        assert_eq!(
            (&error.details["file"], &error.details["reason"]),
            (&"ml-1m/movies.dat".into(), &"empty".into())
        );
        let many: String = (0..33).map(|genre| format!("{}::A (1990)::G{genre}\n", genre + 1)).collect();
        assert_eq!(table(RATINGS, USERS, many.as_bytes()).unwrap_err().details["line"], 33);
    }
}
