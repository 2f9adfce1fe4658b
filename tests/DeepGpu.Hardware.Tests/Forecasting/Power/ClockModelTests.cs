using DeepGpu.Hardware.Forecasting;

namespace DeepGpu.Hardware.Tests.Forecasting;

public class ClockModelTests
{
    private const double Tdp = 200, Idle = 0.1, Busy = 0.8, Held = 0.5, Moving = 0.3;

    private static readonly CardLoad Computing = new(1, 0, 0) { Clocked = 1 };

    [Fact]
    public void The_clock_is_the_one_whose_draw_the_limit_allows()
    {
        // Without voltage to save, a step of computing alone draws idle + busy * clock, and takes 1 / clock as long.
        var model = Model(Computing, voltage: 1, kept: 1e-9);
        var (full, low) = ((Wanted(200) - Idle) / Busy, (Wanted(100) - Idle) / Busy);
        model.Slowdown(100).Should().BeApproximately(full / low, 1e-4);
        model.Watts(100).Should().BeApproximately(Tdp * Wanted(100), 1e-6);
    }

    [Fact]
    public void A_lower_voltage_saves_more_and_so_costs_less_time()
        => Model(Computing, voltage: 0.3, kept: 0.2).Slowdown(100)
            .Should().BeGreaterThan(1).And.BeLessThan(Model(Computing, voltage: 0.9, kept: 0.2).Slowdown(100));

    [Fact]
    public void What_no_clock_saves_makes_the_rest_slower()
        => Model(Computing, voltage: 0.5, kept: 0.4).Slowdown(120)
            .Should().BeGreaterThan(Model(Computing, voltage: 0.5, kept: 0.1).Slowdown(120));

    [Fact]
    public void Moving_data_slows_less_than_computing()
    {
        var moving = new CardLoad(1, 0, 0) { Clocked = 0.2 };
        Model(moving, voltage: 0.5, kept: 0.1).Slowdown(110)
            .Should().BeGreaterThan(1).And.BeLessThan(Model(Computing, voltage: 0.5, kept: 0.1).Slowdown(110));
    }

    [Fact]
    public void A_step_that_waits_for_the_host_has_time_for_a_slower_clock()
    {
        var waiting = new CardLoad(0.6, 0, 0) { Clocked = 1 };
        Model(waiting, voltage: 0.5, kept: 0.1).Slowdown(110)
            .Should().BeLessThan(Model(Computing, voltage: 0.5, kept: 0.1).Slowdown(110));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(1000)]
    public void A_limit_that_is_no_lower_costs_nothing(double limit)
        => Model(Computing, voltage: 0.5, kept: 0.3).Slowdown(limit).Should().Be(1);

    [Fact]
    public void A_limit_below_the_slowest_clock_is_not_held()
    {
        var model = Model(Computing, voltage: 0.9, kept: 0.5);
        model.CanHold(150).Should().BeTrue();
        model.CanHold(20).Should().BeFalse();
        model.Watts(20).Should().BeGreaterThan(20).And.Be(model.Watts(10));
        model.Slowdown(20).Should().Be(model.Slowdown(10));
    }

    [Fact]
    public void Memory_on_the_board_draws_more_when_idle()
    {
        var waiting = new CardLoad(0.01, 0, 0) { Clocked = 1 };
        Model(waiting, voltage: 0.5, kept: 0.3, stacked: false).Watts(Tdp)
            .Should().BeGreaterThan(1.5 * Model(waiting, voltage: 0.5, kept: 0.3).Watts(Tdp));
    }

    /// <summary>The draw as a share of the rated power: what is wanted, under what is held of the limit.</summary>
    private static double Wanted(double limit)
    {
        var (wanted, held) = (Idle + Busy, Held * 2 * Math.Min(limit, Tdp) / Tdp);
        return Math.Pow(Math.Pow(wanted, -8) + Math.Pow(held, -8), -1.0 / 8);
    }

    private static ClockModel Model(CardLoad load, double voltage, double kept, bool stacked = true)
    {
        var card = CardFigures.Of(GpuCatalog.Default.Find("Tesla V100 PCIe 16GB"))! with { Vector = 1e15, HasStackedMemory = stacked };
        var (power, clock) = ((double[])[.. PowerConstants.Table.Priors], (double[])[.. ClockConstants.Table.Priors]);
        Set(power, PowerConstants.Idle, Idle);
        Set(power, PowerConstants.Busy, Busy);
        Set(power, PowerConstants.Limit, 2 * Held);
        Set(power, PowerConstants.Duty, 1);
        Set(clock, ClockConstants.Voltage, voltage);
        Set(clock, ClockConstants.Fixed, kept);
        Set(clock, ClockConstants.Memory, Moving);
        Set(clock, ClockConstants.Board, 1.8);
        return new(load, Tdp, card, power, clock);
    }

    private static void Set(double[] values, Constant constant, double value) => values[constant.Place] = value;
}
