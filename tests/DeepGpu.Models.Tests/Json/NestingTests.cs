namespace DeepGpu.Models.Tests.Json;

/// <summary>RELIABILITY2 row 29: models inside one another, as deep as readers go; deeper ones are refused with the depth, not by the JSON
/// writer.</summary>
public class NestingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void As_deep_as_it_is_written_it_is_read_and_deeper_is_refused(bool isSequential)
    {
        var deepest = Enumerable.Range(1, 40).Last(depth => Writes(Nested(depth, isSequential)));
        deepest.Should().BeInRange(10, 39);
        ModelSpec.FromJson(Nested(deepest, isSequential).ToJson()).OutputShape.Should().Be(new Shape(null, 3));
        Enumerable.Range(1, deepest).Should().OnlyContain(depth => Writes(Nested(depth, isSequential)));
    }

    [Theory]
    [InlineData(41)]
    [InlineData(200)]
    public void Beyond_it_the_depth_is_told(int depth)
    {
        var refused = Nested(depth, isSequential: true).Invoking(spec => spec.ToJson()).Should().Throw<ModelFormatException>().Which.Fault;
        refused.Code.Should().Be("too_deep");
        refused.Rule.Should().Be("A description may nest 64 levels of JSON,");
        refused.Received.Should().StartWith($"but that of 'level{depth}', {depth} models inside one another, nests ");
    }

    private static bool Writes(ModelSpec spec)
    {
        try
        {
            return spec.ToJson().Length > 0;
        }
        catch (ModelFormatException)
        {
            return false;
        }
    }

    private static ModelSpec Nested(int depth, bool isSequential)
    {
        var spec = Built(Functional.Input(2), start => start.Dense(3), 1, isSequential);
        for (var level = 2; level <= depth; level++)
        {
            var inner = spec;
            spec = Built(Functional.Input(2), start => start.Apply(inner), level, isSequential);
        }

        return spec;
    }

    private static ModelSpec Built(SymbolicTensor start, Func<SymbolicTensor, SymbolicTensor> apply, int level, bool isSequential)
        => isSequential ? apply(start).Build($"level{level}") : Functional.Model([start], [apply(start)], $"level{level}");
}
