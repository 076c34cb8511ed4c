using System.Net.Sockets;
using System.Text.Json;
using AiApp.Contracts;

namespace AiApp.Web.Answers;

/// <summary>Problems as people read them: what happened, and what to do about it.</summary>
internal static class Problems
{
    /// <summary>Ours, not the Api's: nothing answered at all.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>Null for what is not a failure of the Api or of the way to it, but a bug of ours.</summary>
    public static ProblemDto? From(Exception exception) => exception switch
    {
        AiAppException { Problem: var problem } => problem,
        HttpIOException or IOException => Interrupted(),
        HttpRequestException or SocketException => new ProblemDto { Code = Unreachable, Retryable = true },
        TaskCanceledException { InnerException: TimeoutException } => new ProblemDto { Code = ProblemCodes.Overloaded, Retryable = true },
        JsonException => new ProblemDto { Code = ProblemCodes.Internal, Retryable = true },
        _ => null,
    };

    /// <summary>Whether a call failed because its caller ended it; connections report that in several ways.</summary>
    public static bool IsEndOf(Exception exception, CancellationToken ct) =>
        ct.IsCancellationRequested
        && exception is (OperationCanceledException or HttpRequestException or IOException or ObjectDisposedException);

    public static ProblemDto Interrupted() => new() { Code = ProblemCodes.StreamInterrupted, Retryable = true };

    public static string Sentence(ProblemDto problem) => problem.Code switch
    {
        Unreachable => "The answer service cannot be reached.",
        ProblemCodes.StreamInterrupted => "The connection broke before the answer was complete.",
        ProblemCodes.Stopped => "The answer was stopped before it was complete.",
        ProblemCodes.RateLimited => "You have asked more than is allowed in this short time.",
        ProblemCodes.QuotaExceeded => "The budget for language models is used up.",
        ProblemCodes.Overloaded => "The answer service is busy.",
        ProblemCodes.DatabaseUnavailable => "The document store cannot be reached.",
        ProblemCodes.StorageFull => "The document store is full.",
        ProblemCodes.ProviderRateLimited => "The language model is at its limit.",
        ProblemCodes.ProviderTimeout => "The language model took too long.",
        ProblemCodes.ProviderError => "The language model failed.",
        ProblemCodes.ProviderBadOutput => "The language model gave an answer that could not be checked.",
        ProblemCodes.Auth => "This site may not use the answer service.",
        ProblemCodes.Forbidden => "You may not see this.",
        ProblemCodes.NotFound => "This is not here, or no longer.",
        ProblemCodes.TooLarge => "This is too large.",
        ProblemCodes.Validation when FirstError(problem) is { } error => error,
        ProblemCodes.NoTools => "Research needs a language model that can call tools, and none is set up.",
        ProblemCodes.AgentLimit => "The research has used up its time or what it may cost.",
        ProblemCodes.Internal => "The answer service failed.",
        _ => problem.Detail ?? problem.Title ?? "The request failed.",
    };

    public static string WhatToDo(ProblemDto problem) => problem.Code switch
    {
        Unreachable => "Check that it is running, then try again.",
        ProblemCodes.RateLimited or ProblemCodes.Overloaded or ProblemCodes.ProviderRateLimited => "Wait a moment, then try again.",
        ProblemCodes.QuotaExceeded => "Whoever runs the service can raise it; else wait until it begins anew.",
        ProblemCodes.Auth => "Whoever runs it needs to set a valid key (Api__Key).",
        ProblemCodes.Forbidden => "Ask the owner of the documents for access.",
        ProblemCodes.NotFound => "It may have been deleted. Look for it in the list of documents.",
        ProblemCodes.NoTools => "Ask without it, or have whoever runs the service set one up.",
        ProblemCodes.AgentLimit => "Ask for less, or have whoever runs the service allow more.",
        ProblemCodes.Validation => "Change it and try again.",
        ProblemCodes.TooLarge => "Make it smaller and try again.",
        ProblemCodes.StorageFull => "Whoever runs the service needs to make room.",
        _ when problem.Retryable => "Try again.",
        _ => "If it keeps failing, give the trace id to whoever runs the service.",
    };

    private static string? FirstError(ProblemDto problem) => problem.Errors?.Values.SelectMany(errors => errors).FirstOrDefault();
}
