//! The address that a finished site will have, where it is known. Links on pages are relative and need none; whoever
//! shows a preview of a link (chats, social networks) follows absolute addresses only.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::str::FromStr;

/// Address of the folder in which the site lies; it ends with a slash.
#[derive(Debug, Clone, PartialEq)]
pub struct Address(String);

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let Some(host) = host.filter(|host| !host.is_empty() && !host.starts_with('/')) else {
            return Err("it has to begin with https:// and a host, such as https://example.org/book/".into());
        };
        if host.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>?#&".contains(c)) {
            return Err("it has to be the address of a folder, without spaces, quotes, `?` and `#`".into());
        }
        Ok(Self(format!("{}/", text.trim_end_matches('/'))))
    }
}

impl Address {
    /// Makes the picture of each page absolute and says where the page lies.
    ///
    /// # Errors
    /// When a page cannot be read or written.
    pub fn put_into(&self, pages: &[impl AsRef<Path>], site: &Path) -> Result<()> {
        for page in pages.iter().map(AsRef::as_ref) {
            let name =
                page.strip_prefix(site)?.to_str().context("a name that is not UTF-8")?.replace('\\', "/");
            let html = fs::read_to_string(page).with_context(|| format!("cannot read {}", page.display()))?;
            let html = self.in_page(&html, &name);
            fs::write(page, html).with_context(|| format!("cannot write {}", page.display()))?;
        }
        Ok(())
    }

    /// The page `name` (its path in the site) with absolute addresses for those who show a preview of it.
    fn in_page(&self, html: &str, name: &str) -> String {
        const IMAGE: &str = "<meta property=\"og:image\" content=\"";
        let Some((before, after)) = html.split_once(IMAGE) else { return html.to_string() };
        let from_root = after.trim_start_matches("../");
        let folder = name.strip_suffix("index.html").unwrap_or(name);
        let Self(root) = self;
        format!("{before}<meta property=\"og:url\" content=\"{root}{folder}\">\n{IMAGE}{root}{from_root}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_where_it_and_its_picture_lie() {
        let address: Address = "https://example.org/book".parse().unwrap();
        let page = |picture: &str| format!("<meta property=\"og:image\" content=\"{picture}\">");
        assert_eq!(
            address.in_page(&page("../previews/iris.en.jpg"), "iris/en.html"),
            "<meta property=\"og:url\" content=\"https://example.org/book/iris/en.html\">\n\
             <meta property=\"og:image\" content=\"https://example.org/book/previews/iris.en.jpg\">"
        );
        let cover = address.in_page(&page("previews/cover.zh.jpg"), "index.html");
        assert!(
            cover.contains("\"https://example.org/book/\"") && cover.contains("book/previews/cover.zh.jpg")
        );
        assert_eq!(address.in_page("<p>no picture</p>", "frame.html"), "<p>no picture</p>");
    }

    #[test]
    fn what_is_no_address_of_a_folder_is_refused() {
        for wrong in [
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "https:///x",
            "https://a.b/?x=1",
            "https://a\"b/",
        ] {
            assert!(wrong.parse::<Address>().is_err(), "{wrong}");
        }
        assert_eq!("http://a.b/c//".parse::<Address>(), Ok(Address("http://a.b/c/".into())));
    }
}
