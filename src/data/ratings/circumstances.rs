//! Region, device and whether a user is signed in, as YouTube's candidate network is given them. No MovieLens table has
//! them: all are drawn by a seed, say nothing of real users, and everything that shows them says so.

use super::invented::{Profiles, draw};
use crate::random::{Purpose, Random};

/// How common regions are before any taste.
const REGIONS: [f64; 5] = [0.45, 0.25, 0.15, 0.10, 0.05];
/// How common devices are: telephone, computer, tablet, television.
const DEVICES: [f64; 4] = [0.40, 0.35, 0.10, 0.15];
/// How common it is not to be signed in, and to be.
const SIGNED_IN: [f64; 2] = [0.3, 0.7];

/// Where, on what and how each user watches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circumstances {
    /// Which of five regions.
    pub regions: Vec<u8>,
    /// Which of four devices.
    pub devices: Vec<u8>,
    /// 1 for whoever is signed in.
    pub signed_in: Vec<u8>,
}

impl Circumstances {
    /// Columns of [`numbers`](Self::numbers).
    pub const COLUMNS: usize = REGIONS.len() + DEVICES.len() + 1;

    /// Draws them as [`invent`](super::invented::invent) draws demographics: the larger the effect, the more they follow
    /// from the profiles.
    pub fn invent(profiles: &Profiles, effect: f64, seed: u64) -> Self {
        let mut random = Random::new(seed, Purpose::Circumstances);
        Self {
            regions: draw(profiles, &REGIONS, effect, &mut random),
            devices: draw(profiles, &DEVICES, effect, &mut random),
            signed_in: draw(profiles, &SIGNED_IN, effect, &mut random),
        }
    }

    /// Those of a user as numbers from 0 to 1: 1 for the region, 1 for the device, 1 for whoever is signed in.
    ///
    /// # Panics
    /// If there is no such user.
    pub fn numbers(&self, user: usize) -> [f32; Self::COLUMNS] {
        let mut numbers = [0.0; Self::COLUMNS];
        numbers[usize::from(self.regions[user])] = 1.0;
        numbers[REGIONS.len() + usize::from(self.devices[user])] = 1.0;
        numbers[Self::COLUMNS - 1] = f32::from(self.signed_in[user]);
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_drawn_by_the_seed_and_each_user_has_one_region_and_one_device() {
        let mut random = Random::new(5, Purpose::Worlds);
        let profiles = Profiles::new((0..900).map(|_| random.normal(0.0, 1.0)).collect(), 3);
        let drawn = Circumstances::invent(&profiles, 0.5, 1);
        assert_eq!(drawn, Circumstances::invent(&profiles, 0.5, 1));
        assert_ne!(drawn, Circumstances::invent(&profiles, 0.5, 2));
        for user in 0..300 {
            let numbers = drawn.numbers(user);
            assert_eq!(numbers[..5].iter().sum::<f32>(), 1.0);
            assert_eq!(numbers[5..9].iter().sum::<f32>(), 1.0);
            assert!(numbers[9] == 0.0 || numbers[9] == 1.0);
        }
        let signed_in = drawn.signed_in.iter().filter(|signed_in| **signed_in == 1).count();
        assert!((170..250).contains(&signed_in), "{signed_in}");
    }
}
