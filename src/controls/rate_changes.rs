//! A learning rate that is not the same from the first step to the last: the text of the setting
//! `learning_rate_changes`.

use serde::Deserialize;

/// Name of the setting.
pub const RATE_CHANGES: &str = "learning_rate_changes";

/// Characters of the text at most.
pub const LONGEST_RATE_CHANGES: usize = 400;

/// Learning rates as they are changed by hand, or by a plan, in mid-run: `400:0.05 900:0.01` is a rate of 0.05 from step 400
/// on, counted from 0, and of 0.01 from step 900 on. Until the first of them the setting `learning_rate` holds.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct RateChanges(Vec<(u64, f64)>);

impl RateChanges {
    /// Reads the text; an empty one changes nothing.
    ///
    /// # Errors
    /// A sentence fragment that says what would be right.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut changes: Vec<(u64, f64)> = Vec::new();
        for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
            let change = word.split_once(':').and_then(|(step, rate)| {
                let (step, rate) = (step.parse::<u64>().ok()?, rate.parse::<f64>().ok()?);
                (step > 0 && rate > 0.0 && rate <= 10.0).then_some((step, rate))
            });
            let (step, rate) = change.ok_or_else(|| {
                format!(
                    "steps with the learning rate from there on, such as `400:0.05 900:0.01` (steps from 1, rates up to \
                     10); `{word}` is none"
                )
            })?;
            if changes.last().is_some_and(|(last, _)| *last >= step) {
                return Err(format!("steps in rising order; {step} does not come after the one before it"));
            }
            changes.push((step, rate));
        }
        Ok(Self(changes))
    }

    /// Whether one rate holds for the whole run.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The rate of a step counted from 0, in a run that begins with the rate `first`.
    pub fn rate(&self, first: f64, step: u64) -> f64 {
        self.0.iter().rev().find(|(from, _)| *from <= step).map_or(first, |(_, rate)| *rate)
    }
}

impl TryFrom<String> for RateChanges {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::read(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rate_holds_from_its_step_to_the_next_one() {
        let changes = RateChanges::read("400:0.05, 900:1e-3").unwrap();
        let at = |step| changes.rate(0.2, step);
        assert_eq!(
            [at(0), at(399), at(400), at(899), at(900), at(u64::MAX)],
            [0.2, 0.2, 0.05, 0.05, 1e-3, 1e-3]
        );
        assert_eq!(RateChanges::read("  "), Ok(RateChanges::default()));
        assert_eq!(RateChanges::default().rate(0.2, 7), 0.2);
    }

    #[test]
    fn what_says_no_rate_or_turns_back_is_refused() {
        for text in
            ["400", "400:", ":0.1", "0:0.1", "4.5:0.1", "4:-1", "4:0", "4:nan", "4:inf", "4:11", "4:0.1:2"]
        {
            assert!(RateChanges::read(text).unwrap_err().contains("such as"), "{text}");
        }
        for text in ["5:0.1 5:0.2", "9:0.1 5:0.2"] {
            assert!(RateChanges::read(text).unwrap_err().contains("rising"), "{text}");
        }
    }
}
