using System.CommandLine;
using System.Globalization;
using AiApp.Contracts;

namespace AiApp.Cli;

internal static class ReplayCommand
{
    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var id = new Argument<Guid>("ID") { Description = "The answer's id, as in 'aiapp ask --json'." };
        var evidence = new Option<string>("--evidence")
        {
            Description = "recorded: the passages that it was written from; new: what the documents of today have.",
            DefaultValueFactory = _ => ReplayEvidences.Recorded,
        };
        evidence.AcceptOnlyFromAmong(ReplayEvidences.Recorded, ReplayEvidences.New);
        var json = new Option<bool>("--json") { Description = "Print both answers and what lies between them as JSON." };
        var command = new Command("replay", "Answers a recorded question of yours again, and tells what is different. Costs what the model costs.") { id, evidence, json };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var replay = await api.Client.ReplayAnswerAsync(parsed.GetValue(id), parsed.GetValue(evidence)!, ct);
            await (parsed.GetValue(json) ? JsonText.WriteAsync(terminal, replay) : WriteAsync(replay, terminal));
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task WriteAsync(ReplayDto replay, Terminal terminal)
    {
        await terminal.Out.WriteLineAsync(terminal.Bold(
            replay.SameText ? "The same words again" : replay.SameOutcome ? "Other words" : $"{Outcome(replay.Original)} then, {Outcome(replay.Replay)} now"));
        if (!replay.SameText)
        {
            await terminal.Out.WriteLineAsync($"{terminal.Bold("then")}  {Terminal.OneLine(replay.Original.Text)}");
            await terminal.Out.WriteLineAsync($"{terminal.Bold("now")}   {Terminal.OneLine(replay.Replay.Text)}");
        }
        await terminal.Out.WriteLineAsync();
        await terminal.Out.WriteLineAsync($"citations: {replay.KeptCitations.Count} kept, {replay.GoneCitations.Count} gone, {replay.NewCitations.Count} new");
        foreach (var (sign, citation) in replay.GoneCitations.Select(gone => ('-', gone)).Concat(replay.NewCitations.Select(added => ('+', added))))
        {
            await terminal.Out.WriteLineAsync($"  {sign} {AnswerText.Heading(citation.Title, citation.HeadingPath)}: \"{Terminal.OneLine(citation.Quote)}\"");
        }
        foreach (var document in replay.ChangedDocuments)
        {
            await terminal.Out.WriteLineAsync($"changed since: {Terminal.OneLine(document.SourceUri)} (version {document.RecordedVersion}, now {document.CurrentVersion})");
        }
        foreach (var gone in replay.Missing)
        {
            await terminal.Out.WriteLineAsync($"no longer there, today's was taken: {gone.Replace('_', ' ')}");
        }
        await terminal.Out.WriteLineAsync(terminal.Dim(
            $"{replay.Original.Provider}/{replay.Original.Model} then, {replay.Replay.Provider}/{replay.Replay.Model} now; "
            + string.Create(CultureInfo.InvariantCulture, $"{replay.DurationMsMore:+0;-0;0} ms, {replay.CostDollarsMore:+$0.0000##;-$0.0000##;$0} more")));
    }

    private static string Outcome(AnswerDto answer) => answer.Outcome == AnswerOutcomes.Answered ? "answered" : "not answered";
}
