// A network trained on ImageNet learns to tell your photos apart: its features are computed once, and only a small head is trained on them.
// dotnet run -c Release --project samples/TransferLearning -- --photos FOLDER [--weights FILE] [--epochs N] [--tune N] [--seed N]
// FOLDER has one folder of photos a class. FILE holds SqueezeNet 1.1's weights in torch's names; without it the published ones are fetched.
using System.Diagnostics;
using DeepGpu;
using DeepGpu.Models;

const int HeadLayers = 2, TunedLayers = 6;

AllocatorTuning.KeepLargeBlocks();
var data = Environment.GetEnvironmentVariable("DEEPGPU_DATA") is { Length: > 0 } root ? Path.Combine(root, "data") : null;
var photos = Option("--photos", data is null ? null : Path.Combine(data, "sign-language-digits"))
    ?? throw new ArgumentException("--photos names a folder with one folder of photos a class.");
var weights = Option("--weights", data is null ? null : Path.Combine(data, "weights", "squeezenet1_1", "squeezenet1_1.safetensors"));
var (epochs, tune, seed) = (int.Parse(Option("--epochs", "20")!), int.Parse(Option("--tune", "1")!), int.Parse(Option("--seed", "1")!));
var watch = Stopwatch.StartNew();

// Files of Caffe's SqueezeNet want blue, green, red; torchvision's own want ImageNet's mean and deviation.
var expects = (weights is null ? ImagePreprocessing.Torch : ImagePreprocessing.Caffe) with { Size = 128 };
var (train, test, classes) = ReadPhotos();
Console.WriteLine(
    $"{train.Count} photos to learn from and {test.Count} held back, {classes.Length} classes, read in {watch.Elapsed.TotalSeconds:f0} s");

ModelSpec squeezeNet = TorchVision.SqueezeNet11(new() { IncludeTop = false, InputShape = [expects.Size, expects.Size, 3] });
ModelSpec head = Sequential.Input(7, 7, 512)
    .Conv2D(64, 1, Activation.Relu).Flatten().Dropout(0.5).Dense(classes.Length, Activation.Softmax)
    .Build("head");

var pretrained = squeezeNet.From(weights is null ? InitialWeights.ImageNet : InitialWeights.File(weights)).Freeze();
Learn("trained on ImageNet", pretrained, tune);
Learn("drawn at random", squeezeNet.Freeze(), tune: 0);

// First the head alone: the frozen base runs once over the photos, and every epoch is over what it yielded.
void Learn(string what, ModelSpec frozen, int tune)
{
    using Model features = frozen.ToModel(Device.Best(), seed);
    var (cachedTrain, cachedTest) = (features.ExtractFeatures(train), features.ExtractFeatures(test));
    using Model classifier = head.ToModel(Device.Best(), seed);
    classifier.Compile(Optimizer.Adam(), Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
    classifier.Fit(cachedTrain, epochs);
    Report($"Head on features {what}", classifier.Evaluate(cachedTest)["accuracy"]);
    if (tune > 0) Report($"The base's last {TunedLayers} layers tuned too", Tune(frozen, features, classifier, tune));
}

// Then the base's last layers with it, ten times slower, on photos that are turned and shifted a little otherwise each epoch.
double Tune(ModelSpec frozen, Model features, Model classifier, int tune)
{
    using Model model = Sequential.Input(expects.Size, expects.Size, 3)
        .RandomRotation(0.02).RandomTranslation(0.05, 0.05)
        .Apply(frozen.From(null)).Apply(head)
        .Build().ToModel(Device.Best(), seed);
    model.CopyWeights(features, frozen.Name);
    model.CopyWeights(classifier, head.Name);
    model.Unfreeze(last: HeadLayers + TunedLayers);
    model.Compile(Optimizer.Adam(5e-4) with { LayerRates = [new(frozen.Name, 0.1)] },
        Loss.SparseCategoricalCrossentropy(), Metric.Accuracy());
    model.Fit(train, tune);
    return model.Evaluate(test)["accuracy"];
}

void Report(string what, double accuracy)
    => Console.WriteLine($"{what}: {accuracy:P1} of the held-back photos right, {watch.Elapsed.TotalSeconds:f0} s since the start");

(Dataset Train, Dataset Test, string[] Classes) ReadPhotos()
{
    string[] folders = [.. Directory.GetDirectories(photos).Order(StringComparer.Ordinal)];
    var files = folders.SelectMany((folder, label) =>
        Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select((path, i) => (Path: path, Label: label, IsTest: i % 5 == 0)))
        .ToLookup(file => file.IsTest);
    Dataset Read(bool isTest)
        => Dataset.FromArrays(expects.Read([.. files[isTest].Select(file => file.Path)]),
            NDArray.From<int>([.. files[isTest].Select(file => file.Label)], files[isTest].Count()));
    return (Read(isTest: false), Read(isTest: true), [.. folders.Select(folder => Path.GetFileName(folder)!)]);
}

string? Option(string name, string? fallback)
    => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : fallback;
