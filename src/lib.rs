#![doc = include_str!("ARCHITECTURE.md")]

pub mod desk;
pub mod clock;
pub mod http;
pub mod config;
pub mod fetch;
pub mod store;
pub mod deliver;
pub mod web;
pub mod card;
pub mod app;
pub mod demo;
pub mod cli;
