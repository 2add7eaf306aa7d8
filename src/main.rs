//! The program: reads the command line and ends with the code that the command gives.

use std::process::ExitCode;

fn main() -> ExitCode {
    marsad::cli::main(std::env::args_os(), std::env::vars())
}
