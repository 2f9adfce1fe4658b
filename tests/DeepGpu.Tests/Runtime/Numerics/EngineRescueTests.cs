namespace DeepGpu.Tests.Runtime;

/// <summary>The order of remedies, on engines that are made up; what a real one does is shown by <see cref="WrongEngineTests"/>.</summary>
public class EngineRescueTests
{
    [Fact]
    public void An_engine_that_is_right_is_probed_once_and_left_alone()
    {
        var engine = new FakeEngine();
        var rescue = new EngineRescue(engine);
        rescue.Run(EngineComputations.Convolutions).Should().BeTrue();
        rescue.Run(EngineComputations.All).Should().BeTrue();
        rescue.Check.Should().BeEquivalentTo(new EngineCheck { Checked = EngineComputations.All });
        engine.Probed.Should().Equal(EngineComputations.Convolutions, EngineComputations.Recurrences);
        engine.Applied.Should().BeEmpty();
    }

    [Fact]
    public void A_repair_is_tried_first_and_kept_if_it_helps()
    {
        var engine = new FakeEngine { IsMisled = true, WrongUntil = EngineRemedy.CacheSizesRepaired };
        var rescue = new EngineRescue(engine);
        rescue.Run(EngineComputations.Convolutions).Should().BeTrue();
        engine.Applied.Should().Equal(EngineRemedy.CacheSizesRepaired);
        rescue.Check.Remedy.Should().Be(EngineRemedy.CacheSizesRepaired);
        rescue.Check.Wrong.Should().Equal(FakeEngine.Fault);
        rescue.Check.IsPredicted.Should().BeTrue();
    }

    [Fact]
    public void OneDnn_is_switched_off_where_a_repair_does_not_help_or_is_not_known()
    {
        var unrepaired = new FakeEngine { IsMisled = true, WrongUntil = EngineRemedy.OneDnnOff };
        new EngineRescue(unrepaired).Run(EngineComputations.All).Should().BeTrue();
        unrepaired.Applied.Should().Equal(EngineRemedy.CacheSizesRepaired, EngineRemedy.OneDnnOff);
        var unknown = new FakeEngine { WrongUntil = EngineRemedy.OneDnnOff };
        new EngineRescue(unknown).Run(EngineComputations.All).Should().BeTrue();
        unknown.Applied.Should().Equal(EngineRemedy.OneDnnOff);
    }

    [Fact]
    public void Older_instructions_are_chosen_before_the_first_use_where_nothing_else_is_offered()
    {
        var engine = new FakeEngine { IsMisled = true, HasSwitches = false, WrongUntil = EngineRemedy.OlderInstructions };
        new EngineRescue(engine).Run(EngineComputations.Convolutions).Should().BeTrue();
        engine.Applied.Should().Equal(EngineRemedy.OlderInstructions);
        engine.AppliedBeforeFirstProbe.Should().Be(1);
    }

    [Fact]
    public void A_fault_in_recurrences_alone_is_met_when_they_are_asked_for_and_everything_is_probed_again()
    {
        var engine = new FakeEngine { WrongUntil = EngineRemedy.OneDnnOff, WrongKind = EngineComputations.Recurrences };
        var rescue = new EngineRescue(engine);
        rescue.Run(EngineComputations.Convolutions).Should().BeTrue();
        rescue.Check.Remedy.Should().Be(EngineRemedy.None);
        rescue.Run(EngineComputations.Recurrences).Should().BeTrue();
        rescue.Check.Remedy.Should().Be(EngineRemedy.OneDnnOff);
        engine.Probed.Should().Equal(EngineComputations.Convolutions, EngineComputations.Recurrences, EngineComputations.All);
    }

    [Fact]
    public void An_engine_that_nothing_helps_is_refused_with_what_is_wrong_and_by_how_much()
    {
        var rescue = new EngineRescue(new FakeEngine { WrongUntil = (EngineRemedy)99 });
        rescue.Run(EngineComputations.Convolutions).Should().BeFalse();
        var fault = EngineFaults.Wrong(rescue.Check, rescue.Left);
        fault.Code.Should().Be("wrong_numbers");
        fault.ToString().Should()
            .Be("libtorch must compute right on this processor, but it does not (Conv1D 1 to 1 by 0.82), and no remedy helped. "
            + "Use another release of libtorch (LIBTORCH) or another kind of machine, or set ONEDNN_MAX_CPU_ISA=SSE41 "
                + "before the process starts; "
            + "'deepgpu doctor --numerics' shows which layers are concerned. TorchRuntimeOptions.Numerics = Trust starts it all the same.");
    }

    [Fact]
    public void The_verdict_of_an_earlier_process_is_taken_over_with_its_remedy_and_without_a_probe()
    {
        var engine = new FakeEngine { IsMisled = true, WrongUntil = EngineRemedy.CacheSizesRepaired };
        var rescue = new EngineRescue(engine);
        rescue.Adopt(new() { Checked = EngineComputations.All, Remedy = EngineRemedy.CacheSizesRepaired, IsFromCache = true })
            .Should().BeTrue();
        engine.Applied.Should().Equal(EngineRemedy.CacheSizesRepaired);
        engine.Probed.Should().BeEmpty();
        new EngineRescue(new FakeEngine()).Adopt(new() { Remedy = EngineRemedy.CacheSizesRepaired }).Should().BeFalse();
    }

    private sealed class FakeEngine : IEngine
    {
        public static readonly WrongComputation Fault = new("Conv1D 1 to 1", 0.82);

        public bool IsMisled { get; init; }

        public bool HasSwitches { get; init; } = true;

        /// <summary>The first remedy that makes it right.</summary>
        public EngineRemedy WrongUntil { get; init; }

        public EngineComputations WrongKind { get; init; } = EngineComputations.Convolutions;

        public List<EngineRemedy> Applied { get; } = [];

        public List<EngineComputations> Probed { get; } = [];

        public int AppliedBeforeFirstProbe { get; private set; }

        public bool Offers(EngineRemedy remedy) => remedy switch
        {
            EngineRemedy.CacheSizesRepaired => IsMisled && HasSwitches,
            EngineRemedy.OneDnnOff => HasSwitches,
            EngineRemedy.OlderInstructions => !HasSwitches,
            _ => true,
        };

        public void Apply(EngineRemedy remedy) => Applied.Add(remedy);

        public IReadOnlyList<WrongComputation> Probe(EngineComputations kinds)
        {
            if (Probed.Count == 0) AppliedBeforeFirstProbe = Applied.Count;
            Probed.Add(kinds);
            return kinds.HasFlag(WrongKind) && Applied.Append(EngineRemedy.None).Max() < WrongUntil ? [Fault] : [];
        }
    }
}
