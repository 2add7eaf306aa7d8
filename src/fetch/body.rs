//! Reads a body: decodes it while it streams, counts on both sides of the decoder, and gives up at the first limit.
//!
//! The decoders are called here and not inside the HTTP client, because the ratio of a bomb can only be seen by
//! someone who knows how many bytes came over the wire. One encoding only: nobody serves feeds in two.

use std::io::{self, Write};

use brotli_decompressor::DecompressorWriter;
use flate2::write::MultiGzDecoder;
use reqwest::{Response, header};
use tokio::time::{Instant, timeout_at};

use super::{Limits, failure};
use crate::desk::model::FetchFailure;

/// Decoded bytes from which on the ratio is judged: small bodies of repetitive XML are legitimately dense.
const RATIO_FROM_BYTES: u64 = 1024 * 1024;

/// Room for one step of the brotli decoder.
const BROTLI_STEP_BYTES: usize = 16 * 1024;

/// Reads and decodes the whole body, or says which limit it passed.
pub(super) async fn read(
    mut response: Response,
    limits: &Limits,
    deadline: Instant,
) -> Result<Vec<u8>, FetchFailure> {
    let encodings: Vec<String> = response
        .headers()
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .flat_map(|value| {
            String::from_utf8_lossy(value.as_bytes())
                .split(',')
                .map(|one| one.trim().to_ascii_lowercase())
                .collect::<Vec<_>>()
        })
        .filter(|one| !one.is_empty() && one != "identity")
        .collect();
    let mut decoder = Decoder::new(&encodings, limits)?;
    let started = Instant::now();
    loop {
        let slow_at = started + decoder.sink().patience(limits);
        match timeout_at(deadline.min(slow_at), response.chunk()).await {
            Err(_) if deadline <= slow_at => {
                return Err(FetchFailure::Limit("the body took too long".to_owned()));
            }
            Err(_) => {
                return Err(FetchFailure::Limit(format!("less than {} bytes/s", limits.min_rate)));
            }
            Ok(Err(error)) => return Err(failure(&error)),
            Ok(Ok(Some(chunk))) => decoder.push(&chunk)?,
            Ok(Ok(None)) => return decoder.finish(),
        }
    }
}

/// Takes decoded bytes until a limit is passed. It knows how many bytes came over the wire.
struct Sink {
    out: Vec<u8>,
    wire_bytes: u64,
    body_bytes: u64,
    ratio: u64,
    excess: Option<String>,
}

impl Sink {
    /// How long after its start the body may be at this size without being too slow.
    fn patience(&self, limits: &Limits) -> std::time::Duration {
        let earned = self.wire_bytes.checked_div(limits.min_rate).unwrap_or(u64::MAX / 4);
        limits.min_rate_after.max(std::time::Duration::from_secs(earned.min(u32::MAX.into())))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let size = (self.out.len() + bytes.len()) as u64;
        let excess = if size > self.body_bytes {
            Some(format!("a body of more than {} bytes", self.body_bytes))
        } else if size > RATIO_FROM_BYTES && size > self.ratio.saturating_mul(self.wire_bytes) {
            Some(format!("a body that decodes to more than {} times its size", self.ratio))
        } else {
            None
        };
        if let Some(excess) = excess {
            self.excess = Some(excess.clone());
            return Err(io::Error::other(excess));
        }
        self.out.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

enum Decoder {
    Plain(Sink),
    Gzip(Box<MultiGzDecoder<Sink>>),
    Brotli(Box<DecompressorWriter<Sink>>),
}

impl Decoder {
    fn new(encodings: &[String], limits: &Limits) -> Result<Self, FetchFailure> {
        let sink = Sink {
            out: Vec::new(),
            wire_bytes: 0,
            body_bytes: limits.body_bytes,
            ratio: limits.ratio.max(1),
            excess: None,
        };
        match encodings {
            [] => Ok(Decoder::Plain(sink)),
            [one] if one == "gzip" || one == "x-gzip" => {
                Ok(Decoder::Gzip(Box::new(MultiGzDecoder::new(sink))))
            }
            [one] if one == "br" => {
                Ok(Decoder::Brotli(Box::new(DecompressorWriter::new(sink, BROTLI_STEP_BYTES))))
            }
            other => Err(FetchFailure::Unreachable(format!(
                "the content encoding {:?} was not asked for",
                other.join(", ")
            ))),
        }
    }

    fn sink(&mut self) -> &mut Sink {
        match self {
            Decoder::Plain(sink) => sink,
            Decoder::Gzip(decoder) => decoder.get_mut(),
            Decoder::Brotli(decoder) => decoder.get_mut(),
        }
    }

    fn push(&mut self, chunk: &[u8]) -> Result<(), FetchFailure> {
        self.sink().wire_bytes += chunk.len() as u64;
        let written = match self {
            Decoder::Plain(sink) => sink.write_all(chunk),
            Decoder::Gzip(decoder) => decoder.write_all(chunk),
            Decoder::Brotli(decoder) => decoder.write_all(chunk),
        };
        written.map_err(|error| self.blame(&error))
    }

    fn finish(mut self) -> Result<Vec<u8>, FetchFailure> {
        // An empty body needs no decoder, and some servers label one all the same.
        if self.sink().wire_bytes == 0 {
            return Ok(Vec::new());
        }
        let finished = match &mut self {
            Decoder::Plain(_) => Ok(()),
            Decoder::Gzip(decoder) => decoder.try_finish(),
            Decoder::Brotli(decoder) => decoder.close(),
        };
        match finished {
            Ok(()) => Ok(std::mem::take(&mut self.sink().out)),
            Err(error) => Err(self.blame(&error)),
        }
    }

    /// A limit if the sink has one to name, else a damaged stream.
    fn blame(&mut self, error: &io::Error) -> FetchFailure {
        match self.sink().excess.take() {
            Some(excess) => FetchFailure::Limit(excess),
            None => FetchFailure::Unreachable(format!("the body cannot be decoded: {error}")),
        }
    }
}
