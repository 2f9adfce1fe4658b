"""Reads .keras files and evaluates them with NumPy alone, to compare them with known outputs.

evaluate_keras.py EXPECTED.json FOLDER: for each entry of EXPECTED.json, FOLDER/NAME.keras must give its outputs.
Needs numpy and h5py. Follows the layouts and formulas of https://keras.io/api/; shares nothing with the library.
"""
import io
import json
import re
import sys
import zipfile

import h5py
import numpy as np

TOLERANCE = 2e-5


def snake(name):
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", name))
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def erf(x):
    return np.vectorize(__import__("math").erf)(x)


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


ACTIVATIONS = {
    "linear": lambda x: x, "relu": lambda x: np.maximum(x, 0), "relu6": lambda x: np.clip(x, 0, 6), "sigmoid": sigmoid, "tanh": np.tanh,
    "softmax": softmax, "softplus": lambda x: np.log1p(np.exp(x)), "softsign": lambda x: x / (1 + abs(x)), "exponential": np.exp,
    "elu": lambda x: np.where(x > 0, x, np.expm1(x)), "silu": lambda x: x * sigmoid(x), "swish": lambda x: x * sigmoid(x),
    "selu": lambda x: 1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(x)),
    "hard_sigmoid": lambda x: np.clip(x / 6 + 0.5, 0, 1), "leaky_relu": lambda x: np.where(x > 0, x, 0.2 * x),
    "gelu": lambda x: 0.5 * x * (1 + erf(x / np.sqrt(2))),
}


def activation(spec):
    if spec is None:
        return ACTIVATIONS["linear"]
    if isinstance(spec, str):
        return ACTIVATIONS[spec]
    config = spec.get("config")
    if isinstance(config, str):
        return ACTIVATIONS[config]
    return lambda x: LAYERS[spec["class_name"]](config, None, [x])


def many(value, rank):
    return [value] * rank if isinstance(value, int) else list(value)


def windows(length, kernel, stride, dilation, padding):
    """Where each output starts, and the padding before and behind."""
    span = (kernel - 1) * dilation + 1
    if padding == "same":
        count = -(-length // stride)
        total = max((count - 1) * stride + span - length, 0)
        return count, total // 2, total - total // 2
    if padding == "causal":
        return -(-length // stride), span - 1, 0
    return (length - span) // stride + 1, 0, 0


def positions(x, size, strides, dilation, padding, fill=0.0):
    """The input under each place of the window: yields (place, values)."""
    rank = len(size)
    plan = [windows(x.shape[1 + a], size[a], strides[a], dilation[a], padding) for a in range(rank)]
    x = np.pad(x, [(0, 0)] + [(before, behind) for _, before, behind in plan] + [(0, 0)], constant_values=fill)
    for place in np.ndindex(*size):
        cut = tuple(slice(p * d, p * d + (count - 1) * s + 1, s)
                    for p, d, s, (count, _, _) in zip(place, dilation, strides, plan))
        yield place, x[(slice(None),) + cut]


def last(config, x, back=False):
    """Channels first to last, or back."""
    if config.get("data_format") != "channels_first":
        return x
    return np.moveaxis(x, -1, 1) if back else np.moveaxis(x, 1, -1)


def convolution(rank):
    def run(c, w, inputs):
        x, (kernel, *bias) = last(c, inputs[0]), w.values()
        groups, out = c.get("groups", 1), 0
        for place, part in positions(x, many(c["kernel_size"], rank), many(c["strides"], rank), many(c["dilation_rate"], rank), c["padding"]):
            out = out + np.concatenate([p @ k for p, k in zip(np.split(part, groups, -1), np.split(kernel[place], groups, -1))], -1)
        return last(c, activation(c["activation"])(out + (bias[0] if bias else 0)), back=True)
    return run


def transposed(rank):
    def run(c, w, inputs):
        x, (kernel, *bias) = last(c, inputs[0]), w.values()
        size, strides = many(c["kernel_size"], rank), many(c["strides"], rank)
        lengths = x.shape[1:-1]
        full = np.zeros((x.shape[0],) + tuple((n - 1) * s + max(k, s) for n, k, s in zip(lengths, size, strides)) + (kernel.shape[-2],))
        for place in np.ndindex(*size):
            cut = tuple(slice(p, p + (n - 1) * s + 1, s) for p, n, s in zip(place, lengths, strides))
            full[(slice(None),) + cut] += x @ kernel[place].T
        if c["padding"] == "same":
            cut = tuple(slice(max(k - s, 0) // 2, max(k - s, 0) // 2 + n * s) for n, k, s in zip(lengths, size, strides))
            full = full[(slice(None),) + cut]
        return last(c, activation(c["activation"])(full + (bias[0] if bias else 0)), back=True)
    return run


def depthwise(x, kernel, c, rank):
    out = 0
    for place, part in positions(x, kernel.shape[:rank], many(c["strides"], rank), many(c["dilation_rate"], rank), c["padding"]):
        out = out + (part[..., None] * kernel[place]).reshape(part.shape[:-1] + (-1,))
    return out


def depthwise_layer(rank):
    return lambda c, w, inputs: last(c, activation(c["activation"])(
        depthwise(last(c, inputs[0]), w["0"], c, rank) + w.get("1", 0)), back=True)


def separable(rank):
    def run(c, w, inputs):
        out = depthwise(last(c, inputs[0]), w["0"], c, rank) @ w["1"].reshape(w["1"].shape[-2:])
        return last(c, activation(c["activation"])(out + w.get("2", 0)), back=True)
    return run


def pooling(rank, function, fill):
    def run(c, w, inputs):
        x = last(c, inputs[0])
        size, strides = many(c["pool_size"], rank), many(c["strides"] or c["pool_size"], rank)
        parts = [part for _, part in positions(x, size, strides, [1] * rank, c["padding"], fill)]
        return last(c, function(np.stack(parts), axis=0), back=True)
    return run


def over_space(function):
    def run(c, w, inputs):
        x = last(c, inputs[0])
        return function(x, axis=tuple(range(1, x.ndim - 1)), keepdims=bool(c.get("keepdims")))
    return run


def normalized(c, w, inputs):
    x = inputs[0]
    axis = c["axis"][0] if isinstance(c["axis"], list) else c["axis"]
    values = iter(w[str(i)] for i in range(len(w)))
    gamma = next(values) if c["scale"] else 1.0
    beta = next(values) if c["center"] else 0.0
    shape = [1] * x.ndim
    shape[axis] = -1
    lay = lambda v: np.reshape(v, shape) if np.ndim(v) else v
    mean, variance = lay(next(values)), lay(next(values))
    return (x - mean) / np.sqrt(variance + c["epsilon"]) * lay(gamma) + lay(beta)


def lstm(c, w):
    f, g = activation(c["activation"]), activation(c["recurrent_activation"])

    def step(x, state):
        h, memory = state
        i, forget, candidate, o = np.split(x @ w["0"] + h @ w["1"] + w.get("2", 0), 4, -1)
        memory = g(forget) * memory + g(i) * f(candidate)
        h = g(o) * f(memory)
        return h, (h, memory)
    return step, 2


def gru(c, w):
    f, g, units = activation(c["activation"]), activation(c["recurrent_activation"]), c["units"]
    bias = w.get("2", np.zeros((2, 3 * units)) if c["reset_after"] else np.zeros(3 * units))

    def step(x, state):
        h, = state
        given = x @ w["0"] + (bias[0] if c["reset_after"] else bias)
        if c["reset_after"]:
            kept = h @ w["1"] + bias[1]
            z, r = g(given[:, :units] + kept[:, :units]), g(given[:, units:2 * units] + kept[:, units:2 * units])
            candidate = f(given[:, 2 * units:] + r * kept[:, 2 * units:])
        else:
            kept = h @ w["1"][:, :2 * units]
            z, r = g(given[:, :units] + kept[:, :units]), g(given[:, units:2 * units] + kept[:, units:])
            candidate = f(given[:, 2 * units:] + (r * h) @ w["1"][:, 2 * units:])
        h = z * h + (1 - z) * candidate
        return h, (h,)
    return step, 1


def simple(c, w):
    def step(x, state):
        h = activation(c["activation"])(x @ w["0"] + state[0] @ w["1"] + w.get("2", 0))
        return h, (h,)
    return step, 1


CELLS = {"LSTM": lstm, "GRU": gru, "SimpleRNN": simple}


def recurrent(name):
    def run(c, w, inputs, mask=None):
        x = inputs[0]
        step, states = CELLS[name](c, w["cell"])
        state, outputs, out = tuple(np.zeros((x.shape[0], c["units"])) for _ in range(states)), [], np.zeros((x.shape[0], c["units"]))
        for t in range(x.shape[1])[::-1 if c.get("go_backwards") else 1]:
            new, following = step(x[:, t], state)
            keep = np.ones((x.shape[0], 1), bool) if mask is None else mask[:, t:t + 1]
            out = np.where(keep, new, out)
            state = tuple(np.where(keep, after, before) for after, before in zip(following, state))
            outputs.append(out)
        return np.stack(outputs, 1) if c["return_sequences"] else out
    return run


def both_ways(c, w, inputs):
    results = []
    for key in ("forward_layer", "backward_layer"):
        inner = c.get(key) or c["layer"]
        config = dict(inner["config"], go_backwards=key == "backward_layer")
        out = LAYERS[inner["class_name"]](config, w[key], inputs)
        results.append(out[:, ::-1] if key == "backward_layer" and config["return_sequences"] else out)
    return {"concat": lambda a, b: np.concatenate([a, b], -1), "sum": np.add, "mul": np.multiply,
            "ave": lambda a, b: (a + b) / 2}[c["merge_mode"]](*results)


def attention(c, w, inputs):
    query, value = inputs[0], inputs[1] if len(inputs) > 1 else inputs[0]
    key = inputs[2] if len(inputs) > 2 else value
    project = lambda x, part: np.einsum("btd,dhk->bthk", x, w[part]["0"]) + w[part].get("1", 0)
    q, k, v = project(query, "query_dense"), project(key, "key_dense"), project(value, "value_dense")
    scores = softmax(np.einsum("bthk,bshk->bhts", q, k) / np.sqrt(q.shape[-1]))
    return np.einsum("bthk,hkd->btd", np.einsum("bhts,bshk->bthk", scores, v), w["output_dense"]["0"]) + w["output_dense"].get("1", 0)


def dot(c, w, inputs):
    axes = c["axes"] if isinstance(c["axes"], list) else [c["axes"]] * 2
    return np.stack([np.tensordot(a, b, axes=(axes[0] - (axes[0] > 0), axes[1] - (axes[1] > 0))) for a, b in zip(*inputs)])


def relu(c, w, inputs):
    x, slope, threshold = inputs[0], c.get("negative_slope", 0.0), c.get("threshold", 0.0)
    out = np.where(x >= threshold, x, slope * (x - threshold))
    return out if c.get("max_value") is None else np.minimum(out, c["max_value"])


def nested(c, w, inputs):
    return Graph(c, w).run(inputs)


LAYERS = {
    "Dense": lambda c, w, i: activation(c["activation"])(i[0] @ w["0"] + w.get("1", 0)),
    "Activation": lambda c, w, i: activation(c["activation"])(i[0]), "Softmax": lambda c, w, i: softmax(i[0], c["axis"]), "ReLU": relu,
    "LeakyReLU": lambda c, w, i: np.where(i[0] >= 0, i[0], c["negative_slope"] * i[0]),
    "ELU": lambda c, w, i: np.where(i[0] > 0, i[0], c["alpha"] * np.expm1(i[0])),
    "Dropout": lambda c, w, i: i[0], "Flatten": lambda c, w, i: i[0].reshape(len(i[0]), -1), "Embedding": lambda c, w, i: w["0"][i[0].astype(int)],
    "Reshape": lambda c, w, i: i[0].reshape([len(i[0])] + list(c["target_shape"])),
    "Permute": lambda c, w, i: i[0].transpose([0] + list(c["dims"])), "RepeatVector": lambda c, w, i: np.repeat(i[0][:, None], c["n"], 1),
    "BatchNormalization": normalized, "MultiHeadAttention": attention, "Dot": dot, "Bidirectional": both_ways,
    "Add": lambda c, w, i: sum(i), "Subtract": lambda c, w, i: i[0] - i[1], "Multiply": lambda c, w, i: np.prod(np.broadcast_arrays(*i), axis=0),
    "Average": lambda c, w, i: sum(i) / len(i), "Maximum": lambda c, w, i: np.max(i, axis=0), "Minimum": lambda c, w, i: np.min(i, axis=0),
    "Concatenate": lambda c, w, i: np.concatenate(i, c["axis"]),
    **{f"Conv{r}D": convolution(r) for r in (1, 2, 3)}, **{f"Conv{r}DTranspose": transposed(r) for r in (1, 2, 3)},
    **{f"DepthwiseConv{r}D": depthwise_layer(r) for r in (1, 2)}, **{f"SeparableConv{r}D": separable(r) for r in (1, 2)},
    **{f"MaxPooling{r}D": pooling(r, np.max, -np.inf) for r in (1, 2, 3)}, **{f"AveragePooling{r}D": pooling(r, np.nanmean, np.nan) for r in (1, 2, 3)},
    **{f"GlobalMaxPooling{r}D": over_space(np.max) for r in (1, 2, 3)}, **{f"GlobalAveragePooling{r}D": over_space(np.mean) for r in (1, 2, 3)},
    **{name: recurrent(name) for name in CELLS}, "Sequential": nested, "Functional": nested,
}

OPERATIONS = {
    "Add": np.add, "Subtract": np.subtract, "Multiply": np.multiply, "TrueDivide": np.divide, "Divide": np.divide, "Absolute": np.abs,
    "Square": np.square, "Sqrt": np.sqrt, "Exp": np.exp, "Maximum": np.maximum, "Minimum": np.minimum, "Power": np.power,
    "Mean": lambda x, axis=None, keepdims=False: np.mean(x, axis=as_axes(axis), keepdims=keepdims),
    "Sum": lambda x, axis=None, keepdims=False: np.sum(x, axis=as_axes(axis), keepdims=keepdims),
    "Max": lambda x, axis=None, keepdims=False, initial=None: np.max(x, axis=as_axes(axis), keepdims=keepdims),
    "Reshape": lambda x, newshape: np.reshape(x, [len(x) if i == 0 else n for i, n in enumerate(newshape)]),
    "Softmax": softmax, "Transpose": lambda x, axes: np.transpose(x, axes), "GetItem": lambda x, key: x[tuple(key) if isinstance(key, list) else key],
}


def as_axes(axis):
    return tuple(axis) if isinstance(axis, list) else axis


class Graph:
    """A Sequential or Functional model: its layers with the groups of their variables, as Keras 3 names those."""

    def __init__(self, config, groups):
        self.config, self.layers, used = config, [], {}
        for layer in config["layers"]:
            if "input_layers" not in config and layer["class_name"] == "InputLayer":
                continue
            key = snake(layer["class_name"])
            used[key] = used.get(key, -1) + 1
            group = groups.get("layers", {}).get(f"{key}_{used[key]}" if used[key] else key, {})
            self.layers.append((layer, group))

    def run(self, inputs):
        return self.run_graph(inputs) if "input_layers" in self.config else self.run_chain(inputs)

    def run_chain(self, inputs):
        x, mask = inputs[0], None
        for layer, group in self.layers:
            x, mask = call(layer, group, [x], mask)
        return x

    def run_graph(self, inputs):
        values = {}
        for (name, *_), value in zip(references(self.config["input_layers"]), inputs):
            values[name, 0] = value
        waiting = [(layer, group, number, node) for layer, group in self.layers for number, node in enumerate(layer.get("inbound_nodes", []))]
        while waiting:
            ready = [item for item in waiting if all(history in values for history in histories(item[3]))]
            assert ready, "the graph waits for itself"
            for item in ready:
                layer, group, number, node = item
                values[layer["name"], number] = self.call_node(layer, group, node, values)
                waiting.remove(item)
        models = {layer["name"] for layer, _ in self.layers if layer["class_name"] == "Functional"}
        # A Functional model has a call of its own, which Keras counts in the list of outputs.
        outputs = [values[name, call - (name in models)] for name, call, _ in references(self.config["output_layers"])]
        return outputs if len(outputs) > 1 else outputs[0]

    @staticmethod
    def call_node(layer, group, node, values):
        args = resolved(node["args"], values)
        if "keras.src.ops" in layer.get("module", ""):
            options = {key: value for key, value in layer["config"].items() if key not in ("name", "dtype", "trainable")}
            return OPERATIONS[layer["class_name"]](*args, **options, **resolved(node.get("kwargs", {}), values))
        inputs = args[0] if len(args) == 1 and isinstance(args[0], list) else args
        extra = [value for key, value in resolved(node.get("kwargs", {}), values).items() if isinstance(value, np.ndarray)]
        return call(layer, group, inputs + extra, None)[0]


def call(layer, group, inputs, mask):
    kind, config = layer["class_name"], layer["config"]
    if kind == "Embedding" and config.get("mask_zero"):
        return LAYERS[kind](config, group, inputs), inputs[0] != 0
    if kind in CELLS:
        out = LAYERS[kind](config, group, inputs, mask)
        return out, mask if config["return_sequences"] else None
    return LAYERS[kind](config, group, inputs), mask


def references(node):
    if isinstance(node, dict):
        return [r for value in node.values() for r in references(value)]
    return [node] if isinstance(node[0], str) else [r for item in node for r in references(item)]


def histories(node):
    if isinstance(node, dict):
        if node.get("class_name") == "__keras_tensor__":
            return [tuple(node["config"]["keras_history"][:2])]
        return [h for value in node.values() for h in histories(value)]
    return [h for item in node for h in histories(item)] if isinstance(node, list) else []


def resolved(node, values):
    if isinstance(node, dict):
        kind = node.get("class_name")
        if kind == "__keras_tensor__":
            return values[tuple(node["config"]["keras_history"][:2])]
        if kind == "__slice__":
            return slice(node["config"]["start"], node["config"]["stop"], node["config"]["step"])
        if kind in ("__numpy__", "__tensor__"):
            return np.array(node["config"]["value"], node["config"]["dtype"])
        return {key: resolved(value, values) for key, value in node.items()}
    return [resolved(item, values) for item in node] if isinstance(node, list) else node


def variables(group):
    """The groups as dictionaries; "vars" is left out of the paths."""
    tree = {}
    for name, item in group.items():
        if isinstance(item, h5py.Dataset):
            tree[name] = item[()].astype(float)
        elif name == "vars":
            tree.update(variables(item))
        else:
            tree[name] = variables(item)
    return tree


def evaluate(path, inputs):
    with zipfile.ZipFile(path) as archive:
        model = json.loads(archive.read("config.json"))
        with h5py.File(io.BytesIO(archive.read("model.weights.h5")), "r") as file:
            groups = variables(file)
    outputs = Graph(model["config"], groups).run(inputs)
    return outputs if isinstance(outputs, list) else [outputs]


def array(entry):
    return np.array(entry["data"], float).reshape(entry["shape"])


def main(expected, folder):
    with open(expected) as file:
        entries = json.load(file)
    failed = 0
    for name, entry in entries.items():
        try:
            outputs = evaluate(f"{folder}/{name}.keras", [array(i) for i in entry["inputs"]])
            wanted = [array(o) for o in entry["outputs"]]
            assert [o.shape for o in outputs] == [o.shape for o in wanted], f"shapes {[o.shape for o in outputs]}"
            off = max(np.abs(a - b).max() / max(1, np.abs(b).max()) for a, b in zip(outputs, wanted))
            assert off < TOLERANCE, f"off by {off}"
            print(f"ok {name} {off:.1e}")
        except Exception as error:  # each file is told
            failed += 1
            print(f"FAILED {name}: {type(error).__name__} {error}")
    print(f"{len(entries) - failed} of {len(entries)} agree")
    return failed


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:]) else 0)
