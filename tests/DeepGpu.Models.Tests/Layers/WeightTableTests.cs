namespace DeepGpu.Models.Tests.Layers;

/// <summary>Which weights a layer has by its options: names, shapes and order as Keras 3's build() makes them.</summary>
public class WeightTableTests
{
    public static TheoryData<int, string> Rows
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (var i = 0; i < WeightTable.All.Count; i++) data.Add(i, WeightTable.All[i].Layer.ClassName);
            return data;
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void Weights_are_those_of_Keras_in_its_order(int index, string layer)
    {
        var row = WeightTable.All[index];
        var weights = row.Layer.Weights([.. row.Inputs.Select(input => new Shape(input.Prepend(null)))]);
        weights.Select(weight => $"{weight.Name} ({string.Join(", ", weight.Shape)}){(weight.Trainable ? "" : " fixed")}")
            .Should().Equal(row.Weights, layer);
    }

    [Fact]
    public void Every_class_of_layers_with_weights_has_a_row()
    {
        var withWeights = LayerCases.All.Where(c => c.Layer is not InputLayer && c.Layer.Weights(c.Inputs).Count > 0)
            .Select(c => c.Layer.GetType());
        withWeights.Except(WeightTable.All.Select(row => row.Layer.GetType())).Should().BeEmpty();
    }

    [Fact]
    public void Every_option_that_adds_or_removes_a_weight_has_a_row_of_either_value()
    {
        string[] options = ["UseBias", "Center", "Scale", "RmsScaling", "UseScale", "UseGate", "Renorm", "ResetAfter", "UnitForgetBias"];
        foreach (var layers in WeightTable.All.Select(row => row.Layer).GroupBy(layer => layer.GetType()))
        {
            foreach (var option in layers.Key.GetProperties()
                .Where(property => property.PropertyType == typeof(bool) && options.Contains(property.Name)
                    && !(layers.Key == typeof(EinsumDense))))
            {
                layers.Select(layer => (bool)option.GetValue(layer)!).Distinct()
                    .Should().HaveCount(2, $"{option.Name} of {layers.Key.Name}");
            }
        }
    }
}
