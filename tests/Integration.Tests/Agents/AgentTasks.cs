using AiApp.Testing;

namespace AiApp.Integration.Tests.Agents;

/// <summary>A question that takes several steps, what a model does about it, and what must come of it.</summary>
public sealed record ScriptedTask(string Name, string Question, string Expected, params IReadOnlyList<AgentTurn> Turns)
{
    public string Outcome { get; init; } = "answered";

    /// <summary>What a person says to calls that wait for it.</summary>
    public bool Approve { get; init; } = true;

    /// <summary>How often a person has to decide.</summary>
    public int Approvals { get; init; }

    /// <summary>Tickets that were made in the end.</summary>
    public int Tickets { get; init; }

    public string? Unexpected { get; init; }

    public override string ToString() => Name;
}

internal static class AgentTasks
{
    public const string Leave = "Full-time employees have 28 days of annual leave a year.";
    public const string PartTime = "Part-time employees have 14 days of annual leave a year.";
    public const string Meals = "Meals on a business trip abroad are paid with 60 EUR a day.";
    public const string Hotels = "Hotels on a business trip abroad are paid up to 150 EUR a night.";
    public const string Laptops = "Laptops are replaced every 4 years.";
    public const string Vat = "The value added tax on hotels is 25 % of the price.";

    public static readonly IReadOnlyList<(string Name, string Text)> Documents =
    [
        ("leave.md", $"# Annual leave\n\n{Leave}\n\n## Part-time\n\n{PartTime}"),
        ("travel.md", $"# Business trips\n\n{Meals}\n\n## Hotels\n\n{Hotels}"),
        ("it.md", $"# Equipment\n\n{Laptops}"),
        ("tax.md", $"# Taxes\n\n{Vat}"),
    ];

    public static readonly IReadOnlyList<ScriptedTask> All =
    [
        new("one fact", "How many days of annual leave do full-time employees have?", Leave, Search("annual leave full-time"), Say(Leave, "28 days")),
        new("two facts", "How are meals and hotels on business trips abroad paid?", Hotels,
            Search("meals business trip abroad"), Search("hotels business trip abroad"), AgentTurn.Say($"{Cited(Meals, "60 EUR")} {Cited(Hotels, "150 EUR")}")),
        new("a product", "How many days of annual leave do 3 full-time employees have together?", "3 full-time employees have 84 days of annual leave a year together (28 * 3 = 84) [1].",
            Search("annual leave full-time"), Calculate("28 * 3"), AgentTurn.Say("3 full-time employees have 84 days of annual leave a year together [{n:28 days}].")),
        new("a sum of two documents", "What is paid at most for 5 days and 4 nights of a business trip abroad?", "(5 * 60 + 4 * 150 = 900)",
            Search("meals business trip abroad"), Search("hotels business trip abroad"), Calculate("5 * 60 + 4 * 150"),
            AgentTurn.Say("Meals and hotels on a business trip abroad are paid with 900 EUR for 5 days and 4 nights [{n:60 EUR}][{n:150 EUR}].")),
        new("an average", "How many days of annual leave do full-time and part-time employees have on average?", "(avg(28, 14) = 21)",
            Search("annual leave full-time"), Search("annual leave part-time"), Calculate("avg(28, 14)"),
            AgentTurn.Say("Full-time and part-time employees have 21 days of annual leave a year on average [{n:28 days}][{n:14 days}].")),
        new("a percentage", "How much value added tax is in a hotel price of 150 EUR?", "(150 * 0.25 = 37.5)",
            Search("value added tax hotels"), Calculate("150 * 0.25"), AgentTurn.Say("The value added tax on a hotel price of 150 EUR is 37.5 EUR [{n:25 %}].")),
        new("reading on in a document", "How many days of annual leave do part-time employees have?", PartTime,
            Search("annual leave full-time"), AgentTurn.Call("open_document", """{"document":"{document:28 days}"}"""), Say(PartTime, "14 days")),
        new("collections first", "How often are laptops replaced?", Laptops, AgentTurn.Call("list_collections", "{}"), Search("laptops replaced"), Say(Laptops, "every 4 years")),
        new("the date first", "How many days of annual leave do full-time employees have this year?", Leave,
            AgentTurn.Call("current_date", "{}"), Search("annual leave full-time"), Say(Leave, "28 days")),
        new("two calls at once", "How often are laptops replaced, and what day is it?", Laptops,
            new AgentTurn("", new ScriptedCall("search", """{"query":"laptops replaced"}"""), new ScriptedCall("current_date", "{}")), Say(Laptops, "every 4 years")),
        new("a tool that is not there", "After how many years are laptops replaced?", Laptops, AgentTurn.Call("delete_everything", "{}"), Search("laptops replaced"), Say(Laptops, "every 4 years")),
        new("arguments of another kind", "When are laptops replaced?", Laptops, AgentTurn.Call("search", """{"words":5}"""), Search("laptops replaced"), Say(Laptops, "every 4 years")),
        new("arguments that are no JSON", "Are laptops replaced every 4 years?", Laptops, AgentTurn.Call("search", "{\"query\": \"lap"), Search("laptops replaced"), Say(Laptops, "every 4 years")),
        new("a calculation that is none", "How many days of annual leave do 2 full-time employees have together?", "(28 * 2 = 56)",
            Search("annual leave full-time"), Calculate("28 / 0"), Calculate("28 * 2"), AgentTurn.Say("2 full-time employees have 56 days of annual leave a year together [{n:28 days}].")),
        new("a number that nobody worked out", "How many days of annual leave do 7 full-time employees have together?", Leave,
            Search("annual leave full-time"), AgentTurn.Say($"{Cited(Leave, "28 days")} 7 full-time employees have 199 days of annual leave a year together [{{n:28 days}}].")) { Unexpected = "199" },
        new("nothing there", "Who painted the picture in the lobby?", "do not contain", Search("picture lobby painter"), AgentTurn.Say("INSUFFICIENT_CONTEXT")) { Outcome = "insufficient_context" },
        new("a server outside, before documents", "Which meals on business trips are paid, and what does a desk cost?", Meals,
            AgentTurn.Call("office_price", """{"item":"desk"}"""), Search("meals business trip abroad"), Say(Meals, "60 EUR")),
        new("a server outside, after documents", "What is paid for meals abroad, and what does a chair cost?", Meals,
            Search("meals business trip abroad"), AgentTurn.Call("office_price", """{"item":"chair"}"""), Say(Meals, "60 EUR")) { Approvals = 1 },
        new("a change that is approved", "Make a ticket that says how often laptops are replaced.", Laptops,
            Search("laptops replaced"), AgentTurn.Call("office_create_ticket", """{"title":"every 4 years"}"""), Say(Laptops, "every 4 years")) { Approvals = 1, Tickets = 1 },
        new("a change that is declined", "Make a ticket about laptops and say how often they are replaced.", Laptops,
            Search("laptops replaced"), AgentTurn.Call("office_create_ticket", """{"title":"laptops"}"""), Say(Laptops, "every 4 years")) { Approvals = 1, Approve = false },
    ];

    private static AgentTurn Search(string query) => AgentTurn.Call("search", $$"""{"query":"{{query}}"}""");

    private static AgentTurn Calculate(string expression) => AgentTurn.Call("calculate", $$"""{"expression":"{{expression}}"}""");

    private static AgentTurn Say(string sentence, string words) => AgentTurn.Say(Cited(sentence, words));

    private static string Cited(string sentence, string words) => $"{sentence.TrimEnd('.')} [{{n:{words}}}].";
}
