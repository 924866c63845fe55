//! The distinct values of a column, as long as they are few enough to be the classes of a label.

use super::TypedColumn;
use super::lines::Lines;

/// Most classes a label may have.
pub const MOST_CLASSES: usize = 20;

/// Fewest rows of each class, so that train, dev and test can each have one.
pub const FEWEST_ROWS: usize = 3;

/// Above this a float of 64 bits cannot tell a whole number from its neighbours: 2⁵³.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// Why a column cannot be the label, with the row of the file that shows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum NoLabel {
    /// The row holds one value more than there may be classes.
    TooMany(usize),
    /// The row holds a number that is not whole, or too large to be told from its neighbours.
    NotWhole(usize),
    /// The row holds a text too long for a name, or one of several lines.
    NotAName(usize),
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
    /// Class of each row that has a value, an index into `classes`.
    pub(super) of_rows: Vec<u32>,
}

/// One value a label can take.
struct Class {
    /// The number, or the place of the text among the column's categories.
    value: f64,
    rows: usize,
    /// The row of the table in which it first stands.
    first_row: usize,
}

impl TypedColumn {
    /// The column as a label, with a class for each row that has a value: in the order of the numbers, or of the texts.
    ///
    /// # Errors
    /// Why it cannot be one.
    pub(super) fn label(&self, lines: &Lines) -> Result<Label, NoLabel> {
        let (found, of_rows) = self.classes(lines)?;
        if found.len() < 2 {
            return Err(NoLabel::OneClass);
        }
        let name = |class: &Class| match &self.categories {
            Some(names) => names[class.value as usize].clone(),
            None => class.value.to_string(),
        };
        if let Some(class) = found.iter().find(|class| class.rows < FEWEST_ROWS) {
            let first_row = lines.of(class.first_row);
            return Err(NoLabel::SmallClass { name: name(class), rows: class.rows, first_row });
        }
        let mut sorted: Vec<usize> = (0..found.len()).collect();
        match self.categories {
            Some(_) => sorted.sort_by_key(|class| name(&found[*class])),
            None => sorted.sort_by(|one, other| found[*one].value.total_cmp(&found[*other].value)),
        }
        let mut place = vec![0; sorted.len()];
        for (index, &class) in sorted.iter().enumerate() {
            place[class] = index as u32;
        }
        Ok(Label {
            classes: sorted.iter().map(|&class| name(&found[class])).collect(),
            of_rows: of_rows.into_iter().map(|class| place[usize::from(class)]).collect(),
        })
    }

    /// The different values in the order met, and for each row that has a value its place among them.
    fn classes(&self, lines: &Lines) -> Result<(Vec<Class>, Vec<u8>), NoLabel> {
        let mut found: Vec<Class> = Vec::new();
        let mut of_rows = Vec::new();
        let is_number = self.categories.is_none();
        for (row, value) in self.values.iter().copied().enumerate() {
            if value.is_nan() {
                if self.unfit.is_some_and(|unfit| unfit == lines.of(row)) {
                    return Err(NoLabel::NotAName(lines.of(row)));
                }
                continue;
            }
            if is_number && (value.fract() != 0.0 || value.abs() > LARGEST_WHOLE) {
                return Err(NoLabel::NotWhole(lines.of(row)));
            }
            let index = match found.iter().position(|class| class.value == value) {
                Some(index) => index,
                None if found.len() == MOST_CLASSES => return Err(NoLabel::TooMany(lines.of(row))),
                None => {
                    // Minus zero is written as zero.
                    found.push(Class { value: value + 0.0, rows: 0, first_row: row });
                    found.len() - 1
                }
            };
            found[index].rows += 1;
            // At most MOST_CLASSES indices.
            of_rows.push(index as u8);
        }
        Ok((found, of_rows))
    }

    /// The class, rows and first row of a text that keeps the column from being the label, where it would else be one: a
    /// cell that was mistyped.
    pub(super) fn stray_class(&self, lines: &Lines) -> Option<(String, usize, usize)> {
        let (found, _) = self.classes(lines).ok()?;
        let (stray, sound): (Vec<&Class>, Vec<&Class>) =
            found.iter().partition(|class| class.rows < FEWEST_ROWS);
        let [class] = stray[..] else { return None };
        let name = &self.categories.as_ref()?[class.value as usize];
        (sound.len() > 1).then(|| (name.clone(), class.rows, lines.of(class.first_row)))
    }

    /// Whether it can be the label of a classifier: half of it at least is there, and [`TypedColumn::label`] succeeds.
    pub(super) fn is_label(&self, lines: &Lines) -> bool {
        self.missing * 2 <= self.values.len() && *self.is_label.get_or_init(|| self.label(lines).is_ok())
    }
}
