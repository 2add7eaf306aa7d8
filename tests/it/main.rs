//! The one integration binary. Each module is a subject:
//!
//! - `architecture`: who may import whom
//! - `browser`: the status page in a real browser
//! - `copies`: copies and look-alikes of the shipped coverage, and over a restart
//! - `coverage`: the shipped coverages, each against its gold
//! - `dates`: time expressions of three scripts
//! - `desk`: properties of the desk as a whole
//! - `kill`: SIGKILL at random instants
//! - `pack`: skeletons and lints of packs, by the program itself
//! - `permutation`: any order of arrival ends in the same facts
//! - `patterns`: the examples beside the shipped patterns
//! - `scenario`: the daemon over HTTP in virtual time
//! - `stories`: the stories of the shipped coverage, their ids, and over a restart

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "tests print their figures")]

mod architecture;
mod browser;
mod copies;
mod coverage;
mod dates;
mod desk;
mod kill;
mod pack;
mod permutation;
mod patterns;
mod scenario;
mod stories;
mod support;
