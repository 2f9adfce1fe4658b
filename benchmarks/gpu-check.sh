#!/usr/bin/env bash
# Checks this library on a machine with an NVIDIA GPU: the tests that need one, and `compare` on CUDA beside PyTorch's own loop.
#
#   benchmarks/gpu-check.sh --pack gpu-check.tar.gz   where the .NET SDK is: makes the package (no libtorch in it, well under 60 MB)
#   tar xzf gpu-check.tar.gz && ./gpu-check/gpu-check.sh   where the GPU is: no .NET needed, but a Python with torch (or LIBTORCH)
#
# PYTHON names the Python (default python3); LIBTORCH the folder of libtorch's libraries (default: that of Python's torch);
# ROUNDS the rounds of the comparison (default 15). Ends with 0: all passed, 1: something failed, 2: no GPU, so nothing was shown about one.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=${PYTHON:-python3}

pack() {
    local work; work=$(mktemp -d)
    for project in tests/DeepGpu.Tests benchmarks/DeepGpu.Benchmarks; do
        dotnet publish "$here/../$project" -c Release -r linux-x64 --self-contained -p:TorchBackend=none -p:ForGpuCheck=true -p:DebugType=none -v q --nologo -o "$work/gpu-check/app" || exit 1
    done
    cp "$here/gpu-check.sh" "$work/gpu-check/"
    find "$work/gpu-check/app" \( -name '*.xml' -o -name '*.pdb' \) -delete
    tar --dereference -C "$work" -czf "$1" gpu-check
    rm -rf "$work"
    echo "$1: $(($(stat -c %s "$1") / 1048576)) MiB"
}

run() {
    "$python" -c 'import torch' 2>/dev/null && has_torch=1 || has_torch=
    if [ -z "${LIBTORCH:-}" ] && [ -n "$has_torch" ]; then
        LIBTORCH=$("$python" -c 'import os, torch; print(os.path.join(os.path.dirname(torch.__file__), "lib"))')
    fi
    [ -d "${LIBTORCH:-}" ] || { echo "No libtorch: '$python' has no torch and LIBTORCH names no folder. Set PYTHON or LIBTORCH." >&2; exit 1; }
    export LIBTORCH
    local card device=cuda rounds=${ROUNDS:-15} code=0
    card=$(nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2>/dev/null | head -1)
    if [ -z "$card" ]; then
        echo "No NVIDIA GPU here (nvidia-smi shows none): the tests that need one are skipped and the comparison runs on the CPU. This says nothing about a GPU." >&2
        card="none"; device=cpu; rounds=${ROUNDS:-3}; code=2
    fi

    local tests; tests=$("$here/app/DeepGpu.Tests" -trait needs=gpu -noLogo -noColor 2>&1); local passed=$?
    [ $passed -eq 0 ] || { code=1; echo "$tests" >&2; }
    local table; table=$("$here/app/DeepGpu.Benchmarks" compare --device $device --rounds "$rounds" ${has_torch:+--python "$python"}) || code=1

    echo "| check | result |"
    echo "| --- | --- |"
    echo "| GPU, driver, memory | $card |"
    echo "| libtorch | $LIBTORCH |"
    echo "| Python's torch | ${has_torch:+$("$python" -c 'import torch; print(torch.__version__)')} |"
    echo "| date | $(date -u +%F) |"
    echo "| tests that need a GPU | $(grep -E 'Total:' <<<"$tests" | tail -1 | sed 's/^ *//;s/|/,/g') |"
    echo
    echo "$table"
    exit $code
}

case "${1:-}" in
    --pack) pack "${2:?--pack needs the name of the package}" ;;
    "") [ -d "$here/app" ] || { echo "Make the package first: benchmarks/gpu-check.sh --pack gpu-check.tar.gz" >&2; exit 1; }; run ;;
    *) sed -n '2,9p' "${BASH_SOURCE[0]}" >&2; exit 1 ;;
esac
