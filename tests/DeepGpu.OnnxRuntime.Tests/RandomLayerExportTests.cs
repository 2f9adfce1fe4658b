using DeepGpu.Export;
using DeepGpu.Models;
using DeepGpu.Testing.Numerics;
using Google.Protobuf;

namespace DeepGpu.OnnxRuntime.Tests;

/// <summary>Layers with drawn options, exported, against plain loops in double precision.</summary>
public class RandomLayerExportTests
{
    public static TheoryData<string> Kinds => [.. RandomCases.Kinds.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Random_options_compute_what_the_formula_says(string kind)
    {
        var layer = RandomCases.Kinds.Single(type => type.Name == kind);
        var cases = Enumerable.Range(0, 8).Select(i => RandomCases.Case(layer, seed: 3, i) with { Trains = false }).ToList();
        cases.Where(c => !IsRefused(c)).Select(c => NumericTrial.Failure(c, new Engine())).Where(failure => failure is not null).Should()
            .BeEmpty();
        foreach (var c in cases.Where(IsRefused))
            NumericTrial.Failure(c, new Engine()).Should().Contain("A model is written as ONNX where").And.Contain($"({layer.Name})");
    }

    /// <summary>State between calls, and images of a size that is not known when the file is written.</summary>
    private static bool IsRefused(NumericCase c)
    {
        var isOpen = c.OpenAxes.Any(axis => axis > 0 && axis < c.Inputs[0].Length
            && (c.Layer is not ImageLayer image || axis != (image.DataFormat == DataFormat.ChannelsFirst ? 1 : 3)));
        return c.Layer switch
        {
            SequenceLayer { Stateful: true } => true,
            CenterCrop or RandomCrop => isOpen,
            Resizing resizing => isOpen && (resizing.CropToAspectRatio || resizing.PadToAspectRatio || resizing.Antialias
                || resizing.Interpolation is Interpolation.Lanczos3 or Interpolation.Lanczos5),
            UpSampling2D { Interpolation: not (Interpolation.Nearest or Interpolation.Bilinear) } => isOpen,
            _ => false,
        };
    }

    private sealed class Engine : INumericEngine
    {
        public NumericResult Run(NumericCase c, CaseNumbers numbers, bool isTraining)
        {
            var symbols = c.Shapes.Select(shape => Functional.Input(new InputLayer(shape))).ToList();
            var spec = Functional.Model(symbols, symbols[0].ApplyAll(c.Layer, symbols.Skip(1)));
            var weights = spec.Layers.SelectMany(node => node.Weights.Select(weight => $"{node.Name}/{weight.Name}")).Zip(numbers.Weights)
                .ToDictionary(pair => pair.First, pair => Array(pair.Second.Values, [.. pair.Second.Spec.Shape]));
            var proto = OnnxExport.Build(spec, name => weights[name], OnnxOptions.Default, [.. numbers.Masks.Select(mask
                => mask is not null)]);
            using var predictor = OnnxPredictor.Load(proto.ToByteArray());
            var outputs = predictor.Predict([.. Inputs(c, numbers)], batchSize: int.MaxValue);
            return new([.. outputs.Select(Models.Values.ElementNumbers.Of)], [], [], [.. numbers.Weights.Select(weight => weight.Values)]);
        }

        private static IEnumerable<NDArray> Inputs(NumericCase c, CaseNumbers numbers)
        {
            for (var i = 0; i < c.Inputs.Length; i++)
            {
                yield return Array(numbers.Inputs[i], c.Inputs[i]);
                if (numbers.Masks[i] is { } mask)
                    yield return NDArray.From<bool>([.. mask.Cast<bool>()], mask.GetLength(0), mask.GetLength(1));
            }
        }

        private static NDArray Array(double[] numbers, int[] shape)
            => NDArray.From<float>(System.Array.ConvertAll(numbers, number => (float)number), shape);
    }
}
