//! Jobs understood on two threads, given out in the order in which they came.

use super::tongue::Tongue;
use super::walk::Job;
use super::{object, sheet};
use mesinfos_understanding::{Context, understand};
use std::io::{self, Write};

/// How each is shown.
#[derive(Clone, Copy)]
pub enum Form {
    /// An object a line.
    Jsonl,
    /// For a person, in their language.
    Sheet(Tongue),
}

/// Jobs held until there are enough to share out.
pub struct Batch<'c> {
    form: Form,
    context: &'c Context,
    jobs: Vec<Job>,
    bytes: usize,
}

/// As many as keep two threads busy, in memory that does not grow with the mailbox.
const JOBS: usize = 128;
const BYTES: usize = 8 << 20;
const THREADS: usize = 2;

impl<'c> Batch<'c> {
    pub fn new(form: Form, context: &'c Context) -> Batch<'c> {
        Batch { form, context, jobs: Vec::new(), bytes: 0 }
    }

    pub fn add(&mut self, job: Job, out: &mut dyn Write) -> io::Result<()> {
        self.bytes += job.what.len();
        self.jobs.push(job);
        if self.jobs.len() >= JOBS || self.bytes >= BYTES { self.flush(out) } else { Ok(()) }
    }

    /// Understands what is held and writes it.
    pub fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let jobs = std::mem::take(&mut self.jobs);
        self.bytes = 0;
        let mut shown = vec![String::new(); jobs.len()];
        let next = std::sync::Mutex::new(jobs.iter().zip(&mut shown));
        // A thread that panicked has its job's place in the iterator already.
        let take = || next.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next();
        std::thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    while let Some((job, place)) = take() {
                        *place = self.show(job);
                    }
                });
            }
        });
        shown.iter().try_for_each(|text| out.write_all(text.as_bytes()))
    }

    fn show(&self, job: &Job) -> String {
        let mail = job.what.read();
        let understood = understand(&mail, self.context);
        match self.form {
            Form::Jsonl => format!("{}\n", object::of(&job.file, &job.id, &understood)),
            Form::Sheet(tongue) => sheet::of(&job.id, &mail, &understood, tongue),
        }
    }
}
