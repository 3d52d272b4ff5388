#!/bin/bash
# judge.sh [TABLE]: compares a run with expected.tsv and says what is otherwise. Exit status 1: something is.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
awk -F '\t' -v skip="${CONFORMANCE_SKIP:-}" '
  function complain(text) { print text; complaints++ }
  FNR == 1 { input++ }
  input == 1 {
    if ($0 ~ /^(#|$)/) next
    if (NF != 3 || $3 == "") complain("expected.tsv, line " FNR ": not a file, a name and a reason with tabs between")
    file[$2] = $1
    next
  }
  { ran[$3]; seen[$4]; count[$1 ~ /^(passed|skipped)$/ ? $1 : "failed"]++ }
  $1 == "passed" && $4 in file { complain("passes, so expected.tsv should not have it: " $3 ": " $4) }
  $1 == "skipped" && $4 in file { complain("leaves itself out, so expected.tsv should not have it: " $3 ": " $4) }
  $1 !~ /^(passed|skipped)$/ && !($4 in file) { complain("FAILED: " $3 ": " $4 "\n  " $1 " after " $2 " s: " $5) }
  END {
    for (name in file) if (file[name] in ran && !(name in seen) && (skip == "" || name !~ skip)) complain("not among the specs, though expected.tsv has it: " file[name] ": " name)
    printf "%d passed, %d failed, %d left themselves out; %s\n", count["passed"], count["failed"], count["skipped"],
      complaints ? complaints " not as expected" : "all as expected"
    exit complaints > 0
  }' "$CF_HERE/expected.tsv" "${1:-$CF_TABLE}"
