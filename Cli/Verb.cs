using System.CommandLine;
using System.Text.Json;
using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>What every verb does around its work: one table from failure to message and exit code.</summary>
internal static class Verb
{
    public static void SetVerb(
        this Command command, Terminal terminal, ConnectionOptions connection,
        Func<ParseResult, CancellationToken, Task<int>> work) =>
        command.SetAction(async (parsed, ct) =>
        {
            try
            {
                return await work(parsed, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }
            catch (UsageException e)
            {
                await terminal.Error.WriteLineAsync($"error: {e.Message}");
                return ExitCodes.Usage;
            }
            catch (Exception e) when (Describe(e, parsed, connection) is { } message)
            {
                await terminal.Error.WriteLineAsync($"error: {message}");
                return ExitCodes.Failed;
            }
        });

    public static string Describe(ProblemDto problem)
    {
        var text = problem.Detail ?? problem.Title ?? "The request failed.";
        var errors = problem.Errors is null ? [] : problem.Errors.SelectMany(e => e.Value.Select(m => $"{e.Key}: {m}"));
        var identity = string.Join(", ", new[]
        {
            problem.Code is null ? null : $"code {problem.Code}",
            problem.TraceId is null ? null : $"trace {problem.TraceId}",
        }.Where(part => part is not null));
        return Terminal.Printable(string.Join('\n', [text, .. errors, .. identity.Length > 0 ? [identity] : Array.Empty<string>()]));
    }

    private static string? Describe(Exception exception, ParseResult parsed, ConnectionOptions connection) => exception switch
    {
        AiAppException e => Describe(e.Problem),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } =>
            $"The Api at {Where(parsed, connection)} cannot be reached. Start it with ./up, or give --api.",
        HttpRequestException e => $"The Api at {Where(parsed, connection)} failed: {e.Message}",
        OperationCanceledException { InnerException: TimeoutException } =>
            $"The Api at {Where(parsed, connection)} did not answer in time.",
        HttpIOException => $"The connection to the Api broke before the answer was complete.\ncode {ProblemCodes.StreamInterrupted}",
        JsonException => $"What {Where(parsed, connection)} sent is not what this version of aiapp understands.",
        IOException or UnauthorizedAccessException => exception.Message,
        _ => null,
    };

    private static string Where(ParseResult parsed, ConnectionOptions connection)
    {
        var endpoint = connection.FindEndpoint(parsed);
        return $"{endpoint.Address} (from {endpoint.Origin})";
    }
}
