//! The one integration binary. Each module is a subject:
//!
//! - `coverage`: the shipped coverage against its gold
//! - `desk`: properties of the desk as a whole

mod coverage;
mod desk;
mod support;
