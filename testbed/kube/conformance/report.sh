#!/bin/bash
# report.sh [TABLE]: writes docs/conformance.md out of a run of all files and the reasons of expected.tsv.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
page=$CF_HERE/../../../docs/conformance.md
version=$(awk '$1 == "k8s.io/kubernetes" { print $2; exit }' "$CF_HERE/go.mod")
awk -F '\t' -v version="$version" '
  function cell(text) { gsub(/[|<>]/, "\\\\&", text); return text }
  # "[sig-storage] ConfigMap should ... [NodeConformance] [Conformance]" without what all have
  function short(name) { gsub(/ ?\[(sig-[a-z]+|NodeConformance|Conformance|LinuxOnly)\] ?/, " ", name); gsub(/^ +| +$/, "", name); return name }
  FNR == 1 { input++ }
  input == 1 { if ($0 !~ /^(#|$)/) reason[$2] = $3; next }
  {
    if (!($3 in total)) files[++n] = $3
    total[$3]++
    all++
    if ($1 == "passed") { passed[$3]++; good++ } else rows[++m] = $3 "\t" short($4) "\t" ($1 == "skipped" ? "leaves itself out: " $5 : $4 in reason ? reason[$4] : "no reason known: " $5)
  }
  END {
    print "# Conformance\n"
    print "What Kubernetes " version " itself says a node must do: its specs labelled `NodeConformance && Conformance`, compiled from"
    print "upstream, run on a node of this server whose pods are jobs of the testbed'"'"'s Slurm. The page is written by"
    print "`testbed/kube/conformance/report.sh`; how to run the specs stands in `testbed/kube/conformance/README.md`.\n"
    print good + 0 " of " all " pass.\n"
    print "| file | passed | of |\n|---|---|---|"
    for (i = 1; i <= n; i++) print "| " files[i] " | " passed[files[i]] + 0 " | " total[files[i]] " |"
    if (m) {
      print "\n## What does not pass, and why\n"
      print "| file | spec | reason |\n|---|---|---|"
      for (i = 1; i <= m; i++) { split(rows[i], c, "\t"); print "| " c[1] " | " cell(c[2]) " | " cell(c[3]) " |" }
    }
  }' "$CF_HERE/expected.tsv" "${1:-$CF_TABLE}" >"$page.new"
mv "$page.new" "$page"
say "written: docs/conformance.md"
