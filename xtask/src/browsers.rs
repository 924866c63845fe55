//! The browsers of the end-to-end tests: named by the environment, found on the path, or installed.

use crate::command::{exists, finish, program};
use crate::debian;
use anyhow::{Result, ensure};
use std::path::Path;

/// A browser the site is tested in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Chromium or Chrome.
    Chromium,
    /// Firefox or Firefox ESR.
    Firefox,
    /// WebKitGTK by its WebDriver, on a virtual display.
    WebKit,
}

/// Chromium without its windows, from the same sources: a case takes a sixth less of the processor's time than in Chromium
/// with `--headless`. Where it is, the cases that need no WebGPU run in it.
const HEADLESS_SHELL: &str = "chromium-headless-shell";

/// The environment variable that names it.
const HEADLESS_SHELL_VARIABLE: &str = "HEADLESS_SHELL";

impl Browser {
    const ALL: [Browser; 3] = [Browser::Chromium, Browser::Firefox, Browser::WebKit];

    /// Its name for tests/browser/run.mjs.
    pub fn name(self) -> &'static str {
        match self {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox",
            Browser::WebKit => "webkit",
        }
    }

    /// The environment variable that may name its program.
    fn variable(self) -> &'static str {
        match self {
            Browser::Chromium => "CHROME",
            Browser::Firefox => "FIREFOX",
            Browser::WebKit => "WEBKIT_DRIVER",
        }
    }

    fn programs(self) -> &'static [&'static str] {
        match self {
            Browser::Chromium => &["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"],
            Browser::Firefox => &["firefox-esr", "firefox"],
            Browser::WebKit => &["WebKitWebDriver"],
        }
    }

    /// Packages of Debian that bring it.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Browser::Chromium => &["chromium"],
            Browser::Firefox => &["firefox-esr"],
            Browser::WebKit => &["webkit2gtk-driver", "xvfb", "xauth"],
        }
    }

    /// What to do when it is missing.
    pub fn advice(self) -> String {
        let packages = self.packages().join(" ");
        format!("install it (Debian: apt-get install {packages}) or name its program in {}", self.variable())
    }

    /// Its program, if it is here with what it needs.
    fn find(self) -> Result<Option<String>> {
        if let Ok(named) = std::env::var(self.variable()) {
            ensure!(exists(&named), "{} names {named}, which is not there", self.variable());
            return Ok(Some(named));
        }
        if self == Browser::WebKit && std::env::var_os("DISPLAY").is_none() && !exists("xvfb-run") {
            return Ok(None);
        }
        Ok(self.programs().iter().find(|name| exists(name)).map(ToString::to_string))
    }
}

/// The browsers of this machine.
pub struct Browsers {
    found: Vec<(Browser, String)>,
}

impl Browsers {
    fn find() -> Result<Self> {
        let mut found = Vec::new();
        for browser in Browser::ALL {
            if let Some(program) = browser.find()? {
                found.push((browser, program));
            }
        }
        Ok(Self { found })
    }

    /// Those that are here.
    pub fn found(&self) -> Vec<Browser> {
        self.found.iter().map(|(browser, _)| *browser).collect()
    }

    /// Those that are not.
    pub fn missing(&self) -> Vec<Browser> {
        let found = self.found();
        Browser::ALL.into_iter().filter(|browser| !found.contains(browser)).collect()
    }

    /// Names of those that are here, with commas.
    pub fn names(&self) -> String {
        self.found().iter().map(|browser| browser.name()).collect::<Vec<_>>().join(",")
    }

    /// Environment variables that name their programs by full path.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let mut variables: Vec<(&str, String)> =
            self.found.iter().map(|(browser, program)| (browser.variable(), full_path(program))).collect();
        if wants_headless_shell() && exists(HEADLESS_SHELL) {
            variables.push((HEADLESS_SHELL_VARIABLE, full_path(HEADLESS_SHELL)));
        }
        variables
    }
}

/// Finds the browsers; installs what is missing where apt-get can be used without a password.
pub fn find_or_install() -> Result<Browsers> {
    let browsers = Browsers::find()?;
    let mut packages: Vec<&str> = browsers.missing().iter().flat_map(|b| b.packages()).copied().collect();
    if !has_chinese_font() {
        packages.push("fonts-noto-cjk");
    }
    let lacks_shell = wants_headless_shell() && !exists(HEADLESS_SHELL);
    if (packages.is_empty() && !lacks_shell) || !debian::can_install() {
        return Ok(browsers);
    }
    if !packages.is_empty()
        && let Err(error) = debian::install(&packages)
    {
        eprintln!("\n{error:#}\n");
    }
    // By itself: releases of Debian that lack it have the others.
    if lacks_shell
        && debian::knows(HEADLESS_SHELL)
        && let Err(error) = debian::install(&[HEADLESS_SHELL])
    {
        eprintln!("\n{error:#}\nchromium takes its place\n");
    }
    Browsers::find()
}

/// Whether the choice is ours: whoever names a Chromium, or the shell itself, gets what is named.
fn wants_headless_shell() -> bool {
    [Browser::Chromium.variable(), HEADLESS_SHELL_VARIABLE]
        .iter()
        .all(|name| std::env::var_os(name).is_none())
}

/// Whether Chinese text can be drawn; also true where fontconfig cannot say.
fn has_chinese_font() -> bool {
    match finish(program("fc-list", Path::new("/")).arg(":lang=zh")) {
        Ok(finished) => !finished.success || !finished.stdout.trim().is_empty(),
        Err(_) => !exists("apt-get"),
    }
}

/// The file a program name stands for.
fn full_path(name: &str) -> String {
    if name.contains('/') {
        return name.to_string();
    }
    std::env::var_os("PATH")
        .and_then(|path| {
            std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
        })
        .map_or_else(|| name.to_string(), |file| file.display().to_string())
}
