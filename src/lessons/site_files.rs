//! Files that the site holds for a lesson.

/// A file of the site's folder `data/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SiteFile {
    /// Its name there. A table in gzip has an ending of its own, so that no server takes it upon itself to unpack it.
    pub name: &'static str,
    /// Where it comes from.
    pub source: SiteSource,
}

/// Where a file of the site comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteSource {
    /// A file of the repository's folder `data/<id>/`, as it is.
    Committed(&'static str),
    /// The first pictures of MNIST, packed when the site is built.
    Mnist {
        /// Pictures for training.
        train: u32,
        /// Pictures for testing.
        test: u32,
    },
}

impl SiteFile {
    /// A file of `data/<id>/` under its own name.
    pub const fn committed(name: &'static str) -> Self {
        Self { name, source: SiteSource::Committed(name) }
    }
}
