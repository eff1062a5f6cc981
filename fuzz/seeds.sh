#!/usr/bin/env bash
# Writes the seeds of every fuzz target from the catalogue to fuzz/corpus: its documents, its observations, and each text in them.
set -euo pipefail
cd "$(dirname "$0")"
for target in document print_parse bulk; do
    mkdir -p "corpus/$target"
    cp ../examples/agreements/*.json "corpus/$target"
done
mkdir -p corpus/observations_csv corpus/text_grammars
cp ../examples/agreements/*.csv corpus/observations_csv
grep -oh '"[^"\\]\{1,60\}"' ../examples/agreements/*.json | tr -d '"' | sort -u |
    awk '{ seed = "corpus/text_grammars/" NR; printf "%s", $0 > seed; close(seed) }'
# Hand-written inputs beside them.
for seeds in seeds/*; do
    cp "$seeds"/* "corpus/$(basename "$seeds")"
done
