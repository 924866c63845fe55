//! What is known of items.

use super::pictures::ItemPictures;
use super::vectors::Vectors;

/// What an item says beside its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modality {
    /// How it looks.
    Image,
    /// What its title and tags say.
    Text,
}

/// Title and tags in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// The title; empty where there is none.
    pub title: String,
    /// The tags; often none.
    pub tags: Vec<String>,
}

/// Where an item belongs, as places in [`Items::groups`] and [`Items::subgroups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// The group.
    pub group: usize,
    /// The subgroup.
    pub subgroup: usize,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Its name in the data.
    pub id: String,
    /// Where it belongs, where the data say so.
    pub kind: Option<Kind>,
    /// Its words in English, or in whatever language the data are.
    pub words: Words,
    /// Its words in Chinese; empty in data of one language.
    pub chinese: Words,
}

impl Item {
    /// Its title: in Chinese where that is asked for and there is one; its id where there is none at all.
    pub fn title(&self, chinese: bool) -> &str {
        let titles = [&self.chinese.title, &self.words.title];
        let wanted = if chinese { &titles[..] } else { &titles[1..] };
        wanted.iter().find(|title| !title.is_empty()).map_or(&self.id, |title| title)
    }

    /// Its titles, without empty ones.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        [&self.chinese, &self.words]
            .into_iter()
            .map(|words| words.title.as_str())
            .filter(|text| !text.is_empty())
    }

    /// Its tags in all languages.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        [&self.chinese, &self.words].into_iter().flat_map(|words| words.tags.iter().map(String::as_str))
    }
}

/// Items, numbered from 0, and what is known of all of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Items {
    /// The items.
    pub list: Vec<Item>,
    /// Names of the groups, in order.
    pub groups: Vec<String>,
    /// Names of the subgroups, in order.
    pub subgroups: Vec<String>,
    /// Their pictures; some items may have none.
    pub pictures: Option<ItemPictures>,
    /// Vectors that stand for how items look, in place of pictures.
    pub image_vectors: Option<Vectors>,
    /// Vectors that stand for what titles say, in place of words.
    pub text_vectors: Option<Vectors>,
}

impl Items {
    /// How many items.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The number of the item with an id.
    pub fn number(&self, id: &str) -> Option<usize> {
        self.list.iter().position(|item| item.id == id)
    }

    /// The vectors given for a modality.
    pub fn vectors(&self, modality: Modality) -> Option<&Vectors> {
        match modality {
            Modality::Image => self.image_vectors.as_ref(),
            Modality::Text => self.text_vectors.as_ref(),
        }
    }

    /// The items without the pictures of some and the words of some: what a model learns from where a modality is
    /// missing. Ids and kinds stay.
    ///
    /// # Panics
    /// If there is not one flag for each item.
    pub fn without(mut self, images: &[bool], texts: &[bool]) -> Self {
        assert!(images.len() == self.len() && texts.len() == self.len(), "one flag for each item");
        if let Some(pictures) = &mut self.pictures {
            pictures.clear(images);
        }
        let of = [(&mut self.image_vectors, images), (&mut self.text_vectors, texts)];
        for (vectors, is_missing) in of {
            if let Some(vectors) = vectors {
                vectors.clear(is_missing);
            }
        }
        for (item, _) in self.list.iter_mut().zip(texts).filter(|(_, is_missing)| **is_missing) {
            (item.words, item.chinese) = (Words::default(), Words::default());
        }
        self
    }

    /// `count` of the items, evenly spread over the list, with what is known of them; all where there are no more.
    pub fn spread(&self, count: usize) -> Self {
        let all = self.len();
        if count >= all {
            return self.clone();
        }
        let chosen: Vec<usize> = (0..count).map(|place| place * all / count).collect();
        Self {
            list: chosen.iter().map(|item| self.list[*item].clone()).collect(),
            groups: self.groups.clone(),
            subgroups: self.subgroups.clone(),
            pictures: self.pictures.as_ref().map(|pictures| pictures.of(&chosen)),
            image_vectors: self.image_vectors.as_ref().map(|vectors| vectors.of(&chosen)),
            text_vectors: self.text_vectors.as_ref().map(|vectors| vectors.of(&chosen)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: &str, title: &str, chinese: &str) -> Item {
        let words = |title: &str| Words { title: title.into(), tags: vec![format!("{title}!")] };
        Item { id: id.into(), words: words(title), chinese: words(chinese), ..Item::default() }
    }

    #[test]
    fn an_item_without_a_title_is_called_by_its_id() {
        let horse = item("1F40E", "horse", "马");
        assert_eq!((horse.title(true), horse.title(false)), ("马", "horse"));
        assert_eq!(horse.titles().collect::<Vec<_>>(), ["马", "horse"]);
        assert_eq!(horse.tags().collect::<Vec<_>>(), ["马!", "horse!"]);
        assert_eq!(item("a7", "horse", "").title(true), "horse");
        assert_eq!(item("a7", "", "马").title(false), "a7");
        assert_eq!(Item { id: "a7".into(), ..Item::default() }.title(true), "a7");
    }

    #[test]
    fn what_is_missing_of_an_item_is_missing_of_it_alone() {
        let mut pictures = ItemPictures::none(3);
        let gray = crate::data::pictures::Picture { width: 1, height: 1, channels: 1, pixels: vec![9] };
        (0..3).for_each(|item| pictures.set(item, &gray));
        let items = Items {
            list: ["a", "b", "c"].iter().map(|id| item(id, id, "字")).collect(),
            pictures: Some(pictures),
            text_vectors: Some(Vectors::new(1, vec![1.0, 2.0, 3.0])),
            ..Items::default()
        };
        let some = items.clone().without(&[true, false, false], &[false, false, true]);
        assert_eq!([0, 1, 2].map(|item| some.pictures.as_ref().unwrap().has(item)), [false, true, true]);
        assert_eq!(some.text_vectors.as_ref().unwrap().values(), [1.0, 2.0, 0.0]);
        assert_eq!(
            (some.list[0].title(true), some.list[2].title(true), some.list[2].tags().count()),
            ("字", "c", 0)
        );
        assert_eq!(items.clone().without(&[false; 3], &[false; 3]), items);
    }

    #[test]
    fn a_choice_of_items_is_spread_and_keeps_what_is_known_of_each() {
        let names = ["a", "b", "c", "d", "e", "f", "g"];
        let items = Items {
            list: names.iter().map(|id| item(id, id, "")).collect(),
            text_vectors: Some(Vectors::new(1, (0u8..7).map(f32::from).collect())),
            ..Items::default()
        };
        let some = items.spread(3);
        assert_eq!(some.list.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["a", "c", "e"]);
        let vectors = some.vectors(Modality::Text).unwrap();
        assert_eq!((vectors.len(), vectors.row(1), vectors.row(2)), (3, &[2.0][..], &[4.0][..]));
        assert_eq!((items.spread(9), some.vectors(Modality::Image)), (items.clone(), None));
        assert_eq!((items.number("c"), some.number("b")), (Some(2), None));
    }
}
