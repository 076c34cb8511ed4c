using System.CommandLine;
using AiApp.Cli.Feedback;
using AiApp.Cli.Research;
using AiApp.Cli.Sources;

namespace AiApp.Cli;

/// <summary>The verbs, and the way from arguments to an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(
        string[] args, Terminal terminal, Surroundings surroundings, CancellationToken ct = default)
    {
        var connection = new ConnectionOptions(surroundings);
        var root = new RootCommand("Asks questions of a company's documents and shows where each answer stands.")
        {
            AskCommand.Create(connection, terminal),
            ConversationsCommand.Create(connection, terminal),
            ResearchCommand.Create(connection, terminal),
            ReplayCommand.Create(connection, terminal),
            SearchCommand.Create(connection, terminal),
            ExtractCommand.Create(connection, terminal),
            IngestCommand.Create(connection, terminal),
            DocsCommand.Create(connection, terminal),
            QueueCommand.Create(connection, terminal),
            SourcesCommand.Create(connection, terminal),
            FeedbackCommand.Create(connection, terminal),
        };
        // A question may begin with "@"; it does not name a file of arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
        };
        var exitCode = await parsed.InvokeAsync(configuration, ct);
        return parsed.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
    }
}
