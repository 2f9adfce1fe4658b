"""Tiny decoders in the layout that Hugging Face's files have, with random weights, and the logits that plain numpy computes for them.

    python3 tests/Independent/decoders.py FOLDER

Written from the models' publications and configuration documents, not from this library. Needs numpy. Writes FOLDER/NAME/config.json,
model.safetensors (or shards and an index), and expected.json with the input's numbers and the logits of each step. Sources: Llama
(arXiv:2302.13971, 2407.21783), Mistral (2310.06825), Mixtral (2401.04088), Qwen 2 and 3 (2407.10671, 2505.09388), Gemma 2 and 3 (2408.00118,
2503.19786), Phi-3 (2404.14219), gpt-oss (2508.10925), DeepSeek V2 and V3 (2405.04434, 2412.19437), YaRN (2309.00071), LongRoPE (2402.13753).
"""
import json, math, os, struct, sys
import numpy as np

F = np.float64


def bf16(values):
    """Numbers that bfloat16 holds."""
    bits = np.asarray(values, np.float32).view(np.uint32)
    return ((bits + 0x8000) & 0xFFFF0000).view(np.float32)


class Weights(dict):
    """Random weights by name, made when first asked for."""

    def __init__(self, seed):
        super().__init__()
        self.random = np.random.default_rng(seed)

    def make(self, name, *shape, mean=0.0, spread=None):
        if name not in self:
            spread = spread or 1.0 / math.sqrt(shape[-1])
            self[name] = bf16(mean + spread * self.random.standard_normal(shape))
        return self[name].astype(F)


def silu(x): return x / (1 + np.exp(-x))
def gelu_tanh(x): return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def rms(x, scale, eps): return x / np.sqrt((x * x).mean(-1, keepdims=True) + eps) * scale


def linear(w, name, x, units, bias=False):
    y = x @ w.make(name + ".weight", units, x.shape[-1]).T
    return y + w.make(name + ".bias", units, spread=0.3) if bias else y


def frequencies(theta, dim, scaling, length, longest):
    """Angle a step of each pair, and what turned features are multiplied with."""
    plain = [theta ** (-2.0 * i / dim) for i in range(dim // 2)]
    kind = (scaling or {}).get("rope_type", (scaling or {}).get("type", "default"))
    if kind == "default":
        return plain, 1.0
    if kind == "linear":
        return [f / scaling["factor"] for f in plain], 1.0
    if kind == "dynamic":
        if length > longest:
            theta = theta * (scaling["factor"] * length / longest - (scaling["factor"] - 1)) ** (dim / (dim - 2))
        return [theta ** (-2.0 * i / dim) for i in range(dim // 2)], 1.0
    if kind == "llama3":
        out, original = [], scaling["original_max_position_embeddings"]
        low, high = scaling["low_freq_factor"], scaling["high_freq_factor"]
        for f in plain:
            wave = 2 * math.pi / f
            if wave < original / high: out.append(f)
            elif wave > original / low: out.append(f / scaling["factor"])
            else:
                smooth = (original / wave - low) / (high - low)
                out.append((1 - smooth) * f / scaling["factor"] + smooth * f)
        return out, 1.0
    if kind == "yarn":
        factor, original = scaling["factor"], scaling.get("original_max_position_embeddings", longest)
        def bound(turns): return dim * math.log(original / (turns * 2 * math.pi)) / (2 * math.log(theta))
        low, high = bound(scaling.get("beta_fast", 32)), bound(scaling.get("beta_slow", 1))
        if scaling.get("truncate", True): low, high = math.floor(low), math.ceil(high)
        low, high = max(low, 0), min(high, dim - 1)
        if low == high: high += 0.001
        out = []
        for i, f in enumerate(plain):
            ramp = min(max((i - low) / (high - low), 0), 1)
            out.append(f / factor * ramp + f * (1 - ramp))
        def mscale(m): return 1.0 if factor <= 1 else 0.1 * m * math.log(factor) + 1
        if scaling.get("mscale") and scaling.get("mscale_all_dim"):
            return out, mscale(scaling["mscale"]) / mscale(scaling["mscale_all_dim"])
        return out, mscale(1)
    if kind == "longrope":
        original = scaling["original"]
        factors = scaling["long_factor"] if length > original else scaling["short_factor"]
        factor = longest / original
        return [f / s for f, s in zip(plain, factors)], math.sqrt(1 + math.log(factor) / math.log(original)) if factor > 1 else 1.0
    raise ValueError(kind)


def turn(x, dim, freqs, magnitude):
    """(steps, heads, features): the first dim features, halves as pairs."""
    steps = x.shape[0]
    angle = np.arange(steps)[:, None] * np.asarray(freqs)[None, :]
    cos, sin = np.cos(angle)[:, None, :] * magnitude, np.sin(angle)[:, None, :] * magnitude
    a, b, rest = x[..., :dim // 2], x[..., dim // 2:dim], x[..., dim:]
    return np.concatenate([a * cos - b * sin, b * cos + a * sin, rest], -1)


def turn_neighbours(x, freqs, magnitude):
    """The same with features 2i and 2i + 1 as pairs: complex numbers times e^(i angle)."""
    angle = np.arange(x.shape[0])[:, None] * np.asarray(freqs)[None, :]
    z = (x[..., 0::2] + 1j * x[..., 1::2]) * (magnitude * np.exp(1j * angle))[:, None, :]
    out = np.empty_like(x)
    out[..., 0::2], out[..., 1::2] = z.real, z.imag
    return out


def attend(q, k, v, scale, window=None, cap=None, sinks=None):
    """q (steps, heads, d), k and v (steps, key heads, d): a plain loop over heads and steps."""
    steps, heads, _ = q.shape
    share = heads // k.shape[1]
    out = np.zeros((steps, heads, v.shape[-1]))
    for h in range(heads):
        for i in range(steps):
            first = 0 if window is None else max(0, i - window + 1)
            s = np.array([q[i, h] @ k[j, h // share] for j in range(first, i + 1)]) * scale
            if cap: s = cap * np.tanh(s / cap)
            if sinks is not None: s = np.append(s, sinks[h])
            p = softmax(s)
            out[i, h] = sum(p[j - first] * v[j, h // share] for j in range(first, i + 1))
    return out.reshape(steps, -1)


class Decoder:
    def __init__(self, config, seed):
        self.c, self.w = config, Weights(seed)

    def get(self, key, otherwise=None): return self.c.get(key, otherwise)

    def norm(self, name, x):
        eps = self.get("rms_norm_eps", 1e-6)
        offset = self.c["model_type"].startswith("gemma")
        s = self.w.make(name + ".weight", x.shape[-1], mean=0.0 if offset else 1.0, spread=0.2)
        return rms(x, s + 1 if offset else s, eps)

    def rope(self, layer, dim, steps):
        c = self.c
        if c["model_type"] == "gemma3_text" and self.slides(layer):
            return frequencies(c["rope_local_base_freq"], dim, None, steps, c["max_position_embeddings"])
        scaling = c.get("rope_scaling")
        if scaling and "original_max_position_embeddings" in c:
            scaling = dict(scaling, original=c["original_max_position_embeddings"])
        return frequencies(c["rope_theta"], dim, scaling, steps, c["max_position_embeddings"])

    def slides(self, layer):
        c, kind = self.c, self.c["model_type"]
        if not c.get("sliding_window"): return False
        if "layer_types" in c: return c["layer_types"][layer] == "sliding_attention"
        if kind in ("qwen2", "qwen3"): return c.get("use_sliding_window", False) and layer >= c["max_window_layers"]
        if kind == "gemma2" or kind == "gpt_oss": return layer % 2 == 0
        if kind == "gemma3_text": return (layer + 1) % c["sliding_window_pattern"] != 0
        return True

    def attention(self, x, layer):
        c, w, p = self.c, self.w, f"model.layers.{layer}.self_attn"
        heads, kv = c["num_attention_heads"], c["num_key_value_heads"]
        d = c.get("head_dim") or c["hidden_size"] // heads
        kind, steps = c["model_type"], x.shape[0]
        if kind == "phi3":
            every = linear(w, p + ".qkv_proj", x, (heads + 2 * kv) * d)
            q, k, v = np.split(every, [heads * d, (heads + kv) * d], -1)
        else:
            bias = kind in ("qwen2", "qwen2_moe") or c.get("attention_bias", False)
            q, k = linear(w, p + ".q_proj", x, heads * d, bias), linear(w, p + ".k_proj", x, kv * d, bias)
            v = linear(w, p + ".v_proj", x, kv * d, bias)
        q, k, v = q.reshape(steps, heads, d), k.reshape(steps, kv, d), v.reshape(steps, kv, d)
        if kind.startswith("qwen3") or kind == "gemma3_text":
            q, k = self.norm(p + ".q_norm", q), self.norm(p + ".k_norm", k)
        dim = int(d * c.get("partial_rotary_factor", 1.0))
        freqs, magnitude = self.rope(layer, dim, steps)
        q, k = turn(q, dim, freqs, magnitude), turn(k, dim, freqs, magnitude)
        scale = c["query_pre_attn_scalar"] ** -0.5 if "query_pre_attn_scalar" in c else d ** -0.5
        sinks = w.make(p + ".sinks", heads, spread=1.0) if kind == "gpt_oss" else None
        y = attend(q, k, v, scale, c["sliding_window"] if self.slides(layer) else None, c.get("attn_logit_softcapping"), sinks)
        return linear(w, p + ".o_proj", y, c["hidden_size"], c.get("attention_bias", False))

    def gated(self, p, x, width):
        act = gelu_tanh if self.c["model_type"].startswith("gemma") else silu
        gate, up = linear(self.w, p + ".gate_proj", x, width), linear(self.w, p + ".up_proj", x, width)
        return linear(self.w, p + ".down_proj", act(gate) * up, x.shape[-1])

    def feed_forward(self, x, layer):
        c, w, p = self.c, self.w, f"model.layers.{layer}.mlp"
        kind = c["model_type"]
        if kind == "phi3":
            gate, up = np.split(linear(w, p + ".gate_up_proj", x, 2 * c["intermediate_size"]), 2, -1)
            return linear(w, p + ".down_proj", silu(gate) * up, c["hidden_size"])
        if kind == "mixtral": return self.mixtral(f"model.layers.{layer}.block_sparse_moe", x)
        if kind in ("qwen2_moe", "qwen3_moe"):
            if layer in c.get("mlp_only_layers", []) or (layer + 1) % c.get("decoder_sparse_step", 1): return self.gated(p, x, c["intermediate_size"])
            return self.qwen_experts(p, x)
        if kind == "gpt_oss": return self.gpt_oss(p, x)
        if kind.startswith("deepseek") and layer >= c["first_k_dense_replace"]: return self.deepseek(p, x)
        return self.gated(p, x, c["intermediate_size"])

    def mixtral(self, p, x):
        c, w = self.c, self.w
        p_all = softmax(x @ w.make(p + ".gate.weight", c["num_local_experts"], x.shape[-1]).T)
        out = np.zeros_like(x)
        names = [[w.make(f"{p}.experts.{e}.{n}.weight", *s) for n, s in (("w1", (c["intermediate_size"], x.shape[-1])),
                 ("w2", (x.shape[-1], c["intermediate_size"])), ("w3", (c["intermediate_size"], x.shape[-1])))] for e in range(c["num_local_experts"])]
        for t in range(len(x)):
            best = np.argsort(-p_all[t])[:c["num_experts_per_tok"]]
            total = p_all[t, best].sum()
            for e in best:
                w1, w2, w3 = names[e]
                out[t] += p_all[t, e] / total * (w2 @ (silu(w1 @ x[t]) * (w3 @ x[t])))
        return out

    def routed(self, p, x, t, weights, experts):
        out = np.zeros(x.shape[-1])
        for e, share in zip(experts, weights):
            out += share * self.gated(f"{p}.experts.{e}", x[t:t + 1], self.c["moe_intermediate_size"])[0]
        return out

    def make_experts(self, p, x, count):
        for e in range(count): self.gated(f"{p}.experts.{e}", x[:1], self.c["moe_intermediate_size"])

    def qwen_experts(self, p, x):
        c, count = self.c, self.c["num_experts"]
        shares = softmax(x @ self.w.make(p + ".gate.weight", count, x.shape[-1]).T)
        self.make_experts(p, x, count)
        out = np.zeros_like(x)
        for t in range(len(x)):
            best = np.argsort(-shares[t])[:c["num_experts_per_tok"]]
            weights = shares[t, best] / (shares[t, best].sum() if c["norm_topk_prob"] else 1)
            out[t] = self.routed(p, x, t, weights, best)
        if c["model_type"] == "qwen2_moe":
            gate = 1 / (1 + np.exp(-linear(self.w, p + ".shared_expert_gate", x, 1)))
            out += gate * self.gated(p + ".shared_expert", x, c["shared_expert_intermediate_size"])
        return out

    def gpt_oss(self, p, x):
        c, w, n, width, h = self.c, self.w, self.c["num_local_experts"], self.c["intermediate_size"], x.shape[-1]
        logits = linear(w, p + ".router", x, n, bias=True)
        gate_up, gate_up_bias = w.make(p + ".experts.gate_up_proj", n, h, 2 * width, spread=0.5), w.make(p + ".experts.gate_up_proj_bias", n, 2 * width, spread=0.3)
        down, down_bias = w.make(p + ".experts.down_proj", n, width, h, spread=0.3), w.make(p + ".experts.down_proj_bias", n, h, spread=0.3)
        out, limit = np.zeros_like(x), c.get("swiglu_limit", 7.0)
        for t in range(len(x)):
            best = np.argsort(-logits[t])[:c["num_experts_per_tok"]]
            for e, share in zip(best, softmax(logits[t, best])):
                both = x[t] @ gate_up[e] + gate_up_bias[e]
                gate, up = np.minimum(both[0::2], limit), np.clip(both[1::2], -limit, limit)
                out[t] += share * (((up + 1) * gate / (1 + np.exp(-1.702 * gate))) @ down[e] + down_bias[e])
        return out

    def deepseek(self, p, x):
        c, w, n = self.c, self.w, self.c["n_routed_experts"]
        logits = x @ w.make(p + ".gate.weight", n, x.shape[-1]).T
        self.make_experts(p, x, n)
        third = c["model_type"] == "deepseek_v3"
        shares = 1 / (1 + np.exp(-logits)) if third else softmax(logits)
        sought = shares + w.make(p + ".gate.e_score_correction_bias", n, spread=0.1) if third else shares
        out, groups = np.zeros_like(x), c["n_group"] if third or c["topk_method"] == "group_limited_greedy" else 1
        for t in range(len(x)):
            s, size = sought[t].copy(), n // groups
            if groups > 1:
                worth = [np.sort(s[g * size:(g + 1) * size])[-(2 if third else 1):].sum() for g in range(groups)]
                for g in np.argsort(worth)[:groups - c["topk_group"]]: s[g * size:(g + 1) * size] = -np.inf
            best = np.argsort(-s)[:c["num_experts_per_tok"]]
            weights = shares[t, best]
            if c["norm_topk_prob"]: weights = weights / weights.sum()
            out[t] = self.routed(p, x, t, weights * c["routed_scaling_factor"], best)
        return out + self.gated(p + ".shared_experts", x, c["moe_intermediate_size"] * c["n_shared_experts"])

    def latent(self, x, layer):
        c, w, p, steps = self.c, self.w, f"model.layers.{layer}.self_attn", x.shape[0]
        heads, nope, rope, vd, rank = c["num_attention_heads"], c["qk_nope_head_dim"], c["qk_rope_head_dim"], c["v_head_dim"], c["kv_lora_rank"]
        if c.get("q_lora_rank"):
            short = linear(w, p + ".q_a_proj", x, c["q_lora_rank"])
            short = rms(short, w.make(p + ".q_a_layernorm.weight", c["q_lora_rank"], mean=1.0, spread=0.2), 1e-6)
            q = linear(w, p + ".q_b_proj", short, heads * (nope + rope))
        else:
            q = linear(w, p + ".q_proj", x, heads * (nope + rope))
        q = q.reshape(steps, heads, nope + rope)
        both = linear(w, p + ".kv_a_proj_with_mqa", x, rank + rope)
        latent = rms(both[:, :rank], w.make(p + ".kv_a_layernorm.weight", rank, mean=1.0, spread=0.2), 1e-6)
        kv = linear(w, p + ".kv_b_proj", latent, heads * (nope + vd)).reshape(steps, heads, nope + vd)
        freqs, magnitude = self.rope(layer, rope, steps)
        turned = turn_neighbours(both[:, None, rank:], freqs, magnitude)
        q = np.concatenate([q[..., :nope], turn_neighbours(q[..., nope:], freqs, magnitude)], -1)
        k = np.concatenate([kv[..., :nope], np.repeat(turned, heads, 1)], -1)
        scale, scaling = (nope + rope) ** -0.5, c.get("rope_scaling")
        if scaling and scaling.get("mscale_all_dim"):
            m = 0.1 * scaling["mscale_all_dim"] * math.log(scaling["factor"]) + 1
            scale *= m * m
        return linear(w, p + ".o_proj", attend(q, k, kv[..., nope:], scale), c["hidden_size"])

    def logits(self, tokens):
        c, w = self.c, self.w
        table = w.make("model.embed_tokens.weight", c["vocab_size"], c["hidden_size"], spread=0.8)
        x = table[tokens]
        gemma = c["model_type"].startswith("gemma")
        if gemma: x = x * math.sqrt(c["hidden_size"])
        for layer in range(c["num_hidden_layers"]):
            p = f"model.layers.{layer}"
            attention = self.latent if "kv_lora_rank" in c else self.attention
            a = attention(self.norm(p + ".input_layernorm", x), layer)
            if gemma and c["model_type"] != "gemma":
                x = x + self.norm(p + ".post_attention_layernorm", a)
                x = x + self.norm(p + ".post_feedforward_layernorm", self.feed_forward(self.norm(p + ".pre_feedforward_layernorm", x), layer))
            else:
                x = x + a
                x = x + self.feed_forward(self.norm(p + ".post_attention_layernorm", x), layer)
        x = self.norm("model.norm", x)
        out = x @ table.T if c.get("tie_word_embeddings", gemma) else linear(w, "lm_head", x, c["vocab_size"])
        cap = c.get("final_logit_softcapping")
        return cap * np.tanh(out / cap) if cap else out


def safetensors(path, tensors):
    header, at, body = {"__metadata__": {"format": "pt"}}, 0, []
    for name, value in tensors.items():
        data = (np.ascontiguousarray(value).view(np.uint32) >> 16).astype("<u2").tobytes()
        header[name] = {"dtype": "BF16", "shape": list(value.shape), "data_offsets": [at, at + len(data)]}
        at += len(data)
        body.append(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + b"".join(body))


def write(folder, name, config, seed, shards=1, steps=11):
    path = os.path.join(folder, name)
    os.makedirs(path, exist_ok=True)
    decoder = Decoder(config, seed)
    tokens = np.random.default_rng(seed + 1000).integers(0, config["vocab_size"], steps)
    logits = decoder.logits(tokens)
    with open(os.path.join(path, "config.json"), "w") as f: json.dump(config, f, indent=1)
    with open(os.path.join(path, "expected.json"), "w") as f:
        json.dump({"tokens": tokens.tolist(), "logits": [[float(f"{v:.9g}") for v in row] for row in logits]}, f, separators=(",", ":"))
    names = sorted(decoder.w)
    if shards == 1:
        safetensors(os.path.join(path, "model.safetensors"), {n: decoder.w[n] for n in names})
        return
    index = {"metadata": {"total_size": sum(2 * decoder.w[n].size for n in names)}, "weight_map": {}}
    for s in range(shards):
        part = names[s::shards]
        file = f"model-{s + 1:05d}-of-{shards:05d}.safetensors"
        safetensors(os.path.join(path, file), {n: decoder.w[n] for n in part})
        index["weight_map"].update({n: file for n in part})
    with open(os.path.join(path, "model.safetensors.index.json"), "w") as f: json.dump(index, f, indent=1, sort_keys=True)


def base(model_type, **more):
    return {"model_type": model_type, "hidden_size": 16, "num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": 2,
            "intermediate_size": 24, "vocab_size": 37, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "max_position_embeddings": 64,
            "hidden_act": "silu", "tie_word_embeddings": False, **more}


def deepseek(model_type, **more):
    return base(model_type, num_key_value_heads=4, kv_lora_rank=6, qk_nope_head_dim=4, qk_rope_head_dim=4, v_head_dim=5,
                moe_intermediate_size=7, n_routed_experts=8, n_shared_experts=2, num_experts_per_tok=3, first_k_dense_replace=1,
                rms_norm_eps=1e-6, num_hidden_layers=3, **more)


YARN = {"type": "yarn", "factor": 8.0, "original_max_position_embeddings": 8, "beta_fast": 32, "beta_slow": 1}

MODELS = {
    "llama": (base("llama"), {}),
    "llama-scaled": (base("llama", rope_scaling={"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                     "original_max_position_embeddings": 16}, num_key_value_heads=1, head_dim=6, tie_word_embeddings=True, rope_theta=50.0), {"shards": 3}),
    "llama-linear": (base("llama", rope_scaling={"type": "linear", "factor": 2.5}, num_key_value_heads=4, attention_bias=True), {}),
    "llama-dynamic": (base("llama", rope_scaling={"type": "dynamic", "factor": 2.0}, max_position_embeddings=7), {}),
    "mistral": (base("mistral", sliding_window=4, head_dim=6), {}),
    "mixtral": (base("mixtral", num_local_experts=5, num_experts_per_tok=2, sliding_window=None), {"shards": 2}),
    "qwen2": (base("qwen2", use_sliding_window=True, sliding_window=3, max_window_layers=1, tie_word_embeddings=True,
              rope_scaling=dict(YARN)), {}),
    "qwen3": (base("qwen3", head_dim=6, attention_bias=False, use_sliding_window=False, sliding_window=None), {}),
    "qwen2-moe": (base("qwen2_moe", num_experts=5, num_experts_per_tok=2, moe_intermediate_size=7, shared_expert_intermediate_size=9,
                  norm_topk_prob=False, mlp_only_layers=[], decoder_sparse_step=1), {}),
    "qwen3-moe": (base("qwen3_moe", head_dim=6, num_experts=5, num_experts_per_tok=2, moe_intermediate_size=7, norm_topk_prob=True,
                  mlp_only_layers=[0], decoder_sparse_step=1), {}),
    "gemma": ({k: v for k, v in base("gemma", head_dim=6, num_key_value_heads=1, hidden_act="gelu", hidden_activation=None).items()
              if k != "tie_word_embeddings"}, {}),
    "gemma2": (base("gemma2", head_dim=6, query_pre_attn_scalar=9, attn_logit_softcapping=5.0, final_logit_softcapping=3.0, sliding_window=4,
               hidden_activation="gelu_pytorch_tanh", tie_word_embeddings=True), {}),
    "gemma3": (base("gemma3_text", head_dim=6, query_pre_attn_scalar=9, attn_logit_softcapping=None, final_logit_softcapping=None,
               sliding_window=4, sliding_window_pattern=3, num_hidden_layers=3, rope_local_base_freq=100.0, rope_theta=1000.0,
               rope_scaling={"rope_type": "linear", "factor": 8.0}, hidden_activation="gelu_pytorch_tanh", tie_word_embeddings=True), {}),
    "phi3": (base("phi3", head_dim=None, sliding_window=None, original_max_position_embeddings=64), {}),
    "phi3-long": (base("phi3", hidden_size=32, partial_rotary_factor=0.75, original_max_position_embeddings=8, max_position_embeddings=64,
                  sliding_window=5, rope_scaling={"type": "longrope", "short_factor": [1.0, 1.1, 1.25], "long_factor": [1.5, 2.5, 4.5]}), {}),
    "gpt-oss": (base("gpt_oss", head_dim=6, attention_bias=True, num_local_experts=5, num_experts_per_tok=2, sliding_window=4, swiglu_limit=1.5,
                layer_types=["sliding_attention", "full_attention"], rope_theta=150000.0,
                rope_scaling=dict(YARN, rope_type="yarn", truncate=False)), {}),
    "deepseek-v2-lite": (deepseek("deepseek_v2", q_lora_rank=None, topk_method="greedy", n_group=1, topk_group=1, norm_topk_prob=False,
                         routed_scaling_factor=1.0, scoring_func="softmax"), {}),
    "deepseek-v2": (deepseek("deepseek_v2", q_lora_rank=9, topk_method="group_limited_greedy", n_group=4, topk_group=2, norm_topk_prob=False,
                    routed_scaling_factor=16.0, scoring_func="softmax", rope_scaling=dict(YARN, mscale=0.707, mscale_all_dim=0.707)), {}),
    "deepseek-v3": (deepseek("deepseek_v3", q_lora_rank=9, topk_method="noaux_tc", n_group=4, topk_group=2, norm_topk_prob=True,
                    routed_scaling_factor=2.5, scoring_func="sigmoid", rope_scaling=dict(YARN, mscale=1.0, mscale_all_dim=0.8)), {"shards": 2}),
}

if __name__ == "__main__":
    for number, (name, (config, options)) in enumerate(MODELS.items()):
        write(sys.argv[1], name, config, 7 * number + 1, **options)
        print(name)
