using AiApp.Rag.Access;
using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Prompts;
using AiApp.Rag.Storage;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Conversations.FollowUps;

/// <summary>A question as it is searched and answered. <see cref="By"/> is null when it is the question as it was asked.</summary>
internal sealed record UnderstoodQuestion(string Question, string? By, TurnMemory? Memory);

/// <summary>Makes a follow-up stand alone: by a model where there is one, else by rules. Never fails: the worst is the question as it was asked.</summary>
internal sealed class QuestionRewriter(ModelRoutes routes, IChatClient model, IOptions<ConversationsOptions> options, ILogger<QuestionRewriter> logger)
{
    public const string ByRules = "rules";
    public const string ByModel = "model";

    private const int MaxQuestionTokens = 200;
    private const int MaxMemoryTokens = 300;
    private const int LongestMemory = 4000;

    // Somebody waits for it before anything else happens.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(8);
    private static readonly PromptTemplate Rewrite = PromptTemplate.Load("rewrite", "v1");
    private static readonly PromptTemplate Remember = PromptTemplate.Load("remember", "v1");

    public async Task<UnderstoodQuestion> RewriteAsync(Owner owner, Turn turn, IReadOnlyList<PathTurn> path, CancellationToken ct)
    {
        if (path.Count == 0)
        {
            return new(turn.Question, null, null);
        }
        using var activity = RagTelemetry.Source.StartActivity("aiapp.rewrite");
        var memory = ConversationMemory.Of(path, options.Value.MemoryTokens);
        if (routes.Of(ModelStep.Rewrite).All(candidate => candidate.IsExtractive))
        {
            return ByRule(turn.Question, path, memory.Extract(), "rules");
        }
        var remembered = await RememberAsync(owner, turn, memory, ct);
        var answer = await AskAsync(owner, turn, Rewrite, MaxQuestionTokens, ct,
            ("memory", remembered?.Text ?? ""), ("conversation", ConversationMemory.Render(memory.Verbatim)), ("question", turn.Question));
        if (answer is not null && RewriteCheck.Read(answer, turn.Question, [.. path.Select(one => $"{one.Question} {one.Answer}"), remembered?.Text ?? ""]) is { } question)
        {
            var same = question == turn.Question;
            Count(same ? "none" : "model");
            return new(question, same ? null : ByModel, remembered);
        }
        return ByRule(turn.Question, path, remembered, "rules_after_model");
    }

    private static UnderstoodQuestion ByRule(string asked, IReadOnlyList<PathTurn> path, TurnMemory? memory, string how)
    {
        var rewritten = FollowUpRules.Rewrite(asked, path);
        Count(rewritten is null ? "none" : how);
        return new(rewritten ?? asked, rewritten is null ? null : ByRules, memory);
    }

    private async Task<TurnMemory?> RememberAsync(Owner owner, Turn turn, ConversationMemory memory, CancellationToken ct)
    {
        if (memory.Older.Count == 0)
        {
            return memory.Known;
        }
        var text = await AskAsync(owner, turn, Remember, MaxMemoryTokens, ct,
            ("memory", memory.Known?.Text ?? ""), ("conversation", ConversationMemory.Render(memory.Older)));
        // A long or an empty one is none: what stands there word for word is better.
        return text?.Trim() is { Length: > 0 and <= LongestMemory } kept ? new(memory.Older[^1].Id, PostgresText.Clean(kept)) : memory.Extract();
    }

    private async Task<string?> AskAsync(
        Owner owner, Turn turn, PromptTemplate prompt, int maxOutputTokens, CancellationToken ct, params (string Name, string Value)[] values)
    {
        var request = new ModelRequest
        {
            // Stands in the ledger beside the answer that it is for.
            Id = turn.AnswerId,
            Step = ModelStep.Rewrite,
            Tenant = owner.Tenant,
            User = owner.User,
            ApiKey = owner.ApiKey,
            PromptVersion = prompt.Id,
            Deadline = Deadline,
        };
        var chat = new ChatOptions { MaxOutputTokens = maxOutputTokens, AdditionalProperties = new() { [ModelRequest.OptionsKey] = request } };
        try
        {
            var response = await model.GetResponseAsync(
                [
                    new(ChatRole.System, prompt.System),
                    new(ChatRole.User, PromptTemplate.Fill(prompt.User, [.. values.Select(value => (value.Name, Escape(value.Value)))])),
                ], chat, ct);
            // Of a text that was cut nobody knows what is missing.
            return response.FinishReason == ChatFinishReason.Length ? null : response.Text;
        }
        catch (Exception failure) when (failure is ModelProviderException or QuotaExceededException)
        {
            // The answer itself will meet the same wall, and say so.
            logger.RewriteFailed(failure is ModelProviderException provider ? provider.Code : ModelFailureCodes.QuotaExceeded);
            return null;
        }
    }

    // What was said must not be able to leave its place.
    private static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal);

    private static void Count(string how) => RagTelemetry.Rewrites.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, how));
}
