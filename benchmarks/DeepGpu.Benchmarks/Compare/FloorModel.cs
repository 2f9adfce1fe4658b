using DeepGpu.Operations;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu.Benchmarks;

/// <summary>The networks as calls of torch's functions, one after another, in their fastest layout.</summary>
internal sealed class FloorModel : IDisposable
{
    private readonly Network _network;
    private readonly torch.Device _device;
    private readonly List<Tensor> _weights = [];
    private readonly Random _random = new(3);

    public FloorModel(Network network, torch.Device device)
    {
        (_network, _device) = (network, device);
        if (network.Kind == NetworkKind.Cnn) AddCnn();
        else if (network.Kind == NetworkKind.Transfer) AddTransfer();
        else AddRecurrent();
        Trained = [.. _weights.Where(weight => weight.requires_grad)];
    }

    public Tensor[] Trained { get; }

    public Tensor Forward(Tensor x) => _network.Kind switch
    {
        NetworkKind.Cnn => Cnn(x.permute(0, 3, 1, 2)),
        NetworkKind.Transfer => Transfer(x.permute(0, 3, 1, 2)),
        _ => F.linear(Last(x), _weights[^2], _weights[^1]),
    };

    public void Dispose()
    {
        foreach (var weight in _weights) weight.Dispose();
    }

    private Tensor Cnn(Tensor x)
    {
        x = F.max_pool2d(F.conv2d(x, _weights[0], _weights[1]).relu_(), 2);
        x = F.max_pool2d(F.conv2d(x, _weights[2], _weights[3]).relu_(), 2);
        return Head(F.conv2d(x, _weights[4], _weights[5]).relu_());
    }

    private Tensor Transfer(Tensor x)
    {
        for (var block = 0; block < Network.TransferFilters.Length; block++)
        {
            for (var i = 0; i < 2; i++)
                x = F.conv2d(x, _weights[4 * block + 2 * i], _weights[4 * block + 2 * i + 1], padding: [1, 1]).relu_();
            x = F.max_pool2d(x, 2);
        }

        return Head(x);
    }

    private Tensor Head(Tensor x)
    {
        var hidden = F.linear(x.permute(0, 2, 3, 1).flatten(1), _weights[^4], _weights[^3]).relu_();
        return F.linear(hidden, _weights[^2], _weights[^1]);
    }

    /// <summary>The state after the last step.</summary>
    private Tensor Last(Tensor x)
    {
        var kernel = _network.Kind switch
        {
            NetworkKind.Lstm => FusedKernel.Lstm,
            NetworkKind.Gru => FusedKernel.Gru,
            _ => FusedKernel.RnnTanh
        };
        var zero = zeros([x.shape[0], Network.Units], device: _device);
        return FusedRecurrence.Run(kernel, x, kernel == FusedKernel.Lstm ? [zero, zero] : [zero], [.. _weights[..^2]],
            new(All: false, IsTraining: is_grad_enabled())).Output;
    }

    private void AddCnn()
    {
        foreach (var (inputs, outputs) in ((int, int)[])[(1, 32), (32, 64), (64, 64)]) AddConvolution(inputs, outputs, isTrained: true);
        AddDense(576, 64);
        AddDense(64, Network.Classes);
    }

    private void AddTransfer()
    {
        var (channels, size) = (_network.Shape[2], _network.Shape[0]);
        foreach (var filters in Network.TransferFilters)
        {
            AddConvolution(channels, filters, isTrained: false);
            AddConvolution(filters, filters, isTrained: false);
            (channels, size) = (filters, size / 2);
        }

        AddDense(channels * size * size, 64);
        AddDense(64, Network.Classes);
    }

    private void AddRecurrent()
    {
        var gates = _network.Kind switch { NetworkKind.Lstm => 4, NetworkKind.Gru => 3, _ => 1 };
        AddDense(_network.Shape[1], gates * Network.Units);
        var bias = _weights[1];
        _weights.RemoveAt(1);
        Add([gates * Network.Units, Network.Units]);
        _weights.Add(bias);
        Add([gates * Network.Units]);
        AddDense(Network.Units, 1);
    }

    private void AddConvolution(int inputs, int outputs, bool isTrained)
    {
        Add([outputs, 3, 3, inputs], isTrained, kernel => kernel.permute(0, 3, 1, 2));
        Add([outputs], isTrained);
    }

    private void AddDense(int inputs, int outputs)
    {
        Add([outputs, inputs]);
        Add([outputs]);
    }

    private void Add(long[] shape, bool isTrained = true, Func<Tensor, Tensor>? arrange = null)
    {
        using var generator = new torch.Generator((ulong)_random.Next());
        var values = ((rand(shape, generator: generator) - 0.5) * 0.1).to(_device);
        _weights.Add((arrange is null ? values : arrange(values)).detach().requires_grad_(isTrained));
    }
}
