//! The distinct values of a column, as long as they are few enough to be the classes of a label.

use std::cmp::Ordering;

/// Most classes a label may have.
pub const MOST_CLASSES: usize = 20;

/// Fewest rows of each class, so that train, dev and test can each have one.
pub const FEWEST_ROWS: usize = 3;

/// Most characters of the name of a class or of a column.
pub const LONGEST_NAME: usize = 80;

/// Why the values of a column cannot be classes, with the row that shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NoClasses {
    /// The row holds one value more than there may be classes.
    TooMany(usize),
    /// The row holds a number that is not whole, or too large to be told from its neighbours.
    NotWhole(usize),
    /// The row holds a text too long for a name, or one of several lines.
    NotAName(usize),
}

/// Why a column cannot be the label.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum NoLabel {
    /// Its values cannot be classes.
    NoClasses(NoClasses),
    /// It has one value, or none.
    OneClass,
    /// A class has fewer rows than are needed.
    SmallClass { name: String, rows: usize, first_row: usize },
}

/// A column as the label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    /// Names of the classes, sorted.
    pub(super) classes: Vec<String>,
    /// Class of each row, an index into `classes`.
    pub(super) of_rows: Vec<u32>,
}

/// What classes are told apart by: numbers, or text.
pub(super) trait ClassValue {
    /// The order classes are listed in.
    fn compare(&self, other: &Self) -> Ordering;
    /// The name of the class.
    fn name(&self) -> String;
}

impl ClassValue for f64 {
    fn compare(&self, other: &Self) -> Ordering {
        self.total_cmp(other)
    }

    fn name(&self) -> String {
        self.to_string()
    }
}

impl ClassValue for String {
    fn compare(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }

    fn name(&self) -> String {
        self.clone()
    }
}

/// One value a label can take.
#[derive(Debug, Clone, PartialEq)]
struct Class<V> {
    value: V,
    /// Rows that have it.
    rows: usize,
    /// Row of the file in which it first stands.
    first_row: usize,
}

/// The classes of a column and the class of each row, in the order read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Classes<V> {
    found: Vec<Class<V>>,
    /// Index into `found` for each row that has a value.
    of_rows: Vec<u8>,
}

impl<V> Classes<V> {
    pub(super) fn new() -> Self {
        Self { found: Vec::new(), of_rows: Vec::new() }
    }

    /// Takes in the value of a row: the class that `is_same` recognises, or a new one made by `value`.
    pub(super) fn add(
        &mut self,
        row: usize,
        is_same: impl Fn(&V) -> bool,
        value: impl FnOnce() -> V,
    ) -> Result<(), NoClasses> {
        let index = match self.found.iter().position(|class| is_same(&class.value)) {
            Some(index) => index,
            None if self.found.len() == MOST_CLASSES => return Err(NoClasses::TooMany(row)),
            None => {
                self.found.push(Class { value: value(), rows: 0, first_row: row });
                self.found.len() - 1
            }
        };
        self.found[index].rows += 1;
        // At most MOST_CLASSES indices.
        self.of_rows.push(index as u8);
        Ok(())
    }
}

impl<V: ClassValue> Classes<V> {
    /// The label these classes make.
    ///
    /// # Errors
    /// [`NoLabel::OneClass`] and [`NoLabel::SmallClass`].
    pub(super) fn label(&self) -> Result<Label, NoLabel> {
        if self.found.len() < 2 {
            return Err(NoLabel::OneClass);
        }
        if let Some(class) = self.found.iter().find(|class| class.rows < FEWEST_ROWS) {
            let name = class.value.name();
            return Err(NoLabel::SmallClass { name, rows: class.rows, first_row: class.first_row });
        }
        let mut sorted: Vec<usize> = (0..self.found.len()).collect();
        sorted.sort_by(|&one, &other| self.found[one].value.compare(&self.found[other].value));
        let mut place = vec![0; sorted.len()];
        for (index, &class) in sorted.iter().enumerate() {
            place[class] = index as u32;
        }
        Ok(Label {
            classes: sorted.iter().map(|&class| self.found[class].value.name()).collect(),
            of_rows: self.of_rows.iter().map(|&class| place[usize::from(class)]).collect(),
        })
    }
}
