using DeepGpu.Models;
using DeepGpu.Visuals.Diagrams;
using Pictures;
using SkiaSharp;

namespace DeepGpu.Visuals.Tests.Diagrams;

/// <summary>Boxes lie beside or under one another, never over; arrows run from box to box, downwards, and through none.</summary>
public class DiagramLayoutTests
{
    private static readonly Dictionary<string, Func<ModelSpec>> Models = new()
    {
        ["chain"] = () => Sequential.Input(8, 8, 1).Conv2D(3, 3).Flatten().Dense(2).Build(),
        ["two inputs, nested and shared"] = ModelPictures.TwoPictures,
        ["a layer on its own output"] = OnItself,
        ["residual"] = () => Applications.Find("ResNet50").Build(),
        ["dense connections"] = () => Applications.Find("DenseNet121").Build(),
        ["four branches"] = () => Applications.Find("InceptionV3").Build(),
        ["nested in nested"] = NestedTwice,
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_box_lies_over_another(string name) => EachLayout(name, layout =>
    {
        var boxes = layout.Boxes.OrderBy(box => box.Y).ToList();
        for (var i = 0; i < boxes.Count; i++)
            for (var j = i + 1; j < boxes.Count && boxes[j].Y < boxes[i].Bottom; j++)
                SKRect.Inflate(boxes[i].Bounds, 2, 2).IntersectsWith(boxes[j].Bounds)
                    .Should().BeFalse($"{boxes[i].Lines[0]} and {boxes[j].Lines[0]} are apart");
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_call_has_a_box_and_every_input_of_it_an_arrow(string name)
    {
        var model = Models[name]();
        var layout = DiagramLayout.Of(model, expandsNested: true);
        layout.Boxes.Select(box => box.Node).Should().BeEquivalentTo(model.Nodes);
        layout.Arrows.Select(arrow => (arrow.Boxes[0].Node!, arrow.Boxes[^1].Node!)).Should().BeEquivalentTo(
            model.Nodes.SelectMany(node => node.Inputs.Select(input => input.Node).Distinct().Select(from => (from, node))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_arrow_ends_at_its_boxes_runs_down_and_crosses_no_other_box(string name) => EachLayout(name, layout =>
    {
        foreach (var arrow in layout.Arrows)
        {
            var (from, to, points) = (arrow.Boxes[0], arrow.Boxes[^1], arrow.Points);
            (points[0].X, points[0].Y).Should().Be((from.X, from.Bottom));
            (points[^1].X, points[^1].Y).Should().Be((to.X, to.Y));
            points.Zip(points.Skip(1)).Should().OnlyContain(step => step.Second.Y >= step.First.Y);
            foreach (var (upper, lower) in points.Zip(points.Skip(1)))
                foreach (var box in layout.Boxes.Where(box => box != from && box != to && box.Bottom > upper.Y && box.Y < lower.Y))
                    Math.Min(upper.X, lower.X).Should().Match(x => x > box.Bounds.Right || Math.Max(upper.X, lower.X) < box.Bounds.Left,
                        $"the arrow from {from.Lines[0]} to {to.Lines[0]} passes {box.Lines[0]}");
        }
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Everything_lies_inside_and_a_frame_holds_its_layers(string name) => EachLayout(name, layout =>
    {
        var all = new SKRect(0, 0, layout.Width, layout.Height);
        foreach (var box in layout.Boxes)
        {
            all.Contains(box.Bounds).Should().BeTrue($"{box.Lines[0]} is inside");
            box.Lines.Select((line, i) => DiagramDrawing.Measure(line, i == 0)).Should().OnlyContain(width => width <= box.Width - 19);
            if (box.Inner is { } inner) (inner.Width <= box.Width && box.InnerTop + inner.Height <= box.Bottom).Should().BeTrue();
        }
    });

    [Fact]
    public void A_shared_model_shows_its_layers_once()
        => DiagramLayout.Of(ModelPictures.TwoPictures(), expandsNested: true).Boxes.Count(box => box.Inner is not null).Should().Be(1);

    [Fact]
    public void Unexpanded_models_are_plain_boxes()
        => DiagramLayout.Of(ModelPictures.TwoPictures(), expandsNested: false).Boxes.Should().OnlyContain(box => box.Inner == null);

    [Fact]
    public void Names_are_text_and_never_markup()
    {
        var model = Sequential.Input(3).Dense(2, name: "a<b>&\"c\"").Build();
        Drawn.Texts(ModelDiagram.Of(model)).Should().Contain("a<b>&\"c\"");
    }

    private static void EachLayout(string name, Action<DiagramLayout> check)
    {
        var layouts = new Queue<DiagramLayout>([DiagramLayout.Of(Models[name](), expandsNested: true)]);
        while (layouts.TryDequeue(out var layout))
        {
            check(layout);
            foreach (var box in layout.Boxes) if (box.Inner is { } inner) layouts.Enqueue(inner);
        }
    }

    private static ModelSpec OnItself()
    {
        var (input, dense) = (Functional.Input(4), new Dense(4));
        return Functional.Model([input], [input.Apply(dense).Apply(dense).Add(input)]);
    }

    private static ModelSpec NestedTwice()
    {
        var inner = Sequential.Input(6).Dense(6).Build("inner");
        var middle = Functional.Input(6);
        var outer = Functional.Model([middle], [middle.Apply(new NestedModel(inner)).Add(middle)], "middle");
        var input = Functional.Input(6);
        return Functional.Model([input], [input.Dense(6).Apply(new NestedModel(outer)).Dense(1)]);
    }
}
