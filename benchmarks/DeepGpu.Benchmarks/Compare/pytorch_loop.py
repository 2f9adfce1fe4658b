"""PyTorch's eager loop on the networks of `compare`, in its own process: reads "fit" or "predict", answers with milliseconds a batch.

The data lies on the device and is shuffled by one permutation an epoch, which is faster than PyTorch's DataLoader.
Usage: pytorch_loop.py KIND SHAPE SAMPLES DEVICE, e.g. Cnn 28,28,1 1280 cuda
"""
import sys
import time

import torch
from torch import nn

BATCH, EPOCHS, UNITS, CLASSES, FILTERS = 64, 2, 64, 10, (16, 32, 64)


class Recurrent(nn.Module):
    def __init__(self, kind, features):
        super().__init__()
        self.layer = {"SimpleRnn": nn.RNN, "Lstm": nn.LSTM, "Gru": nn.GRU}[kind](features, UNITS, batch_first=True)
        self.head = nn.Linear(UNITS, 1)

    def forward(self, x):
        return self.head(self.layer(x)[0][:, -1])


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(64, 64, 3), nn.ReLU(),
        nn.Flatten(), nn.Linear(576, 64), nn.ReLU(), nn.Linear(64, CLASSES))


def transfer(shape):
    layers, channels, size = [], shape[2], shape[0]
    for filters in FILTERS:
        layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU(), nn.Conv2d(filters, filters, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        channels, size = filters, size // 2
    frozen = nn.Sequential(*layers).requires_grad_(False)
    return nn.Sequential(frozen, nn.Flatten(), nn.Linear(channels * size * size, 64), nn.ReLU(), nn.Linear(64, CLASSES))


def main():
    kind, shape, samples, device = sys.argv[1], [int(n) for n in sys.argv[2].split(",")], int(sys.argv[3]), sys.argv[4]
    is_image = len(shape) == 3
    inputs = torch.rand(samples, shape[2], shape[0], shape[1]) if is_image else torch.rand(samples, *shape)
    targets = torch.randint(CLASSES, (samples,)) if is_image else torch.rand(samples, 1)
    inputs, targets = inputs.to(device), targets.to(device)
    model = (cnn() if kind == "Cnn" else transfer(shape) if kind == "Transfer" else Recurrent(kind, shape[1])).to(device)
    loss = nn.CrossEntropyLoss() if is_image else nn.MSELoss()
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], fused=device == "cuda")

    def fit():
        model.train()
        total = torch.zeros((), device=device)
        for _ in range(EPOCHS):
            for indices in torch.randperm(samples, device=device).split(BATCH):
                optimizer.zero_grad(set_to_none=True)
                value = loss(model(inputs[indices]), targets[indices])
                value.backward()
                optimizer.step()
                total += value.detach()
        total.item()

    def predict():
        model.eval()
        with torch.no_grad():
            for _ in range(EPOCHS):
                torch.cat([model(batch) for batch in inputs.split(BATCH)]).cpu()

    print("ready", flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        fit() if line.strip() == "fit" else predict()
        print(1000 * (time.perf_counter() - start) * BATCH / (samples * EPOCHS), flush=True)


main()
