//! The file channel: one JSON object a line, on the disk before the delivery counts as made.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;

use crate::desk::model::{AttemptOutcome, Delivery};

/// A file that alerts are appended to.
#[derive(Clone, Debug)]
pub struct FileSink {
    path: PathBuf,
}

impl FileSink {
    /// Appends to this file, which is made when it is missing.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    pub(super) async fn send(&self, delivery: &Delivery) -> AttemptOutcome {
        let path = self.path.clone();
        // The line is written at once, so that two deliveries never share one.
        let line = format!("{}\n", delivery.body);
        let written = tokio::task::spawn_blocking(move || append(&path, &line)).await;
        match written {
            Ok(Ok(())) => AttemptOutcome::Delivered,
            Ok(Err(error)) => {
                let why = format!("{}: {error}", self.path.display());
                AttemptOutcome::Failed { why, retry_after_s: None }
            }
            Err(error) => AttemptOutcome::Failed { why: error.to_string(), retry_after_s: None },
        }
    }
}

fn append(path: &std::path::Path, line: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.write_all(line.as_bytes())?;
    file.sync_data()
}
