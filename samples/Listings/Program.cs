// The five networks of docs/from-keras.md, described and trained.
// dotnet run -c Release --project samples/Listings [-- cnn|simple-rnn|lstm|gru|vgg16 ...]; without a name, all five.
// dotnet run -c Release --project samples/Listings -- readme: the example of the README; it downloads Fashion-MNIST.
// dotnet run -c Release --project samples/Listings -- describe: its first part.
using DeepGpu;
using Listings;

AllocatorTuning.KeepLargeBlocks();
if (args is ["readme" or "describe"])
{
    var cnn = ReadmeExample.Describe();
    if (args is ["describe"]) return;
    var (train, test) = Datasets.FashionMnist();
    ReadmeExample.Train(cnn, train, test);
    return;
}

foreach (var name in args.Length > 0 ? args : ["cnn", "simple-rnn", "lstm", "gru", "vgg16"])
{
    var (spec, history) = name switch
    {
        "cnn" => ConvolutionalNetwork.Train(Datasets.GeneratedDigits().Train),
        "simple-rnn" => SimpleRecurrence.Train(Examples.Sequences()),
        "lstm" => LongShortTermMemory.Train(Examples.Sequences()),
        "gru" => GatedRecurrence.Train(Examples.Sequences()),
        "vgg16" => FrozenVgg16.Train(Examples.Photos()),
        _ => throw new ArgumentException($"A listing is cnn, simple-rnn, lstm, gru or vgg16, but '{name}' was asked for."),
    };
    Console.WriteLine(spec.Summary());
    for (var epoch = 0; epoch < history.Epochs; epoch++)
        Console.WriteLine($"Epoch {epoch + 1}: loss {history["loss"][epoch]:F4}, accuracy {history["accuracy"][epoch]:P2}");
    Console.WriteLine();
}
