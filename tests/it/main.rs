//! The one integration binary. Each module is a subject:
//!
//! - `architecture`: who may import whom
//! - `browser`: the status page in a real browser
//! - `chaos`: feeds that rename, reorder, redate and retouch what they show
//! - `copies`: copies and look-alikes of the shipped coverage, and over a restart
//! - `coverage`: the shipped coverages, each against its gold
//! - `dates`: time expressions of three scripts
//! - `desk`: properties of the desk as a whole
//! - `kill`: SIGKILL at random instants
//! - `origins`: whose word a fact is
//! - `pack`: skeletons and lints of packs, by the program itself
//! - `permutation`: any order of arrival ends in the same facts
//! - `patterns`: the examples beside the shipped patterns
//! - `revisions`: one feed whose entries are edited, moved and named anew
//! - `scenario`: the daemon over HTTP in virtual time
//! - `stories`: the stories of the shipped coverage, their ids, and over a restart
//! - `wordings`: what single sentences in free wording say

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "tests print their figures")]

mod architecture;
mod browser;
mod chaos;
mod copies;
mod coverage;
mod dates;
mod desk;
mod kill;
mod origins;
mod pack;
mod permutation;
mod patterns;
mod revisions;
mod scenario;
mod stories;
mod support;
mod wordings;
