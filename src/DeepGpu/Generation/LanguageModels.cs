using System.Runtime.CompilerServices;
using System.Text;
using DeepGpu.Generation;

namespace DeepGpu;

/// <summary>Language models going on with prompts. Like other reading calls of a <see cref="Model"/>, these run beside everything else:
/// each step sees the weights between two steps of training.</summary>
public static class LanguageModels
{
    /// <summary>Goes on with a prompt, word by word.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">The numbers of its words, at least one.</param>
    /// <param name="options">How; null for the likeliest word each time, 128 at most.</param>
    /// <param name="cancellationToken">Ends it after the word under way.</param>
    /// <returns>The numbers of the words that follow; the prompt and the word that stops are not among them.</returns>
    /// <exception cref="ModelStateException">The model is no language model: (batch, steps) numbers in, (batch, steps, words) logits
    /// out.</exception>
    /// <exception cref="DeepGpuArgumentException">A number is none of the model's words, or the model's positions end too soon.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<int> Generate(this Model model, IReadOnlyList<int> prompt, GenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return model.Generate([prompt], options, cancellationToken)[0];
    }

    /// <summary>Goes on with several prompts of any lengths at once; each as if it were alone.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">The numbers of each prompt's words, at least one each.</param>
    /// <param name="options">How; null for the likeliest word each time, 128 at most.</param>
    /// <param name="cancellationToken">Ends it after the words under way.</param>
    /// <returns>For each prompt the numbers of the words that follow.</returns>
    /// <inheritdoc cref="Generate(Model, IReadOnlyList{int}, GenerationOptions?, CancellationToken)" path="exception"/>
    public static IReadOnlyList<IReadOnlyList<int>> Generate(this Model model, IReadOnlyList<IReadOnlyList<int>> prompts,
        GenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using var generator = new TokenGenerator(model, prompts, options ?? new());
        while (!generator.IsDone) generator.Step(cancellationToken);
        return generator.Added;
    }

    /// <summary>Goes on with a text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">The model's own. The special tokens that stand before a text are put before the prompt.</param>
    /// <param name="prompt">The text.</param>
    /// <param name="options">How; null for the likeliest word each time, 128 at most.</param>
    /// <param name="cancellationToken">Ends it after the word under way.</param>
    /// <returns>The text that follows, up to the tokenizer's "eos_token", a word or a text that stops, or the most words.</returns>
    /// <inheritdoc cref="Generate(Model, IReadOnlyList{int}, GenerationOptions?, CancellationToken)" path="exception"/>
    public static string Generate(this Model model, Tokenizer tokenizer, string prompt, GenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var (numbers, text, own) = Begin(model, tokenizer, prompt, options ?? new());
        using var generator = new TokenGenerator(model, [numbers], own);
        var all = new StringBuilder();
        while (!generator.IsDone && !text.IsStopped)
        {
            foreach (var token in generator.Step(cancellationToken)) all.Append(text.Add(token.Token));
        }

        return all.Append(text.End()).ToString();
    }

    /// <summary>Goes on with a text and yields each piece of it once it is certain: letters are whole, and nothing of a text that stops
    /// is among them.</summary>
    /// <inheritdoc cref="Generate(Model, Tokenizer, string, GenerationOptions?, CancellationToken)" path="param"/>
    /// <inheritdoc cref="Generate(Model, IReadOnlyList{int}, GenerationOptions?, CancellationToken)" path="exception"/>
    public static async IAsyncEnumerable<string> GenerateAsync(this Model model, Tokenizer tokenizer, string prompt,
        GenerationOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (numbers, text, own) = Begin(model, tokenizer, prompt, options ?? new());
        await foreach (var number in model.GenerateAsync(numbers, own, cancellationToken).ConfigureAwait(false))
        {
            if (text.Add(number) is { Length: > 0 } piece) yield return piece;
            if (text.IsStopped) break;
        }

        if (text.End() is { Length: > 0 } rest) yield return rest;
    }

    /// <summary>Goes on with a prompt and yields each word once it is known. It is computed while the caller waits for it, on another
    /// thread.</summary>
    /// <inheritdoc cref="Generate(Model, IReadOnlyList{int}, GenerationOptions?, CancellationToken)" path="param"/>
    /// <inheritdoc cref="Generate(Model, IReadOnlyList{int}, GenerationOptions?, CancellationToken)" path="exception"/>
    public static async IAsyncEnumerable<int> GenerateAsync(this Model model, IReadOnlyList<int> prompt, GenerationOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        await foreach (var (_, token) in model.GenerateAsync([prompt], options, cancellationToken).ConfigureAwait(false))
            yield return token;
    }

    /// <summary>Goes on with several prompts and yields each word with its prompt's number once it is known.</summary>
    /// <inheritdoc cref="Generate(Model, IReadOnlyList{IReadOnlyList{int}}, GenerationOptions?, CancellationToken)" path="param"/>
    /// <inheritdoc cref="Generate(Model, IReadOnlyList{int}, GenerationOptions?, CancellationToken)" path="exception"/>
    public static async IAsyncEnumerable<GeneratedToken> GenerateAsync(this Model model, IReadOnlyList<IReadOnlyList<int>> prompts,
        GenerationOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var generator = new TokenGenerator(model, prompts, options ?? new());
        while (!generator.IsDone)
        {
            var tokens = await Task.Run(() => generator.Step(cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var token in tokens) yield return token;
        }
    }

    /// <summary>The prompt's numbers, the text after them, and the options with the tokenizer's own stop, if the model can yield
    /// it.</summary>
    private static (IReadOnlyList<int> Numbers, GeneratedText Text, GenerationOptions Options) Begin(Model model, Tokenizer tokenizer,
        string prompt, GenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(prompt);
        var numbers = tokenizer.EncodeStart(prompt);
        int? end = tokenizer.SpecialTokens.TryGetValue("eos_token", out var token) ? tokenizer.NumberOf(token) : null;
        return (numbers, new(tokenizer, numbers, options.StopTexts), options with
        {
            StopTokens = end < model.Spec.Outputs[0].Shape[^1] ? options.StopTokens.Add(end.Value) : options.StopTokens,
            StopTexts = [],
        });
    }
}
