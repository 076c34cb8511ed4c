namespace AiApp.Rag.Answering.Grounding;

/// <summary>What came of holding a sentence of an answer against the passages it cites.</summary>
/// <param name="Reason">Null when they support it, else a word of <see cref="ClaimFaults"/>.</param>
/// <param name="Support">The share of what it says, by weight, that stands in them: 0 to 1.</param>
internal sealed record ClaimVerdict(string? Reason, double Support)
{
    /// <summary>It stands there word for word.</summary>
    public static ClaimVerdict Literal { get; } = new(null, 1);

    public bool IsSupported => Reason is null;
}

/// <summary>Why a sentence is not supported.</summary>
public static class ClaimFaults
{
    public const string Support = "no_support";
    public const string Number = "number";
    public const string Unit = "unit";
    public const string Date = "date";
    public const string Name = "name";
    public const string Identifier = "identifier";
    public const string Quote = "quote";
    public const string Negation = "negation";
    public const string Opposite = "opposite";

    /// <summary>The rules let it pass, and a model that judges did not.</summary>
    public const string Judged = "judged";
}
