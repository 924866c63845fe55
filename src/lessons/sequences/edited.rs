//! A history as the reader changed it to learn from: the text of the setting `edited`, and the examples that follow.
//!
//! The text has words with a full stop between them, such as `u3.s0.s2p.s1.n45.dw5.ci12-i7`:
//!
//! | word | what it says |
//! |---|---|
//! | `u3` | the history of the user with this number among those who are judged; without it, it is a further one |
//! | `f12` | the steps that follow stand in place of those from this one on; without it, of all |
//! | `s2`, `n45` | a step: the one at this place of the user's history, from 0, or a new one with this item |
//! | `…p`, `…w` | the same without its picture, without its words |
//! | `di12` | without a node: `i` an item, `p` a code of pictures, `w` a code of words |
//! | `ci12-w5` | without the edges between two nodes |
//! | `ri12-i7-4` | with another relation, by its number, of a node to another |

use super::edits::Edits;
use super::graph::Step;
use super::node_name::{NodeKind, NodeName};
use crate::data::sequences::histories::{Histories, HistoryPart, Place};
use crate::error::LabError;
use std::str::FromStr;

/// Most steps.
const LONGEST: usize = 200;
/// What a text that cannot be read should have been.
const EXPECTED: &str =
    "changes such as `u3.s0.s2p.s1.n45.dw5.ci12-i7.ri4-i9-4`: a user, steps, nodes, edges and relations";

/// What was changed, before it is known in which history.
#[derive(Debug, Clone, Default)]
pub struct Edited {
    user: Option<usize>,
    first: Option<usize>,
    steps: Vec<EditedStep>,
    edits: Edits,
}

#[derive(Debug, Clone, Copy)]
struct EditedStep {
    from: Origin,
    /// Whether its picture is missing, and whether its words are.
    lacks: [bool; 2],
}

/// Where a step comes from.
#[derive(Debug, Clone, Copy)]
enum Origin {
    /// It was in the history, at this place.
    History(usize),
    /// The reader added an item.
    Item(u32),
}

/// A history to learn from in the place of a user's, or beside those of all users.
#[derive(Debug, Clone)]
pub struct EditedHistory {
    /// Whose examples it stands for; of nobody's it is a further history.
    user: Option<usize>,
    /// Its items.
    pub items: Vec<u32>,
    /// Of each step whether its picture is missing, and whether its words are.
    lacks: Vec<[bool; 2]>,
    /// What is changed in the graphs of its beginnings.
    pub edits: Edits,
}

impl Edited {
    /// Reads the text of the setting; none where it is empty.
    ///
    /// # Errors
    /// What would have been right.
    pub fn read(text: &str) -> Result<Option<Self>, String> {
        if text.is_empty() {
            return Ok(None);
        }
        let mut edited = Self::default();
        for word in text.split('.') {
            edited.take(word).ok_or_else(|| format!("{EXPECTED}; `{word}` is not one of them"))?;
        }
        if edited.is_whole() { Ok(Some(edited)) } else { Err(EXPECTED.into()) }
    }

    fn take(&mut self, word: &str) -> Option<()> {
        let (sort, rest) = word.split_at_checked(1)?;
        match sort {
            "u" if self.user.is_none() => self.user = Some(number(rest)?),
            "f" if self.first.is_none() => self.first = Some(number(rest)?),
            "s" | "n" if self.steps.len() < LONGEST => {
                let digits = rest.trim_end_matches(['p', 'w']);
                let lacks = match &rest[digits.len()..] {
                    "" => [false, false],
                    "p" => [true, false],
                    "w" => [false, true],
                    "pw" => [true, true],
                    _ => return None,
                };
                let from = if sort == "s" {
                    Origin::History(number(digits)?)
                } else {
                    Origin::Item(number(digits)?)
                };
                self.steps.push(EditedStep { from, lacks });
            }
            "d" => self.edits.take_node(node(rest)?),
            "c" => {
                let (one, other) = rest.split_once('-')?;
                self.edits.take_edge(node(one)?, node(other)?);
            }
            "r" => {
                let (nodes, relation) = rest.rsplit_once('-')?;
                let (one, other) = nodes.split_once('-')?;
                self.edits.relate(node(one)?, node(other)?, number(relation)?)?;
            }
            _ => return None,
        }
        Some(())
    }

    /// Whether a user's history is changed, or enough is there for a further one.
    fn is_whole(&self) -> bool {
        let has_steps = !self.steps.is_empty();
        let are_new = || self.steps.iter().all(|step| matches!(step.from, Origin::Item(_)));
        match self.user {
            Some(_) => has_steps || !self.edits.is_empty() && self.first.is_none(),
            None => self.steps.len() > 1 && are_new() && self.first.is_none(),
        }
    }

    /// The changed history among those of all users, of `items` items. Of a user's, only steps that are learned from are in
    /// it: not those that are held out.
    ///
    /// # Errors
    /// `edited_unfit` where there is no such user, step or item.
    pub fn among(self, histories: &Histories, items: usize) -> Result<EditedHistory, LabError> {
        let unfit = || {
            LabError::new(
                "edited_unfit",
                "The changes by hand (`edited`) do not fit these histories: take them back first.",
            )
        };
        let user = match self.user {
            Some(number) => Some(*histories.judged().get(number).ok_or_else(unfit)?),
            None => None,
        };
        let history = user.map_or(&[][..], |user| histories.of(user));
        let end = |part| user.map_or(0, |user| histories.range(user, part).end);
        let [learned, shown] = [HistoryPart::Train, HistoryPart::Valid].map(end);
        let before = if self.steps.is_empty() { learned } else { self.first.unwrap_or(0).min(learned) };
        let before = (0..before).map(|at| EditedStep { from: Origin::History(at), lacks: [false; 2] });
        let mut edited =
            EditedHistory { user, items: Vec::new(), lacks: Vec::new(), edits: Edits::default() };
        for EditedStep { from, lacks } in before.chain(self.steps) {
            let item = match from {
                // The last step that is shown is what comes next.
                Origin::History(at) if at + 1 >= shown => return Err(unfit()),
                Origin::History(at) if at >= learned => continue,
                Origin::History(at) => history[at],
                Origin::Item(item) if (item as usize) < items => item,
                Origin::Item(_) => return Err(unfit()),
            };
            if self.edits.leaves(item) {
                edited.items.push(item);
                edited.lacks.push(lacks);
            }
        }
        Ok(EditedHistory { edits: self.edits, ..edited })
    }
}

impl EditedHistory {
    /// How many examples it gives: one for each item that has some before it.
    pub fn examples(&self) -> usize {
        self.items.len().saturating_sub(1)
    }

    /// The places that are learned from: its own in those of its user, or behind all. Its number is that of the user
    /// behind the last one.
    pub fn places(&self, histories: &Histories, train: &[Place]) -> Vec<Place> {
        let user = self.user.unwrap_or(histories.len()) as u32;
        let start = train.partition_point(|place| place.user < user);
        let end = train.partition_point(|place| place.user <= user);
        let own = (1..=self.examples()).map(|at| Place { user: histories.len() as u32, at: at as u32 });
        train[..start].iter().copied().chain(own).chain(train[end..].iter().copied()).collect()
    }

    /// Takes pictures and words of the steps right before a place away.
    pub fn take_away(&self, steps: &mut [Step], at: usize) {
        let lacks = &self.lacks[at - steps.len()..at];
        for (step, [image, text]) in steps.iter_mut().zip(lacks) {
            if *image {
                step.images = &[];
            }
            if *text {
                step.texts = &[];
            }
        }
    }
}

/// A number in digits alone.
fn number<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn node(text: &str) -> Option<NodeName> {
    let (kind, rest) = text.split_at_checked(1)?;
    let kind = match kind {
        "i" => NodeKind::Item,
        "p" => NodeKind::Image,
        "w" => NodeKind::Text,
        _ => return None,
    };
    Some(NodeName { kind, number: number(rest)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::ragged::Ragged;

    /// Of the third user, with the number 1 among those who are judged, places 1 to 5 are learned from, 6 and 7 choose, 8
    /// and 9 judge.
    fn histories() -> Histories {
        let mut items = Ragged::default();
        for history in [&[0, 1, 2, 3][..], &[4, 4], &[5, 6, 7, 8, 9, 10, 11, 12, 13, 14], &[2, 3, 4]] {
            items.push(history);
        }
        Histories::new(items)
    }

    fn read(text: &str) -> Edited {
        Edited::read(text).unwrap().unwrap()
    }

    fn edited(text: &str) -> EditedHistory {
        read(text).among(&histories(), 20).unwrap()
    }

    #[test]
    fn steps_are_those_of_the_user_in_the_order_of_the_text_without_what_is_held_out() {
        for (text, items) in [
            ("u1.dw3", &[5, 6, 7, 8, 9, 10][..]),
            ("u1.di7", &[5, 6, 8, 9, 10]),
            ("u1.s0.s2.s1", &[5, 7, 6]),
            ("u1.f4.s5.s4", &[5, 6, 7, 8, 10, 9]),
            ("u1.f6.n3.s6", &[5, 6, 7, 8, 9, 10, 3]),
            ("u1.f4.s6.s4.n6.s5.di6", &[5, 7, 8, 9, 10]),
            ("n7.n7.n19", &[7, 7, 19]),
        ] {
            assert_eq!(edited(text).items, items, "{text}");
        }
    }

    #[test]
    fn its_places_stand_where_those_of_its_user_stood_and_a_further_one_behind_all() {
        let train = histories().places(HistoryPart::Train);
        let users = |text: &str| -> Vec<(u32, u32)> {
            let places = edited(text).places(&histories(), &train);
            places.into_iter().map(|place| (place.user, place.at)).collect()
        };
        let whole = [(0, 1), (1, 1), (2, 1), (2, 2), (2, 3), (2, 4), (2, 5)];
        assert!(train.iter().map(|place| (place.user, place.at)).eq(whole));
        assert_eq!(users("u1.s0.s2.s1"), [(0, 1), (1, 1), (4, 1), (4, 2)]);
        assert_eq!(users("n7.n8.n9"), [&whole[..], &[(4, 1), (4, 2)]].concat());
        assert_eq!(users("u1.s0"), whole[..2]);
    }

    #[test]
    fn pictures_and_words_are_missing_where_their_steps_are_now() {
        let edited = edited("u1.s0p.s2w.s1pw.s3");
        let (images, texts) = ([7], [8]);
        let step = |item: &u32| Step { item: *item, images: &images, texts: &texts };
        let mut steps: Vec<Step> = edited.items[1..].iter().map(step).collect();
        edited.take_away(&mut steps, 4);
        let has: Vec<(usize, usize)> =
            steps.iter().map(|step| (step.images.len(), step.texts.len())).collect();
        assert_eq!(has, [(1, 0), (0, 0), (1, 1)]);
    }

    #[test]
    fn a_text_that_says_nothing_or_cannot_be_read_is_refused_with_the_word_at_fault() {
        assert!(Edited::read("").unwrap().is_none());
        let long = vec!["s0"; LONGEST + 1].join(".");
        for (text, word) in [
            ("u1.x3", "x3"),
            ("u1.s", "s"),
            ("u1.s-1", "s-1"),
            ("u1.s+1", "s+1"),
            ("u1.s1wp", "s1wp"),
            ("u1.s0.", ""),
            ("u1.u2.s0", "u2"),
            ("u1.dq4", "dq4"),
            ("u1.ci4", "ci4"),
            ("u1.ci4-p", "ci4-p"),
            ("u1.ri4-i5", "ri4-i5"),
            ("u1.ri4-i5-1", "ri4-i5-1"),
            ("u1.ri4-i4-2", "ri4-i4-2"),
            ("u1.ri4-p4-2", "ri4-p4-2"),
            ("u1.s99999999999999999999", "s99999999999999999999"),
            ("ü", "ü"),
            (&long, "s0"),
        ] {
            let expected = Edited::read(text).unwrap_err();
            assert!(expected.ends_with(&format!("`{word}` is not one of them")), "{text}: {expected}");
        }
        for text in ["u1", "u1.f3", "n4", "s0.s1", "dw4", "f0.n1.n2", "f3.n1.n2"] {
            assert_eq!(Edited::read(text).unwrap_err(), EXPECTED, "{text}");
        }
    }

    #[test]
    fn changes_of_other_histories_are_refused() {
        for text in ["u9.s0", "u1.s0.s7", "u1.n20", "n1.n20"] {
            let error = read(text).among(&histories(), 20).unwrap_err();
            assert_eq!(error.code, "edited_unfit", "{text}");
        }
    }
}
