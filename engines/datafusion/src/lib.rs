//! Force-drawdown agreements as functions of SQL, on the engine DataFusion.
//!
//! [`Agreements`] reads documents, and [`functions`] makes functions of them: what is required, what is planned, and
//! what the verdict on a count is. Every answer is that of the crate `force-drawdown`. The functions are written
//! against `datafusion-expr` alone, so that any engine runs them that takes a
//! [`ScalarUDF`](datafusion_expr::ScalarUDF).
//!
//! ```
//! use force_drawdown_datafusion::{Agreements, functions};
//! let line = r#"{ "id": "x", "title": "T", "parties": [{ "id": "a", "name": "A", "role": "sending" }],
//!     "forces": [{ "id": "f" }], "phases": [{ "id": "1", "by": "2025-09-30", "limits": [{ "remain": 0 }] }] }"#;
//! let agreements = Agreements::read_lines(line.replace('\n', "").as_bytes()).unwrap();
//! assert_eq!(agreements.portfolio().key("x", "f"), Some(0));
//! let names: Vec<_> = functions(&agreements).iter().map(|function| function.name().to_owned()).collect();
//! assert_eq!(names, [
//!     "agreement_key", "required_strict", "required_lenient", "planned_low", "planned_high",
//!     "verdict", "margin_low", "margin_high",
//! ]);
//! ```
//!
//! With the feature `cli`, `register` adds the functions and the tables of the agreements to a session, and the program
//! `ask` answers SQL over files. With the feature `cluster`, `ask` splits a question among several machines, on each of
//! which the program `worker` runs. The README shows all of them.

mod agreements;
mod arguments;
#[cfg(feature = "cluster")]
pub mod cluster;
mod columns;
mod function;
#[cfg(feature = "cli")]
mod session;

pub use agreements::{Agreements, ReadError};
pub use function::functions;
#[cfg(feature = "cli")]
pub use session::register;
