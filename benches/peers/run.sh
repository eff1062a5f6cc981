#!/usr/bin/env bash
# Installs the other tools in a virtual environment beside this file, runs both sides and writes benches/PEERS.md.
set -euo pipefail
cd "$(dirname "$0")"
[ -x venv/bin/python ] || python3 -m venv venv
venv/bin/pip install --quiet numpy scipy pandas polars duckdb staircase pydantic pyarrow
venv/bin/python work.py
# As pydantic's core and polars are released.
export CARGO_PROFILE_BENCH_LTO=fat CARGO_PROFILE_BENCH_CODEGEN_UNITS=1
driver=$(cargo bench --bench peers --no-run --message-format json 2>/dev/null |
    venv/bin/python -c 'import json, sys
for line in sys.stdin:
    built = json.loads(line)
    if built.get("target", {}).get("name") == "peers" and built.get("executable"):
        print(built["executable"])')
venv/bin/python peers.py "$driver"
