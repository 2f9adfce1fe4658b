using DeepGpu.Models;

namespace DeepGpu.Hardware.Tests.Forecasting;

public class BasisTests
{
    private static readonly ModelSpec Vgg = Applications.VGG16();

    private static readonly ModelSpec Lstm = Sequential.Input(null, 64).LSTM(256).Dense(10).Build();

    [Theory]
    [InlineData("GeForce RTX 2080 Ti", "on this card: ")]
    [InlineData("GeForce RTX 3080", "on its sisters: cards of its generation (Ampere), not on this one")]
    [InlineData("Radeon RX 6800 XT", "on none: no card of its generation (RDNA 2.0)")]
    public void A_forecast_says_where_its_kind_was_measured(string card, string words)
    {
        var forecast = GpuForecaster.Default.Forecast(Vgg.Training(16), GpuCatalog.Default.Find(card));
        forecast.Basis.Should().StartWith(words);
        forecast.ToString().Should().Contain($"measured   {words}");
        forecast.ToJson().Should().Contain(words);
    }

    [Theory]
    [InlineData("TITAN Xp", "on this card: single recurrent layers")]
    [InlineData("GeForce GTX 1070", "on its sisters: cards of its generation (Pascal), not on this one")]
    [InlineData("GeForce RTX 4090", "on none: no card of its generation (Ada Lovelace)")]
    public void Recurrent_layers_have_a_basis_of_their_own(string card, string words)
        => GpuForecaster.Default.Forecast(Lstm.Training(64, timeSteps: 50), GpuCatalog.Default.Find(card)).Basis.Should().Be(words);

    [Fact]
    public void Without_a_time_there_is_no_basis()
        => GpuForecaster.Default.Forecast(Vgg.Inference(8), GpuCatalog.Default.Find("3090") with
        {
            Name = "unknown",
            Float32Rate = null,
            BoostClock = null,
        }).Basis.Should().BeNull();
}
