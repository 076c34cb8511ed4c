using System.CommandLine;
using AiApp.Contracts;

namespace AiApp.Cli;

internal static class AskCommand
{
    private const string New = "new";

    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var question = new Argument<string>("QUESTION") { Description = "The question, in quotes." };
        var collection = new Option<string?>("--collection") { Description = "Ask this collection only." };
        var json = new Option<bool>("--json") { Description = "Print the answer as JSON." };
        var verify = new Option<bool>("--verify")
        {
            Description = "Fetch each cited document and check that the quote stands in it; \"--verify false\" leaves it out.",
            DefaultValueFactory = _ => true,
        };
        var fresh = new Option<bool>("--fresh") { Description = "Do not take an earlier answer that still holds." };
        var conversation = new Option<string?>("--conversation")
        {
            Description = "Ask as a follow-up in this conversation, by the id at the end of its address; \"new\" begins one and prints its id.",
            HelpName = "ID|new",
        };
        conversation.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } value && value != New && !Guid.TryParse(value, out _))
            {
                result.AddError($"--conversation is the id of a conversation, or {New}.");
            }
        });
        var wait = new Option<bool>("--wait") { Description = "First wait until the documents are ready." };
        var waitSeconds = new Option<int>("--wait-seconds")
        {
            Description = "How long --wait waits.",
            DefaultValueFactory = _ => 240,
        };
        var command = new Command("ask", "Asks a question and prints the answer with its sources.")
        {
            question, collection, conversation, json, verify, fresh, wait, waitSeconds,
        };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            if (parsed.GetValue(wait))
            {
                var limit = TimeSpan.FromSeconds(parsed.GetValue(waitSeconds));
                if (!await new ReadyDocuments(terminal).WaitAsync(() => connection.Open(parsed), limit, ct))
                {
                    return ExitCodes.Failed;
                }
            }
            using var api = connection.Open(parsed);
            var request = new AskRequest
            {
                Question = parsed.GetValue(question)!,
                Collection = parsed.GetValue(collection),
                Fresh = parsed.GetValue(fresh),
            };
            if (parsed.GetValue(conversation) is not (null or New) && request.Collection is not null)
            {
                throw new UsageException("A conversation has its own collection: leave out --collection.");
            }
            var id = await FindConversationAsync(api.Client, parsed.GetValue(conversation), request.Collection, terminal, ct);
            return parsed.GetValue(json)
                ? await PrintJsonAsync(api.Client, request, id, parsed.GetValue(verify), terminal, ct)
                : await PrintTextAsync(api.Client, request, id, parsed.GetValue(verify), terminal, ct);
        });
        return command;
    }

    private static async Task<Guid?> FindConversationAsync(AiAppClient client, string? named, string? collection, Terminal terminal, CancellationToken ct)
    {
        if (named != New)
        {
            return named is null ? null : Guid.Parse(named);
        }
        var begun = await client.CreateConversationAsync(new() { Collection = collection }, ct);
        // Not among the answer, which may be read by a program.
        await terminal.Error.WriteLineAsync($"conversation {begun.Id}");
        return begun.Id;
    }

    private static async Task<int> PrintJsonAsync(
        AiAppClient client, AskRequest request, Guid? conversation, bool verify, Terminal terminal, CancellationToken ct)
    {
        var answer = conversation is { } id
            ? await new ConversationTurn(client, terminal, id).AskAsync(request, (_, _) => Task.CompletedTask, ct)
            : await client.AskAsync(request, ct);
        await JsonText.WriteAsync(terminal, answer);
        return answer.Outcome == AnswerOutcomes.InsufficientContext
            ? ExitCodes.InsufficientContext
            : await AnswerEnd.CheckAsync(client, answer, verify, terminal.Error, terminal, ct);
    }

    private static async Task<int> PrintTextAsync(
        AiAppClient client, AskRequest request, Guid? conversation, bool verify, Terminal terminal, CancellationToken ct)
    {
        var text = new GrowingText(terminal);
        AnswerDto answer;
        try
        {
            answer = conversation is { } id
                ? await new ConversationTurn(client, terminal, id).AskAsync(request, text.WriteAsync, ct)
                : await ReadAsync(client.AskStreamingAsync(request, ct), text.WriteAsync, ct);
            await text.CompleteAsync(answer);
        }
        finally
        {
            await text.EndAsync();
        }
        return await AnswerEnd.WriteAsync(client, answer, verify, terminal, ct);
    }

    /// <summary>The answer that the events end with.</summary>
    public static async Task<AnswerDto> ReadAsync(IAsyncEnumerable<AnswerEvent> events, Func<AnswerEvent, CancellationToken, Task> write, CancellationToken ct)
    {
        await foreach (var item in events.WithCancellation(ct))
        {
            switch (item)
            {
                case ErrorEvent error:
                    throw new AiAppException(error.Problem);
                case DoneEvent done:
                    return done.Answer;
                default:
                    await write(item, ct);
                    break;
            }
        }
        throw new AiAppException(new ProblemDto { Detail = "The answer ended before it was complete.", Code = ProblemCodes.StreamInterrupted });
    }
}
