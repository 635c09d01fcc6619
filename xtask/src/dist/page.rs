//! A person's browser, as far as curl is one: cookies, forms with their token, and Origin.

use super::said;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

/// One browser on one address, with its own cookies.
pub struct Browser {
    site: String,
    cookies: PathBuf,
}

impl Browser {
    pub fn on(port: u16) -> Browser {
        let cookies = std::env::temp_dir().join(format!("mesinfos-cookies-{}", std::process::id()));
        let _ = std::fs::remove_file(&cookies);
        Browser { site: format!("http://localhost:{port}"), cookies }
    }

    /// A page, redirects followed.
    pub fn get(&self, path: &str) -> Result<String> {
        said(self.curl().args(["--fail", "--location"]).arg(format!("{}{path}", self.site)))
    }

    /// Sends a form; where it leads to.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<String> {
        let mut curl = self.curl();
        for (name, value) in fields {
            curl.arg("--data-urlencode").arg(format!("{name}={value}"));
        }
        let answer = said(
            curl.args(["--output", "/dev/null", "--write-out", "%{http_code} %{redirect_url}"])
                .arg("--header")
                .arg(format!("Origin: {}", self.site))
                .arg(format!("{}{path}", self.site)),
        )?;
        match answer.strip_prefix("303 ") {
            Some(to) => Ok(to.strip_prefix(&self.site).unwrap_or(to).to_owned()),
            None => bail!("{path} answered {answer}"),
        }
    }

    /// Waits until somebody answers.
    pub fn wait(&self) -> Result<()> {
        for _ in 0..150 {
            if self.get("/").is_ok() {
                return Ok(());
            }
            sleep(Duration::from_millis(200));
        }
        self.get("/").map(|_| ()).context("no page after thirty seconds")
    }

    fn curl(&self) -> Command {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--max-time", "30", "--cookie"]);
        curl.arg(&self.cookies).arg("--cookie-jar").arg(&self.cookies);
        curl
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.cookies);
    }
}
