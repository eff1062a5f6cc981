#!/bin/sh
# Measures the package: how much of the kernel's speed the functions keep, and what whole queries cost. MEASURED.md has what
# it printed. The argument is the number of million rows of the whole queries, else 40.
#
# The tests build this package without much optimisation, which would slow the functions; the crates that rows pass through
# are optimised as Cargo.toml says.
set -eu
cd "$(dirname "$0")"
fast='profile.dev.package.force-drawdown-datafusion.opt-level=3'
cargo run --locked --all-features --config "$fast" --example ratio
cargo run --locked --all-features --config "$fast" --example whole -- "$@"
