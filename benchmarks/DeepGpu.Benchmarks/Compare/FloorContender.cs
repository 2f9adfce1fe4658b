using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepGpu.Benchmarks;

/// <summary>What cannot be saved: forward, backward and optimizer on one batch that lies ready,
/// with the kernels that this library uses and no loop around them.</summary>
internal sealed class FloorContender : IContender
{
    private readonly Network _network;
    private readonly FloorModel _model;
    private readonly FusedAdam _adam;
    private readonly Tensor _inputs;
    private readonly Tensor _targets;

    public FloorContender(Network network, Device device)
    {
        TorchRuntime.Start();
        var target = device == Device.Cpu ? CPU : CUDA;
        _network = network;
        long[] shape = [network.Samples, .. network.Shape.Select(length => (long)length)];
        _inputs = tensor(SampleData.Inputs(network)).reshape(shape).narrow(0, 0, Network.BatchSize).contiguous().to(target);
        var targets = network.IsImage ? tensor(SampleData.Classes(network)) : tensor(SampleData.Numbers(network)).unsqueeze(1);
        _targets = targets.narrow(0, 0, Network.BatchSize).contiguous().to(target);
        _model = new FloorModel(network, target);
        _adam = new FusedAdam(_model.Trained, target);
    }

    public void Fit()
    {
        for (var batch = 0; batch < _network.Batches * Network.Epochs; batch++) Step();
        Wait();
    }

    public void Predict()
    {
        using var noGradient = no_grad();
        for (var batch = 0; batch < _network.Batches * Network.Epochs; batch++)
        {
            using var scope = NewDisposeScope();
            _model.Forward(_inputs);
        }

        Wait();
    }

    public void Dispose()
    {
        _model.Dispose();
        _adam.Dispose();
        _inputs.Dispose();
        _targets.Dispose();
    }

    private void Step()
    {
        using var scope = NewDisposeScope();
        foreach (var parameter in _model.Trained) parameter.grad = null;
        var output = _model.Forward(_inputs);
        (_network.IsImage ? F.cross_entropy(output, _targets) : F.mse_loss(output, _targets)).backward();
        _adam.Step();
    }

    private void Wait()
    {
        if (_inputs.device_type == DeviceType.CUDA) cuda.synchronize();
    }
}
