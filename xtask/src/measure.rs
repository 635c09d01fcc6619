//! Measures whole processes: wall time, CPU, peak memory, bytes on disk.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What one run of a program cost.
#[derive(Clone, Debug)]
pub struct Run {
    /// From start to end, in seconds.
    pub wall: f64,
    /// User and system time, in seconds.
    pub cpu: f64,
    /// Most memory held, in bytes.
    pub peak: u64,
    /// What it printed.
    pub output: String,
}

/// Runs a program to its end. Memory and CPU come from /proc, read every 20 ms: a peak shorter
/// than that can be missed, so high-water marks of the kernel are used where it keeps them.
pub fn run(command: &mut Command) -> Result<Run> {
    let begun = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{:?} could not be started", command.get_program()))?;
    let mut out = child.stdout.take().context("its output is ours")?;
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut out, &mut text).map(|_| text)
    });
    let (mut cpu, mut peak) = (0.0f64, 0u64);
    let proc = format!("/proc/{}", child.id());
    let status = loop {
        cpu = cpu.max(cpu_seconds(&proc).unwrap_or(0.0));
        peak = peak.max(high_water(&proc).unwrap_or(0));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        sleep(Duration::from_millis(20));
    };
    let wall = begun.elapsed().as_secs_f64();
    let output = reader.join().map_err(|_| anyhow::anyhow!("its output was lost"))??;
    // 3: done, with mails that were not understood.
    if !status.success() && status.code() != Some(3) {
        bail!("{:?}: {status}\n{output}", command.get_program());
    }
    Ok(Run { wall, cpu, peak, output })
}

/// The run in the middle, by wall time.
pub fn median(mut runs: Vec<Run>) -> Run {
    runs.sort_by(|a, b| a.wall.total_cmp(&b.wall));
    runs.swap_remove(runs.len() / 2)
}

/// Bytes of a file, or of all files in a folder.
pub fn bytes(path: &Path) -> u64 {
    let Ok(meta) = fs::symlink_metadata(path) else { return 0 };
    if !meta.is_dir() {
        return meta.len();
    }
    fs::read_dir(path).into_iter().flatten().flatten().map(|e| bytes(&e.path())).sum()
}

/// The processor, as the kernel names it.
pub fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|l| l.strip_prefix("model name")).unwrap_or(": unknown");
    let cores = info.lines().filter(|l| l.starts_with("processor")).count();
    format!("{cores} x {}", name.trim_start_matches([' ', '\t', ':']))
}

fn cpu_seconds(proc: &str) -> Option<f64> {
    let stat = fs::read_to_string(format!("{proc}/stat")).ok()?;
    // The name stands in brackets and may hold anything; utime and stime are fields 14 and 15.
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
    let ticks: f64 = fields.next()?.parse::<f64>().ok()? + fields.next()?.parse::<f64>().ok()?;
    // Linux counts in hundredths of a second wherever it runs (USER_HZ).
    Some(ticks / 100.0)
}

fn high_water(proc: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("{proc}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()? * 1024)
}
