#!/usr/bin/env bash
# Makes Scout's adapter from nothing: libraries, examples, training, GGUF. Run from anywhere.
#
#   ai-engine/scout/train.sh [--examples N] [--minutes M] …     options of train.py
#
# Works in ai-engine/target/scout and goes on from its checkpoint if it was stopped before. At most
# two hours on two cores; a GPU is used where there is one. The adapter lands among the module's
# resources; ./outrider bench scout then scores it.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/ai-engine/target/scout
adapter=$root/ai-engine/src/main/resources/dev/outrider/ai/scout/scout-adapter.gguf
mkdir -p "$work"

if [ ! -e "$work/python/ready" ]; then
  python3 -m venv "$work/python"
  "$work/python/bin/pip" install --quiet --require-hashes -r "$here/requirements.txt"
  touch "$work/python/ready"
fi
python=$work/python/bin/python

# Builds the runtime, whose front of language every example passes through, and fetches the base.
"$root/outrider" models pull scout
base=$("$root/outrider" models show --json scout | "$python" -c 'import json,sys; print(json.load(sys.stdin)["file"])')
java=${JAVA_HOME:+$JAVA_HOME/bin/}java # of a JDK 25
normal="$java -cp $root/runtime/target/classes dev.outrider.reason.language.Normalizer"

if [ ! -e "$work/data" ]; then
  "$python" "$here/gen.py" "$work/train.jsonl" 9000 3 train --normal "$normal"
  for split in in_distribution templates unseen; do
    "$python" "$here/gen.py" "$work/$split.jsonl" 60 9 "$split" --normal "$normal"
  done
  touch "$work/data"
fi

# Workers that wait for one another should not spin meanwhile.
OMP_WAIT_POLICY=PASSIVE "$python" "$here/train.py" --base "$base" --data "$work/train.jsonl" \
  --check "$work/in_distribution.jsonl" --check "$work/templates.jsonl" --check "$work/unseen.jsonl" \
  --out "$work/run" "$@"
"$python" "$here/adapter.py" "$work/run" "$adapter"
sha256sum "$adapter"
