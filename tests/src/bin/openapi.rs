//! Writes the API document to stdout, for the files that the worker serves.

use std::process::ExitCode;

fn main() -> ExitCode {
    match functions::openapi::document::document().to_json() {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("The API document cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
