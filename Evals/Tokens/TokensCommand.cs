using System.CommandLine;
using System.Diagnostics;
using System.Text;
using AiApp.Rag.Gateway.Usage.Tokens;

namespace AiApp.Evals.Tokens;

internal static class TokensCommand
{
    public static Command Create()
    {
        var paths = new Argument<FileSystemInfo[]>("paths") { Description = "Folders of text files, or files of JSON lines with a field \"text\".", Arity = ArgumentArity.OneOrMore };
        var ranks = new Option<FileInfo>("--ranks") { Description = "Published rank file in the format of tiktoken.", Required = true };
        var pattern = new Option<string>("--pattern") { Description = "By what its tokenizer splits texts.", Required = true };
        pattern.AcceptOnlyFromAmong([.. SplitPattern.Names]);
        var command = new Command("tokens", "Compares estimated tokens with those of a tokenizer, by kind of text. Needs no database.") { paths, ranks, pattern };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(paths), parsed.GetRequiredValue(ranks), parsed.GetRequiredValue(pattern), Console.Out));
        return command;
    }

    private static async Task<int> RunAsync(IEnumerable<FileSystemInfo> paths, FileInfo ranks, string pattern, TextWriter output)
    {
        var table = ReadRanks(ranks, out var problem);
        if (table is null)
        {
            await output.WriteLineAsync($"{ranks.Name} {problem}");
            return 1;
        }
        var tokenizer = new BytePairTokenizer(table, SplitPattern.Find(pattern)!);
        await output.WriteLineAsync(
            "Relative error in per cent: signed median; absolute at 50, 90 and 99 of 100 texts; signed at the one of 100 that is lowest. Last: texts beyond the spare.\n");
        await output.WriteLineAsync("| kind | texts | bytes per token | bytes / 4 | 50 | 90 | 99 | 1 | estimate | 50 | 90 | 99 | 1 | beyond |");
        await output.WriteLineAsync("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        var (bytes, exact, estimated) = (0L, TimeSpan.Zero, TimeSpan.Zero);
        foreach (var sample in paths.SelectMany(TextSamples.Load).Where(sample => sample.Texts.Count > 0))
        {
            var (counts, counting) = Measure(sample.Texts, text => tokenizer.Count(text));
            var (_, estimating) = Measure(sample.Texts, EstimateError.Estimate);
            (exact, estimated) = (exact + counting, estimated + estimating);
            var size = sample.Texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text));
            bytes += size;
            await output.WriteLineAsync($"| {sample.Kind} | {sample.Texts.Count} | {(double)size / counts.Sum():0.00} | "
                + $"{Row(EstimateError.Of(sample.Texts, counts, EstimateError.QuarterOfBytes))} | {Row(EstimateError.Of(sample.Texts, counts, EstimateError.Estimate))} | {EstimateError.ShareBeyondSpare(sample.Texts, counts) * 100:0.0} |");
        }
        await output.WriteLineAsync($"\n{bytes / 1e6:0.0} MB; counted at {bytes / 1e6 / exact.TotalSeconds:0} MB/s, estimated at {bytes / 1e6 / estimated.TotalSeconds:0} MB/s.");
        return 0;
    }

    private static RankTable? ReadRanks(FileInfo file, out string? problem)
    {
        try
        {
            problem = null;
            return RankFile.Read(file.FullName, sha256: "");
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            problem = unreadable is InvalidDataException ? unreadable.Message : "cannot be read.";
            return null;
        }
    }

    private static (List<int> Counts, TimeSpan Duration) Measure(IEnumerable<string> texts, Func<string, int> count)
    {
        var start = Stopwatch.GetTimestamp();
        List<int> counts = [.. texts.Select(count)];
        return (counts, Stopwatch.GetElapsedTime(start));
    }

    private static string Row(EstimateError error) =>
        $"{error.Median * 100:+0;-0;0} | {error.AbsoluteMedian * 100:0} | {error.Absolute90 * 100:0} | {error.Absolute99 * 100:0} | {error.Lowest1 * 100:+0;-0;0}";
}
