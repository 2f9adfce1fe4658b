// Training steps of your own: a variational autoencoder and a GAN on digits.
// dotnet run -c Release --project samples/CustomTrainingStep [-- --epochs N] [--samples N] [--folder FOLDER]
using CustomTrainingStep;
using DeepGpu;

int Number(string name, int fallback) => Array.IndexOf(args, name) is >= 0 and var i ? int.Parse(args[i + 1]) : fallback;
AllocatorTuning.KeepLargeBlocks();
var (epochs, (train, test)) = (Number("--epochs", 5), Datasets.GeneratedDigits(Number("--samples", 4_000), testCount: 200));

using var vae = new Vae(seed: 1);
Console.WriteLine($"VAE: {vae.Encoder.Spec}; {vae.Decoder.Spec}");
foreach (var (epoch, batches) in Epochs())
    Console.WriteLine($"epoch {epoch}: loss {batches.Select(batch => vae.Train(batch.Inputs[0])).Average():0.00}");
var (digits, again) = (test.Input.Slice(0, 200), vae.Reconstruct(test.Input));
Console.WriteLine($"mean absolute error of what was drawn again: {Difference(digits, again):0.000}");

using var gan = new Gan(seed: 1);
foreach (var (epoch, batches) in Epochs())
{
    List<(double Discriminator, double Generator)> losses = [.. batches.Select(batch => gan.Train(batch.Inputs[0]))];
    Console.WriteLine($"epoch {epoch}: discriminator {losses.Average(loss => loss.Discriminator):0.000}, "
        + $"generator {losses.Average(loss => loss.Generator):0.000}");
}

Console.WriteLine("a digit that nobody wrote:");
Console.WriteLine(Sketch(gan.Generate(1)));

IEnumerable<(int Epoch, IEnumerable<Batch> Batches)> Epochs() => Enumerable.Range(1, epochs)
    .Select(epoch => (epoch, train.Shuffle(epoch).ToStream().Batches(epoch, batchSize: 64)));

static double Difference(NDArray a, NDArray b)
    => Enumerable.Range(0, (int)a.ElementCount).Average(i => Math.Abs(a.AsSpan<float>()[i] - b.AsSpan<float>()[i]));

static string Sketch(NDArray image) => string.Join('\n', Enumerable.Range(0, 14).Select(row => string.Concat(Enumerable.Range(0, 28)
    .Select(column => " .:-=+*#%@"[(int)(9.99f * Math
        .Max(image.AsSpan<float>()[row * 56 + column], image.AsSpan<float>()[row * 56 + 28 + column]))]))));
