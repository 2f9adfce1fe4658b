using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepGpu.Benchmarks;

/// <summary>The networks as TorchSharp's modules; an output for class indices yields logits.</summary>
internal static class IdiomaticModels
{
    public static Module<Tensor, Tensor> Make(Network network) => network.Kind switch
    {
        NetworkKind.Cnn => Cnn(),
        NetworkKind.Transfer => Transfer(network),
        _ => new Recurrent(network),
    };

    private static Sequential Cnn() => Sequential(
        Conv2d(1, 32, 3), ReLU(), MaxPool2d(2),
        Conv2d(32, 64, 3), ReLU(), MaxPool2d(2),
        Conv2d(64, 64, 3), ReLU(),
        Flatten(), Linear(576, 64), ReLU(), Linear(64, Network.Classes));

    private static Sequential Transfer(Network network)
    {
        var (modules, channels, size) = (new List<Module<Tensor, Tensor>>(), network.Shape[2], network.Shape[0]);
        foreach (var filters in Network.TransferFilters)
        {
            modules.AddRange([Conv2d(channels, filters, 3, padding: 1), ReLU(),
                Conv2d(filters, filters, 3, padding: 1), ReLU(), MaxPool2d(2)]);
            (channels, size) = (filters, size / 2);
        }

        var frozen = Sequential(modules);
        foreach (var parameter in frozen.parameters()) parameter.requires_grad = false;
        return Sequential(frozen, Flatten(), Linear(channels * size * size, 64), ReLU(), Linear(64, Network.Classes));
    }

    private sealed class Recurrent : Module<Tensor, Tensor>
    {
        private readonly nn.Module _layer;
        private readonly Linear _head = Linear(Network.Units, 1);

        public Recurrent(Network network)
            : base(network.Name)
        {
            var features = network.Shape[1];
            _layer = network.Kind switch
            {
                NetworkKind.Lstm => LSTM(features, Network.Units, batchFirst: true),
                NetworkKind.Gru => GRU(features, Network.Units, batchFirst: true),
                _ => RNN(features, Network.Units, batchFirst: true),
            };
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _head.forward(Outputs(input).select(1, -1));

        private Tensor Outputs(Tensor input) => _layer switch
        {
            LSTM lstm => lstm.forward(input).Item1,
            GRU gru => gru.forward(input).Item1,
            RNN rnn => rnn.forward(input, null).Item1,
            _ => throw new InvalidOperationException(),
        };
    }
}
