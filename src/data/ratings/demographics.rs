//! What MovieLens asked its users about themselves.

/// The document's names for the ages of ml-1m: the youngest year of each range.
pub const AGES: [u8; 7] = [1, 18, 25, 35, 45, 50, 56];

/// The 21 occupations of ml-1m, in the order of their codes.
pub const OCCUPATIONS: [&str; 21] = [
    "other or not specified",
    "academic/educator",
    "artist",
    "clerical/admin",
    "college/grad student",
    "customer service",
    "doctor/health care",
    "executive/managerial",
    "farmer",
    "homemaker",
    "K-12 student",
    "lawyer",
    "programmer",
    "retired",
    "sales/marketing",
    "scientist",
    "self-employed",
    "technician/engineer",
    "tradesman/craftsman",
    "unemployed",
    "writer",
];

/// Gender, in the document's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Gender {
    /// `M`, 0.
    Male,
    /// `F`, 1.
    Female,
}

/// Gender, age and occupation of each user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demographics {
    /// Gender of each user.
    pub genders: Vec<Gender>,
    /// Age of each user: a place in [`AGES`].
    pub ages: Vec<u8>,
    /// Occupation of each user: a place in [`occupations`](Self::occupations).
    pub jobs: Vec<u8>,
    /// Names of the occupations.
    pub occupations: Vec<String>,
    /// Whether they were drawn by us and say nothing of the real users.
    pub invented: bool,
}

/// The place in [`AGES`] of an age in years.
pub(super) fn age_place(years: u32) -> u8 {
    AGES.iter().rposition(|youngest| u32::from(*youngest) <= years).unwrap_or(0) as u8
}

/// The names of ml-1m's occupations.
pub(super) fn occupations() -> Vec<String> {
    OCCUPATIONS.map(String::from).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_in_years_falls_into_the_range_that_begins_at_or_below_it() {
        let places = [0, 1, 17, 18, 24, 25, 49, 50, 55, 56, 99].map(age_place);
        assert_eq!(places, [0, 0, 0, 1, 1, 2, 4, 5, 5, 6, 6]);
    }
}
