#!/usr/bin/env bash
# Counts the instructions of four fixed workloads and compares them with counts.tsv beside this file; fails where one
# takes more than a quarter more. `compare.sh --write` writes the table anew. It needs valgrind.
set -euo pipefail
cd "$(dirname "$0")"
binary=$(cargo bench --bench callgrind --no-run --message-format json 2>/dev/null |
    sed -n 's/.*"executable":"\([^"]*callgrind-[^"]*\)".*/\1/p' | tail -n 1)
status=0
table=$'workload\tinstructions'
for workload in read series verdicts names; do
    counted=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" "$workload" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p')
    table+=$'\n'"$workload"$'\t'"$counted"
    before=$(awk -F '\t' -v name="$workload" '$1 == name { print $2 }' counts.tsv 2>/dev/null || true)
    if [ -n "$before" ]; then
        echo "$workload: $counted instructions, $((counted * 100 / before)) % of the table's"
        [ "$counted" -le $((before + before / 4)) ] || status=1
    else
        echo "$workload: $counted instructions"
    fi
done
if [ "${1:-}" = --write ]; then
    echo "$table" > counts.tsv
    status=0
fi
exit "$status"
