using AiApp.Rag.Gateway.Structured;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway;

/// <summary>What the stages of the gateway tell each other about a call, in its options.</summary>
internal static class CallOptions
{
    /// <exception cref="InvalidOperationException">A call without a request is a bug of its caller: nobody would bear its cost.</exception>
    public static ModelRequest Request(this ChatOptions? options) => Find<ModelRequest>(options?.AdditionalProperties, ModelRequest.OptionsKey)
        ?? throw new InvalidOperationException("The options of a model call carry no ModelRequest.");

    public static ModelRequest Request(this EmbeddingGenerationOptions? options) => Find<ModelRequest>(options?.AdditionalProperties, ModelRequest.OptionsKey)
        ?? throw new InvalidOperationException("The options of an embedding call carry no ModelRequest.");

    public static EmbeddingGenerationOptions Embedding(CostBearer bearer) => new()
    {
        AdditionalProperties = new() { [ModelRequest.OptionsKey] = bearer.Call(ModelStep.Embed) },
    };

    public static ModelRequest Call(this CostBearer bearer, ModelStep step) =>
        new() { Id = bearer.RequestId ?? Guid.CreateVersion7(), Step = step, Tenant = bearer.Tenant, User = bearer.User, ApiKey = bearer.ApiKey, Job = bearer.Job };

    public static ModelAttempt? Attempt(this ChatOptions? options) => Find<ModelAttempt>(options?.AdditionalProperties, ModelAttempt.OptionsKey);

    public static StructuredCall? Structured(this ChatOptions? options) => Find<StructuredCall>(options?.AdditionalProperties, StructuredCall.OptionsKey);

    public static TimeSpan TimeLeft(this ChatOptions? options) =>
        Find<CallDeadline>(options?.AdditionalProperties, CallDeadline.OptionsKey)?.Left ?? TimeSpan.MaxValue;

    /// <summary>A copy that carries the value too.</summary>
    public static ChatOptions With(this ChatOptions options, string key, object value)
    {
        var copy = options.Clone();
        (copy.AdditionalProperties ??= [])[key] = value;
        return copy;
    }

    private static T? Find<T>(AdditionalPropertiesDictionary? properties, string key) where T : class =>
        properties is not null && properties.TryGetValue(key, out var value) ? value as T : null;
}
