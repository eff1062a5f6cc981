//! Workers as processes, which end with the test.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use url::Url;

/// How long a worker may take to start, or to reach a stage.
const PATIENCE: Duration = Duration::from_mins(1);

/// A worker that is a process of its own. It is killed when this value goes.
pub(crate) struct Process {
    child: Child,
    lines: Receiver<String>,
    pub(crate) url: Url,
}

impl Process {
    /// Starts a worker, and waits until it says where it listens.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut process = Self { child, lines, url: Url::parse("http://127.0.0.1:1").unwrap() };
        let line = process.wait_for("http://");
        process.url = Url::parse(&line[line.find("http://").unwrap()..]).unwrap();
        process
    }

    /// Waits for a line with a text.
    pub(crate) fn wait_for(&self, text: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let line = self.lines.recv_timeout(end.saturating_duration_since(Instant::now()));
            let line = line.unwrap_or_else(|error| panic!("{} never said {text}: {error}", self.url));
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Stops the process without ending it: it keeps its connections, and says nothing any more.
    pub(crate) fn stop(&self) {
        assert!(Command::new("kill").args(["-STOP", &self.child.id().to_string()]).status().unwrap().success());
    }

    /// Kills the process: it has no time to say anything.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
