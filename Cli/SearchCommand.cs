using System.CommandLine;
using AiApp.Contracts;

namespace AiApp.Cli;

internal static class SearchCommand
{
    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var query = new Argument<string>("QUERY") { Description = "What to look for." };
        var collection = new Option<string?>("--collection") { Description = "Search this collection only." };
        var top = new Option<int>("--top") { Description = "How many passages, 1 to 50.", DefaultValueFactory = _ => 10 };
        top.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 50)
            {
                result.AddError("--top must be between 1 and 50.");
            }
        });
        var explain = new Option<bool>("--explain") { Description = "Show how the passages came to be: scores, words, decisions." };
        var why = new Option<string?>("--why") { Description = "Tell what became of this document, an id or a source URI." };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var command = new Command("search", "Finds passages and shows how each leg of retrieval ranked them.")
        {
            query, collection, top, explain, why, json,
        };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            if (parsed.GetValue(explain) || parsed.GetValue(why) is not null)
            {
                var explanation = await api.Client.ExplainSearchAsync(
                    parsed.GetValue(query)!, parsed.GetValue(collection), parsed.GetValue(why), parsed.GetValue(top), ct);
                await (parsed.GetValue(json) ? JsonText.WriteAsync(terminal, explanation) : new ExplanationText(terminal).WriteAsync(explanation));
                return ExitCodes.Done;
            }
            var result = await api.Client.SearchAsync(
                new SearchRequest
                {
                    Query = parsed.GetValue(query)!,
                    Collection = parsed.GetValue(collection),
                    Top = parsed.GetValue(top),
                },
                ct);
            if (parsed.GetValue(json))
            {
                await JsonText.WriteAsync(terminal, result);
            }
            else
            {
                await PrintAsync(result, terminal);
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task PrintAsync(SearchResultDto result, Terminal terminal)
    {
        if (result.Passages.Count == 0)
        {
            await terminal.Out.WriteLineAsync("No passage matches.");
        }
        foreach (var (rank, passage) in result.Passages.Index())
        {
            await terminal.Out.WriteLineAsync(
                $"{rank + 1,2}  {passage.Score:0.000}  {terminal.Bold(AnswerText.Heading(passage.Title, passage.HeadingPath))}");
            await terminal.Out.WriteLineAsync(
                $"    {Leg("lexical", passage.LexicalRank, passage.LexicalScore)}  {Leg("vector", passage.VectorRank, passage.VectorScore)}");
            await terminal.Out.WriteLineAsync($"    {AnswerText.Snippet(passage.Text)}");
            if (passage.AlsoIn.Count > 0)
            {
                await terminal.Out.WriteLineAsync($"    also in {Terminal.OneLine(string.Join(", ", passage.AlsoIn.Select(other => other.SourceUri)))}");
            }
            await terminal.Out.WriteLineAsync(terminal.Dim(
                $"    {AnswerText.Place(passage.SourceUri, null, passage.Page, passage.StartOffset, passage.Length)}"));
        }
        await terminal.Out.WriteLineAsync(terminal.Dim(
            string.Join(", ", result.Stages.Select(s => $"{s.Name} {s.DurationMs:0.0} ms"))));
    }

    private static string Leg(string name, int? rank, double? score) =>
        rank is null ? $"{name} -" : $"{name} #{rank} ({score:0.000})";
}
