using System.Text.Json.Serialization;

namespace DeepGpu.Models.Json;

/// <summary>Reads and writes options without reflection; Keras's keys are the options' names in snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(ShapeConverter), typeof(ExtentConverter), typeof(MarginsConverter), typeof(AxesConverter),
        typeof(NumbersConverter), typeof(IntegersConverter),
        typeof(ActivationConverter), typeof(EnumConverter<Padding>), typeof(EnumConverter<DataFormat>),
        typeof(EnumConverter<Interpolation>), typeof(EnumConverter<FillMode>), typeof(EnumConverter<FlipMode>),
        typeof(EnumConverter<OutputMode>), typeof(FactorRangeConverter),
        typeof(EnumConverter<MergeMode>), typeof(EnumConverter<AttentionScore>), typeof(EnumConverter<FanMode>),
        typeof(EnumConverter<MatrixSide>), typeof(EnumConverter<RotaryScalingKind>), typeof(EnumConverter<ExpertScore>),
        typeof(EnumConverter<VarianceDistribution>), typeof(EnumConverter<DataType>), typeof(PrecisionPolicyConverter),
        typeof(QuantizationConverter),
        typeof(CategoryValueConverter), typeof(HashSaltConverter), typeof(SpectrumWindowConverter), typeof(EnumConverter<OovMethod>),
        typeof(EnumConverter<SpectrogramMode>), typeof(EnumConverter<SpectrogramScaling>),
        typeof(InitializerConverter), typeof(RegularizerConverter), typeof(ConstraintConverter), typeof(ConstantValueConverter),
        typeof(LayerConverter), typeof(SequenceLayerConverter), typeof(RecurrentCellConverter),
    ])]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
