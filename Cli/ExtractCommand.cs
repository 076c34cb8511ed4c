using System.CommandLine;
using System.Text.Json;
using AiApp.Contracts;

namespace AiApp.Cli;

internal static class ExtractCommand
{
    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var file = new Argument<string?>("FILE") { Description = "A text file, at most 200 KB.", Arity = ArgumentArity.ZeroOrOne };
        var document = new Option<Guid?>("--document") { Description = "Instead of a file: the id of a document, as in 'aiapp docs --json'." };
        var schema = new Option<string>("--schema") { Description = "A file with the JSON schema of the value.", HelpName = "FILE", Required = true };
        var instructions = new Option<string?>("--instructions") { Description = "What the schema does not say, in quotes." };
        var json = new Option<bool>("--json") { Description = "Print the whole result as JSON, not the value alone." };
        var command = new Command("extract", "Takes facts out of a text or a document into the form of a JSON schema.")
        {
            file, document, schema, instructions, json,
        };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            var (path, id) = (parsed.GetValue(file), parsed.GetValue(document));
            if ((path is null) == (id is null))
            {
                throw new UsageException("Give a FILE or --document ID, one of the two.");
            }
            var request = new ExtractRequest
            {
                Text = path is null ? null : await ReadAsync(path, ct),
                DocumentId = id,
                Schema = Parse(await ReadAsync(parsed.GetRequiredValue(schema), ct)),
                Instructions = parsed.GetValue(instructions),
            };
            using var api = connection.Open(parsed);
            var extracted = await api.Client.ExtractAsync(request, ct);
            if (parsed.GetValue(json))
            {
                await JsonText.WriteAsync(terminal, extracted);
            }
            else
            {
                await JsonText.WriteAsync(terminal, extracted.Value);
                await terminal.Error.WriteLineAsync(terminal.Dim(Footer(extracted)));
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<string> ReadAsync(string path, CancellationToken ct) => File.Exists(path)
        ? await File.ReadAllTextAsync(path, ct)
        : throw new UsageException($"There is no file {Terminal.OneLine(path)}.");

    private static JsonElement Parse(string schema)
    {
        try
        {
            using var document = JsonDocument.Parse(schema);
            return document.RootElement.Clone();
        }
        catch (JsonException wrong)
        {
            throw new UsageException($"The schema is not JSON: see line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1} of it.");
        }
    }

    private static string Footer(ExtractionDto extracted) => Terminal.OneLine(
        $"{extracted.Provider}/{extracted.Model}, {extracted.Usage.InputTokens} + {extracted.Usage.OutputTokens} tokens, "
        + $"{extracted.Attempts} {(extracted.Attempts == 1 ? "attempt" : "attempts")}{(extracted.Repaired ? ", repaired" : "")}");
}
