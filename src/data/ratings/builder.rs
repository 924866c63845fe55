//! A table put together of what its files say.

use super::demographics::Demographics;
use super::films::Film;
use super::lines::{Line, NamedFile};
use super::{Films, Gender, MOST_FILMS, MOST_RATINGS, MOST_USERS, Ratings, bad_ratings};
use crate::data::order::ascending;
use crate::error::LabError;

/// One user, before it has a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct User {
    pub id: u32,
    pub gender: Gender,
    pub age: u8,
    pub job: u8,
}

/// The films of a file, one a line.
///
/// # Errors
/// `bad_ratings` with the line: what `read` refuses, an id that an earlier line has, or too many lines.
pub(super) fn read_films<'a>(
    file: NamedFile<'a>,
    genres: Vec<String>,
    read: impl FnMut(Line<'a>) -> Result<Film, LabError>,
) -> Result<Films, LabError> {
    let films = read_all(file, MOST_FILMS, read)?;
    Films::new(films, genres).map_err(|at| repeated(file, at))
}

/// The users of a file, one a line: their ids ascending, and what is known of them.
///
/// # Errors
/// As [`read_films`].
pub(super) fn read_users<'a>(
    file: NamedFile<'a>,
    read: impl FnMut(Line<'a>) -> Result<User, LabError>,
) -> Result<(Vec<u32>, Demographics), LabError> {
    let users = read_all(file, MOST_USERS, read)?;
    let mut ids = Vec::new();
    let mut known = Demographics {
        genders: Vec::new(),
        ages: Vec::new(),
        jobs: Vec::new(),
        occupations: Vec::new(),
        invented: false,
    };
    for at in ascending(users.len(), &|user| u64::from(users[user].id)) {
        let user = &users[at as usize];
        if ids.last() == Some(&user.id) {
            return Err(repeated(file, at as usize));
        }
        ids.push(user.id);
        known.genders.push(user.gender);
        known.ages.push(user.age);
        known.jobs.push(user.job);
    }
    Ok((ids, known))
}

fn read_all<'a, T>(
    file: NamedFile<'a>,
    most: usize,
    read: impl FnMut(Line<'a>) -> Result<T, LabError>,
) -> Result<Vec<T>, LabError> {
    let all: Vec<T> = file.lines().take(most + 1).map(read).collect::<Result<_, _>>()?;
    match all.len() {
        0 => Err(bad_ratings(file.name, None, "empty", "the file is empty")),
        count if count > most => Err(too_many(file, most)),
        _ => Ok(all),
    }
}

fn repeated(file: NamedFile<'_>, at: usize) -> LabError {
    bad_ratings(file.name, Some(at + 1), "repeated_id", "an earlier line has the same id")
}

fn too_many(file: NamedFile<'_>, most: usize) -> LabError {
    let message = format!("the file has more than {most} lines");
    bad_ratings(file.name, Some(most + 1), "too_many", &message).with("limit", most)
}

/// The ratings of a file, one a line: id of the user, id of the film, whole stars, seconds since 1970.
///
/// # Errors
/// `bad_ratings` with the line: fields that are no such numbers, a user or a film that there is not, a film that the
/// same user rated before, or too many lines.
pub(super) fn read_ratings(
    file: NamedFile<'_>,
    separator: &[u8],
    (user_ids, demographics): (Vec<u32>, Demographics),
    films: Films,
) -> Result<Ratings, LabError> {
    let mut ratings = Ratings {
        user_ids,
        films,
        demographics: Some(demographics),
        users: Vec::new(),
        rated: Vec::new(),
        half_stars: Vec::new(),
        times: Vec::new(),
    };
    for line in file.lines() {
        if line.number > MOST_RATINGS {
            return Err(too_many(file, MOST_RATINGS));
        }
        let [user, film, stars, time] = line.fields(separator)?;
        let user = line.number(user, "the user", 1, u32::MAX)?;
        let film = line.number(film, "the film", 1, u32::MAX)?;
        let unknown = |reason, what, id| line.bad(reason, &format!("there is no {what} {id}")).with("id", id);
        let at = ratings.user(user).ok_or_else(|| unknown("unknown_user", "user", user))?;
        ratings.users.push(at as u32);
        let at = ratings.films.film(film).ok_or_else(|| unknown("unknown_film", "film", film))?;
        ratings.rated.push(at as u32);
        ratings.half_stars.push(2 * line.number(stars, "the rating", 1, 5)? as u8);
        ratings.times.push(line.number(time, "the time", 0, u32::MAX)?);
    }
    if ratings.is_empty() {
        return Err(bad_ratings(file.name, None, "empty", "the file is empty"));
    }
    match repeated_rating(&ratings) {
        Some(row) => Err(bad_ratings(
            file.name,
            Some(row + 1),
            "rated_twice",
            "the same user rated this film in an earlier line",
        )),
        None => Ok(ratings),
    }
}

/// A rating whose user rated its film before.
pub(super) fn repeated_rating(ratings: &Ratings) -> Option<usize> {
    let rows: Vec<u32> = (0..ratings.len() as u32).collect();
    let users = |row: usize| ratings.users[row] as usize;
    let of_users = crate::data::ragged::Ragged::sorted(ratings.user_ids.len(), &users, &rows);
    let mut rated_by = vec![u32::MAX; ratings.films.len()];
    let mut repeated: Option<usize> = None;
    for (user, rows) in of_users.iter().enumerate() {
        for row in rows {
            let film = ratings.rated[*row as usize] as usize;
            if rated_by[film] == user as u32 {
                let row = *row as usize;
                repeated = Some(repeated.map_or(row, |first| first.min(row)));
            }
            rated_by[film] = user as u32;
        }
    }
    repeated
}
