"""Writes a LoRA folder of peft as the GGUF that libllama takes as an adapter.

    python adapter.py FOLDER OUT.gguf

The rows of B of the query and key projections are reordered as llama.cpp's own converter does for
models of the llama architecture, where the pairs of a rotary position are neighbours.
"""

import json
import os
import re
import sys

import gguf
import numpy as np
from safetensors.torch import load_file

HEADS = {"q_proj": 9, "k_proj": 3}  # of SmolLM2-135M
NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
TENSOR = re.compile(r"layers\.(\d+)\.(self_attn\.\w+|mlp\.\w+)\.lora_([AB])\.weight")


def interleaved(rows, heads):
    halves = rows.reshape(heads, 2, rows.shape[0] // heads // 2, *rows.shape[1:])
    return halves.swapaxes(1, 2).reshape(rows.shape)


def main(folder, out):
    config = json.load(open(os.path.join(folder, "adapter_config.json")))
    tensors = load_file(os.path.join(folder, "adapter_model.safetensors"))
    writer = gguf.GGUFWriter(out, "llama")
    writer.add_string("general.type", "adapter")
    writer.add_string("general.name", "Outrider Scout")
    writer.add_string("general.license", "apache-2.0")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(config["lora_alpha"]))
    for name in sorted(tensors):
        layer, module, side = TENSOR.search(name).groups()
        weights = tensors[name].float().numpy()
        heads = HEADS.get(module.split(".")[1])
        if side == "B" and heads:
            weights = interleaved(weights, heads)
        target = f"blk.{layer}.{NAMES[module]}.weight.lora_{side.lower()}"
        writer.add_tensor(target, np.ascontiguousarray(weights.astype(np.float16)))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(f"{out}: {len(tensors)} tensors, {os.path.getsize(out)} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:3])
