using AiApp.Contracts;

namespace AiApp.Web.Answers;

/// <summary>The turns of a conversation, and which wording of each question is looked at.</summary>
internal sealed class TurnTree
{
    private readonly List<Exchange> all = [];
    private readonly Dictionary<Guid, Exchange> chosen = [];
    private List<Exchange> path = [];
    private int numbers;

    /// <summary>What was said, from the first question to the last, by the chosen wordings.</summary>
    public IReadOnlyList<Exchange> Path => path;

    /// <summary>What a new question follows: what the Api never took down, nothing can follow.</summary>
    public Guid? Last => path.LastOrDefault(exchange => exchange.IsRecorded)?.TurnId;

    public void Load(IEnumerable<TurnDto> turns)
    {
        all.Clear();
        chosen.Clear();
        all.AddRange(turns.Select(turn => Exchange.Of(++numbers, turn)));
        Walk();
    }

    public Exchange Add(string question, bool fresh, Exchange? editOf)
    {
        var exchange = new Exchange(++numbers, question, fresh) { ParentId = editOf is null ? Last : editOf.ParentId, EditOf = editOf?.TurnId };
        all.Add(exchange);
        Choose(exchange);
        return exchange;
    }

    /// <summary>
    /// In the place of one whose first event never came. The same question keeps its id, because the Api may have it all the same; one that was
    /// stopped would be found stopped.
    /// </summary>
    public Exchange Replace(Exchange lost, string question, bool fresh)
    {
        var isSame = lost.State == ExchangeState.Failed && lost.Question == question && lost.IsFresh == fresh;
        var exchange = new Exchange(++numbers, question, fresh)
        {
            TurnId = isSame ? lost.TurnId : Guid.CreateVersion7(), ParentId = lost.ParentId, EditOf = lost.EditOf,
        };
        all.Remove(lost);
        all.Add(exchange);
        Choose(exchange);
        return exchange;
    }

    /// <summary>Which wording it is, from 1, and how many there are.</summary>
    public (int Number, int Count) Place(Exchange exchange)
    {
        var wordings = Wordings(exchange.ParentId);
        return (wordings.IndexOf(exchange) + 1, wordings.Count);
    }

    /// <summary>Looks at another wording of the same question, and at what followed it.</summary>
    public void Step(Exchange exchange, int step)
    {
        var wordings = Wordings(exchange.ParentId);
        var at = wordings.IndexOf(exchange) + step;
        if (at >= 0 && at < wordings.Count)
        {
            Choose(wordings[at]);
        }
    }

    private void Choose(Exchange exchange)
    {
        chosen[Key(exchange.ParentId)] = exchange;
        Walk();
    }

    private void Walk()
    {
        path = [];
        for (Guid? parent = null; Wordings(parent) is { Count: > 0 } wordings; parent = path[^1].TurnId)
        {
            path.Add(chosen.GetValueOrDefault(Key(parent)) ?? wordings[^1]);
        }
    }

    private List<Exchange> Wordings(Guid? parent) => [.. all.Where(exchange => exchange.ParentId == parent)];

    private static Guid Key(Guid? parent) => parent ?? Guid.Empty;
}
