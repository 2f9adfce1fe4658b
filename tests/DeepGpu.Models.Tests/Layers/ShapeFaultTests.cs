namespace DeepGpu.Models.Tests.Layers;

/// <summary>Every reason for which a layer refuses a shape, in the three parts a reader gets.</summary>
public class ShapeFaultTests
{
    private static readonly SymbolicTensor Flat = Sequential.Input(4);
    private static readonly SymbolicTensor Series = Sequential.Input(6, 3);
    private static readonly SymbolicTensor Latents = Sequential.Input(6, 18);
    private static readonly SymbolicTensor Image = Sequential.Input(8, 8, 3);

    public static TheoryData<string, SymbolicTensor> Faults => new()
    {
        { "Conv2D 'conv2d' after 'input_layer' needs an input of 4 axes (batch, height, width, channels) but receives (batch, 4). Give the "
            + "model an input of shape (height, width, channels), or add .Reshape(...) before the layer.", Flat.Conv2D(8, 3) },
        { "Conv1D 'conv1d' after 'input_layer' needs an input of 3 axes (batch, steps, channels) but receives (batch, 4). Give the model "
            + "an input of shape (steps, channels), or add .Reshape(...) before the layer.", Flat.Conv1D(8, 3) },
        { "MaxPooling3D 'max_pooling3d' after 'input_layer' needs an input of 5 axes (batch, depth, height, width, channels) but receives "
            + "(batch, 8, 8, 3). Give the model an input of shape (depth, height, width, channels), or *", Image.MaxPooling3D() },
        { "GlobalMaxPooling2D 'global_max_pooling2d' after 'input_layer' needs an input of 4 axes (batch, channels, height, width) but *",
            Series.Apply(new GlobalMaxPooling2D { DataFormat = DataFormat.ChannelsFirst }) },
        { "Conv2D 'conv2d' after 'input_layer' needs at least 9 positions along each spatial axis, "
            + "for its output would have 0 along one but receives (batch, 8, 8, 3). Use a smaller window or padding 'same', or fewer "
            + "poolings before it.", Image.Conv2D(8, 5, dilationRate: 2) },
        { "Conv2D 'conv2d' after 'input_layer' needs channels and filters that 2 groups divide but receives (batch, 8, 8, 3). Use a number "
            + "of groups that divides 3 channels and 4 filters.", Image.Conv2D(4, 3, groups: 2) },
        { "Conv2D 'conv2d' after 'input_layer' needs an input whose channels are known but receives (batch, 8, 8, any). Give the model's "
            + "input a full shape.", Sequential.Input(8, 8, null).Conv2D(4, 3) },
        { "Conv2DTranspose 'conv2d_transpose' after 'input_layer' needs an output padding below its strides 2x2, not 2x2 but receives "
            + "(batch, 8, 8, 3). Use a smaller output padding.", Image.Conv2DTranspose(4, 3, strides: 2, outputPadding: 2) },
        { "Dense 'dense' after 'input_layer' needs an input whose last axis is known but receives (batch, any). Give the model's input a "
            + "full shape.", Sequential.Input((int?)null).Dense(3) },
        { "Dense 'dense' after 'input_layer' needs an even last axis for 'glu', not 3 but receives (batch, 4). Give it an even number "
            + "of features.", Flat.Dense(3, Activation.Glu) },
        { "EinsumDense 'einsum_dense' after 'input_layer' needs an input of 3 axes for 'abc,cd->abd' but receives (batch, 4). Change the "
            + "equation, or reshape the input.", Flat.EinsumDense("abc,cd->abd", [null, 6]) },
        { "EinsumDense 'einsum_dense' after 'input_layer' needs a known length for axis 'd' of its equation but receives (batch, 4). Give "
            + "the model's input a full shape, or state it in the layer's output shape.", Flat.EinsumDense("ab,bd->ad", [null]) },
        { "Softmax 'softmax' after 'input_layer' needs an input that has axis 5 but receives (batch, 4). Name an axis the input has; "
            + "negative numbers count from the end.", Flat.Softmax(5) },
        { "PReLU 'p_re_lu' after 'input_layer' needs a known length on axis 1 but receives (batch, time, 3). Give the model's input a full "
            + "shape, or share alpha along that axis.", Sequential.Input(null, 3).PReLU() },
        { "PReLU 'p_re_lu' after 'input_layer' needs an input that has axis 3 to share alpha along but receives (batch, 6, 3). Share axes "
            + "from 1, which follows the batch.", Series.PReLU(sharedAxes: [3]) },
        { "BatchNormalization 'batch_normalization' after 'input_layer' needs a known length on axis 1 but receives (batch, time, 3). Give "
            + "the model's input a full shape.", Sequential.Input(null, 3).BatchNormalization(axis: 1) },
        { "LayerNormalization 'layer_normalization' after 'input_layer' needs a known length on axis 1 but *",
            Sequential.Input(null, 3).LayerNormalization(1) },
        { "RMSNormalization 'rms_normalization' after 'input_layer' needs a known length on axis 1 but *",
            Sequential.Input(null, 3).RMSNormalization(1) },
        { "GroupNormalization 'group_normalization' after 'input_layer' needs a number of channels that 2 groups divide but receives "
            + "(batch, 6, 3). Use a number of groups that divides 3.", Series.GroupNormalization(2) },
        { "LayerScale 'layer_scale' after 'input_layer' needs an input whose channels are known but receives (batch, any). Give the "
            + "model's input a full shape.", Sequential.Input((int?)null).LayerScale() },
        { "Normalization 'normalization' after 'input_layer' needs both a mean and a variance, or neither but receives (batch, 4). Give "
            + "both, or leave both to be learned.", Flat.Apply(new Normalization { Mean = [1] }) },
        { "Normalization 'normalization' after 'input_layer' needs one mean and one variance, or 4 of each but receives (batch, 4). Give a "
            + "number for each position of the axis.", Flat.Apply(new Normalization { Mean = [1, 2], Variance = [1] }) },
        { "Rescaling 'rescaling' after 'input_layer' needs 3 channels, one for each number of its scale and offset but receives (batch, "
            + "4). Give one number, or one a channel.", Flat.Apply(new Rescaling([1, 2, 3])) },
        { "Dropout 'dropout' after 'input_layer' needs an input that its noise "
            + "shape (null, 5) broadcasts to but receives (batch, 4). Give the noise shape an entry for each axis: null, 1 or the "
            + "input's length.", Flat.Apply(new Dropout(0.5) { NoiseShape = [null, 5] }) },
        { "Cropping2D 'cropping2d' after 'input_layer' needs more than 8 positions along axis 1 but receives (batch, 8, 8, 3). Cut less.",
            Image.Cropping2D(4) },
        { "Permute 'permute' after 'input_layer' needs an input of 2 axes but receives (batch, 6, 3). Name every axis but the batch once.",
            Series.Permute(1) },
        { "RepeatVector 'repeat_vector' after 'input_layer' needs an input of 2 axes (batch, features) but receives (batch, 6, 3). Add "
            + ".Flatten() before it.", Series.RepeatVector(2) },
        { "Reshape 'reshape' after 'input_layer' needs 20 elements a sample for the shape (4, 5) but receives (batch, 6, 3). Make the "
            + "products of both shapes equal.", Series.Reshape(4, 5) },
        { "Reshape 'reshape' after 'input_layer' needs 4 elements a sample or a multiple of it for the shape (-1, 4) but receives "
            + "(batch, 6, 3). *", Series.Reshape(-1, 4) },
        { "Flatten 'flatten' after 'input_layer' needs fewer elements: their number is beyond what a tensor can hold but receives (batch, "
            + "2147483647, 2147483647). Make the layers before it smaller.", Sequential.Input(int.MaxValue, int.MaxValue).Flatten() },
        { "UpSampling1D 'up_sampling1d' after 'input_layer' needs fewer elements: *", Sequential.Input(int.MaxValue, 2).UpSampling1D(2) },
        { "LSTM 'lstm' after 'input_layer' needs fewer elements: *", Series.LSTM(int.MaxValue) },
        { "LSTM 'lstm' after 'input_layer' needs an input of 3 axes (batch, time, features) but receives (batch, 4). Give the model an "
            + "input of shape (time, features), or add an Embedding or Reshape before it.", Flat.LSTM(3) },
        { "LSTM 'lstm' after 'input_layer' needs steps of 2 axes (batch, features), the features known but receives (batch, 6, any). Give "
            + "the model an input of shape (time, features), the features a number.", Sequential.Input(6, null).LSTM(3) },
        { "GRU 'gru' after 'input_layer' and 'input_layer' and 'input_layer' needs a sequence, and no or 1 initial states but receives "
            + "(batch, 6, 3) and (batch, 6, 3) and (batch, 6, 3). Pass all states after the "
            + "sequence, or none.", Series.Apply(new GRU(3), Series, Series) },
        { "GRU 'gru' after 'input_layer' and 'input_layer' needs a state of shape (batch, 3), not (batch, 6, 3) but receives *",
            Series.Apply(new GRU(3), Series) },
        { "GRUCell 'gru_cell' after 'input_layer' needs an input and 1 states but receives (batch, 4). Pass the states after the input.",
            Flat.Apply(new GRUCell(3)) },
        { "ConvLSTM2D 'conv_lstm2d' after 'input_layer' needs an input of 5 axes (batch, time, height, width, channels) but receives "
            + "(batch, 8, 8, 3). Give the model an input of shape (time, height, width, channels), or *", Image.ConvLSTM2D(4, 3) },
        {
            "Bidirectional 'bidirectional' after 'input_layer' needs both directions to yield the same shape but receives (batch, 6, 3). "
                + "Give both layers the same units, or merge by joining.",
            Series.Apply(new Bidirectional(new GRU(3)) { MergeMode = MergeMode.Sum, BackwardLayer = new GRU(4) { GoBackwards = true } }) },
        { "Bidirectional 'bidirectional' after 'input_layer' needs a backward layer that runs the other way and returns as the "
            + "forward one does but receives (batch, 6, 3). Give both the same ReturnSequences, ReturnState and Stateful, and the opposite "
            + "GoBackwards.", Series.Apply(new Bidirectional(new GRU(3)) { BackwardLayer = new GRU(3) }) },
        { "TimeDistributed 'time_distributed' after 'input_layer' needs an input of at least 3 axes (batch, time, ...) but receives "
            + "(batch, 4). Give the model an input of shape (time, ...).", Flat.TimeDistributed(new Dense(3)) },
        { "Add 'add' after 'input_layer' needs at least two inputs but receives (batch, 4). Apply it to several values.",
            Flat.Apply(new Add()) },
        { "Subtract 'subtract' after 'input_layer' and 'input_layer' and 'input_layer' needs exactly two inputs but receives *. Subtract "
            + "two values at a time.", Flat.Apply(new Subtract(), Flat, Flat) },
        { "Add 'add' after 'input_layer' and 'dense' needs inputs whose shapes broadcast to one another but receives (batch, 4) and "
            + "(batch, 3). Make the lengths equal, or 1, on each axis.", Flat.Add(Flat.Dense(3)) },
        { "Concatenate 'concatenate' after 'input_layer' and 'dense' needs inputs that are equal on every axis but 1 but "
            + "receives (batch, 6, 3) and (batch, 6, 5). Make the other lengths equal, for example by padding "
            + "or cropping.", Series.Concatenate([Series.Dense(5)], axis: 1) },
        { "Dot 'dot' after 'input_layer' and 'dense' needs equal lengths on the summed axes, not 4 and 3 but receives (batch, 4) and "
            + "(batch, 3). Name other axes, or change the inputs.", Flat.Dot(Flat.Dense(3), 1) },
        { "Dot 'dot' after 'input_layer' and 'input_layer' needs summed axes after the batch but *", Flat.Dot(Flat, -2) },
        { "Dot 'dot' after 'input_layer' needs exactly two inputs but receives (batch, 4). Apply it to two values.",
            Flat.Apply(new Dot(1)) },
        { "Dense 'dense' after 'input_layer' and 'input_layer' needs exactly one input but receives (batch, 4) and (batch, 4). Merge the "
            + "inputs first, for example with Concatenate.", Flat.Apply(new Dense(3), Flat) },
        { "Attention 'attention' after 'input_layer' and 'input_layer' needs a query, a value and optionally a key of 3 axes (batch, "
            + "steps, dim) but receives (batch, 4) and (batch, 4). Apply it to two or three sequences.", Flat.Attention(Flat) },
        { "Attention 'attention' after 'input_layer' and 'dense' needs queries and keys of equal length, not 3 and 5 but *. Project one of "
            + "them with a Dense layer.", Series.Attention(Series.Dense(5)) },
        { "Attention 'attention' after 'input_layer' and 'input_layer' and 'cropping1d' needs as many keys as values, not 4 and 6 but *. "
            + "Give a key for each value.", Series.Attention(Series, Series.Cropping1D()) },
        { "AdditiveAttention 'additive_attention' after 'input_layer' and 'input_layer' needs a query whose last axis is known but *",
            Sequential.Input(6, null) is var open ? open.AdditiveAttention(open) : Flat },
        { "MultiHeadAttention 'multi_head_attention' after 'input_layer' and 'input_layer' needs a query, a value and optionally "
            + "a key of at least 3 axes (batch, steps, dim) but *. Apply it to two or three sequences; to itself for "
            + "self-attention.", Flat.MultiHeadAttention(2, 3) },
        { "MultiHeadAttention 'multi_head_attention' after 'input_layer' and 'input_layer' and 'cropping1d' needs as many keys as values "
            + "on axis 1, not 4 and 6 but *", Series.MultiHeadAttention(2, 3, Series, Series.Cropping1D()) },
        { "MultiHeadAttention 'multi_head_attention' after 'input_layer' and 'input_layer' needs inputs whose last axis is known but *",
            Sequential.Input(6, null).MultiHeadAttention(2, 3) },
        { "GroupQueryAttention 'grouped_query_attention' after 'input_layer' and 'input_layer' needs a query, a value and optionally "
            + "a key of 3 axes (batch, steps, dim) but *", Sequential.Input(6, 5, 4).GroupedQueryAttention(2, 2, 1) },
        { "GroupQueryAttention 'grouped_query_attention' after 'input_layer' and 'input_layer' needs a number of queries' heads that "
            + "2 divides, not 3 but *", Series.Apply(new GroupedQueryAttention(2, 2, 2) { NumQueryHeads = 3 }, Series) },
        { "RotaryEmbedding 'rotary_embedding' after 'input_layer' needs an even number of features, known beforehand but receives "
            + "(batch, 6, 3). Make the features' axis even.", Sequential.Input(6, 3).RotaryEmbedding() },
        { "RotaryEmbedding 'rotary_embedding' after 'input_layer' needs steps and features on two axes but *", Flat.RotaryEmbedding() },
        { "PositionEmbedding 'position_embedding' after 'input_layer' needs at most 5 steps, not 6 but receives (batch, 6, 3). *",
            Sequential.Input(6, 3).PositionEmbedding(5) },
        { "SinePositionEncoding 'sine_position_encoding' after 'input_layer' needs vectors (batch, ..., steps, features) of a known "
            + "length but *", Flat.SinePositionEncoding() },
        { "AlibiBias 'alibi_bias' after 'input_layer' needs scores (batch, heads, queries, keys) of a known number of heads but *",
            Sequential.Input(6, 3).AlibiBias() },
        { "ReversibleEmbedding 'reversible_embedding' after 'input_layer' needs vectors of the length 4 of its own but receives (batch, "
            + "6, 3). *", Sequential.Input(6, 3).Apply(new ReversibleEmbedding(9, 4).Reversed()) },
        { "GatedFeedForward 'gated_feed_forward' after 'input_layer' needs an input whose last axis is known but *",
            Sequential.Input(6, null).GatedFeedForward(3) },
        { "MixtureOfExperts 'mixture_of_experts' after 'input_layer' needs an input whose last axis is known but *",
            Sequential.Input(6, null).MixtureOfExperts(3, 1, 2) },
        { "RotaryAttention 'rotary_attention' after 'input_layer' needs queries, keys and values (batch, steps, 16), "
            + "the heads joined or on *",
            Series.RotaryAttention(4, 2, 1) },
        { "RotaryAttention 'rotary_attention' after 'input_layer' needs an even number of at most 3 features to turn, not 3 but *",
            Sequential.Input(6, 12).RotaryAttention(3, 2, 1) },
        { "RotaryAttention 'rotary_attention' after 'input_layer' needs 2 short and long factors, one for each pair of features *",
            Sequential.Input(6, 16).RotaryAttention(4, 2, 1, rotaryScaling: new(RotaryScalingKind.LongRope) { ShortFactors = [1] }) },
        { "LatentAttention 'latent_attention' after * needs latents and turned keys (batch, steps, 7), *",
            Latents.LatentAttention(Latents, 3, 5, 4, 2, 6) },
        { "MixtureOfExperts 'mixture_of_experts' after 'input_layer' needs equal groups, 1 of which hold 3 experts, not 2 of 4 experts *",
            Series.MixtureOfExperts(4, 3, 2, numGroups: 2) },
        { "MixtureOfExperts 'mixture_of_experts' after 'input_layer' needs at least 3 experts, not 2 but *",
            Series.Apply(new MixtureOfExperts(4, 3, 2) { NumExperts = 2 }) },
        { "TransformerEncoder 'transformer_encoder' after 'input_layer' needs vectors of at least 4 features, one for each head, not 3 "
            + "but *. Use fewer heads.", Sequential.Input(6, 3).TransformerEncoder(5, 4) },
        { "TransformerEncoder 'transformer_encoder' after 'input_layer' needs sequences (batch, steps, features) of vectors of a known "
            + "length but *", Flat.TransformerEncoder(5, 1) },
        { "TransformerDecoder 'transformer_decoder' after 'input_layer' and 'flatten' needs an encoder sequence (batch, steps, "
            + "features) of vectors of a known length but *", Series.TransformerDecoder(5, 1, Series.Flatten()) },
        { "SpectralNormalization 'spectral_normalization' after 'input_layer' needs a layer with a kernel or embeddings inside but *",
            Sequential.Input(6, 4).SpectralNormalization(new LSTM(2)) },
        { "ConvLSTM1D 'conv_lstm1d' after 'input_layer' needs an input of 4 axes (batch, time, rows, channels) but receives (batch, "
            + "8, 3). *", Sequential.Input(8, 3).ConvLSTM1D(2, 3) },
        { "Dense 'dense' after 'input_layer' needs a weight 'bias' with "
            + "2 axes for the initializer Identity, not one of shape (3) but receives (batch, 4). Choose another initializer for "
            + "this weight.", Flat.Apply(new Dense(3) { BiasInitializer = new IdentityInitializer() }) },
        { "Conv2D 'conv2d' after 'input_layer' needs a weight 'kernel' with 2 axes for the initializer Identity, not one of shape (3, 3, "
            + "3, 4) but receives *", Image.Apply(new Conv2D(4, 3) { KernelInitializer = new IdentityInitializer() }) },
        { "LSTM 'lstm' after 'input_layer' needs a weight * with at least 2 axes for the initializer Orthogonal, not one of shape (12) but "
            + "receives (batch, 6, 3). *", Series.Apply(new LSTM(3) { BiasInitializer = new Orthogonal() }) },
        { "Conv2D 'conv2d' after 'input_layer' needs a weight 'kernel' with 2 axes for the OrthogonalRegularizer, not one of shape (3, 3, "
            + "3, 4) but receives *", Image.Apply(new Conv2D(4, 3) { KernelRegularizer = new OrthogonalRegularizer() }) },
        { "Conv2D 'conv2d' after 'input_layer' needs an output with 2 axes for the OrthogonalRegularizer of its activity, not (batch, *) "
            + "but receives *", Image.Apply(new Conv2D(4, 3) { ActivityRegularizer = new OrthogonalRegularizer() }) },
        { "Dense 'dense' after 'input_layer' needs a weight 'kernel' with the "
            + "axis 2 of its constraint, not one of shape (4, 3) but receives (batch, 4). Choose another axis, or another constraint for "
            + "this weight.", Flat.Apply(new Dense(3) { KernelConstraint = new MaxNorm(2, 2) }) },
        { "Dense 'dense' after 'input_layer' needs a weight 'bias' with the axis -2 of its constraint, *",
            Flat.Apply(new Dense(3) { BiasConstraint = new UnitNorm(-2) }) },
        { "Sequential 'inner' after 'input_layer' needs an input of shape (batch, 5) but receives (batch, 4). Give the outer model that "
            + "shape, or build the inner one for another.", Flat.Apply(Sequential.Input(5).Dense(2).Build("inner")) },
    };

    [Theory, MemberData(nameof(Faults))]
    public void Building_names_the_layer_what_it_needs_what_it_receives_and_what_to_do(string message, SymbolicTensor output)
    {
        output.Shape.Should().Match<Shape?>(
            shape => shape == null || message.Contains("known", StringComparison.Ordinal)
                || message.Contains("fewer", StringComparison.Ordinal) || message.Contains("needs a weight", StringComparison.Ordinal),
            "weights alone are checked when the model is built");
        FluentActions.Invoking(() => output.Build()).Should().Throw<ModelBuildException>().WithMessage(message)
            .Which.Faults.Should().ContainSingle().Which.Code.Should().Be("shape");
    }
}
