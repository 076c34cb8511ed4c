using System.Globalization;
using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>A search told step by step, in 80 columns.</summary>
internal sealed class ExplanationText(Terminal terminal)
{
    private const int Width = 80;
    private const int MoreCandidates = 5;

    public async Task WriteAsync(ExplanationDto explanation)
    {
        if (explanation.Document is { } document)
        {
            await WriteDocumentAsync(document);
            await terminal.Out.WriteLineAsync();
        }
        await WriteSearchAsync(explanation);
        var passages = explanation.Candidates.Where(candidate => candidate.Place is not null).ToList();
        foreach (var passage in passages)
        {
            await WriteCandidateAsync(passage);
        }
        var others = explanation.Candidates.Skip(passages.Count).ToList();
        if (others.Count > 0)
        {
            await terminal.Out.WriteLineAsync();
            await terminal.Out.WriteLineAsync(terminal.Bold($"Not shown ({Math.Min(others.Count, MoreCandidates)} of {others.Count})"));
        }
        foreach (var other in others.Take(MoreCandidates))
        {
            await WriteCandidateAsync(other);
        }
        await terminal.Out.WriteLineAsync();
        await WrapAsync("", string.Join(", ", explanation.Stages.Select(s => $"{s.Name} {s.DurationMs:0.0} ms")), terminal.Dim);
        await terminal.Out.WriteLineAsync(terminal.Dim($"configuration {explanation.ConfigurationId}"));
    }

    private async Task WriteDocumentAsync(DocumentFateDto document)
    {
        await terminal.Out.WriteLineAsync(terminal.Bold(Terminal.OneLine($"{document.SourceUri}: {document.Fate.Replace('_', ' ')}")));
        await WrapAsync("  ", document.Reason);
        foreach (var finding in document.Findings.Where(finding => finding.Reason != document.Reason))
        {
            await WrapAsync($"  {finding.Stage,-9}", finding.Reason);
        }
        if (document.MissingWords.Count > 0)
        {
            await WrapAsync("  lacks    ", string.Join(", ", document.MissingWords));
        }
        if (document.Chunks.Count == 0 && document.HeadingPath is { } path)
        {
            await WrapAsync("  chunk    ", $"{document.ChunkId}, {path}");
        }
        foreach (var chunk in document.Chunks)
        {
            await WrapAsync("  chunk    ", $"{chunk.ChunkId}, {chunk.HeadingPath}: {chunk.Reason}");
        }
    }

    private async Task WriteSearchAsync(ExplanationDto explanation)
    {
        await WrapAsync("words    ", explanation.Terms.Count == 0
            ? "none to search for"
            : string.Join("  ", explanation.Terms.Select(term => $"{term.Lexeme} ({(term.ChunkCount == 0 ? "unknown" : $"idf {Number(term.Idf)}, in {term.ChunkCount}")})")));
        await WrapAsync("lexical  ", Describe(explanation.Lexical));
        await WrapAsync("vector   ", Describe(explanation.Vector));
        await WrapAsync("fused    ", $"{explanation.FusedCount} chunks, the first {explanation.JudgedCount} looked at");
        await terminal.Out.WriteLineAsync();
    }

    private async Task WriteCandidateAsync(CandidateDto candidate)
    {
        var passage = candidate.Passage;
        await WrapAsync($"{candidate.Place?.ToString() ?? "-",2}  {passage.Score:0.000}  ", AnswerText.Heading(passage.Title, passage.HeadingPath), terminal.Bold);
        await WrapAsync("    ", AnswerText.Place(passage.SourceUri, null, passage.Page, passage.StartOffset, passage.Length), terminal.Dim);
        await WrapAsync("    lexical  ", Describe(candidate.Lexical));
        if (candidate.Terms.Count > 0)
        {
            await WrapAsync("             ", string.Join(" + ", candidate.Terms.Select(term =>
                $"{term.Lexeme} {Number(term.Product)} ({Number(term.Idf)}{(term.QueryFrequency > 1 ? $"x{term.QueryFrequency}" : "")}x{Number(term.Weight)})")));
        }
        await WrapAsync("    vector   ", Describe(candidate.Vector));
        var decisions = passage.Decisions.Select(decision => decision.Text).Where((text, i) => i == 0 || text != passage.Decisions[i - 1].Text);
        await WrapAsync("    then     ", string.Join(' ', decisions));
        if (passage.AlsoIn.Count > 0)
        {
            await WrapAsync("    also in  ", string.Join(", ", passage.AlsoIn.Select(other => other.SourceUri)));
        }
    }

    private static string Describe(LegDto leg) => leg.HitCount == 0
        ? $"weight {Number(leg.Weight)}, nothing found"
        : $"weight {Number(leg.Weight)}, {leg.HitCount} places from {Number(leg.BestScore)}"
            + (leg.CutScore is null ? ", nothing cut off" : $" down to {Number(leg.CutScore)}");

    private static string Describe(LegShareDto? share) => share is null
        ? "not found"
        : $"#{share.Rank}, {Number(share.Score)}; normalised {Number(share.Normalised)} x weight {Number(share.Weight)} = {Number(share.Share)}";

    private static string Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>The label once, then the text under itself, broken at spaces.</summary>
    private async Task WrapAsync(string label, string text, Func<string, string>? style = null)
    {
        style ??= line => line;
        var line = "";
        var margin = label;
        foreach (var word in Terminal.OneLine(text).Split(' '))
        {
            if (line.Length > 0 && margin.Length + line.Length + 1 + word.Length > Width)
            {
                await terminal.Out.WriteLineAsync(margin + style(line));
                (margin, line) = (new string(' ', label.Length), word);
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }
        await terminal.Out.WriteLineAsync(margin + style(line));
    }
}
