using System.CommandLine;
using AiApp.Contracts;

namespace AiApp.Cli.Feedback;

internal static class FeedbackCommand
{
    public static Command Create(ConnectionOptions connection, Terminal terminal) =>
        new("feedback", "Shows what people say of their answers, and makes questions for a golden set of the bad ones.")
        {
            CreateList(connection, terminal), CreateExport(connection, terminal),
        };

    private static Command CreateList(ConnectionOptions connection, Terminal terminal)
    {
        var (days, reason) = (Days(), Reason());
        var verdict = new Option<string?>("--verdict") { Description = "Only good or bad ones." };
        verdict.AcceptOnlyFromAmong([.. Verdicts.All]);
        var json = new Option<bool>("--json") { Description = "Print the list as JSON." };
        var command = new Command("list", "Lists what was said, the newest first.") { days, verdict, reason, json };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var filter = Since(parsed.GetValue(days)) with { Verdict = parsed.GetValue(verdict), Reason = parsed.GetValue(reason) };
            var all = new List<FeedbackDto>();
            for (string? cursor = null; ;)
            {
                var page = await api.Client.ListFeedbackAsync(filter, cursor, 200, ct);
                all.AddRange(page.Items);
                cursor = page.Next;
                if (cursor is null)
                {
                    break;
                }
            }
            if (parsed.GetValue(json))
            {
                await JsonText.WriteAsync(terminal, all);
                return ExitCodes.Done;
            }
            foreach (var feedback in all)
            {
                await terminal.Out.WriteLineAsync(
                    $"{feedback.GivenAt.UtcDateTime:yyyy-MM-dd HH:mm}  {feedback.Reason ?? feedback.Verdict,-12}  {feedback.AnswerId}  "
                    + Terminal.OneLine($"{feedback.GivenBy}{(feedback.Comment is null ? "" : ": " + feedback.Comment)}"));
            }
            await terminal.Out.WriteLineAsync(terminal.Dim(
                $"{all.Count(feedback => feedback.Verdict == Verdicts.Good)} good, {all.Count(feedback => feedback.Verdict == Verdicts.Bad)} bad"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateExport(ConnectionOptions connection, Terminal terminal)
    {
        var (days, reason) = (Days(), Reason());
        var file = new Option<string?>("--out") { Description = "Append to this file instead of printing, such as .questions.jsonl of a golden set.", HelpName = "FILE" };
        var command = new Command("export", "Writes bad answers as JSON lines of a golden set. Lines with 'review' lack what it says.") { days, reason, file };
        connection.AddTo(command);
        command.SetVerb(terminal, connection, async (parsed, ct) =>
        {
            using var api = connection.Open(parsed);
            var (count, waiting) = (0, 0);
            await using var target = parsed.GetValue(file) is { } path ? new StreamWriter(path, append: true) { NewLine = "\n" } : null;
            await foreach (var candidate in api.Client.ListCandidatesAsync(Since(parsed.GetValue(days)) with { Reason = parsed.GetValue(reason) }, ct))
            {
                await (target ?? terminal.Out).WriteLineAsync(JsonText.Line(candidate));
                (count, waiting) = (count + 1, waiting + (candidate.Review is null ? 0 : 1));
            }
            await terminal.Error.WriteLineAsync(terminal.Dim($"{count} candidates, {waiting} of them wait for a review"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<int> Days()
    {
        var days = new Option<int>("--days") { Description = "Of the last days, 1 to 92.", DefaultValueFactory = _ => 30 };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 92)
            {
                result.AddError("--days must be between 1 and 92.");
            }
        });
        return days;
    }

    private static Option<string?> Reason()
    {
        var reason = new Option<string?>("--reason") { Description = "Only bad ones for this reason." };
        reason.AcceptOnlyFromAmong([.. FeedbackReasons.All]);
        return reason;
    }

    // One range for all pages: else what is given meanwhile would move them.
    private static FeedbackFilter Since(int days)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new() { From = now.AddDays(-days), To = now };
    }
}
