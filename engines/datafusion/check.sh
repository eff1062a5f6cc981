#!/bin/sh
# Checks the whole package, the cluster with its killed workers included, and writes what it saw to CHECKED.txt.
#
# Run it again whenever this folder changes, and commit what it wrote. It compiles DataFusion, which takes half an hour of
# processor time, then runs for two minutes. It talks to 127.0.0.1 alone.
set -eu
cd "$(dirname "$0")"
log=${CARGO_TARGET_DIR:-target}/check.log
mkdir -p "$(dirname "$log")"
: >"$log"

# Runs a step: what the compiler says goes to the log, what the tests say to the record.
step() {
    printf '\n$ %s\n' "$*"
    if "$@" >"$log.seen" 2>>"$log"; then
        grep -v '^$\|^running [0-9]\|0 passed; 0 failed; 0 ignored' "$log.seen" || true
    else
        cat "$log.seen"
        tail -n 40 "$log"
        echo "FAILED: $*"
        exit 1
    fi
}

check() {
    date -u '+Checked on %Y-%m-%d at %H:%M UTC.'
    rustc --version
    step cargo fmt --check
    step cargo clippy --locked --no-default-features --all-targets -- -D warnings
    step cargo clippy --locked --all-features --all-targets -- -D warnings
    step cargo test --locked --no-default-features
    step cargo test --locked --all-features --lib --bins --test functions --test queries
    step cargo test --locked --all-features --doc
    # One after the other, so that a pause is as long as it says.
    step cargo test --locked --all-features --test cluster -- --nocapture --test-threads=1
    printf '\nAll of it passed.\n'
}

check | tee CHECKED.txt
tail -n 1 CHECKED.txt | grep -q '^All of it passed.$'
