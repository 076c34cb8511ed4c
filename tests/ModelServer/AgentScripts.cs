using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiApp.Testing;

/// <summary>A call of a tool, with arguments as they are sent.</summary>
public sealed record ScriptedCall(string Tool, string Arguments);

/// <summary>What a scripted model says in one turn: words, or calls.</summary>
public sealed record AgentTurn(string Text, params IReadOnlyList<ScriptedCall> Calls)
{
    public static AgentTurn Call(string tool, string arguments) => new("", new ScriptedCall(tool, arguments));

    public static AgentTurn Say(string text) => new(text);
}

/// <summary>
/// Tasks of several steps, by their questions. Which turn it is follows from the conversation alone, so that a conversation that is taken
/// up again goes on where it was. In a turn <c>{n:words}</c> is the number of the first passage that holds the words, and
/// <c>{document:words}</c> the id of its document.
/// </summary>
public sealed partial class AgentScripts
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<AgentTurn>> scripts = new();

    /// <summary>Is waited for before each turn: question and number of the turn, from 0.</summary>
    public Func<string, int, CancellationToken, Task>? BeforeTurn { get; set; }

    public void Add(string question, params IReadOnlyList<AgentTurn> turns) => scripts[question] = turns;

    internal async Task<AgentTurn> NextAsync(JsonElement body, ChatPrompt prompt, CancellationToken ct)
    {
        var question = Question().Match(prompt.ContextText).Groups["text"].Value.Trim();
        var turn = body.GetProperty("messages").EnumerateArray().Count(message => message.GetProperty("role").GetString() == "assistant");
        if (BeforeTurn is { } wait)
        {
            await wait(question, turn, ct);
        }
        var turns = scripts.TryGetValue(question, out var known) ? known : [AgentTurn.Say("INSUFFICIENT_CONTEXT")];
        var next = turns[Math.Min(turn, turns.Count - 1)];
        if (next.Calls.Count > 0 && body.TryGetProperty("tool_choice", out var choice) && choice.ValueKind == JsonValueKind.String && choice.GetString() == "none")
        {
            return AgentTurn.Say("INSUFFICIENT_CONTEXT");
        }
        return new(Fill(next.Text, prompt.ContextText), [.. next.Calls.Select(call => call with { Arguments = Fill(call.Arguments, prompt.ContextText) })]);
    }

    private static string Fill(string template, string context) => Place().Replace(template, place =>
        Passage().Matches(context).FirstOrDefault(passage => passage.Groups["text"].Value.Contains(place.Groups["words"].Value, StringComparison.Ordinal)) is { } found
            ? found.Groups[place.Groups["what"].Value].Value
            : "0");

    [GeneratedRegex("<question>(?<text>.*?)</question>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Question();

    [GeneratedRegex(@"\{(?<what>n|document):(?<words>[^}]+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Place();

    [GeneratedRegex("""<passage n="(?<n>\d+)" document="(?<document>[^"]+)"[^>]*>(?<text>.*?)</passage>""", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Passage();
}
