namespace DeepGpu.Hardware.Forecasting;

/// <summary>A workload as kernels: what each operation starts, with all counts that do not depend on a card.</summary>
internal sealed record StepWork
{
    private WorkKinds? _kinds;
    private WorkLoad? _load;

    public required Workload Workload { get; init; }

    /// <summary>The work of each operation, in the workload's order.</summary>
    public required IReadOnlyList<OperationWork> Operations { get; init; }

    /// <summary>Operations that the host starts going forward.</summary>
    public required int HostForward { get; init; }

    /// <summary>Operations whose backward pass the host starts.</summary>
    public required int HostBackward { get; init; }

    /// <summary>The same work as one operation, equal kernels counted: what adds up quickly.</summary>
    public StepWork Merged() => this with
    {
        _kinds = null,
        _load = null,
        Operations =
        [
            new OperationWork(
                Operations[0].Operation,
                [.. Operations.SelectMany(operation => operation.Products).GroupBy(kernel => kernel)
                    .Select(same => same.Key with { Count = same.Count() })],
                Operations.Sum(operation => operation.Elements),
                Operations.Sum(operation => operation.Passes)) { OtherFlops = Operations.Sum(operation => operation.OtherFlops) },
        ],
    };

    /// <summary>Work that differs, and how many operations do it.</summary>
    public IReadOnlyList<(OperationWork Work, int Count)> Distinct => (_kinds ??= WorkKinds.Of(Operations)).Distinct;

    /// <summary>For each operation the place of its work in <see cref="Distinct"/>.</summary>
    public IReadOnlyList<int> Kinds => (_kinds ??= WorkKinds.Of(Operations)).Places;

    /// <summary>What the step computes and moves, whatever the card.</summary>
    public WorkLoad Load => _load ??= WorkLoad.Of(this);

    /// <summary>The layers whose work is not stated.</summary>
    public required IReadOnlyList<string> UnknownLayers { get; init; }

    /// <summary>Whether there is attention.</summary>
    public required bool Attends { get; init; }

    public bool IsTraining => Workload.Task == WorkloadTask.Training;

    public static StepWork Of(Workload workload)
    {
        var training = workload.Task == WorkloadTask.Training;
        return new()
        {
            Workload = workload,
            Operations = [.. workload.Operations.Select(operation => OperationWork.Of(operation, training))],
            UnknownLayers = workload.UnknownLayers,
            Attends = workload.Operations.Any(operation => operation.Kind == OperationKind.Attention),
            HostForward = workload.Operations.Count(operation => operation.ForwardLaunches > 0),
            HostBackward = training
                ? workload.Operations.Count(operation => operation.HasBackward && operation.Kind != OperationKind.View)
                : 0,
        };
    }
}

/// <summary>What one operation starts.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Products">Its kernels that multiply.</param>
/// <param name="Elements">Elements that its element-wise passes move.</param>
/// <param name="Passes">The number of those passes.</param>
internal sealed record OperationWork(Operation Operation, IReadOnlyList<ProductKernel> Products, double Elements, int Passes)
{
    /// <summary>Operations without a product that libraries compute as one kernel: their FLOP at the efficiency
    /// of a dense product.</summary>
    public double OtherFlops { get; init; }

    public static OperationWork Of(Operation operation, bool isTraining)
    {
        IReadOnlyList<ProductKernel> products = [.. ProductKernel.Of(operation, isTraining)];
        var launches = operation.ForwardLaunches + (isTraining ? operation.BackwardLaunches : 0);
        var elements = operation.ForwardElements + (isTraining ? operation.BackwardElements : 0);
        var plain = operation.Product is null && operation.Recurrence is null;
        return new(operation, products, elements, elements > 0 ? Math.Max(1, launches - products.Count) : 0)
        {
            OtherFlops = plain ? operation.ForwardFlops + (isTraining ? operation.BackwardFlops : 0) : 0,
        };
    }
}

/// <summary>Which operations of a step do the same work.</summary>
/// <param name="Distinct">Work that differs, and how many operations do it.</param>
/// <param name="Places">For each operation the place of its work.</param>
internal sealed record WorkKinds(IReadOnlyList<(OperationWork Work, int Count)> Distinct, IReadOnlyList<int> Places)
{
    public static WorkKinds Of(IReadOnlyList<OperationWork> operations)
    {
        var found = new Dictionary<Operation, int>();
        List<(OperationWork Work, int Count)> distinct = [];
        var places = new int[operations.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var kind = operations[i].Operation with { Name = "", Inputs = [], Segment = null };
            if (!found.TryGetValue(kind, out places[i]))
            {
                found[kind] = places[i] = distinct.Count;
                distinct.Add((operations[i], 0));
            }

            distinct[places[i]] = (distinct[places[i]].Work, distinct[places[i]].Count + 1);
        }

        return new(distinct, places);
    }
}

/// <summary>What a step computes and moves.</summary>
/// <param name="Flops">Floating-point operations.</param>
/// <param name="Elements">Elements that pass the memory.</param>
internal sealed record WorkLoad(double Flops, double Elements)
{
    public static WorkLoad Of(StepWork work)
    {
        double flops = 0, elements = 0;
        foreach (var operation in work.Operations)
        {
            foreach (var kernel in operation.Products)
            {
                flops += kernel.Count * kernel.Flops;
                elements += kernel.Count * (kernel.Activations + kernel.Weights);
            }

            flops += operation.OtherFlops + Recurrent(operation.Operation, work.IsTraining);
            elements += operation.Elements;
        }

        return new(flops, elements);
    }

    private static double Recurrent(Operation operation, bool isTraining)
        => operation.Recurrence is null ? 0 : operation.ForwardFlops + (isTraining ? operation.BackwardFlops : 0);
}
