namespace DeepGpu.Formats.Tests;

/// <summary>Asserts typed refusals.</summary>
internal static class Refused
{
    /// <summary>The action is refused with a code; gives the refusal.</summary>
    public static ModelFormatException With(string code, Action action)
    {
        var refusal = FluentActions.Invoking(action).Should().Throw<ModelFormatException>().Which;
        refusal.Fault.Code.Should().Be(code, refusal.Message);
        return refusal;
    }

    /// <summary>The action is refused or succeeds; any other exception fails the test.</summary>
    public static bool OrLoaded(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (ModelFormatException)
        {
            return true;
        }
    }
}
