//! What a lesson is given beside its settings: what the reader brought, and the files of the site that it asked for.

use super::own::Own;
use crate::data::pictures::own::PictureFolder;
use crate::data::pictures::{LabelledPictures, Picture};
use crate::data::ratings::own::OwnRatings;
use crate::data::sequences::own::OwnSequences;
use crate::data::table::TypedTable;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// What the reader brought to a lesson, in place of its own data, and the files the lesson asked for.
#[derive(Debug, Clone, Default)]
pub struct Material {
    /// What the reader brought.
    pub own: Option<Own>,
    /// Files of the site.
    pub files: Files,
}

impl Material {
    /// The reader's own table, where that is what was brought.
    pub fn table(&self) -> Option<&Rc<TypedTable>> {
        match &self.own {
            Some(Own::Table(table)) => Some(table),
            _ => None,
        }
    }

    /// The reader's own ratings, where that is what was brought.
    pub fn ratings(&self) -> Option<&Rc<OwnRatings>> {
        match &self.own {
            Some(Own::Ratings(ratings)) => Some(ratings),
            _ => None,
        }
    }

    /// The reader's own sequences, where that is what was brought.
    pub fn sequences(&self) -> Option<&Rc<OwnSequences>> {
        match &self.own {
            Some(Own::Sequences(sequences)) => Some(sequences),
            _ => None,
        }
    }

    /// The reader's own pictures, where that is what was brought.
    pub fn pictures(&self) -> Option<&Rc<PictureFolder>> {
        match &self.own {
            Some(Own::Pictures(pictures)) => Some(pictures),
            _ => None,
        }
    }
}

/// What stands in a file of the site.
#[derive(Debug, Clone)]
pub enum Content {
    /// Bytes, unpacked.
    Bytes(Rc<Vec<u8>>),
    /// A decoded picture.
    Picture(Rc<Picture>),
}

/// What something was made for, and what was made.
type Made = (String, Rc<dyn Any>);

/// Files of the site by their names, and what was made of them last.
///
/// Copies share what they hold: a lab that is opened anew with another learning rate need not read its pictures again.
#[derive(Debug, Clone, Default)]
pub struct Files {
    contents: Rc<RefCell<Vec<(String, Content)>>>,
    made: Rc<RefCell<Option<Made>>>,
}

impl Files {
    /// Adds a file, in place of one of the same name.
    pub fn add(&self, name: impl Into<String>, content: Content) {
        let name = name.into();
        let mut contents = self.contents.borrow_mut();
        contents.retain(|(known, _)| *known != name);
        contents.push((name, content));
    }

    /// The bytes of a file.
    pub fn bytes(&self, name: &str) -> Option<Rc<Vec<u8>>> {
        match self.get(name)? {
            Content::Bytes(bytes) => Some(bytes),
            Content::Picture(_) => None,
        }
    }

    /// A decoded picture.
    pub fn picture(&self, name: &str) -> Option<Rc<Picture>> {
        match self.get(name)? {
            Content::Picture(picture) => Some(picture),
            Content::Bytes(_) => None,
        }
    }

    fn get(&self, name: &str) -> Option<Content> {
        self.contents.borrow().iter().find(|(known, _)| known == name).map(|(_, content)| content.clone())
    }

    /// The pictures made last, if they were made for the same `key`; else what `make` gives, kept for the next time.
    ///
    /// # Errors
    /// What `make` says.
    pub fn pictures<E>(
        &self,
        key: &str,
        make: impl FnOnce() -> Result<LabelledPictures, E>,
    ) -> Result<Rc<LabelledPictures>, E> {
        if let Some(pictures) = self.made(key) {
            return Ok(pictures);
        }
        // Let go first: two sets of 60,000 pictures at once are more than a phone has room for.
        self.made.borrow_mut().take();
        let pictures = Rc::new(make()?);
        self.keep(key, pictures.clone());
        Ok(pictures)
    }

    /// What was made last, if it was made for the same `key`.
    pub fn made<T: 'static>(&self, key: &str) -> Option<Rc<T>> {
        let made = self.made.borrow();
        let (_, made) = made.as_ref().filter(|(made_for, _)| made_for == key)?;
        made.clone().downcast().ok()
    }

    /// Keeps what was made for `key` in place of what was made last.
    pub fn keep<T: 'static>(&self, key: &str, made: Rc<T>) {
        *self.made.borrow_mut() = Some((key.into(), made));
    }
}
