//! A server of ours on loopback and one browser of it: a kept connection and its cookies.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// `mesinfos serve` on a data folder, stopped when dropped, and a signed-in browser.
pub struct Site {
    server: Child,
    connection: BufReader<TcpStream>,
    host: String,
    cookies: BTreeMap<String, String>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub body: String,
    /// Where it sends the browser.
    pub location: String,
    /// From the first byte sent to the last one read.
    pub took: Duration,
}

impl Site {
    /// Serves `data`, whose only account is entered by the link that the server prints.
    pub fn open(data: &Path) -> Result<Site> {
        let mut server = Command::new("target/release/mesinfos")
            .arg("--data")
            .arg(data)
            .args(["serve", "--json", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .context("mesinfos could not be started")?;
        let mut line = String::new();
        let out = server.stdout.take().context("its output is ours")?;
        BufReader::new(out).read_line(&mut line)?;
        let ready: Value =
            serde_json::from_str(&line).context("it did not say that it is ready")?;
        let host = ready["ready"].as_str().unwrap_or_default();
        let host = host.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let port = host.rsplit(':').next().unwrap_or_default();
        let stream = TcpStream::connect(format!("127.0.0.1:{port}"))?;
        stream.set_nodelay(true)?;
        let connection = BufReader::new(stream);
        let mut site = Site { server, connection, host, cookies: BTreeMap::new() };
        let code = ready["code"].as_str().context("one account is needed, and no other")?;
        let entered = site.send("POST", "/enter", &format!("code={code}"))?;
        if site.cookies.is_empty() {
            bail!("the entry code was refused: {}", entered.status);
        }
        Ok(site)
    }

    /// Asks for a page.
    pub fn get(&mut self, path: &str) -> Result<Answer> {
        self.send("GET", path, "")
    }

    /// Posts a form.
    pub fn post(&mut self, path: &str, form: &str) -> Result<Answer> {
        self.send("POST", path, form)
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> Result<Answer> {
        let host = &self.host;
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let cookies = cookies.join("; ");
        let form = match method {
            "POST" => format!(
                "Origin: http://{host}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                 Content-Length: {}\r\n",
                body.len()
            ),
            _ => String::new(),
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\n\
             Accept-Language: fr\r\n{form}\r\n{body}"
        );
        let began = Instant::now();
        self.connection.get_mut().write_all(request.as_bytes())?;
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|s| s.parse().ok()).context("no HTTP")?;
        let (mut length, mut chunked, mut location) = (0, false, String::new());
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse()?,
                "transfer-encoding" => chunked = value.contains("chunked"),
                "location" => location = value.to_owned(),
                "set-cookie" => {
                    let pair = value.split(';').next().unwrap_or_default();
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.connection.read_exact(&mut body)?;
        while chunked {
            let size = usize::from_str_radix(&self.line()?, 16)?;
            let at = body.len();
            body.resize(at + size, 0);
            self.connection.read_exact(&mut body[at..])?;
            self.line()?;
            chunked = size > 0;
        }
        let body = String::from_utf8_lossy(&body).into_owned();
        Ok(Answer { status, body, location, took: began.elapsed() })
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.connection.read_line(&mut line)?;
        line.truncate(line.trim_end().len());
        Ok(line)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // It has nothing unwritten: every commit is durable by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The time that so many per cent stay under, in milliseconds.
pub fn percentile(times: &mut [Duration], per_cent: usize) -> f64 {
    times.sort();
    let at = (times.len() * per_cent).div_ceil(100).saturating_sub(1);
    times.get(at).map_or(0.0, |t| t.as_secs_f64() * 1000.0)
}
