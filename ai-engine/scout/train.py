"""Trains Scout's adapter: LoRA on SmolLM2-135M-Instruct, read from its GGUF.

    python train.py --base FILE.gguf --data train.jsonl --out FOLDER [--examples N] [--minutes M]

A line of the data is one capability list with several instructions and their plans. They share the
list in one row: each instruction sees the list and itself only, and its positions go on after the
list. That is exact, and reads the list once instead of once an instruction.

The learning rate warms up, stays, and falls over the last 40 % of the way; the way is over when
either the examples or the minutes are. FOLDER/checkpoint.pt is written every two minutes, and a run
that finds one goes on from it. A GPU is used where there is one; without, each core is a worker of
its own that computes its part of a step, which on a busy machine is faster than sharing a product
among threads.
"""

import argparse
import json
import os
import random
import time
from datetime import timedelta

import torch
import torch.distributed
import torch.multiprocessing
import torch.nn.functional as functional
from peft import LoraConfig, get_peft_model
from transformers import AttentionInterface, AutoModelForCausalLM, AutoTokenizer, GgufConfig

BOS, EOS = 1, 2
FALLING = 0.4
WARM_STEPS = 30
CHECKPOINT_SECONDS = 120
TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--base", required=True, help="the GGUF of SmolLM2-135M-Instruct")
    parser.add_argument("--data", required=True)
    parser.add_argument("--check", action="append", default=[], help="held-out sets, scored on the way")
    parser.add_argument("--out", required=True)
    parser.add_argument("--examples", type=int, default=68_000)
    parser.add_argument("--minutes", type=float, default=110)
    parser.add_argument("--workers", type=int, default=1 if torch.cuda.is_available() else os.cpu_count())
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--rate", type=float, default=8e-4)
    parser.add_argument("--rows", type=int, default=4, help="capability lists a step and worker")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def plain_attention(module, query, key, value, mask, scaling=None, dropout=0.0, **_):
    """Two matrix products in bf16: with a mask, torch's fused attention is slower on a CPU."""
    groups = query.shape[1] // key.shape[1]
    batch, heads, length, width = query.shape
    if groups > 1:
        key = key[:, :, None].expand(-1, -1, groups, -1, -1).reshape(batch, heads, length, width)
        value = value[:, :, None].expand(-1, -1, groups, -1, -1).reshape(batch, heads, length, width)
    weights = torch.matmul(query * scaling, key.transpose(2, 3)) + mask
    return torch.matmul(weights.softmax(-1), value).transpose(1, 2).contiguous(), None


class Trainer:
    def __init__(self, options, worker=0):
        self.options, self.worker = options, worker
        torch.manual_seed(options.seed)
        torch.set_num_threads(1)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        AttentionInterface.register("plain", plain_attention)
        folder, name = os.path.split(os.path.abspath(options.base))
        self.tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=name)
        base = AutoModelForCausalLM.from_pretrained(
            folder,
            gguf_file=name,
            dtype=torch.bfloat16,
            quantization_config=GgufConfig(dequantize=True),
        )
        lora = LoraConfig(
            r=options.rank,
            lora_alpha=2 * options.rank,
            lora_dropout=0.0,
            bias="none",
            task_type="CAUSAL_LM",
            target_modules=TARGETS,
        )
        self.model = get_peft_model(base, lora, autocast_adapter_dtype=False)
        self.model.to(device=self.device, dtype=torch.bfloat16)
        self.core = self.model.base_model.model.model
        self.head = self.model.base_model.model.lm_head
        self.model.config._attn_implementation = "plain"
        self.core.config._attn_implementation = "plain"
        self.trained = [p for p in self.model.parameters() if p.requires_grad]
        # The model computes in bf16; what is learnt is kept in f32, or small steps would be lost.
        self.master = [torch.nn.Parameter(p.detach().float().clone()) for p in self.trained]
        self.optimizer = torch.optim.AdamW(
            self.master, lr=options.rate, betas=(0.9, 0.98), weight_decay=0.0, eps=1e-8
        )
        self.step = self.seen = self.lines = self.tokens = 0
        self.spent = 0.0

    def encode(self, text):
        return self.tokenizer(text, add_special_tokens=False)["input_ids"]

    def row(self, line):
        prefix = [BOS] + self.encode(line["prefix"])
        ids, segment, position = list(prefix), [0] * len(prefix), list(range(len(prefix)))
        label = [-100] * len(prefix)
        for number, (said, plan, *_) in enumerate(line["pairs"], 1):
            asked, answer = self.encode("User: " + said + "\nPlan:"), self.encode(" " + plan) + [EOS]
            ids += asked + answer
            segment += [number] * (len(asked) + len(answer))
            position += list(range(len(prefix), len(prefix) + len(asked) + len(answer)))
            label += [-100] * len(asked) + answer
        return ids, segment, position, label

    def batch(self, rows):
        length = max(len(row[0]) for row in rows)

        def padded(index, fill):
            return torch.tensor([row[index] + [fill] * (length - len(row[index])) for row in rows])

        ids, segment, position, label = padded(0, EOS), padded(1, 99), padded(2, 0), padded(3, -100)
        seen = (segment[:, :, None] == segment[:, None, :]) | (segment[:, None, :] == 0)
        seen &= torch.ones(length, length, dtype=torch.bool).tril()[None]
        mask = torch.zeros(seen.shape, dtype=torch.bfloat16).masked_fill_(~seen, -30000.0)[:, None]
        return [t.to(self.device) for t in (ids, position, label, segment, mask)]

    def forward(self, batch):
        ids, position, label, segment, mask = batch
        hidden = self.core(input_ids=ids, position_ids=position, attention_mask=mask, use_cache=False)[0]
        target = label[:, 1:]
        chosen = target >= 0
        rows = torch.arange(len(ids), device=ids.device)[:, None] * 1000
        return self.head(hidden[:, :-1][chosen]).float(), target[chosen], (segment[:, 1:] + rows)[chosen]

    @torch.no_grad()
    def score(self, rows):
        """The share of plans whose every token is the likeliest one, given those before it."""
        self.model.eval()
        right = total = 0
        for i in range(0, len(rows), 8):
            logits, target, owner = self.forward(self.batch(rows[i : i + 8]))
            wrong = set(owner[logits.argmax(-1) != target].tolist())
            all_of_them = set(owner.tolist())
            right += len(all_of_them - wrong)
            total += len(all_of_them)
        self.model.train()
        return round(right / max(1, total), 4)

    def lines_of(self, path):
        while True:
            with open(path) as file:
                for line in file:
                    yield json.loads(line)

    def batches(self):
        """This worker's rows, of similar length in a step, in an order that seed and place give."""
        lines = self.lines_of(self.options.data)
        for _ in range(self.lines):
            next(lines)
        size = self.options.rows * self.options.workers
        while True:
            rows = sorted((self.row(next(lines)) for _ in range(size * 8)), key=lambda r: len(r[0]))
            self.lines += size * 8
            groups = [rows[i + self.worker : i + size : self.options.workers] for i in range(0, len(rows), size)]
            random.Random(self.options.seed * 1_000_003 + self.lines).shuffle(groups)
            yield from groups

    def way(self):
        return max(self.seen / self.options.examples, self.spent / 60 / self.options.minutes)

    def rate(self):
        falling = 1.0 if self.way() < 1 - FALLING else max(0.02, (1 - self.way()) / FALLING)
        return self.options.rate * min(1, (self.step + 1) / WARM_STEPS) * falling

    def learn(self, rows):
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        before = time.time()
        logits, target, _ = self.forward(self.batch(rows))
        loss = functional.cross_entropy(logits, target)
        loss.backward()
        counts = [sum(max(row[1]) for row in rows), sum(len(row[0]) for row in rows), loss.item()]
        seen, tokens, mean = self.gather(counts)
        torch.nn.utils.clip_grad_norm_(self.master, 1.0)
        self.optimizer.step()
        self.publish()
        self.step += 1
        self.seen += int(seen)
        self.tokens += int(tokens)
        self.spent += self.slowest(time.time() - before)
        return mean / self.options.workers

    def gather(self, counts):
        """The gradients' mean over all workers, and the sums of the counts."""
        flat = torch.cat([p.grad.float().flatten() for p in self.trained] + [torch.tensor(counts, device=self.device)])
        if self.options.workers > 1:
            torch.distributed.all_reduce(flat)
        place = 0
        for parameter, master in zip(self.trained, self.master):
            size = parameter.numel()
            master.grad = flat[place : place + size].view_as(master) / self.options.workers
            parameter.grad = None
            place += size
        return flat[place:].tolist()

    def slowest(self, seconds):
        longest = torch.tensor(seconds)
        if self.options.workers > 1:
            torch.distributed.all_reduce(longest, torch.distributed.ReduceOp.MAX)
        return longest.item()

    @torch.no_grad()
    def publish(self):
        for parameter, master in zip(self.trained, self.master):
            parameter.copy_(master)

    def checkpoint(self):
        return os.path.join(self.options.out, "checkpoint.pt")

    def save(self):
        state = dict(
            master=[m.detach() for m in self.master],
            optimizer=self.optimizer.state_dict(),
            place=(self.step, self.seen, self.lines, self.tokens, self.spent),
        )
        torch.save(state, self.checkpoint() + ".new")
        os.replace(self.checkpoint() + ".new", self.checkpoint())

    def resume(self):
        if not os.path.exists(self.checkpoint()):
            return
        state = torch.load(self.checkpoint(), map_location=self.device)
        with torch.no_grad():
            for master, saved in zip(self.master, state["master"]):
                master.copy_(saved)
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.seen, self.lines, self.tokens, self.spent = state["place"]
        self.publish()
        print(f"going on from {self.checkpoint()}: {self.seen} examples", flush=True)

    def run(self):
        os.makedirs(self.options.out, exist_ok=True)
        held_out = {
            os.path.basename(path).removesuffix(".jsonl"): [
                self.row(json.loads(line)) for _, line in zip(range(12), open(path))
            ]
            for path in self.options.check
        }
        self.resume()
        self.model.train()
        mean, saved, scored = None, time.time(), 0.25
        log = open(os.path.join(self.options.out, "log.jsonl"), "a")
        for rows in self.batches():
            if self.way() >= 1:
                break
            loss = self.learn(rows)
            mean = loss if mean is None else 0.95 * mean + 0.05 * loss
            if self.worker:
                continue
            if self.step % 10 == 0:
                print(
                    f"{self.way():.0%} {self.spent / 60:.1f} min step {self.step} examples {self.seen}"
                    f" loss {mean:.4f} rate {self.rate():.1e} tokens/s {self.tokens / self.spent:.0f}",
                    flush=True,
                )
            if time.time() - saved > CHECKPOINT_SECONDS:
                self.save()
                saved = time.time()
            if scored < 1 and self.way() >= scored:
                self.report(log, held_out, mean)
                scored += 0.25
        if self.worker:
            return
        self.save()
        self.report(log, held_out, mean)
        self.model.save_pretrained(self.options.out)

    def report(self, log, held_out, loss):
        scores = {name: self.score(rows) for name, rows in held_out.items()}
        line = dict(
            minutes=round(self.spent / 60, 1), examples=self.seen, tokens=self.tokens, loss=loss, **scores
        )
        print(json.dumps(line), flush=True)
        log.write(json.dumps(line) + "\n")
        log.flush()


def work(worker, options, meeting):
    if options.workers > 1:
        # Workers wait for one another; none is left behind by a scheduler that favours others.
        torch.distributed.init_process_group(
            "gloo", init_method=f"file://{meeting}", rank=worker, world_size=options.workers, timeout=timedelta(hours=1)
        )
    Trainer(options, worker).run()


if __name__ == "__main__":
    options = arguments()
    os.makedirs(options.out, exist_ok=True)
    meeting = os.path.join(os.path.abspath(options.out), "meeting")
    if os.path.exists(meeting):
        os.remove(meeting)
    torch.multiprocessing.spawn(work, (options, meeting), options.workers)
