using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepGpu.Benchmarks;

/// <summary>The loop that TorchSharp's own documentation and examples show: Dataset, DataLoader, modules,
/// optim.Adam, DisposeScope.</summary>
/// <remarks>https://github.com/dotnet/TorchSharp/wiki and https://github.com/dotnet/TorchSharpExamples (MNIST, sequence to sequence).
/// Predicting takes slices of one tensor, not the DataLoader: the faster of the two ways that are found there.</remarks>
internal sealed class IdiomaticContender : IContender
{
    private readonly torch.Device _device;
    private readonly Module<Tensor, Tensor> _model;
    private readonly Module<Tensor, Tensor, Tensor> _loss;
    private readonly optim.Optimizer _optimizer;
    private readonly SampleDataset _dataset;
    private readonly TorchSharp.Modules.DataLoader _loader;
    private readonly Tensor _inputs;

    public IdiomaticContender(Network network, Device device)
    {
        TorchRuntime.Start();
        _device = device == Device.Cpu ? CPU : CUDA;
        _dataset = new SampleDataset(network);
        _loader = torch.utils.data.DataLoader(_dataset, Network.BatchSize, shuffle: true, device: _device);
        _inputs = _dataset.Inputs.to(_device);
        _model = IdiomaticModels.Make(network).to(_device);
        _loss = network.IsImage ? CrossEntropyLoss() : MSELoss();
        _optimizer = optim.Adam(_model.parameters().Where(parameter => parameter.requires_grad));
    }

    public void Fit()
    {
        _model.train();
        for (var epoch = 0; epoch < Network.Epochs; epoch++) RunEpoch();
    }

    public void Predict()
    {
        _model.eval();
        for (var i = 0; i < Network.Epochs; i++) PredictAll();
    }

    public void Dispose()
    {
        _loader.Dispose();
        _optimizer.Dispose();
        _model.Dispose();
        _dataset.Dispose();
        _inputs.Dispose();
    }

    private void RunEpoch()
    {
        var total = 0f;
        foreach (var batch in _loader)
        {
            using var scope = NewDisposeScope();
            _optimizer.zero_grad();
            var prediction = _model.call(batch["data"]);
            var output = _loss.call(prediction, batch["label"]);
            output.backward();
            _optimizer.step();
            total += output.item<float>();
        }
    }

    private void PredictAll()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        cat(_inputs.split(Network.BatchSize).Select(batch => _model.call(batch)).ToArray()).cpu();
    }

    private sealed class SampleDataset : torch.utils.data.Dataset
    {
        private readonly Tensor _labels;

        public SampleDataset(Network network)
        {
            long[] shape = [.. network.Shape.Select(length => (long)length)];
            Inputs = network.IsImage
                ? tensor(SampleData.Inputs(network)).reshape([network.Samples, shape[2], shape[0], shape[1]])
                : tensor(SampleData.Inputs(network)).reshape([network.Samples, .. shape]);
            _labels = network.IsImage
                ? tensor(SampleData.Classes(network))
                : tensor(SampleData.Numbers(network)).reshape([network.Samples, 1]);
        }

        public Tensor Inputs { get; }

        public override long Count => Inputs.shape[0];

        public override Dictionary<string, Tensor> GetTensor(long index) => new() { ["data"] = Inputs[index], ["label"] = _labels[index] };

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                Inputs.Dispose();
                _labels.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
