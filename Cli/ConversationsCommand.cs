using System.CommandLine;

namespace AiApp.Cli;

internal static class ConversationsCommand
{
    private const int PageSize = 200;

    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "Print the list as JSON." };
        var command = new Command("conversations", "Lists your conversations, the one spoken in last first.")
        {
            json, CreateRename(connection, terminal), CreateDelete(connection, terminal),
        };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var all = await Pages.ReadAsync((cursor, stop) => api.Client.ListConversationsAsync(cursor, PageSize, stop), ct).ToListAsync(ct);
            if (parsed.GetValue(json))
            {
                await JsonText.WriteAsync(terminal, all);
                return ExitCodes.Done;
            }
            foreach (var conversation in all)
            {
                await terminal.Out.WriteLineAsync($"{conversation.UpdatedAt.UtcDateTime:yyyy-MM-dd HH:mm}  {conversation.Id}  {Terminal.OneLine(conversation.Title ?? "")}");
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateRename(ConnectionOptions connection, Terminal terminal)
    {
        var id = CreateId();
        var title = new Argument<string>("TITLE") { Description = "The new title, in quotes." };
        var command = new Command("rename", "Gives a conversation another title.") { id, title };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var renamed = await api.Client.RenameConversationAsync(parsed.GetValue(id), parsed.GetValue(title)!, ct);
            await terminal.Out.WriteLineAsync($"renamed to {Terminal.OneLine(renamed.Title ?? "")}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateDelete(ConnectionOptions connection, Terminal terminal)
    {
        var id = CreateId();
        var command = new Command("delete", "Deletes a conversation with its questions and answers.") { id };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            await api.Client.DeleteConversationAsync(parsed.GetValue(id), ct);
            await terminal.Out.WriteLineAsync($"deleted {parsed.GetValue(id)}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Argument<Guid> CreateId() => new("ID") { Description = "The conversation's id, as in 'aiapp conversations'." };
}
