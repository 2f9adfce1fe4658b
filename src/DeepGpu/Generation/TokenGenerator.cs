using DeepGpu.Lowering;
using DeepGpu.Runtime;
using TorchSharp;

namespace DeepGpu.Generation;

/// <summary>Sequences that a model goes on with. They stand left in their rows: what is right of a shorter one no step of it
/// sees.</summary>
internal sealed class TokenGenerator : IDisposable
{
    /// <summary>Steps of a prompt that are run at once: their logits are held, one for each word.</summary>
    private const int Piece = 256;

    private readonly Model _model;
    private readonly GenerationOptions _options;
    private readonly LanguageModelCheck _check;
    private readonly List<int>[] _sequences;
    private readonly int[] _prompts;
    private readonly bool[] _isDone;
    private readonly TokenSampler[] _samplers;
    private KeyValueCache? _cache;
    private int _kept;

    public TokenGenerator(Model model, IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        _check = LanguageModelCheck.Of(model.Spec, prompts, options);
        (_model, _options) = (model, options);
        _sequences = [.. prompts.Select(prompt => prompt.ToList())];
        _prompts = [.. prompts.Select(prompt => prompt.Count)];
        _isDone = new bool[prompts.Count];
        var seed = options.Seed ?? Random.Shared.Next();
        _samplers = [.. prompts.Select((_, row) => new TokenSampler(options, seed, row))];
    }

    /// <summary>Whether every sequence has ended.</summary>
    public bool IsDone => _isDone.All(isDone => isDone);

    /// <summary>What was added to each prompt.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Added => [.. _sequences.Select((sequence, row) => sequence[_prompts[row]..])];

    private int Longest => _sequences.Max(sequence => sequence.Count);

    /// <summary>Adds a word to each sequence that has not ended.</summary>
    public IReadOnlyList<GeneratedToken> Step(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var logits = LastLogits(cancellationToken);
        List<GeneratedToken> added = [];
        for (var row = 0; row < _sequences.Length; row++)
        {
            if (!_isDone[row] && Add(row, logits.AsSpan(row * _check.Words, _check.Words)) is { } token) added.Add(new(row, token));
        }

        return added;
    }

    public void Dispose()
    {
        _cache?.Dispose();
        _cache = null;
    }

    /// <summary>The next word of a sequence; null where it is one that stops.</summary>
    private int? Add(int row, ReadOnlySpan<float> logits)
    {
        var token = _samplers[row].Next(logits);
        var isStop = _options.StopTokens.Contains(token);
        if (!isStop) _sequences[row].Add(token);
        _isDone[row] = isStop || _sequences[row].Count - _prompts[row] >= _check.MaxNewTokens;
        return isStop ? null : token;
    }

    /// <summary>The logits after the last word of each sequence, (sequences, words).</summary>
    private float[] LastLogits(CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var logits = _check.UsesCache ? Cached(cancellationToken) : Last(_model.Logits(Tokens(0, Longest), ForwardContext.Inference), 0);
        return TorchBorder.Run(nameof(LanguageModels.Generate),
            () => logits.to(torch.ScalarType.Float32).cpu().contiguous().data<float>().ToArray());
    }

    /// <summary>The same with what is kept of earlier steps; the first time, and where angles of earlier steps change, from the
    /// start.</summary>
    private torch.Tensor Cached(CancellationToken cancellationToken)
    {
        var isFresh = _cache is null || _check.AnglesChange(_kept, Longest);
        _kept = Longest;
        if (isFresh) return Read(cancellationToken);
        long[] places = [.. _sequences.Select(sequence => (long)sequence.Count - 1)];
        using var rows = torch.tensor(places).unsqueeze(1);
        using var tokens = torch.tensor([.. _sequences.Select(sequence => sequence[^1])], torch.ScalarType.Int32).unsqueeze(1);
        return Pass(tokens.to(Device), rows.to(Device), Longest).select(1, 0);
    }

    /// <summary>Reads the sequences from the start, piece by piece.</summary>
    private torch.Tensor Read(CancellationToken cancellationToken)
    {
        Dispose();
        _cache = new(_check.MostSteps);
        torch.Tensor? logits = null;
        for (var start = 0; start < Longest; start += Piece)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var end = Math.Min(start + Piece, Longest);
            var places = Arithmetic.Range(end, torch.ScalarType.Int64, Device).narrow(0, start, end - start).unsqueeze(0);
            var piece = Last(Pass(Tokens(start, end), places.expand(_sequences.Length, -1), end), start);
            var merged = logits is null ? piece : torch.where(EndsIn(start, end), piece, logits);
            logits = merged.MoveToOuterDisposeScope();
        }

        return logits!;
    }

    private torch.Tensor Pass(torch.Tensor tokens, torch.Tensor places, long length)
    {
        _cache!.Begin(places, length, Longest);
        return _model.Logits(tokens, ForwardContext.Generating(_cache));
    }

    private torch.Device Device => _model.Device.ToTorch();

    /// <summary>The words from one place to another, (sequences, steps); 0 right of shorter sequences.</summary>
    private torch.Tensor Tokens(int start, int end)
    {
        int[] words = [.. _sequences.SelectMany(sequence => Enumerable.Range(start, end - start)
            .Select(place => place < sequence.Count ? sequence[place] : 0))];
        return torch.tensor(words, [_sequences.Length, end - start], torch.ScalarType.Int32).to(Device);
    }

    /// <summary>Of (sequences, steps, words) the step of each sequence's last word, or the nearest there is: (sequences, words).</summary>
    private torch.Tensor Last(torch.Tensor logits, int start)
    {
        long[] places = [.. _sequences.Select(sequence => Math.Clamp(sequence.Count - 1L - start, 0, logits.shape[1] - 1))];
        var index = torch.tensor(places).to(Device).reshape(-1, 1, 1).expand(-1, 1, logits.shape[2]);
        return logits.gather(1, index).squeeze(1);
    }

    /// <summary>Which sequences' last words lie between two places, (sequences, 1).</summary>
    private torch.Tensor EndsIn(int start, int end)
    {
        bool[] isHere = [.. _sequences.Select(sequence => sequence.Count - 1 >= start && sequence.Count - 1 < end)];
        return torch.tensor(isHere).to(Device).unsqueeze(1);
    }
}
