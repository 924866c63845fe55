//! Whether everything a page points at is there.

use crate::repository::{files_under, read};
use crate::wasm::{MODULE_FILES, Module};
use anyhow::{Result, bail};
use std::path::{Component, Path, PathBuf};

/// Checks every relative address in the pages of a site, fragments included, and the files that scripts load.
///
/// # Errors
/// A list of what leads nowhere.
pub fn check(site: &Path) -> Result<usize> {
    let mut broken = Vec::new();
    let mut checked = 0;
    for page in files_under(site)?.into_iter().filter(|file| file.extension().is_some_and(|e| e == "html")) {
        let html = read(&page)?;
        for address in addresses(&html) {
            checked += 1;
            if let Err(reason) = check_address(site, &page, &html, &address) {
                broken.push(format!(
                    "{}: {address} {reason}",
                    page.strip_prefix(site).unwrap_or(&page).display()
                ));
            }
        }
    }
    for module in Module::ALL {
        for file in MODULE_FILES {
            checked += 1;
            if !site.join("pkg").join(module.name()).join(file).is_file() {
                broken.push(format!("pkg/{}/{file} is missing", module.name()));
            }
        }
    }
    if !broken.is_empty() {
        bail!("{}\n{} of {checked} links lead nowhere", broken.join("\n"), broken.len());
    }
    Ok(checked)
}

/// Values of `href`, `src` and `srcset` (of one picture each) in a page, and its picture for those who link to it.
fn addresses(html: &str) -> Vec<String> {
    [" href=\"", " src=\"", " srcset=\"", " property=\"og:image\" content=\""]
        .iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .filter_map(|rest| rest.split_once('"').map(|(value, _)| value.replace("&amp;", "&")))
        .collect()
}

fn check_address(site: &Path, page: &Path, html: &str, address: &str) -> Result<(), String> {
    if ["https://", "http://", "mailto:", "data:"].iter().any(|scheme| address.starts_with(scheme)) {
        return Ok(());
    }
    if address.starts_with('/') {
        return Err("is not relative: it would not work in a sub-folder".into());
    }
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let path = path.split('?').next().unwrap_or_default();
    let target = if path.is_empty() { page.to_path_buf() } else { resolve(page, path) };
    if !target.starts_with(site) {
        return Err("leads out of the site".into());
    }
    let target = if target.is_dir() { target.join("index.html") } else { target };
    if !target.is_file() {
        return Err("is not there".into());
    }
    if fragment.is_empty() {
        return Ok(());
    }
    let there =
        if target == page { html.to_string() } else { read(&target).map_err(|error| error.to_string())? };
    if there.contains(&format!(" id=\"{}\"", decode(fragment))) {
        Ok(())
    } else {
        Err("names no element of that page".into())
    }
}

/// The file a relative address leads to.
fn resolve(page: &Path, address: &str) -> PathBuf {
    let mut path = page.to_path_buf();
    path.pop();
    for part in Path::new(&decode(address)).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path
}

/// Undoes percent-encoding.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = text.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (bytes[at], code) {
            (b'%', Some(code)) => {
                decoded.push(code);
                at += 3;
            }
            (byte, _) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors_of(address: &str) -> Option<String> {
        let site =
            std::env::temp_dir().join(format!("emberbook-links-{}-{}", std::process::id(), address.len()));
        let page = site.join("iris/index.html");
        std::fs::create_dir_all(site.join("iris")).unwrap();
        std::fs::write(&page, "<p id=\"zh-数据\">").unwrap();
        std::fs::write(site.join("index.html"), "").unwrap();
        let result = check_address(&site, &page, "<p id=\"zh-数据\">", address).err();
        std::fs::remove_dir_all(&site).unwrap();
        result
    }

    #[test]
    fn what_is_there_is_found() {
        for address in
            ["../", "../index.html?lang=en", "#zh-数据", "#zh-%E6%95%B0%E6%8D%AE", "https://example.org/x"]
        {
            assert_eq!(errors_of(address), None, "{address}");
        }
    }

    #[test]
    fn what_leads_nowhere_is_reported() {
        for address in ["nothing.html", "/index.html", "../../outside", "#nothing"] {
            assert!(errors_of(address).is_some(), "{address}");
        }
    }

    #[test]
    fn addresses_are_read_from_all_attributes() {
        let html = "<a href=\"a?x&amp;y\"><source srcset=\"c.webp\"><img src=\"b.png\">";
        assert_eq!(addresses(html), ["a?x&y", "b.png", "c.webp"]);
    }
}
