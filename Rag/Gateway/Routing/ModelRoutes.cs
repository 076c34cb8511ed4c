using AiApp.Rag.Answering;
using AiApp.Rag.Gateway.Usage.Tokens;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Routing;

/// <summary>The candidates of each step, in the order in which they are tried: the smallest that can do it comes first.</summary>
internal sealed class ModelRoutes(IReadOnlyDictionary<ModelStep, IReadOnlyList<ModelCandidate>> routes, TimeProvider clock)
{
    /// <summary>Every model of every route, once.</summary>
    public IReadOnlyList<ModelCandidate> All { get; } = [.. routes.Values.SelectMany(route => route).Distinct()];

    public IReadOnlyList<ModelCandidate> Of(ModelStep step) => routes.TryGetValue(step, out var route) ? route : routes[ModelStep.Answer];

    public IReadOnlyList<ModelCandidate> Of(ModelRequest request) => Of(request.Step, request.Pinned);

    public IReadOnlyList<ModelCandidate> Of(ModelStep step, ModelName? pinned) => pinned is null ? Of(step) : Find(pinned);

    /// <summary>Empty when the configuration no longer has it.</summary>
    public IReadOnlyList<ModelCandidate> Find(ModelName model) =>
        [.. All.Where(candidate => candidate.Provider == model.Provider && candidate.Model == model.Model).Take(1)];

    /// <summary>
    /// Those that can do what is asked, within its price ceiling, healthy ones first. What a model lacks for good is not tried in any
    /// case; one that is left alone is tried last, and only where <see cref="Resilience.CircuitBreaker"/> lets it.
    /// </summary>
    public IReadOnlyList<ModelCandidate> Qualified(ModelRequest request, PromptSize prompt, ChatOptions options) =>
    [
        .. Of(request)
            .Where(candidate => (!candidate.IsExtractive || CanQuote(options))
                && (candidate.Abilities & request.Needs) == request.Needs
                && candidate.Counter.Fits(prompt, candidate.ContextTokens - OutputTokens(candidate, options))
                && (request.PriceCeiling is not { } ceiling
                    || candidate.Prices.Now(clock).Of(new(candidate.Counter.AtMost(prompt), OutputTokens(candidate, options))) <= ceiling))
            .OrderBy(candidate => candidate.Breaker.IsOpen),
    ];

    private static bool CanQuote(ChatOptions options) => options.AdditionalProperties?.ContainsKey(GroundingContext.OptionsKey) is true;

    public static int OutputTokens(ModelCandidate candidate, ChatOptions options) =>
        Math.Min(options.MaxOutputTokens ?? candidate.MaxOutputTokens, candidate.MaxOutputTokens);
}
