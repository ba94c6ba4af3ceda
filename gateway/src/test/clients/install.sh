#!/usr/bin/env bash
# Installs what the tests with official clients and tools need, pinned and checked by hash, into gateway/target/clients.
#   install.sh           the OpenAI libraries for Python and JavaScript, schemathesis, kubernetes-validate
#   install.sh litellm   LiteLLM, which "outrider bench gateway --litellm" measures beside the gateway
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
target=$(cd "$here/../../.." && pwd -P)/target/clients

# A virtual environment $1 with what the file $2 pins; made anew when the file changed.
python() {
  local folder=$target/$1 pins=$here/$2
  cmp -s "$pins" "$folder/pins" && return
  rm -rf "$folder"
  python3 -m venv "$folder"
  "$folder/bin/pip" install --quiet --no-deps --require-hashes --requirement "$pins"
  cp "$pins" "$folder/pins"
}

javascript() {
  local folder=$target/javascript
  mkdir -p "$folder"
  cmp -s "$here/package-lock.json" "$folder/pins" && return
  cp "$here/package.json" "$here/package-lock.json" "$folder"
  (cd "$folder" && npm ci --silent --ignore-scripts --no-audit --no-fund)
  cp "$here/package-lock.json" "$folder/pins"
}

mkdir -p "$target"
case ${1:-} in
  "")
    python python python.txt
    javascript
    ;;
  litellm) python litellm litellm.txt ;;
  *)
    echo "usage: install.sh [litellm]" >&2
    exit 2
    ;;
esac
