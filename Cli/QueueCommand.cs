using System.CommandLine;
using AiApp.Contracts;

namespace AiApp.Cli;

internal static class QueueCommand
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);

    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var watch = new Option<bool>("--watch") { Description = "Print the queue again whenever it changes, until interrupted." };
        var json = new Option<bool>("--json") { Description = "Print the queue as JSON." };
        var command = new Command("queue", "Shows what waits and runs, how fast it goes and when it will be done.")
        {
            watch, json, CreatePause(connection, terminal), CreateResume(connection, terminal), CreateCancel(connection, terminal),
            CreateRetry(connection, terminal),
        };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var asJson = parsed.GetValue(json);
            if (!parsed.GetValue(watch))
            {
                await WriteAsync(await api.Client.GetQueueAsync(ct), asJson, terminal);
                return ExitCodes.Done;
            }
            while (true)
            {
                await WatchAsync(api.Client, asJson, terminal, ct);
                await Task.Delay(Reconnect, ct);
            }
        });
        return command;
    }

    /// <summary>Until the connection breaks; a new one begins with the present state.</summary>
    private static async Task WatchAsync(AiAppClient client, bool asJson, Terminal terminal, CancellationToken ct)
    {
        try
        {
            await foreach (var queue in client.WatchQueueAsync(ct))
            {
                await WriteAsync(queue, asJson, terminal);
            }
        }
        catch (Exception broken) when (broken is HttpIOException or IOException && !ct.IsCancellationRequested)
        {
            await terminal.Error.WriteLineAsync("the connection broke; connecting again");
        }
    }

    private static Command CreatePause(ConnectionOptions connection, Terminal terminal)
    {
        var reason = new Option<string?>("--reason") { Description = "Why, for the others." };
        var command = new Command("pause", "Begins no more jobs; what runs is finished.") { reason };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            await WriteAsync(await api.Client.PauseQueueAsync(new() { Reason = parsed.GetValue(reason) }, ct), asJson: false, terminal);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateResume(ConnectionOptions connection, Terminal terminal)
    {
        var command = new Command("resume", "Ends a pause.");
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            await WriteAsync(await api.Client.ResumeQueueAsync(ct), asJson: false, terminal);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateCancel(ConnectionOptions connection, Terminal terminal)
    {
        var collection = new Option<string?>("--collection") { Description = "Only documents of this collection." };
        var command = new Command("cancel", "Calls back every upload that is queued or being ingested.") { collection };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var result = await api.Client.CancelQueueAsync(new() { Collection = parsed.GetValue(collection) }, ct);
            await terminal.Out.WriteLineAsync($"{result.Cancelled} cancelled");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateRetry(ConnectionOptions connection, Terminal terminal)
    {
        var collection = new Option<string?>("--collection") { Description = "Only documents of this collection." };
        var code = new Option<string?>("--code") { Description = "Only documents that failed with this code, such as provider_error." };
        var anew = new Option<bool>("--read-again") { Description = "Reads the files again also where their text is known." };
        var command = new Command("retry", "Puts failed documents back into the queue.") { collection, code, anew };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var from = parsed.GetValue(anew) ? RetryStages.Reading : RetryStages.Failed;
            var result = await api.Client.RetryQueueAsync(new() { Collection = parsed.GetValue(collection), Code = parsed.GetValue(code), From = from }, ct);
            await terminal.Out.WriteLineAsync($"{result.Retried} queued again");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Task WriteAsync(QueueDto queue, bool asJson, Terminal terminal) =>
        asJson ? JsonText.WriteAsync(terminal, queue) : QueueText.WriteAsync(queue, TimeProvider.System.GetUtcNow(), terminal);
}
