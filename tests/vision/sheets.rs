//! The sheets that the lesson's pictures are composed from, as the page decodes them.

use emberbook::data::pictures::Picture;
use emberbook::lessons::{Content, Material};
use std::fs::File;
use std::path::Path;
use std::rc::Rc;

/// Adds the sheets to what a lab may need.
pub fn add_sheets(material: &Material) {
    for name in ["horses_humans.png", "faces.png"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/vision").join(name);
        material.files.add(name, Content::Picture(Rc::new(read_png(&path))));
    }
}

/// Reads a picture.
fn read_png(path: &Path) -> Picture {
    let mut decoder = png::Decoder::new(std::io::BufReader::new(File::open(path).unwrap()));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().unwrap();
    let mut rgba = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut rgba).unwrap();
    assert_eq!(frame.color_type, png::ColorType::Rgba);
    Picture::from_rgba(frame.width as usize, frame.height as usize, rgba).unwrap()
}
