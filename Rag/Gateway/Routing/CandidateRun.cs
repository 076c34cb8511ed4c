using System.Runtime.ExceptionServices;
using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Gateway.Usage.Tokens;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Routing;

/// <summary>An answer that has begun, and how to let go of it.</summary>
internal readonly record struct Begun<T>(T Result, Func<ValueTask> Close);

internal delegate Task<Begun<T>> CallCandidate<T>(ModelCandidate candidate, ChatOptions options, CancellationToken ct);

/// <summary>One pass over the candidates of a route, until one of them has begun to answer.</summary>
internal sealed class CandidateRun<T>(
    ModelRoutes routes, BreakerProbes probes, HedgeBudget hedges, GatewayOptions options, TimeProvider clock, bool streams)
{
    /// <exception cref="ModelProviderException">None of them answers.</exception>
    /// <exception cref="QuotaExceededException">A budget bears none of them.</exception>
    public async Task<(T Result, RunningAttempt Attempt)> FirstAsync(
        IReadOnlyList<ChatMessage> prompt, ChatOptions chat, CallCandidate<T> call, CancellationToken ct)
    {
        var request = chat.Request();
        var size = PromptSize.Of(prompt, chat);
        var candidates = routes.Qualified(request, size, chat);
        var hasOthers = Probe(candidates, request);
        Exception? last = null;
        for (var place = 0; place < candidates.Count; place++)
        {
            var candidate = candidates[place];
            // Before a probe is taken: whoever takes one must make it.
            if (request.Attempts.Count >= options.MaxAttempts)
            {
                break;
            }
            if (candidate.Breaker.IsOpen && (hasOthers || !candidate.Breaker.TryProbe()))
            {
                last ??= LeftAlone(candidate);
                continue;
            }
            if (RunningAttempt.Begin(request, candidate, options.MaxAttempts, clock, ct) is not { } attempt)
            {
                break;
            }
            try
            {
                var backup = place + 1 < candidates.Count && !candidates[place + 1].Breaker.IsOpen ? candidates[place + 1] : null;
                var (begun, winner) = await HedgedAsync(attempt, backup, new(request, chat, size, call), ct);
                request.Answered = winner.Attempt;
                Tell(request, winner.Candidate);
                return (begun.Result, winner);
            }
            catch (Exception failure) when (failure is ModelProviderException or QuotaExceededException)
            {
                last = failure;
            }
        }
        ExceptionDispatchInfo.Throw(last ?? NoneQualifies(request));
        throw last;
    }

    /// <summary>
    /// Those that are left alone are probed beside the requests as long as others can answer them, which is returned; else the request is
    /// the probe.
    /// </summary>
    private bool Probe(IReadOnlyList<ModelCandidate> candidates, ModelRequest request)
    {
        var hasOthers = candidates.Any(candidate => !candidate.Breaker.IsOpen);
        foreach (var candidate in hasOthers ? candidates.Where(candidate => candidate.Breaker.IsOpen) : [])
        {
            probes.Start(candidate, request.Tenant);
        }
        return hasOthers;
    }

    private async Task<(Begun<T>, RunningAttempt)> HedgedAsync(RunningAttempt first, ModelCandidate? backup, Call what, CancellationToken ct)
    {
        var running = RunAsync(first, what);
        if (backup is null || !hedges.IsOn || first.Candidate.FirstTokens.Usual is not { } usual || await running.EndsWithinAsync(usual, clock)
            || !hedges.TryTake(backup, what.Prompt, what.Chat)
            || RunningAttempt.Begin(what.Request, backup, options.MaxAttempts, clock, ct) is not { } second)
        {
            return (await running, first);
        }
        return await Race.FirstAsync(running, first, RunAsync(second, what), second);
    }

    private async Task<Begun<T>> RunAsync(RunningAttempt attempt, Call what)
    {
        try
        {
            var with = what.Chat.With(ModelAttempt.OptionsKey, attempt.Attempt);
            with.MaxOutputTokens = ModelRoutes.OutputTokens(attempt.Candidate, what.Chat);
            with.AdditionalProperties![PromptSize.OptionsKey] = what.Prompt;
            var begun = await what.Candidate(attempt.Candidate, with, attempt.Token);
            if (streams)
            {
                attempt.FirstToken();
            }
            return begun;
        }
        catch when (attempt.Attempt.IsReserving)
        {
            attempt.Withdraw();
            throw;
        }
        catch (Exception failure)
        {
            attempt.End(ModelFailureCodes.Of(failure));
            attempt.Dispose();
            throw;
        }
    }

    private void Tell(ModelRequest request, ModelCandidate answering)
    {
        var route = routes.Of(request);
        if (answering.IsExtractive && route.Any(candidate => !candidate.IsExtractive))
        {
            request.Degrade(Degradation.Extractive);
        }
        else if (answering != route.First(candidate => (candidate.Abilities & request.Needs) == request.Needs))
        {
            request.Degrade(Degradation.OtherModel);
        }
    }

    private static ModelProviderException LeftAlone(ModelCandidate candidate) => new(
        ModelFailureCodes.Error, $"The model {candidate.Name} has failed repeatedly and is left alone for a moment.", null, candidate.Breaker.ProbeIn)
    {
        IsTransient = false,
    };

    private static ModelProviderException NoneQualifies(ModelRequest request) => new(
        ModelFailureCodes.Error, $"No model of the route '{request.Step.Word()}' can do what is asked: compare its abilities, context and price.")
    {
        IsTransient = false,
        IsOfTheRequest = true,
    };

    private readonly record struct Call(ModelRequest Request, ChatOptions Chat, PromptSize Prompt, CallCandidate<T> Candidate);
}
