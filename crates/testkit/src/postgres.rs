//! A throw-away PostgreSQL: one server for a test program, one database for a test.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// What to type when PostgreSQL is missing.
pub const INSTALL: &str = "apt-get install --yes --no-install-recommends postgresql";

struct Server {
    folder: PathBuf,
    bin: PathBuf,
    // While this pipe is open the server runs; when the test program ends, however it ends, the
    // shell at its other end stops the server and deletes the folder.
    _alive: ChildStdin,
    _shell: Child,
}

static SERVER: OnceLock<Server> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The URL of an empty database of its own, owned by a role that is no superuser (row-level
/// security holds for it). Panics with the line to type when PostgreSQL is not installed.
pub fn database() -> String {
    let server = SERVER.get_or_init(start);
    let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    server.sql(&format!("CREATE DATABASE {name} OWNER mesinfos"));
    format!("postgresql://mesinfos@/{name}?host={}", percent(&server.folder))
}

/// Copies the database of a URL as docs/host.md tells a host to: as the superuser, since the rows of all
/// persons are behind row-level security.
pub fn dump(url: &str, to: &Path) {
    let server = SERVER.get().expect("a URL of `database` comes from a running server");
    let name = url.trim_start_matches("postgresql://mesinfos@/").split('?').next();
    let mut dump = server.program("pg_dump");
    dump.args(["--format=custom", "--dbname", name.unwrap_or_default(), "--file"]).arg(to);
    run(&mut dump);
}

/// Puts back what [`dump`] copied, in place of what is there.
pub fn restore(from: &Path) {
    let server = SERVER.get().expect("a copy comes from a running server");
    let mut restore = server.program("pg_restore");
    restore.args(["--clean", "--create", "--exit-on-error", "--dbname=postgres"]).arg(from);
    run(&mut restore);
}

fn start() -> Server {
    let bin = find().unwrap_or_else(|| panic!("PostgreSQL is not installed: {INSTALL}"));
    let temp =
        tempfile::Builder::new().prefix("mesinfos-pg-").tempdir().expect("a temporary folder");
    let folder = temp.keep();
    if is_root() {
        // PostgreSQL refuses to run as root; Debian's package brings the user `postgres`.
        run(Command::new("chown").arg("postgres").arg(&folder));
    }
    let data = folder.join("data");
    let mut initdb = as_server(&bin.join("initdb"));
    initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]);
    initdb.args(["--no-sync", "--pgdata"]).arg(&data);
    run(&mut initdb);
    let script = format!(
        "'{bin}/postgres' -D '{data}' -k '{folder}' -c listen_addresses= -c fsync=off \
         -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=64MB \
         >'{folder}/log' 2>&1 & server=$!; cat >/dev/null; kill -INT $server; wait $server; \
         rm -rf '{folder}'",
        bin = bin.display(),
        data = data.display(),
        folder = folder.display(),
    );
    // `setsid` keeps a Ctrl-C at the terminal from stopping the shell before it has cleaned up.
    let mut command = as_server(Path::new("/bin/sh"));
    command.arg("-c").arg(script);
    let mut shell = command.stdin(Stdio::piped()).spawn().expect("/bin/sh starts");
    let alive = shell.stdin.take().expect("stdin was piped");
    let server = Server { folder, bin, _alive: alive, _shell: shell };
    server.wait();
    server.sql("CREATE ROLE mesinfos LOGIN");
    server
}

impl Server {
    fn wait(&self) {
        let began = Instant::now();
        loop {
            let ready = Command::new(self.bin.join("pg_isready"))
                .arg("--quiet")
                .arg("--host")
                .arg(&self.folder)
                .status();
            if ready.is_ok_and(|s| s.success()) {
                return;
            }
            if began.elapsed() > Duration::from_secs(60) {
                let mut log = String::new();
                if let Ok(mut file) = fs::File::open(self.folder.join("log")) {
                    let _ = file.read_to_string(&mut log);
                }
                panic!("PostgreSQL did not start within a minute:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn sql(&self, sql: &str) {
        self.psql("postgres", sql);
    }

    /// A client's program, as the superuser.
    fn program(&self, name: &str) -> Command {
        let mut program = Command::new(self.bin.join(name));
        program.arg("--host").arg(&self.folder).arg("--username=postgres");
        program
    }

    fn psql(&self, database: &str, sql: &str) {
        let mut psql = self.program("psql");
        psql.args([
            "--quiet",
            "--no-psqlrc",
            "--set=ON_ERROR_STOP=1",
            "--dbname",
            database,
            "--command",
            sql,
        ]);
        run(&mut psql);
    }
}

/// Debian keeps the server's programs out of PATH, one folder a version: the newest.
fn find() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .flatten()
        .map(|e| e.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists() && bin.join("postgres").exists())
        .collect();
    versions.sort_by_key(|bin| {
        let version = bin.parent().and_then(Path::file_name).and_then(|v| v.to_str());
        version.and_then(|v| v.parse::<f32>().ok()).map_or(0, |v| (v * 10.0) as u32)
    });
    versions.pop()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.trim_ascii() == b"0")
}

/// A command run as a user that PostgreSQL accepts.
fn as_server(program: &Path) -> Command {
    let mut command = Command::new("setsid");
    if is_root() {
        command.args(["runuser", "-u", "postgres", "--"]);
    }
    command.arg(program).current_dir("/");
    command
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(
        output.status.success(),
        "{command:?}:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn percent(path: &Path) -> String {
    path.display().to_string().replace('/', "%2F")
}
