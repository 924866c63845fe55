//! The browsers of the end-to-end tests: named by the environment, found on the path, or installed.

use crate::command::{exists, finish, program, succeed};
use crate::stage::{Outcome, stage};
use anyhow::{Result, ensure};
use std::path::Path;
use std::process::Command;

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
        Ok(self.programs().iter().find(|name| exists(name)).map(|name| name.to_string()))
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
        self.found.iter().map(|(browser, program)| (browser.variable(), full_path(program))).collect()
    }
}

/// Finds the browsers; installs what is missing where apt-get can be used without a password.
pub fn find_or_install() -> Result<Browsers> {
    let browsers = Browsers::find()?;
    let mut packages: Vec<&str> = browsers.missing().iter().flat_map(|b| b.packages()).copied().collect();
    if !has_chinese_font() {
        packages.push("fonts-noto-cjk");
    }
    let Some(prefix) = root_prefix().filter(|_| !packages.is_empty() && exists("apt-get")) else {
        return Ok(browsers);
    };
    let installed = stage(&format!("install {}", packages.join(" ")), || {
        succeed(&mut apt(prefix, &["update", "-qq"]))?;
        let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
        arguments.extend(&packages);
        succeed(&mut apt(prefix, &arguments))?;
        Ok(Outcome::Done)
    });
    if let Err(error) = installed {
        eprintln!("\n{error:#}\n");
    }
    Browsers::find()
}

/// Whether Chinese text can be drawn; also true where fontconfig cannot say.
fn has_chinese_font() -> bool {
    match finish(program("fc-list", Path::new("/")).arg(":lang=zh")) {
        Ok(finished) => !finished.success || !finished.stdout.trim().is_empty(),
        Err(_) => !exists("apt-get"),
    }
}

/// What stands before a command that needs root: nothing for root, sudo where it asks for no password.
fn root_prefix() -> Option<&'static [&'static str]> {
    let id = finish(program("id", Path::new("/")).arg("-u")).ok()?;
    if id.stdout.trim() == "0" {
        return Some(&[]);
    }
    let sudo = finish(program("sudo", Path::new("/")).args(["-n", "true"])).ok()?;
    sudo.success.then_some(&["sudo", "-n"])
}

fn apt(prefix: &[&str], arguments: &[&str]) -> Command {
    let words: Vec<&str> =
        prefix.iter().copied().chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]).collect();
    let mut command = program(words[0], Path::new("/"));
    command.args(&words[1..]).args(arguments);
    command
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
