using System.CommandLine;
using System.Globalization;
using AiApp.Contracts;

namespace AiApp.Cli.Sources;

internal static class AddSourceCommand
{
    private static readonly Option<string?> Folder = new("--folder") { Description = "Files below this folder of the machines that the services run on." };
    private static readonly Option<string?> Git = new("--git") { Description = "Files of this repository: an https address, or a path of the services' machines." };
    private static readonly Option<string?> Branch = new("--branch") { Description = "With --git: the branch; its own default when unset." };
    private static readonly Option<string?> Below = new("--below") { Description = "With --git or --container: only what is below this folder." };
    private static readonly Option<string[]> Include = new("--include") { Description = "With --git: only paths like this, such as 'docs/**/*.md'. May be repeated." };
    private static readonly Option<string[]> Exclude = new("--exclude") { Description = "With --git: no paths like this. May be repeated." };
    private static readonly Option<string[]> Url = new("--url") { Description = "A page. May be repeated." };
    private static readonly Option<string[]> Sitemap = new("--sitemap") { Description = "The pages of this sitemap. May be repeated." };
    private static readonly Option<string[]> Host = new("--host") { Description = "With --sitemap: another host that pages may stand on. May be repeated." };
    private static readonly Option<int?> MaxPages = new("--max-pages") { Description = "With --url or --sitemap: no more pages than these." };
    private static readonly Option<string?> Container = new("--container") { Description = "The blobs of this container of Azure." };
    private static readonly Option<string?> Account = new("--account") { Description = "With --container: https://NAME.blob.core.windows.net; unset when the secret says it." };
    private static readonly Option<string?> Secret = new("--secret") { Description = "With --git or --container: the name of a secret of the services, Sources:Secrets:NAME." };
    private static readonly Option<string?> Collection = new("--collection") { Description = "The collection of its documents." };
    private static readonly Option<string?> Readers = new("--readers") { Description = "Who may read new documents, separated by commas; everyone when unset." };
    private static readonly Option<string?> Interval = new("--interval") { Description = "Pause between two runs, such as 30s, 15m, 2h or 1d; 15m when unset." };
    private static readonly Option<bool> Disabled = new("--disabled") { Description = "Make it without running it." };
    private static readonly Option<bool> Test = new("--test") { Description = "Only try it out: list the first item, and make nothing." };

    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "How it is called; its documents stand below this name." };
        var json = new Option<bool>("--json") { Description = "Print the source as JSON." };
        var command = new Command("add", "Makes a source of a folder, a repository, pages or a container; its first run comes at once.")
        {
            name, Folder, Git, Branch, Below, Include, Exclude, Url, Sitemap, Host, MaxPages, Container, Account, Secret, Collection, Readers, Interval, Disabled, Test, json,
        };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var request = Read(parsed, parsed.GetValue(name)!);
            if (parsed.GetValue(Test))
            {
                var test = await api.Client.TestSourceAsync(request, ct);
                await terminal.Out.WriteLineAsync(test.FirstItem is null ? "It can be listed, and is empty." : $"It can be listed; first comes {Terminal.OneLine(test.FirstItem)}");
                return ExitCodes.Done;
            }
            var source = await api.Client.AddSourceAsync(request, ct);
            await (parsed.GetValue(json) ? JsonText.WriteAsync(terminal, source) : terminal.Out.WriteLineAsync($"{Terminal.OneLine(source.Name)}: made, {source.Id}"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static SourceRequest Read(ParseResult parsed, string name) => new()
    {
        Name = name,
        Collection = parsed.GetValue(Collection),
        Readers = parsed.GetValue(Readers)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        IntervalSeconds = parsed.GetValue(Interval) is { } interval ? Seconds(interval) : null,
        Enabled = parsed.GetValue(Disabled) ? false : null,
        Folder = parsed.GetValue(Folder) is { } folder ? new() { Path = folder } : null,
        Git = parsed.GetValue(Git) is { } repository
            ? new()
            {
                Repository = repository,
                Branch = parsed.GetValue(Branch),
                Folder = parsed.GetValue(Below),
                Include = parsed.GetValue(Include),
                Exclude = parsed.GetValue(Exclude),
                Secret = parsed.GetValue(Secret),
            }
            : null,
        Web = parsed.GetValue(Url) is { Length: > 0 } || parsed.GetValue(Sitemap) is { Length: > 0 }
            ? new() { Urls = parsed.GetValue(Url), Sitemaps = parsed.GetValue(Sitemap), Hosts = parsed.GetValue(Host), MaxPages = parsed.GetValue(MaxPages) }
            : null,
        AzureBlob = parsed.GetValue(Container) is { } container
            ? new() { Container = container, AccountUrl = parsed.GetValue(Account), Prefix = parsed.GetValue(Below), Secret = parsed.GetValue(Secret) }
            : null,
    };

    private static int Seconds(string interval)
    {
        var factor = interval.Length == 0 ? 0 : interval[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
        return factor > 0 && int.TryParse(interval.AsSpan(0, interval.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count < 1_000_000_000 / factor
            ? count * factor
            : throw new UsageException("--interval is a number and s, m, h or d, such as 15m.");
    }
}
