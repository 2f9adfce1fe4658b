"""Makes tiny random transformers in the layout in which Hugging Face publishes them, and computes their outputs with NumPy alone.

make_transformers.py FOLDER CASE: writes FOLDER/config.json, FOLDER/model.safetensors and FOLDER/numbers.json (inputs and outputs).
Needs numpy. Follows the papers and the published files' names and layouts; shares nothing with the library.
"""
import json
import math
import os
import struct
import sys

import numpy as np

HIDDEN, HEADS, LAYERS, INNER, WORDS, PLACES = 12, 3, 2, 20, 23, 9


def erf(x):
    return np.vectorize(math.erf)(x)


FUNCTIONS = {
    "gelu": lambda x: 0.5 * x * (1 + erf(x / math.sqrt(2))),
    "gelu_new": lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3))),
    "relu": lambda x: np.maximum(x, 0), "silu": lambda x: x / (1 + np.exp(-x)), "tanh": np.tanh, "linear": lambda x: x,
}


class Weights:
    """Draws tensors and keeps them under their published names, after what stands before them all."""

    def __init__(self, seed, old_names=False):
        self.random, self.tensors, self.old_names = np.random.default_rng(seed), {}, old_names

    def draw(self, name, *shape, scale=0.4, middle=0.0):
        if name not in self.tensors:
            self.tensors[name] = (middle + scale * self.random.standard_normal(shape)).astype(np.float32)
        return self.tensors[name].astype(float)

    def linear(self, x, name, units, bias=True):
        y = x @ self.draw(f"{name}.weight", units, x.shape[-1]).T
        return y + self.draw(f"{name}.bias", units) if bias else y

    def turned(self, x, name, units):
        """GPT-2's Conv1D: the kernel lies the other way round."""
        return x @ self.draw(f"{name}.weight", x.shape[-1], units) + self.draw(f"{name}.bias", units)

    def norm(self, x, name, epsilon):
        gamma, beta = ("gamma", "beta") if self.old_names else ("weight", "bias")
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred ** 2).mean(-1, keepdims=True) + epsilon)
        return scaled * self.draw(f"{name}.{gamma}", x.shape[-1], middle=1) + self.draw(f"{name}.{beta}", x.shape[-1])

    def rms(self, x, name, epsilon):
        return x / np.sqrt((x ** 2).mean(-1, keepdims=True) + epsilon) * self.draw(f"{name}.weight", x.shape[-1], middle=1)

    def rows(self, name, count, width, numbers):
        return self.draw(f"{name}.weight", count, width)[numbers]


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def attention(q, k, v, heads, keep=None, causal=False, scale=None, bias=0.0):
    """q, k, v (batch, steps, heads * length); keep (batch, keys): the keys that are no padding."""
    split = lambda x: x.reshape(*x.shape[:2], heads, -1).transpose(0, 2, 1, 3)
    q, k, v = split(q), split(k), split(v)
    scores = q @ k.transpose(0, 1, 3, 2) * (q.shape[-1] ** -0.5 if scale is None else scale) + bias
    if keep is not None:
        scores = np.where(keep[:, None, None, :], scores, -np.inf)
    if causal:
        scores = np.where(np.tri(scores.shape[-2], scores.shape[-1], dtype=bool), scores, -np.inf)
    out = softmax(scores) @ v
    return out.transpose(0, 2, 1, 3).reshape(out.shape[0], out.shape[2], -1)


def ids(w, padding, lengths=(7, 4, 5), words=WORDS):
    """Rows of words, filled up with padding."""
    steps = max(lengths)
    numbers = w.random.integers(2, words, (len(lengths), steps))
    for row, length in zip(numbers, lengths):
        row[length:] = padding
    return numbers


def bert_blocks(w, x, body, c, keep, epsilon, function):
    for i in range(LAYERS):
        p = f"{body}encoder.layer.{i}."
        q, k, v = (w.linear(x, f"{p}attention.self.{part}", HIDDEN) for part in ("query", "key", "value"))
        x = w.norm(w.linear(attention(q, k, v, HEADS, keep), f"{p}attention.output.dense", HIDDEN) + x, f"{p}attention.output.LayerNorm",
                   epsilon)
        inner = FUNCTIONS[function](w.linear(x, f"{p}intermediate.dense", INNER))
        x = w.norm(w.linear(inner, f"{p}output.dense", HIDDEN) + x, f"{p}output.LayerNorm", epsilon)
    return x


NAMES = {"bert": "Bert", "roberta": "Roberta", "electra": "Electra", "distilbert": "DistilBert", "gpt2": "GPT2"}


def of_steps(w, x, c, task, classes):
    """Heads that say something of each step."""
    if task == "ForTokenClassification":
        c["id2label"] = {str(i): f"label {i}" for i in range(classes)}
        return [w.linear(x, "classifier", classes)]
    logits = w.linear(x, "qa_outputs", 2)
    return [logits[..., 0], logits[..., 1]]


def words_of(w, x, table, names, function, epsilon):
    """The head that pretraining uses: a dense layer, a norm, the table of words, a bias for each word."""
    x = w.norm(function(w.linear(x, names[0], table.shape[1])), names[1], epsilon)
    return [x @ table.T + w.draw(names[2], table.shape[0])]


def bert(kind, classes=0, function="gelu", epsilon=1e-12, padding=0, size=HIDDEN, old_names=False, headed=False, task=None):
    w = Weights(len(kind) + classes, old_names)
    body = f"{kind}." if classes or headed or task else ""
    kinds = 1 if kind == "roberta" else 2
    c = {"model_type": kind, "hidden_size": HIDDEN, "num_attention_heads": HEADS, "num_hidden_layers": LAYERS, "vocab_size": WORDS,
         "intermediate_size": INNER, "max_position_embeddings": PLACES + (padding + 1 if kind == "roberta" else 0), "hidden_act": function,
         "type_vocab_size": kinds, "layer_norm_eps": epsilon, "pad_token_id": padding, "architectures": [
             f"{NAMES[kind]}{task or ('ForSequenceClassification' if classes else 'Model')}"]}
    if kind == "electra":
        c["embedding_size"] = size
    if classes:
        c["id2label"] = {str(i): f"label {i}" for i in range(classes)}
    numbers = ids(w, padding)
    inputs, keep = [numbers], numbers != padding
    places = np.broadcast_to(np.arange(numbers.shape[1]), numbers.shape)
    if kind == "roberta":
        places = np.cumsum(keep, 1) * keep + padding
    which = np.zeros_like(numbers)
    if kinds == 2:
        which = (np.arange(numbers.shape[1]) > 2) * np.ones_like(numbers)
        inputs.append(which)
    e = f"{body}embeddings."
    x = (w.rows(f"{e}word_embeddings", WORDS, size, numbers) + w.rows(f"{e}token_type_embeddings", kinds, size, which)
         + w.rows(f"{e}position_embeddings", c["max_position_embeddings"], size, places))
    x = w.norm(x, f"{e}LayerNorm", epsilon)
    if size != HIDDEN:
        x = w.linear(x, f"{body}embeddings_project", HIDDEN)
    x = bert_blocks(w, x, body, c, keep, epsilon, function)
    if task == "ForMaskedLM":
        names = {"bert": ["cls.predictions.transform.dense", "cls.predictions.transform.LayerNorm", "cls.predictions.bias"],
                 "electra": ["generator_predictions.dense", "generator_predictions.LayerNorm", "generator_lm_head.bias"],
                 "roberta": ["lm_head.dense", "lm_head.layer_norm", "lm_head.bias"]}[kind]
        table = w.draw(f"{e}word_embeddings.weight")
        out = words_of(w, x, table, names, FUNCTIONS[function if kind == "bert" else "gelu"], epsilon)
        w.draw(f"{body}pooler.dense.weight", HIDDEN, HIDDEN)
        w.tensors[{"bert": "cls.predictions.decoder", "roberta": "lm_head.decoder", "electra": "generator_lm_head"}[kind] + ".weight"] = w.tensors[
            f"{e}word_embeddings.weight"]
        return c, w, inputs, out
    if task:
        return c, w, inputs, of_steps(w, x, c, task, classes)
    if headed:  # what only pretraining uses
        w.draw("cls.predictions.bias", WORDS)
        w.draw("cls.predictions.transform.dense.weight", HIDDEN, HIDDEN)
        w.tensors[f"{e}position_ids"] = np.arange(PLACES)[None]
    if not classes:
        pooled = [] if kind == "electra" else [np.tanh(w.linear(x[:, 0], f"{body}pooler.dense", HIDDEN))]
        return c, w, inputs, [x] + pooled
    if kind == "bert":
        return c, w, inputs, [w.linear(np.tanh(w.linear(x[:, 0], "bert.pooler.dense", HIDDEN)), "classifier", classes)]
    function = FUNCTIONS["gelu"] if kind == "electra" else np.tanh
    return c, w, inputs, [w.linear(function(w.linear(x[:, 0], "classifier.dense", HIDDEN)), "classifier.out_proj", classes)]


def distilbert(classes=0, task=None):
    w, body = Weights(31 + classes), "distilbert." if classes or task else ""
    c = {"model_type": "distilbert", "dim": HIDDEN, "n_heads": HEADS, "n_layers": LAYERS, "hidden_dim": INNER, "vocab_size": WORDS,
         "max_position_embeddings": PLACES, "activation": "gelu", "architectures": [
             "DistilBert" + (task or ("ForSequenceClassification" if classes else "Model"))]}
    if classes:
        c["num_labels"] = classes
    numbers = ids(w, 0)
    e = f"{body}embeddings."
    x = w.norm(w.rows(f"{e}word_embeddings", WORDS, HIDDEN, numbers)
               + w.rows(f"{e}position_embeddings", PLACES, HIDDEN, np.arange(numbers.shape[1])), f"{e}LayerNorm", 1e-12)
    for i in range(LAYERS):
        p = f"{body}transformer.layer.{i}."
        q, k, v = (w.linear(x, f"{p}attention.{part}_lin", HIDDEN) for part in "qkv")
        x = w.norm(w.linear(attention(q, k, v, HEADS, numbers != 0), f"{p}attention.out_lin", HIDDEN) + x, f"{p}sa_layer_norm", 1e-12)
        inner = FUNCTIONS["gelu"](w.linear(x, f"{p}ffn.lin1", INNER))
        x = w.norm(w.linear(inner, f"{p}ffn.lin2", HIDDEN) + x, f"{p}output_layer_norm", 1e-12)
    if task == "ForMaskedLM":
        table = w.draw(f"{e}word_embeddings.weight")
        w.tensors["vocab_projector.weight"] = w.tensors[f"{e}word_embeddings.weight"]
        names = ["vocab_transform", "vocab_layer_norm", "vocab_projector.bias"]
        return c, w, [numbers], words_of(w, x, table, names, FUNCTIONS["gelu"], 1e-12)
    if task:
        return c, w, [numbers], of_steps(w, x, c, task, classes)
    if not classes:
        return c, w, [numbers], [x]
    pooled = np.maximum(w.linear(x[:, 0], "pre_classifier", HIDDEN), 0)
    return c, w, [numbers], [w.linear(pooled, "classifier", classes)]


def gpt2(body="", tied=True, function="gelu_new", inner=None, task="LMHeadModel", classes=0, padding=None, lengths=(8, 8)):
    w = Weights(41)
    c = {"model_type": "gpt2", "n_embd": HIDDEN, "n_head": HEADS, "n_layer": LAYERS, "vocab_size": WORDS, "n_positions": PLACES,
         "activation_function": function, "layer_norm_epsilon": 1e-5, "n_inner": inner, "tie_word_embeddings": tied,
         "architectures": ["GPT2" + task]}
    numbers = ids(w, padding or 0, lengths)
    x = w.rows(f"{body}wte", WORDS, HIDDEN, numbers) + w.rows(f"{body}wpe", PLACES, HIDDEN, np.arange(8))
    for i in range(LAYERS):
        p = f"{body}h.{i}."
        q, k, v = np.split(w.turned(w.norm(x, f"{p}ln_1", 1e-5), f"{p}attn.c_attn", 3 * HIDDEN), 3, -1)
        x = x + w.turned(attention(q, k, v, HEADS, causal=True), f"{p}attn.c_proj", HIDDEN)
        between = FUNCTIONS[function](w.turned(w.norm(x, f"{p}ln_2", 1e-5), f"{p}mlp.c_fc", inner or 4 * HIDDEN))
        x = x + w.turned(between, f"{p}mlp.c_proj", HIDDEN)
        w.tensors[f"{p}attn.bias"] = np.tri(PLACES, dtype=np.float32)[None, None]
    x = w.norm(x, f"{body}ln_f", 1e-5)
    if task == "ForSequenceClassification":
        c.update({"pad_token_id": padding, "num_labels": classes} if padding is not None else {"num_labels": classes})
        last = [7 if padding is None else max([0] + [i for i in range(8) if row[i] != padding]) for row in numbers]
        return c, w, [numbers], [w.linear(x[np.arange(len(numbers)), last], "score", classes, bias=False)]
    if task != "LMHeadModel":
        return c, w, [numbers], of_steps(w, x, c, task, classes)
    if tied:
        return c, w, [numbers], [x @ w.draw(f"{body}wte.weight").T]
    return c, w, [numbers], [w.linear(x, "lm_head", WORDS, bias=False)]


def vision(kind, classes=0, teacher=False, biased=True):
    w, body = Weights(51 + classes), f"{kind}." if classes else ""
    image, patch, channels = 13, 4, 3
    c = {"model_type": kind, "hidden_size": HIDDEN, "num_attention_heads": HEADS, "num_hidden_layers": LAYERS, "intermediate_size": INNER,
         "image_size": image, "patch_size": patch, "num_channels": channels, "hidden_act": "gelu", "layer_norm_eps": 1e-6,
         "qkv_bias": biased, "architectures": [{"vit": "ViT", "deit": "DeiT"}[kind] + (
             "Model" if not classes else "ForImageClassificationWithTeacher" if teacher else "ForImageClassification")]}
    if classes:
        c["id2label"] = {str(i): str(i) for i in range(classes)}
    pictures = w.random.standard_normal((2, image, image, channels)).astype(np.float32)
    side, e = image // patch, f"{body}embeddings."
    kernel = w.draw(f"{e}patch_embeddings.projection.weight", HIDDEN, channels, patch, patch)
    cut = pictures[:, :side * patch, :side * patch].reshape(2, side, patch, side, patch, channels)
    x = np.einsum("bipjqc,hcpq->bijh", cut, kernel).reshape(2, side * side, HIDDEN) + w.draw(f"{e}patch_embeddings.projection.bias", HIDDEN)
    for token in ["distillation_token", "cls_token"] if kind == "deit" else ["cls_token"]:
        x = np.concatenate([np.broadcast_to(w.draw(f"{e}{token}", 1, 1, HIDDEN), (2, 1, HIDDEN)), x], 1)
    x = x + w.draw(f"{e}position_embeddings", 1, x.shape[1], HIDDEN)
    for i in range(LAYERS):
        p = f"{body}encoder.layer.{i}."
        y = w.norm(x, f"{p}layernorm_before", 1e-6)
        q, k, v = (w.linear(y, f"{p}attention.attention.{part}", HIDDEN, biased) for part in ("query", "key", "value"))
        x = x + w.linear(attention(q, k, v, HEADS), f"{p}attention.output.dense", HIDDEN)
        inner = FUNCTIONS["gelu"](w.linear(w.norm(x, f"{p}layernorm_after", 1e-6), f"{p}intermediate.dense", INNER))
        x = x + w.linear(inner, f"{p}output.dense", HIDDEN)
    x = w.norm(x, f"{body}layernorm", 1e-6)
    if not classes:
        return c, w, [pictures], [x, np.tanh(w.linear(x[:, 0], f"{body}pooler.dense", HIDDEN))]
    if not teacher:
        return c, w, [pictures], [w.linear(x[:, 0], "classifier", classes)]
    return c, w, [pictures], [(w.linear(x[:, 0], "cls_classifier", classes) + w.linear(x[:, 1], "distillation_classifier", classes)) / 2]


def bart_blocks(w, x, path, c, heads, function, first, keep=None, causal=False, encoded=None, key_bias=True):
    """Blocks of BART (normalised after each part) and of Whisper (before)."""
    def around(x, norm, part):
        return x + part(w.norm(x, norm, 1e-5)) if first else w.norm(x + part(x), norm, 1e-5)

    def attend(x, seen, name, keep, causal):
        q, v = w.linear(x, f"{name}.q_proj", HIDDEN), w.linear(seen, f"{name}.v_proj", HIDDEN)
        k = w.linear(seen, f"{name}.k_proj", HIDDEN, key_bias)
        return w.linear(attention(q, k, v, heads, keep, causal), f"{name}.out_proj", HIDDEN)

    for i in range(LAYERS):
        p = f"{path}.{i}."
        x = around(x, f"{p}self_attn_layer_norm", lambda y: attend(y, y, f"{p}self_attn", keep, causal))
        if encoded is not None:
            x = around(x, f"{p}encoder_attn_layer_norm", lambda y: attend(y, encoded[0], f"{p}encoder_attn", encoded[1], False))
        x = around(x, f"{p}final_layer_norm", lambda y: w.linear(function(w.linear(y, f"{p}fc1", INNER)), f"{p}fc2", HIDDEN))
    return x


def bart():
    w = Weights(61)
    c = {"model_type": "bart", "d_model": HIDDEN, "encoder_layers": LAYERS, "decoder_layers": LAYERS, "encoder_attention_heads": HEADS,
         "decoder_attention_heads": HEADS, "encoder_ffn_dim": INNER, "decoder_ffn_dim": INNER, "vocab_size": WORDS,
         "max_position_embeddings": PLACES, "activation_function": "gelu", "pad_token_id": 1, "scale_embedding": False}
    numbers, answer = ids(w, 1), ids(w, 1, (6, 6, 6))

    def vectors(half, numbers):
        x = w.rows("model.shared", WORDS, HIDDEN, numbers) + w.rows(
            f"model.{half}.embed_positions", PLACES + 2, HIDDEN, np.arange(numbers.shape[1]) + 2)
        return w.norm(x, f"model.{half}.layernorm_embedding", 1e-5)

    gelu, keep = FUNCTIONS["gelu"], numbers != 1
    encoded = bart_blocks(w, vectors("encoder", numbers), "model.encoder.layers", c, HEADS, gelu, False, keep)
    x = bart_blocks(w, vectors("decoder", answer), "model.decoder.layers", c, HEADS, gelu, False, None, True, (encoded, keep))
    shared = w.draw("model.shared.weight").T
    w.tensors["model.encoder.embed_tokens.weight"] = w.tensors["lm_head.weight"] = w.tensors["model.shared.weight"]
    w.tensors["final_logits_bias"] = np.zeros((1, WORDS), np.float32)
    return c, w, [numbers, answer], [x @ shared]


def whisper():
    w, bins, frames = Weights(71), 5, 6
    c = {"model_type": "whisper", "d_model": HIDDEN, "encoder_layers": LAYERS, "decoder_layers": LAYERS, "encoder_attention_heads": HEADS,
         "decoder_attention_heads": HEADS, "encoder_ffn_dim": INNER, "decoder_ffn_dim": INNER, "vocab_size": WORDS, "num_mel_bins": bins,
         "max_source_positions": frames, "max_target_positions": PLACES, "activation_function": "gelu", "scale_embedding": False}
    sound, answer, gelu = w.random.standard_normal((2, 2 * frames, bins)).astype(np.float32), ids(w, 0, (7, 7)), FUNCTIONS["gelu"]

    def convolved(x, name, stride):
        kernel = w.draw(f"{name}.weight", HIDDEN, x.shape[2], 3)
        padded = np.pad(x, ((0, 0), (1, 1), (0, 0)))
        parts = [padded[:, place:place + x.shape[1]:stride] @ kernel[:, :, place].T for place in range(3)]
        return gelu(sum(parts) + w.draw(f"{name}.bias", HIDDEN))

    x = convolved(convolved(sound, "model.encoder.conv1", 1), "model.encoder.conv2", 2)
    angles = np.arange(frames)[:, None] * np.exp(-np.log(10000) / (HIDDEN // 2 - 1) * np.arange(HIDDEN // 2))
    waves = np.concatenate([np.sin(angles), np.cos(angles)], 1)
    w.tensors["model.encoder.embed_positions.weight"] = waves.astype(np.float32)
    x = bart_blocks(w, x + waves, "model.encoder.layers", c, HEADS, gelu, True, key_bias=False)
    encoded = w.norm(x, "model.encoder.layer_norm", 1e-5)
    x = w.rows("model.decoder.embed_tokens", WORDS, HIDDEN, answer) + w.rows(
        "model.decoder.embed_positions", PLACES, HIDDEN, np.arange(7))
    x = bart_blocks(w, x, "model.decoder.layers", c, HEADS, gelu, True, None, True, (encoded, None), key_bias=False)
    x = w.norm(x, "model.decoder.layer_norm", 1e-5)
    return c, w, [sound, answer], [x @ w.draw("model.decoder.embed_tokens.weight").T]


def distances(steps, buckets, farthest, causal):
    """T5's classes of distances, by a loop."""
    found = np.zeros((steps, steps), int)
    for query in range(steps):
        for key in range(steps):
            count, start, far = buckets, 0, key - query
            if causal:
                far = max(-far, 0)
            else:
                count //= 2
                start, far = (count if far > 0 else 0), abs(far)
            exact = count // 2
            if far >= exact:
                ratio = np.log(np.float32(far) / np.float32(exact)) / np.float32(math.log(farthest / exact))
                far = min(exact + int(ratio * np.float32(count - exact)), count - 1)
            found[query, key] = start + far
    return found


def t5(proj="relu", tied=True, kind="t5"):
    w, length, buckets, farthest = Weights(81), 5, 8, 20
    function = FUNCTIONS["gelu_new" if proj == "gated-gelu" else proj.split("-")[-1]]
    c = {"model_type": kind, "d_model": HIDDEN, "d_kv": length, "d_ff": INNER, "num_layers": LAYERS, "num_heads": HEADS,
         "vocab_size": WORDS, "relative_attention_num_buckets": buckets, "relative_attention_max_distance": farthest,
         "layer_norm_epsilon": 1e-6, "feed_forward_proj": proj, "tie_word_embeddings": tied, "pad_token_id": 0}
    numbers, answer = ids(w, 0, (17, 9, 12)), ids(w, 0, (13, 13, 13))

    def attend(x, seen, name, keep, causal, bias):
        q, k, v = (w.linear(y, f"{name}.{part}", HEADS * length, False) for part, y in (("q", x), ("k", seen), ("v", seen)))
        return w.linear(attention(q, k, v, HEADS, keep, causal, 1.0, bias), f"{name}.o", HIDDEN, False)

    def inner(x, p):
        if proj.startswith("gated"):
            between = function(w.linear(x, f"{p}.wi_0", INNER, False)) * w.linear(x, f"{p}.wi_1", INNER, False)
        else:
            between = function(w.linear(x, f"{p}.wi", INNER, False))
        return w.linear(between, f"{p}.wo", HIDDEN, False)

    def half(name, numbers, keep, causal, encoded=None):
        x = w.rows("shared", WORDS, HIDDEN, numbers)
        bias = w.rows(f"{name}.block.0.layer.0.SelfAttention.relative_attention_bias", buckets, HEADS,
                      distances(numbers.shape[1], buckets, farthest, causal)).transpose(2, 0, 1)[None]
        for i in range(LAYERS):
            p = f"{name}.block.{i}.layer"
            y = w.rms(x, f"{p}.0.layer_norm", 1e-6)
            x = x + attend(y, y, f"{p}.0.SelfAttention", keep, causal, bias)
            if encoded is not None:
                x = x + attend(w.rms(x, f"{p}.1.layer_norm", 1e-6), encoded[0], f"{p}.1.EncDecAttention", encoded[1], False, 0.0)
            last = 1 if encoded is None else 2
            x = x + inner(w.rms(x, f"{p}.{last}.layer_norm", 1e-6), f"{p}.{last}.DenseReluDense")
        return w.rms(x, f"{name}.final_layer_norm", 1e-6)

    encoded = half("encoder", numbers, numbers != 0, False)
    x = half("decoder", answer, None, True, (encoded, numbers != 0))
    w.tensors["encoder.embed_tokens.weight"] = w.tensors["decoder.embed_tokens.weight"] = w.tensors["shared.weight"]
    if tied:
        return c, w, [numbers, answer], [x * HIDDEN ** -0.5 @ w.draw("shared.weight").T]
    return c, w, [numbers, answer], [w.linear(x, "lm_head", WORDS, bias=False)]


CASES = {
    "bert": lambda: bert("bert"), "bert-old-names": lambda: bert("bert", old_names=True, headed=True),
    "bert-relu": lambda: bert("bert", function="relu", padding=3), "bert-classifier": lambda: bert("bert", 3),
    "roberta": lambda: bert("roberta", padding=1, epsilon=1e-5), "roberta-classifier": lambda: bert("roberta", 4, padding=1, epsilon=1e-5),
    "electra": lambda: bert("electra", size=8), "electra-classifier": lambda: bert("electra", 2),
    **{f"{kind}-steps": lambda kind=kind: bert(kind, 5, padding=int(kind == "roberta"), task="ForTokenClassification") for kind in ("bert",
       "roberta", "electra")},
    **{f"{kind}-answers": lambda kind=kind: bert(kind, padding=int(kind == "roberta"), task="ForQuestionAnswering") for kind in ("bert",
       "roberta", "electra")},
    "bert-words": lambda: bert("bert", function="relu", task="ForMaskedLM"), "electra-words": lambda: bert("electra", size=8, task="ForMaskedLM"),
    "roberta-words": lambda: bert("roberta", padding=1, epsilon=1e-5, function="relu", task="ForMaskedLM"),
    "distilbert-steps": lambda: distilbert(3, "ForTokenClassification"), "distilbert-answers": lambda: distilbert(0, "ForQuestionAnswering"),
    "distilbert-words": lambda: distilbert(0, "ForMaskedLM"),
    "gpt2-classifier": lambda: gpt2("transformer.", False, task="ForSequenceClassification", classes=3, padding=0, lengths=(8, 3, 1, 6, 0)),
    "gpt2-classifier-unpadded": lambda: gpt2("transformer.", task="ForSequenceClassification", classes=4),
    "gpt2-steps": lambda: gpt2("transformer.", task="ForTokenClassification", classes=3), "gpt2-answers": lambda: gpt2("transformer.", task="ForQuestionAnswering"),
    "distilbert": distilbert, "distilbert-classifier": lambda: distilbert(5),
    "gpt2": gpt2, "gpt2-body": lambda: gpt2("transformer."), "gpt2-untied": lambda: gpt2("transformer.", False, "relu", 10),
    "vit": lambda: vision("vit"), "vit-classifier": lambda: vision("vit", 7), "vit-unbiased": lambda: vision("vit", 7, biased=False),
    "deit": lambda: vision("deit"), "deit-classifier": lambda: vision("deit", 4), "deit-teacher": lambda: vision("deit", 5, teacher=True),
    "bart": bart, "whisper": whisper, "t5": t5, "t5-gated": lambda: t5("gated-gelu", False), "mt5": lambda: t5("gated-silu", False, "mt5"),
}


def write(path, tensors):
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name in sorted(tensors):
        header[name] = {"dtype": "I64" if tensors[name].dtype.kind == "i" else "F32", "shape": list(tensors[name].shape),
                        "data_offsets": [offset, offset + tensors[name].nbytes]}
        offset += tensors[name].nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(np.ascontiguousarray(tensors[n]).tobytes() for n in sorted(tensors)))


def entry(array):
    return {"shape": list(array.shape), "whole": array.dtype.kind == "i", "data": array.flatten().tolist()}


def main(folder, case):
    config, weights, inputs, outputs = CASES[case]()
    write(os.path.join(folder, "model.safetensors"), weights.tensors)
    with open(os.path.join(folder, "config.json"), "w") as file:
        json.dump(config, file)
    with open(os.path.join(folder, "numbers.json"), "w") as file:
        json.dump({"inputs": [entry(i) for i in inputs], "outputs": [entry(o) for o in outputs]}, file)
    print(" ".join(CASES))


if __name__ == "__main__":
    main(*sys.argv[1:])
