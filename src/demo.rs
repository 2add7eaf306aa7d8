//! `marsad demo`: the real daemon against a newspaper on this machine, a year of coverage in a few seconds.

mod coverage;
mod newspaper;
mod receiver;
