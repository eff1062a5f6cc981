//! A worker that answers pieces of the questions of `ask --workers`.

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use force_drawdown_datafusion::{Agreements, cluster, functions};
use tokio::net::TcpListener;

/// Answers pieces of the questions of `ask --workers`, until it is stopped.
///
/// Whoever reaches it may read every file that it may read, and nothing is encrypted: let it listen in a private network
/// only.
#[derive(Parser)]
struct Arguments {
    /// A folder of agreements in JSON, or a file with one on each line: the same as those of `ask`
    #[arg(long, value_name = "PATH")]
    agreements: PathBuf,
    /// Where it listens; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:50051")]
    listen: SocketAddr,
}

#[tokio::main]
async fn main() -> ExitCode {
    cluster::end_on_panic();
    match serve(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("worker: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let agreements = Agreements::read(&arguments.agreements)?;
    let listener =
        TcpListener::bind(arguments.listen).await.map_err(|error| format!("{}: {error}", arguments.listen))?;
    println!("worker: {} forces, fingerprint {:016x}", agreements.portfolio().len(), agreements.fingerprint());
    println!("worker: listens at http://{}", listener.local_addr()?);
    Ok(cluster::serve(listener, functions(&agreements)).await?)
}
