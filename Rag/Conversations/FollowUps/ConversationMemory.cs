using System.Text;
using System.Text.RegularExpressions;
using AiApp.Rag.Gateway.Usage.Tokens;
using AiApp.Rag.Text;

namespace AiApp.Rag.Conversations.FollowUps;

/// <summary>What is told of a conversation: the last turns word for word within a budget of tokens, what came before in few words.</summary>
internal sealed partial record ConversationMemory
{
    private const int LongestAnswer = 1200;
    private const int LongestLine = 200;
    private const int LongestText = 4000;

    /// <summary>What the turns before <see cref="Older"/> had come to.</summary>
    public TurnMemory? Known { get; private init; }

    /// <summary>No longer told word for word, and not part of <see cref="Known"/> yet.</summary>
    public IReadOnlyList<PathTurn> Older { get; private init; } = [];
    public IReadOnlyList<PathTurn> Verbatim { get; private init; } = [];

    public static ConversationMemory Of(IReadOnlyList<PathTurn> path, int budget)
    {
        var places = path.Select((turn, at) => (turn.Id, at)).ToDictionary(pair => pair.Id, pair => pair.at);
        var known = path.Select(turn => turn.Memory).LastOrDefault(memory => memory is not null && places.ContainsKey(memory.Through));
        var rest = path.Skip(known is null ? 0 : places[known.Through] + 1).ToList();
        if (rest.Sum(Tokens) <= budget)
        {
            return new() { Known = known, Verbatim = rest };
        }
        // Down to half of it, so that not every turn makes the memory anew.
        var kept = 1;
        for (var tokens = Tokens(rest[^1]); kept < rest.Count && (tokens += Tokens(rest[^(kept + 1)])) <= budget / 2; kept++)
        {
        }
        return new() { Known = known, Older = rest[..^kept], Verbatim = rest[^kept..] };
    }

    /// <summary>Without a model: each older question with the first sentence of its answer; the oldest go first when it becomes too long.</summary>
    public TurnMemory? Extract()
    {
        if (Older.Count == 0)
        {
            return Known;
        }
        var lines = (Known?.Text.Split('\n') ?? []).Concat(Older.Select(Line)).ToList();
        while (lines.Count > 1 && lines.Sum(line => line.Length + 1) > LongestText)
        {
            lines.RemoveAt(0);
        }
        return new(Older[^1].Id, string.Join('\n', lines));
    }

    public static string Render(IEnumerable<PathTurn> turns)
    {
        var text = new StringBuilder();
        foreach (var turn in turns)
        {
            text.Append("Question: ").Append(turn.Question).Append('\n');
            text.Append("Answer: ").Append(turn.Answer is { } answer ? Cut(Plain(answer), LongestAnswer) : "(none)").Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }

    private static int Tokens(PathTurn turn) => EstimatedTokens.Of(Render([turn]));

    private static string Line(PathTurn turn)
    {
        var answer = Plain(turn.Answer ?? "");
        var first = SentenceSplitter.Split(answer).Select(span => span.Of(answer)).FirstOrDefault() ?? "";
        return $"{Cut(turn.Question, LongestLine)} {Cut(first, LongestLine)}".ReplaceLineEndings(" ").Trim();
    }

    /// <summary>Without the markers of citations.</summary>
    internal static string Plain(string answer) => Markers().Replace(answer, "").Trim();

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";

    [GeneratedRegex(@"\s*\[\d{1,3}\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Markers();
}
