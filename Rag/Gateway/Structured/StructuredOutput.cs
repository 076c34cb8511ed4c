using System.Text.Json;
using AiApp.Rag.Gateway.Structured.Schemas;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Structured;

/// <summary>A value that is valid against the schema it was asked with, and how it came to be.</summary>
internal sealed record StructuredAnswer<T>(T Value, ModelRequest Request, ModelAttempt Attempt, bool IsRepaired);

/// <summary>
/// Asks a model for a value of a schema. What comes back is valid, or the call fails: with <see cref="ModelProviderException"/>, whose
/// rejected output is kept for an engineer, or with <see cref="QuotaExceededException"/>.
/// </summary>
internal sealed class StructuredOutput(IChatClient model, RejectedOutputs rejected)
{
    // What providers call the schema; models read it.
    private const string SchemaName = "answer";

    /// <summary>A value of a type of ours; its properties and their descriptions are what the model is told.</summary>
    public async Task<StructuredAnswer<T>> GetAsync<T>(
        IReadOnlyList<ChatMessage> messages, ModelRequest request, int maxOutputTokens, CancellationToken ct)
    {
        var answer = await GetAsync(messages, new StructuredCall(JsonSchema.Of<T>(), FindFault<T>), request, maxOutputTokens, ct);
        return new(answer.Value.Deserialize<T>(JsonSchema.TypeOptions)!, answer.Request, answer.Attempt, answer.IsRepaired);
    }

    public Task<StructuredAnswer<JsonElement>> GetAsync(
        IReadOnlyList<ChatMessage> messages, JsonSchema schema, ModelRequest request, int maxOutputTokens, CancellationToken ct) =>
        GetAsync(messages, new StructuredCall(schema), request, maxOutputTokens, ct);

    /// <summary>As the call is made; also for knowing before whether a model has room for it.</summary>
    internal static ChatOptions Options(JsonSchema schema, int maxOutputTokens) => new()
    {
        MaxOutputTokens = maxOutputTokens,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.Element, SchemaName),
    };

    private async Task<StructuredAnswer<JsonElement>> GetAsync(
        IReadOnlyList<ChatMessage> messages, StructuredCall call, ModelRequest request, int maxOutputTokens, CancellationToken ct)
    {
        var options = Options(call.Schema, maxOutputTokens).With(ModelRequest.OptionsKey, request).With(StructuredCall.OptionsKey, call);
        try
        {
            var response = await model.GetResponseAsync(messages, options, ct);
            // Judged again here: what leaves this class is valid, whatever stands between it and the model.
            var (value, faults) = call.Judge(response);
            if (value is not { } valid || response.AdditionalProperties?.TryGetValue(ValidAnswer.ResponseKey, out var told) is not true || told is not ValidAnswer by)
            {
                call.Reject(new(ModelFailureCodes.Error, response.ModelId ?? "", response.Text, faults));
                throw new ModelProviderException(ModelFailureCodes.BadOutput, "The model's answer was not checked by the gateway.") { IsTransient = false };
            }
            request.Answered = by.Attempt;
            return new(valid, request, by.Attempt, by.IsRepaired);
        }
        catch (ModelProviderException failure) when (call.LastRejected is { } last)
        {
            var id = await rejected.KeepAsync(request, call.Schema, last);
            throw new ModelProviderException(failure.Code, failure.Message, failure, failure.RetryAfter)
            {
                IsTransient = failure.IsTransient,
                IsOfTheRequest = failure.IsOfTheRequest,
                RejectedOutputId = id,
            };
        }
    }

    /// <summary>A schema cannot say all that a type bounds, such as how large an integer is.</summary>
    private static SchemaFault? FindFault<T>(JsonElement value)
    {
        try
        {
            return value.Deserialize<T>(JsonSchema.TypeOptions) is null ? new("", "a value expected, not null") : null;
        }
        catch (JsonException wrong)
        {
            return new(ToPointer(wrong.Path), "a value that fits into its type expected");
        }
    }

    // "$.items[0].name" as the serializer says it.
    private static string ToPointer(string? path) =>
        path is null ? "" : path.TrimStart('$').Replace("]", "", StringComparison.Ordinal).Replace('[', '/').Replace('.', '/');
}
