#!/usr/bin/env bash
# What each feature costs its users: crates compiled, processor time of a cold release build, size of a stripped program.
#
# Prints the table of src/guide/performance.md. Times are ratios to the crate without features, in processor time, so that
# the machine matters little, and the least of RUNS (3), so that its other work does; nothing is downloaded meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."
crate=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
cp Cargo.lock "$work"

cat >"$work/Cargo.toml" <<END
[package]
name = "program"
version = "0.0.0"
edition = "2024"

[dependencies]
force-drawdown = { path = "$crate" }
proptest = { version = "1", default-features = false, features = ["std"], optional = true }

[features]
$(sed -n '/^\[features\]/,/^\[lints/s/^\([a-z_-]*[0-9]*\) = \[.*/\1 = ["force-drawdown\/\1"]/p' Cargo.toml | sed '/^default/d; s/^proptest1.*"/&, "dep:proptest"/')

[profile.release]
strip = true
END

# The least program that uses the crate, and a call of what each feature adds.
cat >"$work/src/main.rs" <<'END'
use force_drawdown::*;

fn main() {
    let mut terms = Terms::new(std::env::args().next().unwrap_or_default());
    terms.parties = vec![Party::new("A", "Aland", Role::Receiving)];
    terms.forces = vec![Force::new("f")];
    terms.phases = vec![Phase::new("1", Deadline::month(2025, 9)).limit(Limit::remain(0))];
    let agreement = Agreement::try_from(terms).unwrap();
    let seen: Vec<Observation> = Vec::new();
    #[cfg(feature = "csv1")]
    let seen = Observation::read_csv(std::io::stdin()).unwrap();
    println!("{:?}", agreement.assess(&seen, day!(2025, 10, 1)));
    #[cfg(feature = "serde_json1")]
    println!("{}", bulk::read_lines(std::io::stdin().lock()).count());
    #[cfg(feature = "annotate-snippets012")]
    println!("{:?}", bulk::read_lines(std::io::stdin().lock()).find_map(|read| match read.err()?.error {
        bulk::LineError::Document(error) => Some(error.in_text("{}").to_string()),
        _ => None,
    }));
    #[cfg(feature = "rayon1")]
    {
        let (mut verdicts, mut low, mut high) = ([0; 1], [0; 1], [0; 1]);
        let rows = bulk::CountColumns { keys: &[0], days: &[0], low: &[1], high: &[1] };
        let mut columns = bulk::VerdictColumns { verdicts: &mut verdicts, margin_low: &mut low, margin_high: &mut high };
        println!("{}", bulk::Portfolio::new().judge_parallel(rows, &mut columns));
    }
    #[cfg(feature = "catalog")]
    println!("{}", catalog::all().count());
    #[cfg(feature = "calendar")]
    println!("{}", agreement.calendar());
    #[cfg(feature = "chart")]
    println!("{:?}", Chart::new(&agreement).svg());
    #[cfg(feature = "html")]
    println!("{}", agreement.page(&seen, day!(2025, 10, 1)).html());
    #[cfg(feature = "resvg049")]
    println!("{:?}", Chart::new(&agreement).png());
    #[cfg(feature = "schemars1")]
    println!("{AGREEMENT_SCHEMA}");
    #[cfg(feature = "proptest1")]
    {
        use proptest::{strategy::{Strategy as _, ValueTree as _}, test_runner::TestRunner};
        println!("{:?}", strategies::terms().new_tree(&mut TestRunner::deterministic()).unwrap().current());
    }
}
END

echo "| features | crates | build | program, kB |"
echo "| --- | --- | --- | --- |"
TIMEFORMAT='%U %S'
base=
for features in "" csv1 serde_json1 annotate-snippets012 rayon1 catalog calendar chart html resvg049 schemars1 proptest1 all; do
    [ "$features" = all ] && chosen=(--all-features) || chosen=(--no-default-features --features "$features")
    cargo fetch --quiet --manifest-path "$work/Cargo.toml"
    spent=
    for ((run = 0; run < ${RUNS:-3}; run++)); do
        rm -rf "$work/target"
        once=$({ time CARGO_TARGET_DIR="$work/target" cargo build --release --offline \
            --manifest-path "$work/Cargo.toml" "${chosen[@]}" 2>"$work/log" >&2; } 2>&1 | awk '{ print $1 + $2 }') ||
            { cat "$work/log" >&2; exit 1; }
        spent=$(printf '%s\n' $spent "$once" | sort -n | head -n 1)
    done
    base=${base:-$spent}
    crates=$(($(grep -c '^ *Compiling' "$work/log") - 1))
    size=$(($(stat -c %s "$work/target/release/program") / 1000))
    name=${features:-none}
    [ "$name" = none ] || [ "$name" = all ] || name="\`$name\`"
    printf '| %s | %s | %s | %s |\n' "$name" "$crates" "$(awk "BEGIN { printf \"%.1f\", $spent / $base }")" "$size"
done
