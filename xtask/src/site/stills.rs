//! Still pictures of the figures of a text: what stands in a figure's place without script, in print, and until its module
//! is there. They are photographs of the living figures at the end of the default run, taken by
//! `tests/browser/stills.mjs`, and lie in `www/lessons/<id>/stills/<language>/`: `regions.webp` as wide as the page goes;
//! the first figure of a text, which alone is seen before it lives, also as on a phone, in `regions-narrow.webp`.

use super::words::{Language, Variant};
use crate::repository::{Repository, files_under};
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// How stills are made, for whoever meets one that is missing.
#[cfg(test)]
const MAKE: &str =
    "`cargo xtask serve` and `node tests/browser/stills.mjs --url http://127.0.0.1:8080/ --only <lesson>`";

/// Up to this width of the page the narrow still is shown.
const NARROW: &str = "(max-width: 40rem)";

/// The stills of one lesson: their sizes in pixels by their names, such as `en/regions-narrow`.
#[derive(Default)]
pub struct Stills {
    sizes: BTreeMap<String, (u32, u32)>,
}

impl Stills {
    /// Those that lie in the folder of a lesson; none where it has no folder for them yet.
    ///
    /// # Errors
    /// When a file there is not a WebP picture.
    pub fn read(repository: &Repository, lesson: &str) -> Result<Self> {
        let folder = repository.path("www/lessons").join(lesson).join("stills");
        let mut sizes = BTreeMap::new();
        for file in files_under(&folder)? {
            let name = name_of(file.strip_prefix(&folder)?)
                .with_context(|| format!("{} is not called as a still", file.display()))?;
            let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            sizes.insert(name, size(&bytes).with_context(|| file.display().to_string())?);
        }
        Ok(Self { sizes })
    }

    /// The picture of a figure, with its room reserved; empty where there is none yet. `folder` is the way to the folder
    /// of the lesson, empty or such as `../iris/`, `alt` is text of an attribute.
    pub fn picture(&self, folder: &str, language: Language, id: &str, alt: &str, is_first: bool) -> String {
        let name = format!("{}/{id}", language.code());
        let Some((width, height)) = self.sizes.get(&name) else { return String::new() };
        let narrow = format!("{name}-narrow");
        let source = self.sizes.get(&narrow).map_or(String::new(), |(width, height)| {
            format!(
                "<source media=\"{NARROW}\" srcset=\"{folder}stills/{narrow}.webp\" width=\"{width}\" \
                 height=\"{height}\">"
            )
        });
        // What stands in the first screen is wanted at once.
        let loading = if is_first { "" } else { " loading=\"lazy\"" };
        format!(
            "<picture class=\"still\">{source}<img src=\"{folder}stills/{name}.webp\" width=\"{width}\" \
             height=\"{height}\" alt=\"{alt}\"{loading} decoding=\"async\"></picture>"
        )
    }

    /// The picture of a figure as wide as the page goes, for the eye alone, fetched once it comes near; empty where there is
    /// none yet.
    pub fn thumbnail(&self, folder: &str, language: Language, id: &str) -> String {
        let name = format!("{}/{id}", language.code());
        let Some((width, height)) = self.sizes.get(&name) else { return String::new() };
        format!(
            "<img class=\"thumbnail\" src=\"{folder}stills/{name}.webp\" width=\"{width}\" height=\"{height}\" alt=\"\" \
             loading=\"lazy\" decoding=\"async\">"
        )
    }

    /// What differs from the figures of a text, a line for each: stills that are missing, and those of no figure.
    #[cfg(test)]
    fn differences(&self, language: Language, figures: &[&str]) -> Vec<String> {
        use std::collections::BTreeSet;
        let code = language.code();
        let mut wanted: BTreeSet<String> = figures.iter().map(|id| format!("{code}/{id}")).collect();
        wanted.extend(figures.first().map(|id| format!("{code}/{id}-narrow")));
        let there: BTreeSet<String> =
            self.sizes.keys().filter(|name| name.starts_with(&format!("{code}/"))).cloned().collect();
        let missing = wanted.difference(&there).map(|name| format!("{name} is missing"));
        missing.chain(there.difference(&wanted).map(|name| format!("{name} is of no figure"))).collect()
    }
}

/// The name of a still by its file's path, with the language as its folder.
fn name_of(path: &Path) -> Option<String> {
    let (folder, file) = path.to_str()?.split_once(['/', '\\'])?;
    let is_language = Variant::Both.languages().iter().any(|language| language.code() == folder);
    let name = file.strip_suffix(".webp").filter(|name| !name.contains(['/', '\\']))?;
    is_language.then(|| format!("{folder}/{name}"))
}

/// Width and height in pixels of a WebP picture, from its first chunk.
fn size(bytes: &[u8]) -> Result<(u32, u32)> {
    ensure!(
        bytes.len() > 30 && bytes.starts_with(b"RIFF") && &bytes[8..12] == b"WEBP",
        "is not a WebP picture"
    );
    let at = |from: usize, count: usize| {
        bytes[from..from + count].iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
    };
    Ok(match &bytes[12..16] {
        b"VP8X" => (at(24, 3) + 1, at(27, 3) + 1),
        b"VP8L" => ((at(21, 4) & 0x3fff) + 1, (at(21, 4) >> 14 & 0x3fff) + 1),
        b"VP8 " => (at(26, 2) & 0x3fff, at(28, 2) & 0x3fff),
        _ => bail!("is a WebP picture of an unknown kind"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::lesson::read_all;
    use crate::site::words::Words;

    fn header(kind: &[u8], rest: &[u8]) -> Vec<u8> {
        let mut bytes = [b"RIFF\0\0\0\0WEBP".as_slice(), kind, &[0; 4], rest].concat();
        bytes.resize(40, 0);
        bytes
    }

    #[test]
    fn a_size_is_read_from_each_kind_of_file() {
        let extended = header(b"VP8X", &[0, 0, 0, 0, 0xbf, 3, 0, 0x57, 2, 0]);
        assert_eq!(size(&extended).unwrap(), (960, 600));
        let lossless = 959 | 599 << 14_u32;
        let lossless = header(b"VP8L", &[&[0x2f][..], &u32::to_le_bytes(lossless)].concat());
        assert_eq!(size(&lossless).unwrap(), (960, 600));
        let lossy = header(b"VP8 ", &[0, 0, 0, 0x9d, 1, 0x2a, 0xc0, 3, 0x58, 2]);
        assert_eq!(size(&lossy).unwrap(), (960, 600));
        assert!(size(&header(b"ANIM", &[])).is_err() && size(b"\x89PNG").is_err());
    }

    #[test]
    fn a_still_keeps_its_room_in_both_widths_and_only_the_first_comes_at_once() {
        let sizes = [("en/regions", (960, 600)), ("en/regions-narrow", (328, 400))];
        let stills = Stills { sizes: sizes.map(|(name, size)| (name.to_string(), size)).into() };
        let html = stills.picture("../iris/", Language::En, "regions", "A plane.", false);
        for part in [
            "srcset=\"../iris/stills/en/regions-narrow.webp\" width=\"328\" height=\"400\"",
            "src=\"../iris/stills/en/regions.webp\" width=\"960\" height=\"600\"",
            "alt=\"A plane.\" loading=\"lazy\" decoding=\"async\"",
        ] {
            assert!(html.contains(part), "{html}");
        }
        assert!(!stills.picture("", Language::En, "regions", "", true).contains("lazy"));
        assert_eq!(stills.picture("", Language::Zh, "regions", "", true), "");
        assert!(
            stills
                .thumbnail("iris/", Language::En, "regions")
                .contains("src=\"iris/stills/en/regions.webp\"")
        );
        assert_eq!(stills.thumbnail("iris/", Language::En, "none"), "");
    }

    #[test]
    fn stills_that_are_missing_and_those_of_no_figure_are_named() {
        let sizes = [("en/regions", (1, 1)), ("en/gone", (1, 1))];
        let stills = Stills { sizes: sizes.map(|(name, size)| (name.to_string(), size)).into() };
        let differences = stills.differences(Language::En, &["regions", "data"]);
        let expected = ["en/data is missing", "en/regions-narrow is missing", "en/gone is of no figure"];
        assert_eq!(differences, expected);
        assert!(stills.differences(Language::Zh, &[]).is_empty());
        let folder = Path::new("en");
        assert_eq!(name_of(&folder.join("a.webp")).as_deref(), Some("en/a"));
        for wrong in ["en/a.png", "fr/a.webp", "a.webp", "en/b/a.webp"] {
            assert_eq!(name_of(Path::new(wrong)), None, "{wrong}");
        }
    }

    #[test]
    fn every_figure_of_every_text_has_its_stills_and_no_other_lies_there() {
        let repository = Repository::find().unwrap();
        let words = Words::read(&repository).unwrap();
        let mut differences = Vec::new();
        for texts in read_all(&repository, &words).unwrap() {
            for language in Language::ALL {
                let figures: Vec<_> =
                    texts.get(language).figures.iter().map(|figure| figure.id.as_str()).collect();
                let of_text = texts.stills.differences(language, &figures);
                differences.extend(of_text.into_iter().map(|line| format!("{}: {line}", texts.lesson.id)));
            }
        }
        assert!(differences.is_empty(), "{}\nStills are made by {MAKE}", differences.join("\n"));
    }
}
