using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Gateway.Structured.Schemas;
using AiApp.Rag.Gateway.Usage.Tokens;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Gateway.Structured;

/// <summary>
/// Stands before one model: an answer that is not what the call asks for is sent back once with the reasons, and is this model's failure
/// if the second one is no better, so that the router goes on to the next. Calls that ask for no structure pass.
/// </summary>
internal sealed class StructuredChatClient(
    IChatClient inner, ModelAbilities abilities, int contextTokens, TokenCounter counter, IOptions<GatewayOptions> options, TimeProvider clock) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chat = null, CancellationToken cancellationToken = default)
    {
        if (chat.Structured() is not { } call || chat.Attempt() is not { } attempt)
        {
            return await base.GetResponseAsync(messages, chat, cancellationToken);
        }
        var (prompt, with) = Ask([.. messages], chat!, call.Schema);
        var start = clock.GetTimestamp();
        var response = await base.GetResponseAsync(prompt, with, cancellationToken);
        if (Judge(call, response, attempt) is not { } rejected)
        {
            return Answer(response, attempt, isRepaired: false);
        }
        var request = chat.Request();
        RunningAttempt.End(request, attempt, clock.GetElapsedTime(start), ModelFailureCodes.BadOutput);
        if (request.BeginAttempt(attempt.Provider, attempt.Model, options.Value.MaxAttempts) is not { } second)
        {
            throw NotValid();
        }
        return await RepairAsync(call, request, second, prompt, rejected, with.With(ModelAttempt.OptionsKey, second), cancellationToken);
    }

    private async Task<ChatResponse> RepairAsync(
        StructuredCall call, ModelRequest request, ModelAttempt attempt, IReadOnlyList<ChatMessage> prompt, RejectedAnswer rejected, ChatOptions with,
        CancellationToken ct)
    {
        var start = attempt.Began = clock.GetTimestamp();
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(Repair(prompt, rejected, with), with, ct);
        }
        catch (QuotaExceededException)
        {
            // Nothing was sent; what stands is that the first answer was not valid.
            request.Withdraw(attempt);
            throw NotValid();
        }
        catch when (attempt.IsReserving)
        {
            request.Withdraw(attempt);
            throw;
        }
        catch (Exception failure)
        {
            RunningAttempt.End(request, attempt, clock.GetElapsedTime(start), ModelFailureCodes.Of(failure));
            throw;
        }
        var isValid = Judge(call, response, attempt) is null;
        RunningAttempt.End(request, attempt, clock.GetElapsedTime(start), isValid ? ModelFailureCodes.Ok : ModelFailureCodes.BadOutput);
        return isValid ? Answer(response, attempt, isRepaired: true) : throw NotValid();
    }

    private (IReadOnlyList<ChatMessage>, ChatOptions) Ask(IReadOnlyList<ChatMessage> messages, ChatOptions chat, JsonSchema schema)
    {
        if (abilities.HasFlag(ModelAbilities.JsonSchema) && schema.IsOfObjects)
        {
            return (messages, chat);
        }
        var with = chat.Clone();
        with.ResponseFormat = null;
        return (StructuredPrompts.WithSchema(messages, schema), with);
    }

    /// <summary>The answer is shown to its model again, unless it does not fit beside the prompt.</summary>
    private IReadOnlyList<ChatMessage> Repair(IReadOnlyList<ChatMessage> prompt, RejectedAnswer rejected, ChatOptions with)
    {
        var whole = StructuredPrompts.Repair(prompt, rejected, showAnswer: true);
        var fits = counter.Fits(PromptSize.Of(whole, with), contextTokens - (with.MaxOutputTokens ?? 0));
        return fits ? whole : StructuredPrompts.Repair(prompt, rejected, showAnswer: false);
    }

    private static RejectedAnswer? Judge(StructuredCall call, ChatResponse response, ModelAttempt attempt)
    {
        var (value, faults) = call.Judge(response);
        if (value is not null)
        {
            return null;
        }
        var rejected = new RejectedAnswer(attempt.Provider, attempt.Model, response.Text, faults);
        call.Reject(rejected);
        return rejected;
    }

    private static ChatResponse Answer(ChatResponse response, ModelAttempt attempt, bool isRepaired)
    {
        (response.AdditionalProperties ??= [])[ValidAnswer.ResponseKey] = new ValidAnswer(attempt, isRepaired);
        return response;
    }

    private static ModelProviderException NotValid() => new(ModelFailureCodes.BadOutput, "The model's answer is not what the schema asks for.")
    {
        IsTransient = false,
    };
}
