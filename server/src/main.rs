//! Reads the command, nothing else.

use clap::Parser;
use hellopet::commands::Command;

/// See `docs/decisions/0014-jemalloc.md`.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[derive(Parser)]
#[command(name = "hellopet", version, about = "HELLOPET!: vets, grooming and boarding for pet owners")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> std::process::ExitCode {
    let arguments = Arguments::parse();
    keep_files_private();
    match hellopet::commands::run(arguments.command) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hellopet: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// The database and the pictures are for this user alone, whatever the shell that began us lets others read.
fn keep_files_private() {
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}
