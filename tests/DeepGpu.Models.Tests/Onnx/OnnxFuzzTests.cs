using DeepGpu.Formats.Fuzzing;
using DeepGpu.Testing;

namespace DeepGpu.Models.Tests.Onnx;

/// <summary>Damaged files: each is described, or refused by a typed error.</summary>
public sealed class OnnxFuzzTests : OnnxFixture
{
    private const int Runs = 2_000;
    private const long MostAllocated = 64_000_000;

    [Fact]
    public void Damaged_files_are_described_or_refused_by_a_typed_error()
    {
        var path = Path.Combine(Folder, "damaged.onnx");
        var samples = OnnxSamples.All;
        var (described, refused) = (0, 0);
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            File.WriteAllBytes(path, Mutator.Mutate(samples[random.Next(samples.Count)], random));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                OnnxSamples.Use(path);
                described++;
            }
            catch (ModelFormatException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(MostAllocated, "seed {0}", seed);
        }

        (described, refused).Should().Match<(int Described, int Refused)>(counts => counts.Described > 50 && counts.Refused > 50);
    }
}
