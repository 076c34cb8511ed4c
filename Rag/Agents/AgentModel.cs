using AiApp.Rag.Agents.Tools;
using AiApp.Rag.Answering;
using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Gateway.Usage.Tokens;
using AiApp.Rag.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Agents;

/// <summary>What a model wants next, or why none could be asked: a word of <see cref="AgentFailures"/>.</summary>
internal sealed record ModelTurn(AgentResponse? Response, long Cost, string? Failure);

/// <summary>Asks a model that can call tools for the next step, through the gateway, within what the run may still cost.</summary>
internal sealed class AgentModel(IChatClient model, ModelRoutes routes, IOptions<AgentOptions> options, TimeProvider clock)
{
    // More at once is no plan.
    private const int MostCalls = 8;

    public bool IsThere => routes.Of(ModelStep.Agent).Any(candidate => candidate.Abilities.HasFlag(ModelAbilities.Tools));

    /// <param name="room">Calls of tools that the run has steps for; without any, none can be asked for.</param>
    public async Task<ModelTurn> AskAsync(AgentMemory memory, IReadOnlyList<IAgentTool> tools, int room, CancellationToken ct)
    {
        var start = clock.GetTimestamp();
        var request = NewRequest(memory, memory.Run.Task.Limits.Cost - memory.Spent);
        var chat = new ChatOptions
        {
            Tools = ToolBox.Declare(tools),
            ToolMode = room > 0 ? ChatToolMode.Auto : ChatToolMode.None,
            MaxOutputTokens = options.Value.MaxOutputTokens,
            AdditionalProperties = new() { [ModelRequest.OptionsKey] = request },
        };
        var (messages, failure) = Fit(memory, request, chat, isLast: room == 0);
        if (failure is not null)
        {
            return new(null, 0, failure);
        }
        try
        {
            var response = await model.GetResponseAsync(messages, chat, ct);
            return new(Read(memory, response, request, room, start), request.Cost, null);
        }
        catch (ModelProviderException refused) when (refused.IsAboutTools)
        {
            return new(null, request.Cost, AgentFailures.NoTools);
        }
    }

    private static ModelRequest NewRequest(AgentMemory memory, long? ceiling) => new()
    {
        // All calls of a run, and its answer, stand together in the ledger.
        Id = memory.Run.Id,
        Step = ModelStep.Agent,
        Tenant = memory.Run.Task.Tenant,
        User = memory.Run.Task.AskedBy,
        ApiKey = memory.Run.Task.ApiKey,
        PromptVersion = AgentMemory.PromptId,
        Needs = ModelAbilities.Tools,
        PriceCeiling = ceiling,
    };

    /// <summary>Results of tools are left out from the first on, as long as the conversation fits no model.</summary>
    private (List<ChatMessage> Messages, string? Failure) Fit(AgentMemory memory, ModelRequest request, ChatOptions chat, bool isLast)
    {
        var results = memory.Steps.Count(step => step.Kind == AgentStepKind.Tool && step.IsOver);
        for (var leftOut = 0; ; leftOut++)
        {
            var messages = memory.ToMessages(isLast, leftOut);
            var size = PromptSize.Of(messages, chat);
            if (routes.Qualified(request, size, chat).Count > 0)
            {
                return (messages, null);
            }
            if (routes.Qualified(NewRequest(memory, null), size, chat).Count > 0)
            {
                return (messages, AgentFailures.Limit);
            }
            if (leftOut == results)
            {
                return (messages, IsThere ? AgentFailures.TooLong : AgentFailures.NoTools);
            }
        }
    }

    private AgentResponse Read(AgentMemory memory, ChatResponse response, ModelRequest request, int room, long start)
    {
        var call = AnswerCall.Of(request, start, clock)!;
        var answered = request.Answered!;
        return new()
        {
            Text = PostgresText.Clean(response.Text),
            Calls =
            [
                .. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Take(Math.Min(MostCalls, room))
                    .Select((asked, place) => new AgentCall(
                        asked.CallId.Length > 0 ? PostgresText.Clean(asked.CallId) : $"call-{memory.NextNumber}-{place}",
                        PostgresText.Clean(asked.Name), PostgresText.Clean(ToolTexts.ArgumentsOf(asked)))),
            ],
            Provider = answered.Provider,
            Model = answered.Model,
            InputTokens = answered.Tokens?.Input,
            OutputTokens = answered.Tokens?.Output,
            TokensAreEstimated = call.TokensAreEstimated,
            PriceVersion = call.PriceVersion,
            Degraded = call.Degraded,
            Attempts = call.Attempts,
        };
    }
}
