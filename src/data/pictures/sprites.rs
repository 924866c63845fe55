//! Sprite sheets: figures cut from icons, in a grid of cells, and which of them are held out for testing.

use super::Picture;
use crate::error::LabError;

/// Width and height of a cell.
pub(super) const CELL: usize = 96;
/// The figure's longer side in its cell; around it there is nothing.
pub(super) const FIGURE: usize = 92;
/// Cells in a row of the sheet.
const COLUMNS: usize = 16;

/// A sheet and what is told about its cells.
pub(super) struct Sheet {
    /// Name of the picture, for errors.
    pub file: &'static str,
    /// A line for each cell: class, set, icon.
    pub index: &'static str,
    /// The two classes.
    pub classes: [&'static str; 2],
    /// Which cells are held out. The rule is the same for every seed: what is for testing never slips into training
    /// when the reader tries another seed, and the scores of all seeds speak of the same figures.
    pub held_out: fn(&[Cell]) -> Vec<bool>,
}

/// Horses and humans with their whole bodies.
pub(super) const HORSES_AND_HUMANS: Sheet = Sheet {
    file: "horses_humans.png",
    index: include_str!("../../../data/vision/horses_humans.txt"),
    classes: ["horses", "humans"],
    held_out: every_fourth_pose,
};

/// Happy and sad faces.
pub(super) const FACES: Sheet = Sheet {
    file: "faces.png",
    index: include_str!("../../../data/vision/faces.txt"),
    classes: ["happy", "sad"],
    held_out: |cells| cells.iter().map(|cell| HELD_OUT_FACES.contains(&cell.set)).collect(),
};

/// The sets whose faces are held out. They resemble each other, so that holding out one alone would test little.
const HELD_OUT_FACES: [&str; 2] = ["emojione", "twemoji"];

/// A line of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    /// 0 or 1.
    pub class: usize,
    /// The set of icons.
    pub set: &'static str,
    /// The icon; skin tones of one icon share the name.
    pub icon: &'static str,
}

impl Cell {
    /// What this figure shows: a man and a woman of one set who run are drawn alike but for hair and clothes.
    fn pose(&self) -> &'static str {
        let without = |who| self.icon.strip_prefix(who);
        without("man-").or_else(|| without("woman-")).or_else(|| without("person-")).unwrap_or(self.icon)
    }
}

impl Sheet {
    /// The cells, in the order of the sheet.
    ///
    /// # Panics
    /// If the index, which is part of this program, has a line of another kind.
    pub(super) fn cells(&self) -> Vec<Cell> {
        let cell = |line: &'static str| {
            let mut words = line.split(' ');
            let mut word = || words.next().expect("a line of the index has three words");
            let class = word();
            let class = self.classes.iter().position(|name| *name == class).expect("a class of the sheet");
            Cell { class, set: word(), icon: word() }
        };
        self.index.lines().map(cell).collect()
    }
}

/// Of the poses of each class every fourth is held out, with all who stand in it and all their skin tones.
fn every_fourth_pose(cells: &[Cell]) -> Vec<bool> {
    let key = |cell: &Cell| (cell.class, cell.set, cell.pose());
    let mut poses: Vec<_> = Vec::new();
    for cell in cells {
        if !poses.contains(&key(cell)) {
            poses.push(key(cell));
        }
    }
    let held_out = |cell: &Cell| {
        let of_class = poses.iter().filter(|pose| pose.0 == cell.class);
        of_class.into_iter().position(|pose| *pose == key(cell)).is_some_and(|place| place % 4 == 3)
    };
    cells.iter().map(held_out).collect()
}

/// The figures of a sheet, ready to be drawn.
pub(super) struct Sprites {
    /// The cells, in the order of the sheet.
    pub cells: Vec<Cell>,
    /// Which of them are held out.
    pub held_out: Vec<bool>,
    /// Colours multiplied by alpha, and alpha, of the whole sheet.
    pixels: Vec<[u8; 4]>,
}

impl Sprites {
    /// Reads a sheet.
    ///
    /// # Errors
    /// `bad_data` where the picture is not as large as its index says.
    pub(super) fn read(picture: &Picture, sheet: &Sheet) -> Result<Self, LabError> {
        let cells = sheet.cells();
        let (width, height) = (COLUMNS * CELL, cells.len().div_ceil(COLUMNS) * CELL);
        let fits = (picture.width, picture.height, picture.channels) == (width, height, 4);
        if !fits || picture.pixels.len() != width * height * 4 {
            let message = format!(
                "{} has {} by {} pixels of {} channels; {width} by {height} of 4 were expected.",
                sheet.file, picture.width, picture.height, picture.channels
            );
            return Err(LabError::new("bad_data", message).with("file", sheet.file));
        }
        let times = |color: u8, alpha: u8| ((u32::from(color) * u32::from(alpha) + 127) / 255) as u8;
        let multiplied = |[red, green, blue, alpha]: &[u8; 4]| {
            [times(*red, *alpha), times(*green, *alpha), times(*blue, *alpha), *alpha]
        };
        let pixels = picture.pixels.as_chunks::<4>().0.iter().map(multiplied).collect();
        Ok(Self { held_out: (sheet.held_out)(&cells), cells, pixels })
    }

    /// The cell's colours and alpha between its pixels (bilinear); nothing outside of it.
    pub(super) fn sample(&self, cell: usize, x: f32, y: f32) -> [f32; 4] {
        const LAST: f32 = (CELL - 1) as f32;
        // Not a number is outside too.
        if !(x >= 0.0 && y >= 0.0 && x < LAST && y < LAST) {
            return [0.0; 4];
        }
        let (column, row) = (x as usize, y as usize);
        let (right, down) = (x - column as f32, y - row as f32);
        let width = COLUMNS * CELL;
        let start = (cell / COLUMNS * CELL + row) * width + cell % COLUMNS * CELL + column;
        let (above, below) = (&self.pixels[start..start + 2], &self.pixels[start + width..start + width + 2]);
        let mut mean = [0.0; 4];
        for (channel, mean) in mean.iter_mut().enumerate() {
            let between = |pair: &[[u8; 4]]| {
                let (left, other) = (f32::from(pair[0][channel]), f32::from(pair[1][channel]));
                left + (other - left) * right
            };
            let (above, below) = (between(above), between(below));
            *mean = above + (below - above) * down;
        }
        mean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_has_a_class_and_about_a_quarter_is_held_out() {
        for (sheet, low, high) in [(HORSES_AND_HUMANS, 0.2, 0.3), (FACES, 0.3, 0.36)] {
            let cells = sheet.cells();
            let held_out = (sheet.held_out)(&cells);
            for class in 0..2 {
                let of_class: Vec<bool> = cells
                    .iter()
                    .zip(&held_out)
                    .filter(|(cell, _)| cell.class == class)
                    .map(|(_, out)| *out)
                    .collect();
                let share = of_class.iter().filter(|out| **out).count() as f64 / of_class.len() as f64;
                assert!(
                    of_class.len() >= 14 && (low..=high).contains(&share),
                    "{class} {} {share}",
                    of_class.len()
                );
            }
        }
    }

    #[test]
    fn skin_tones_and_people_of_one_pose_stay_together() {
        let cells = HORSES_AND_HUMANS.cells();
        let held_out = every_fourth_pose(&cells);
        for (a, a_out) in cells.iter().zip(&held_out) {
            for (b, b_out) in cells.iter().zip(&held_out) {
                assert!((a.set, a.pose()) != (b.set, b.pose()) || a_out == b_out, "{a:?} {b:?}");
            }
        }
        assert_eq!(Cell { class: 1, set: "noto", icon: "woman-running" }.pose(), "running");
    }

    #[test]
    fn a_sheet_of_another_size_is_refused() {
        let picture = Picture { width: 4, height: 4, channels: 4, pixels: vec![0; 64] };
        let error = Sprites::read(&picture, &FACES).err().unwrap();
        assert_eq!((error.code.as_str(), error.details["file"].as_str()), ("bad_data", Some("faces.png")));
        let short = Picture { width: COLUMNS * CELL, height: 10 * CELL, channels: 4, pixels: vec![0; 64] };
        assert_eq!(Sprites::read(&short, &FACES).err().unwrap().code, "bad_data");
    }
}
