//! `mesinfos badinput DIR` (hidden): every file goes through every reader, each in a process of
//! its own, which must neither fail nor take more than its share of time and memory.

use anyhow::Context as _;
use mesinfos_reading::canonical::{canonical, restore};
use mesinfos_reading::mailbox::{self, Content, Finish, Mark, Seen};
use mesinfos_reading::{Dom, Mail, Page, words};
use mesinfos_understanding::{Context, understand};
use std::io::{Cursor, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

#[derive(clap::Args)]
pub struct Args {
    /// A folder of files.
    dir: PathBuf,
    /// Read this one file here: what the other processes are started with.
    #[arg(long, hide = true)]
    one: bool,
}

/// What one file may take (docs/contracts.md, Limits).
const MEMORY_KB: u64 = 256 << 10;
const MAIL_CPU: Duration = Duration::from_secs(1);
const ARCHIVE_CPU: Duration = Duration::from_secs(5);
/// Something that hangs is ended.
const PATIENCE: Duration = Duration::from_secs(30);

/// Exit 0 when every file passed, 1 otherwise.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if args.one {
        read_all(&args.dir)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut files = Vec::new();
    collect(&args.dir, &mut files)?;
    files.sort();
    let base = measure(Path::new("/dev/null"))?.memory_kb;
    let (mut failed, mut slowest, mut largest) = (0, Duration::ZERO, 0);
    let mut out = std::io::stdout().lock();
    for file in &files {
        let took = measure(file)?;
        let memory = took.memory_kb.saturating_sub(base);
        let cpu = if is_archive(file) { ARCHIVE_CPU } else { MAIL_CPU };
        slowest = slowest.max(took.cpu);
        largest = largest.max(memory);
        let wrong = match &took.end {
            Some(end) => Some(end.clone()),
            None if took.cpu > cpu => Some(format!("{:.2} s of CPU", took.cpu.as_secs_f32())),
            None if memory > MEMORY_KB => Some(format!("{} MB of memory", memory >> 10)),
            None => None,
        };
        if let Some(wrong) = wrong {
            failed += 1;
            writeln!(out, "{}: {wrong}", file.display())?;
        }
    }
    writeln!(
        out,
        "{} files, {failed} failed; at most {:.2} s of CPU and {} MB of memory",
        files.len(),
        slowest.as_secs_f32(),
        largest >> 10
    )?;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn is_archive(file: &Path) -> bool {
    let name = file.to_string_lossy();
    [".zip", ".gz", ".tar", ".tgz", ".zst", ".bz2", ".pdf"].iter().any(|e| name.ends_with(e))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else {
        files.push(path.to_owned());
    }
    Ok(())
}

/// What a process took, and how it ended when that was not well.
struct Took {
    cpu: Duration,
    memory_kb: u64,
    end: Option<String>,
}

fn measure(file: &Path) -> anyhow::Result<Took> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["badinput", "--one"])
        .arg(file)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if start.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            break None;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let (mut said, mut error) = (String::new(), String::new());
    child.stdout.take().context("it was piped")?.read_to_string(&mut said)?;
    child.stderr.take().context("it was piped")?.read_to_string(&mut error)?;
    let mut numbers = said.split_whitespace().map(|n| n.parse::<u64>().unwrap_or(0));
    let (cpu, memory_kb) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    let end = match status {
        None => Some("hangs".to_owned()),
        Some(status) if !status.success() => {
            Some(format!("{status}: {}", error.lines().take(2).collect::<Vec<_>>().join(" ")))
        }
        Some(_) => None,
    };
    Ok(Took { cpu: Duration::from_millis(cpu), memory_kb, end })
}

/// Puts one file through every reader and prints what it took: milliseconds of CPU, peak kB.
fn read_all(file: &Path) -> anyhow::Result<()> {
    let bytes = std::fs::read(file)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    read_as(&name, &bytes)?;
    let (cpu, memory) = (cpu_ms(), peak_kb());
    println!("{cpu} {memory}");
    // As what it is not: nothing may fail then either, and no time is counted.
    for other in ["x.eml", "x.mbox", "x.emlx", "cur/1.x:2,S"] {
        read_as(other, &bytes)?;
    }
    let text = words::guess(&bytes);
    Page::from_html(&Dom::parse(&text));
    Page::from_text(&text);
    understand(&Mail::read(&bytes), &Context::default());
    Ok(())
}

fn read_as(name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let (mut mark, mut wrong) = (Mark::default(), None);
    loop {
        let finish = mailbox::read(name, &mut Cursor::new(bytes), mark, &mut |seen| {
            if let Seen::Arrival(arrival) = seen
                && let Content::Whole(message) = arrival.content
            {
                let form = canonical(&message, arrival.quoting);
                if restore(&form.bytes, &form.kept) != message {
                    wrong = Some(format!("{} does not come back", arrival.place));
                }
                understand(&Mail::read(&form.bytes), &Context::default());
            }
            ControlFlow::Continue(())
        })?;
        match finish {
            Finish::Done => break,
            Finish::GoOn(next) => mark = next,
        }
    }
    wrong.map_or(Ok(()), |w| Err(anyhow::anyhow!(w)))
}

/// User and system time of this process (proc(5): fields 14 and 15 of stat, in ticks of 10 ms).
fn cpu_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let rest = stat.rsplit(')').next().unwrap_or_default();
    rest.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<u64>().ok()).sum::<u64>() * 10
}

/// The most memory that this process held.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0)
}
