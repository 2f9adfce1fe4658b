"""Makes small random networks of pictures in the layout in which they are published, and computes their outputs with NumPy alone.

make_pictures.py FOLDER CASE: writes FOLDER/model.safetensors and FOLDER/numbers.json (inputs and outputs). Needs numpy. Follows the papers
(DDPM, arXiv:2006.11239; latent diffusion, 2112.10752; DCGAN, 1511.06434) and the published files' names and layouts; shares nothing with the
library. Pictures are (batch, channels, height, width) here, and (batch, height, width, channels) in numbers.json.
"""
import json
import math
import os
import sys

import numpy as np

from make_transformers import Weights, attention, erf, entry, write


def silu(x): return x / (1 + np.exp(-x))


class Network(Weights):
    def __init__(self, seed, epsilon):
        super().__init__(seed)
        self.epsilon, self.time = epsilon, None

    def linear(self, x, name, units, bias=True):
        self.draw(f"{name}.weight", units, x.shape[-1], scale=1 / math.sqrt(x.shape[-1]))
        return super().linear(x, name, units, bias)

    def conv(self, x, name, filters, pads=((1, 1), (1, 1)), stride=1, size=3, bias=True):
        kernel = self.draw(f"{name}.weight", filters, x.shape[1], size, size, scale=1 / math.sqrt(x.shape[1] * size * size))
        padded = np.pad(x, ((0, 0), (0, 0), *pads))
        height, width = ((n - size) // stride + 1 for n in padded.shape[2:])
        y = np.zeros((x.shape[0], filters, height, width))
        for i in range(size):
            for j in range(size):
                part = padded[:, :, i:i + stride * (height - 1) + 1:stride, j:j + stride * (width - 1) + 1:stride]
                y += np.einsum("bchw,oc->bohw", part, kernel[:, :, i, j])
        return y + self.draw(f"{name}.bias", filters)[:, None, None] if bias else y

    def point(self, x, name, filters): return self.conv(x, name, filters, ((0, 0), (0, 0)), size=1)

    def group_norm(self, x, name, epsilon=None, groups=32):
        b, c, h, w = x.shape
        parts = x.reshape(b, groups, -1)
        parts = (parts - parts.mean(-1, keepdims=True)) / np.sqrt(parts.var(-1, keepdims=True) + (epsilon or self.epsilon))
        gamma, beta = self.draw(f"{name}.weight", c, middle=1), self.draw(f"{name}.bias", c)
        return parts.reshape(x.shape) * gamma[:, None, None] + beta[:, None, None]

    def residual(self, x, p, filters):
        y = self.conv(silu(self.group_norm(x, f"{p}.norm1")), f"{p}.conv1", filters)
        if self.time is not None:
            y = y + self.linear(silu(self.time), f"{p}.time_emb_proj", filters)[:, :, None, None]
        y = self.conv(silu(self.group_norm(y, f"{p}.norm2")), f"{p}.conv2", filters)
        return y + (x if x.shape[1] == filters else self.point(x, f"{p}.conv_shortcut", filters))

    def attended(self, x, p):
        b, c, h, w = x.shape
        places = self.group_norm(x, f"{p}.group_norm").reshape(b, c, -1).transpose(0, 2, 1)
        q, k, v = (self.linear(places, f"{p}.to_{part}", c) for part in "qkv")
        return self.linear(attention(q, k, v, 1), f"{p}.to_out.0", c).transpose(0, 2, 1).reshape(x.shape) + x

    def transformer(self, x, p, heads, text):
        b, c, h, w = x.shape
        y = self.point(self.group_norm(x, f"{p}.norm", 1e-6), f"{p}.proj_in", c).reshape(b, c, -1).transpose(0, 2, 1)
        t = f"{p}.transformer_blocks.0"
        for norm, name, seen in (("norm1", "attn1", None), ("norm2", "attn2", text)):
            n = self.norm(y, f"{t}.{norm}", 1e-5)
            q, k, v = (self.linear(n if part == "q" or seen is None else seen, f"{t}.{name}.to_{part}", c, False) for part in "qkv")
            y = y + self.linear(attention(q, k, v, heads), f"{t}.{name}.to_out.0", c)
        hidden, gate = np.split(self.linear(self.norm(y, f"{t}.norm3", 1e-5), f"{t}.ff.net.0.proj", 8 * c), 2, -1)
        y = y + self.linear(hidden * 0.5 * gate * (1 + erf(gate / math.sqrt(2))), f"{t}.ff.net.2", c)
        return self.point(y.transpose(0, 2, 1).reshape(x.shape), f"{p}.proj_out", c) + x


def doubled(x): return x.repeat(2, 2).repeat(2, 3)


def unet(w, x, widths, attends, attend, pads):
    channels, kept = x.shape[1], [w.conv(x, "conv_in", widths[0])]
    for level, width in enumerate(widths):
        p = f"down_blocks.{level}"
        for i in range(2):
            y = w.residual(kept[-1], f"{p}.resnets.{i}", width)
            kept.append(attend(y, f"{p}.attentions.{i}") if level in attends else y)
        if level < 3:
            kept.append(w.conv(kept[-1], f"{p}.downsamplers.0.conv", width, pads, 2))
    x = w.residual(kept[-1], "mid_block.resnets.0", widths[3])
    x = w.residual(attend(x, "mid_block.attentions.0"), "mid_block.resnets.1", widths[3])
    for up, level in enumerate(reversed(range(4))):
        p = f"up_blocks.{up}"
        for i in range(3):
            x = w.residual(np.concatenate([x, kept.pop()], 1), f"{p}.resnets.{i}", widths[level])
            if level in attends:
                x = attend(x, f"{p}.attentions.{i}")
        if level > 0:
            x = w.conv(doubled(x), f"{p}.upsamplers.0.conv", widths[level])
    return w.conv(silu(w.group_norm(x, "conv_norm_out")), "conv_out", channels)


def timed(w, step, width, cosines_first, shift):
    angles = step * np.exp(-math.log(10000) * np.arange(width // 2) / (width // 2 - shift))
    waves = [np.cos(angles), np.sin(angles)] if cosines_first else [np.sin(angles), np.cos(angles)]
    w.time = w.linear(silu(w.linear(np.concatenate(waves, 1), "time_embedding.linear_1", 4 * width)), "time_embedding.linear_2", 4 * width)


def ddpm():
    w = Network(1, 1e-6)
    x, step = w.random.standard_normal((2, 1, 16, 16)).astype(np.float32), np.array([[7.0], [113.0]], np.float32)
    timed(w, step, 32, False, 1)
    return w, [x, step], unet(w, x, [32, 64, 64, 64], [1], w.attended, ((0, 1), (0, 1)))


def stable():
    w = Network(2, 1e-5)
    x, step = w.random.standard_normal((2, 4, 8, 8)).astype(np.float32), np.array([[81.0], [20.0]], np.float32)
    text = w.random.standard_normal((2, 3, 5)).astype(np.float32)
    timed(w, step, 32, True, 0)
    return w, [x, step, text], unet(w, x, [32, 64, 128, 128], [0, 1, 2], lambda y, p: w.transformer(y, p, 2, text), ((1, 1), (1, 1)))


def encoder():
    w = Network(3, 1e-6)
    x = w.random.standard_normal((1, 3, 16, 16)).astype(np.float32)
    y = w.conv(x, "encoder.conv_in", 128)
    for level, width in enumerate([128, 256, 512, 512]):
        p = f"encoder.down_blocks.{level}"
        for i in range(2):
            y = w.residual(y, f"{p}.resnets.{i}", width)
        if level < 3:
            y = w.conv(y, f"{p}.downsamplers.0.conv", width, ((0, 1), (0, 1)), 2)
    y = w.residual(y, "encoder.mid_block.resnets.0", 512)
    y = w.residual(w.attended(y, "encoder.mid_block.attentions.0"), "encoder.mid_block.resnets.1", 512)
    y = w.conv(silu(w.group_norm(y, "encoder.conv_norm_out")), "encoder.conv_out", 8)
    return w, [x], w.point(y, "quant_conv", 8)


def decoder():
    w = Network(4, 1e-6)
    z = w.random.standard_normal((1, 4, 1, 1)).astype(np.float32)
    y = w.conv(w.point(z, "post_quant_conv", 4), "decoder.conv_in", 512)
    y = w.residual(y, "decoder.mid_block.resnets.0", 512)
    y = w.residual(w.attended(y, "decoder.mid_block.attentions.0"), "decoder.mid_block.resnets.1", 512)
    for level, width in enumerate([512, 512, 256, 128]):
        p = f"decoder.up_blocks.{level}"
        for i in range(3):
            y = w.residual(y, f"{p}.resnets.{i}", width)
        if level < 3:
            y = w.conv(doubled(y), f"{p}.upsamplers.0.conv", width)
    return w, [z], w.conv(silu(w.group_norm(y, "decoder.conv_norm_out")), "decoder.conv_out", 3)


def batch_norm(w, x, name):
    c = x.shape[1]
    gamma, beta, mean = w.draw(f"{name}.weight", c, middle=1), w.draw(f"{name}.bias", c), w.draw(f"{name}.running_mean", c)
    variance = w.draw(f"{name}.running_var", c, middle=2)
    return (x - mean[:, None, None]) / np.sqrt(np.abs(variance[:, None, None]) + 1e-5) * gamma[:, None, None] + beta[:, None, None]


def transposed(w, x, name, filters, stride, cut):
    """A transposed convolution: every value spreads the kernel, (in, out, 4, 4), and the edges are cut."""
    kernel = w.draw(f"{name}.weight", x.shape[1], filters, 4, 4, scale=1 / math.sqrt(4 * x.shape[1]))
    b, _, h, v = x.shape
    y = np.zeros((b, filters, stride * (h - 1) + 4, stride * (v - 1) + 4))
    for i in range(h):
        for j in range(v):
            y[:, :, stride * i:stride * i + 4, stride * j:stride * j + 4] += np.einsum("bc,cohw->bohw", x[:, :, i, j], kernel)
    return y[:, :, cut:y.shape[2] - cut, cut:y.shape[3] - cut]


def generator():
    w, width = Network(5, 1e-5), 3
    noise = w.random.standard_normal((2, 7)).astype(np.float32)
    x = transposed(w, noise[:, :, None, None], "main.0", 8 * width, 1, 0)
    for layer in range(3):
        x = transposed(w, np.maximum(batch_norm(w, x, f"main.{3 * layer + 1}"), 0), f"main.{3 * layer + 3}", 4 * width >> layer, 2, 1)
    x = np.tanh(transposed(w, np.maximum(batch_norm(w, x, "main.10"), 0), "main.12", 2, 2, 1))
    return w, [noise], x


def discriminator():
    w, width = Network(6, 1e-5), 3
    x = w.random.standard_normal((2, 2, 64, 64)).astype(np.float32)
    leaky, around = (lambda y: np.where(y > 0, y, 0.2 * y)), ((1, 1), (1, 1))
    y = leaky(w.conv(x, "main.0", width, around, 2, 4, False))
    for layer in range(3):
        y = leaky(batch_norm(w, w.conv(y, f"main.{3 * layer + 2}", 2 * width << layer, around, 2, 4, False), f"main.{3 * layer + 3}"))
    return w, [x], 1 / (1 + np.exp(-w.conv(y, "main.11", 1, ((0, 0), (0, 0)), 1, 4, False).reshape(2, 1)))


CASES = {"ddpm": ddpm, "stable": stable, "encoder": encoder, "decoder": decoder, "generator": generator, "discriminator": discriminator}


def main(folder, case):
    weights, inputs, output = CASES[case]()
    for name in list(weights.tensors):
        if name.endswith("running_var"):
            weights.tensors[name] = np.abs(weights.tensors[name])
            weights.tensors[name.replace("running_var", "num_batches_tracked")] = np.array(3)
    write(os.path.join(folder, "model.safetensors"), weights.tensors)
    last = lambda x: x.transpose(0, 2, 3, 1) if x.ndim == 4 else x
    with open(os.path.join(folder, "numbers.json"), "w") as file:
        json.dump({"inputs": [entry(last(i)) for i in inputs], "outputs": [entry(last(output))]}, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
