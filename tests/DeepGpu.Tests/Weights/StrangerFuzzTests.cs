using DeepGpu.Models;
using DeepGpu.Testing;

namespace DeepGpu.Tests.Weights;

/// <summary>Descriptions of strangers' files, damaged: each is read, or refused by a typed error.</summary>
public sealed class StrangerFuzzTests
{
    private const int Runs = 60;

    [Fact]
    public void Damaged_descriptions_are_read_or_refused_by_a_typed_error()
    {
        var seconds = double.TryParse(Environment.GetEnvironmentVariable("DEEPGPU_FUZZ_SECONDS"), out var given) ? given : 0;
        var end = DateTime.UtcNow.AddSeconds(seconds);
        var (seed, loaded, refused) = (0, 0, 0);
        var descriptions = StrangerDescriptions.All(ReferenceData.Path("bugs")).ToList();
        do
        {
            foreach (var description in descriptions)
            {
                for (var run = 0; run < Runs; run++)
                {
                    var damaged = StrangerDescriptions.Damaged(description, new Random(++seed));
                    try
                    {
                        ModelSpec.FromJson(ModelSpec.FromJson(damaged).ToJson());
                        loaded++;
                    }
                    catch (ModelFormatException)
                    {
                        refused++;
                    }
                    catch (Exception e)
                    {
                        Assert.Fail($"seed {seed}: {e}\n{damaged}");
                    }
                }
            }
        }
        while (DateTime.UtcNow < end);
        TestContext.Current.TestOutputHelper?.WriteLine($"{loaded} read, {refused} refused");
        refused.Should().BePositive();
    }
}
