//! Ratings in the form of the committed file (`data/movies/tools/pack.py` describes it).

use emberbook::data::ratings::Ratings;

fn varint(mut number: u32, into: &mut Vec<u8>) {
    while number >= 128 {
        into.push(number as u8 & 127 | 128);
        number >>= 7;
    }
    into.push(number as u8);
}

fn varints(numbers: impl IntoIterator<Item = u32>) -> Vec<u8> {
    let mut bytes = Vec::new();
    numbers.into_iter().for_each(|number| varint(number, &mut bytes));
    bytes
}

fn differences(numbers: &[u32]) -> Vec<u8> {
    varints(numbers.iter().scan(0, |before, number| Some(number - std::mem::replace(before, *number))))
}

/// Packs a table whose users have each rated something.
pub fn pack(ratings: &Ratings) -> Vec<u8> {
    let films = &ratings.films;
    let plane = |byte: u32| films.genre_sets.iter().map(|set| (set >> (8 * byte)) as u8).collect::<Vec<u8>>();
    let (mut counts, mut firsts, mut seconds, mut rows) = (vec![], vec![], vec![], vec![]);
    for user in 0..ratings.user_ids.len() as u32 {
        let mut of_user: Vec<usize> = (0..ratings.len()).filter(|row| ratings.users[*row] == user).collect();
        of_user.sort_by_key(|row| (ratings.times[*row], ratings.rated[*row]));
        counts.push(of_user.len() as u32);
        firsts.push(ratings.times[of_user[0]]);
        seconds.extend(of_user.windows(2).map(|pair| ratings.times[pair[1]] - ratings.times[pair[0]]));
        rows.extend(of_user);
    }
    let bytes = |of: &dyn Fn(usize) -> u8| rows.iter().map(|row| of(*row)).collect::<Vec<u8>>();
    let columns = [
        films.genres.join("\n").into_bytes(),
        differences(&films.ids),
        films.titles.join("\n").into_bytes(),
        films.years.iter().map(|year| year.map_or(0, |year| (year - 1887) as u8)).collect(),
        plane(0),
        plane(1),
        plane(2),
        differences(&ratings.user_ids),
        varints(counts),
        varints(firsts),
        varints(seconds),
        bytes(&|row| (ratings.rated[row] >> 8) as u8),
        bytes(&|row| ratings.rated[row] as u8),
        bytes(&|row| ratings.half_stars[row]),
    ];
    let with_length = |bytes: &Vec<u8>| [&(bytes.len() as u32).to_le_bytes()[..], bytes].concat();
    columns
        .iter()
        .fold(b"emberbook ratings 1\n".to_vec(), |pack, column| [pack, with_length(column)].concat())
}
