//! The desk decides. No input or output, no clock, no randomness, no async, no globals: a function of what it is
//! given. The modules stand in the order of the flow; [`pipeline::ingest`] is the whole of it on one page.

pub mod model;
pub mod address;
pub mod schedule;
pub mod response;
pub mod parse;
pub mod extract;
pub mod normalise;
pub mod packs;
pub mod identity;
pub mod revisions;
pub mod watch;
pub mod copies;
pub mod dates;
pub mod page;
pub mod robots;
pub mod patterns;
pub mod claims;
pub mod origins;
pub mod link;
pub mod ledger;
pub mod stories;
pub mod alert;
pub mod sign;
pub mod retry;
pub mod pipeline;
