//! Several machines, by the crate datafusion-distributed.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use datafusion::execution::{FunctionRegistry as _, SessionStateBuilder};
use datafusion::prelude::{SessionConfig, SessionContext};
use datafusion_common::{DataFusionError, Result};
use datafusion_distributed::grpc::{BoxCloneSyncChannel, create_worker_client};
use datafusion_distributed::{
    ChannelResolver, DistributedExt as _, GetWorkerInfoRequest, SessionStateBuilderExt as _, Worker, WorkerChannel,
    WorkerQueryContext, WorkerResolver,
};
use datafusion_expr::ScalarUDF;
use tokio::net::TcpListener;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Server};
use url::Url;

/// How long a connection may be silent before it is asked for a sign of life, and how long that may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a worker may take to say that it is there.
const GREETING: Duration = Duration::from_secs(3);

/// A session whose queries over files are split among all workers. A single worker would get nothing: the query is then
/// answered in this process.
///
/// It has the functions that are given, mostly those of [`functions`](crate::functions()). It has no tables of
/// agreements, because the workers do not know them.
///
/// # Errors
///
/// If the configuration has settings of datafusion-distributed that it cannot read.
pub fn session(config: SessionConfig, workers: &[Url], functions: Vec<ScalarUDF>) -> Result<SessionContext> {
    // A plan of one partition has no place where it could be split.
    let partitions = config.target_partitions().max(2);
    let state = SessionStateBuilder::new()
        .with_config(config.with_target_partitions(partitions))
        .with_default_features()
        .with_distributed_worker_resolver(Workers(workers.to_vec()))
        .with_distributed_channel_resolver(Connections)
        // Every worker gets a piece, however small the files are, so that one with other documents never goes unnoticed.
        .with_distributed_file_scan_config_bytes_per_partition(1)?
        .with_distributed_planner()
        .build();
    let context = SessionContext::new_with_state(state);
    for function in functions {
        context.register_udf(function);
    }
    Ok(context)
}

/// Serves pieces of queries with the functions that are given, until the process ends.
///
/// Whoever reaches the listener may read every file that the process may read, and nothing is encrypted: listen in a
/// private network only. Call [`end_on_panic`] first.
///
/// # Errors
///
/// If the listener breaks.
pub async fn serve(listener: TcpListener, functions: Vec<ScalarUDF>) -> Result<(), tonic::transport::Error> {
    let functions: Vec<_> = functions.into_iter().map(Arc::new).collect();
    let worker = Worker::from_session_builder(move |context: WorkerQueryContext| {
        let functions = functions.clone();
        async move {
            let mut state = context.builder.with_distributed_channel_resolver(Connections).build();
            for function in functions {
                state.register_udf(function)?;
            }
            Ok(state)
        }
    });
    Server::builder()
        .http2_keepalive_interval(Some(PATIENCE))
        .http2_keepalive_timeout(Some(PATIENCE))
        .add_service(worker.into_worker_server())
        .serve_with_incoming(TcpIncoming::from(listener))
        .await
}

/// Ends the process at the first panic of any of its threads.
///
/// A thread that panics closes its stream of rows as if it had sent all of them, and the answer would lack the rest
/// without a word. A process that is gone is an error of the query.
pub fn end_on_panic() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tell(panic);
        std::process::abort();
    }));
}

/// Waits for an answer of workers, at most until the deadline. An error names the workers that do not answer.
///
/// # Errors
///
/// That of the answer, and that there was none in time.
pub async fn within<T>(
    deadline: Duration,
    workers: &[Url],
    answer: impl Future<Output = Result<T>>,
) -> Result<T, String> {
    let (error, is_question) = match tokio::time::timeout(deadline, answer).await {
        Ok(Ok(answer)) => return Ok(answer),
        Ok(Err(error)) => (error.to_string(), is_question(&error)),
        Err(_) => (format!("there was no answer within {} seconds", deadline.as_secs()), false),
    };
    if is_question {
        return Err(error);
    }
    let silent = silent(workers).await;
    Err(if silent.is_empty() {
        format!("{error}\nEvery worker answers now. If one was started again meanwhile, ask again.")
    } else {
        let silent = silent.join(", ");
        format!("{error}\nLost: {silent}. Start it again, then ask again: no part of this answer counts.")
    })
}

/// Whether an error lies in the question, so that workers had no part in it.
fn is_question(error: &DataFusionError) -> bool {
    use DataFusionError::{NotImplemented, Plan, SQL, SchemaError};
    matches!(error.find_root(), NotImplemented(_) | Plan(_) | SQL(..) | SchemaError(..))
}

/// The workers that do not say that they are there.
async fn silent(workers: &[Url]) -> Vec<String> {
    let greetings = workers.iter().map(|worker| async {
        let answer = async {
            Connections.get_worker_client_for_url(worker).await?.get_worker_info(GetWorkerInfoRequest {}).await
        };
        let is_there = matches!(tokio::time::timeout(GREETING, answer).await, Ok(Ok(_)));
        (!is_there).then(|| worker.origin().ascii_serialization())
    });
    futures::future::join_all(greetings).await.into_iter().flatten().collect()
}

struct Workers(Vec<Url>);

impl WorkerResolver for Workers {
    fn get_urls(&self) -> Result<Vec<Url>> {
        Ok(self.0.clone())
    }
}

/// Connections that find out when a machine is gone without a word, which those of datafusion-distributed do not.
///
/// Each is new: one that is kept from query to query breaks at the first query after its worker was started again.
struct Connections;

#[async_trait]
impl ChannelResolver for Connections {
    async fn get_worker_client_for_url(&self, url: &Url) -> Result<Box<dyn WorkerChannel>> {
        let channel = Channel::from_shared(url.to_string())
            .map_err(|error| DataFusionError::External(Box::new(error)))?
            .connect_timeout(PATIENCE)
            .http2_keep_alive_interval(PATIENCE)
            .keep_alive_timeout(PATIENCE)
            .keep_alive_while_idle(true)
            .connect_lazy();
        Ok(create_worker_client(BoxCloneSyncChannel::new(channel)))
    }
}
