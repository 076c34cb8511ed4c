using System.Text.Json;
using AiApp.Rag.Agents.Tools;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Prompts;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Agents;

/// <summary>What a run has done so far, and what follows from it: the conversation, the passages, what is known. It holds nothing else.</summary>
internal sealed class AgentMemory(AgentRun run)
{
    private static readonly PromptTemplate Prompt = PromptTemplate.Load("agent", "v1");

    private readonly SortedDictionary<int, AgentStep> _steps = new(run.Steps.ToDictionary(step => step.Number));

    public static string PromptId => Prompt.Id;
    public AgentRun Run { get; } = run;
    public SeenPassages Seen { get; } = new(run.Steps.SelectMany(step => step.Passages));
    public IReadOnlyCollection<AgentStep> Steps => _steps.Values;
    public int NextNumber => _steps.Count + 1;
    public long Spent { get; private set; } = run.SpentCost;

    /// <summary>Somebody else's words are in the conversation.</summary>
    public bool IsTainted => Steps.Any(step => step.IsTainted);
    public DerivedNumbers Derived => new([.. Steps.Select(step => step.Derivation).OfType<Derivation>()]);

    /// <summary>The first step that is not over; null when the next one is up to the model.</summary>
    public AgentStep? Unfinished => Steps.FirstOrDefault(step => !step.IsOver);

    /// <summary>What the model says in the end; null while it wants something else.</summary>
    public AgentResponse? Answer => Unfinished is null && Steps.LastOrDefault() is { Kind: AgentStepKind.Model, Response: { Calls.Count: 0 } response } ? response : null;

    public void Remember(AgentStep step)
    {
        Spent += step.Cost - (_steps.TryGetValue(step.Number, out var known) ? known.Cost : 0);
        _steps[step.Number] = step;
    }

    /// <summary><paramref name="leftOut"/>: so many results, from the first, are not repeated because the prompt is too long.</summary>
    public List<ChatMessage> ToMessages(bool isLast, int leftOut)
    {
        var messages = new List<ChatMessage>
        {
            new(ChatRole.System, Prompt.System),
            new(ChatRole.User, PromptTemplate.Fill(Prompt.User, ("question", SeenPassages.Escape(Run.Task.Question)))),
        };
        foreach (var step in Steps.Where(step => step.IsOver))
        {
            if (step.Kind == AgentStepKind.Model)
            {
                messages.Add(Said(step.Response!));
            }
            else
            {
                var text = leftOut-- > 0 ? "(left out: the conversation has become too long)" : ResultOf(step);
                messages.Add(new(ChatRole.Tool, [new FunctionResultContent(step.Call!.Id, text)]));
            }
        }
        if (isLast)
        {
            messages.Add(new(ChatRole.User, "No more tools can be called. Answer now from what the passages say, or reply with exactly: INSUFFICIENT_CONTEXT"));
        }
        return messages;
    }

    private static ChatMessage Said(AgentResponse response)
    {
        var contents = new List<AIContent>();
        if (response.Text.Length > 0)
        {
            contents.Add(new TextContent(response.Text));
        }
        contents.AddRange(response.Calls.Select(call => new FunctionCallContent(call.Id, call.Tool, Arguments(call.Arguments))));
        return new(ChatRole.Assistant, contents);
    }

    // What was no object is shown to the model as none; the result says what was wrong.
    private static Dictionary<string, object?> Arguments(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, object?>>(json) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string ResultOf(AgentStep step) => step.Result ?? (step.State == AgentStepState.Declined
        ? "A person has declined this call. It was not made; do without it."
        : "");
}
