using AiApp.Rag.Text;
using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>A sentence of an answer without its markers and marks, with what it says, read once however many passages it is held against.</summary>
internal sealed class Claim(string text)
{
    // Words that lead to a sentence weigh no more: "Here is the rule", "In short".
    private const double LeadIn = 1.2;

    private readonly Lazy<TextFacts> _facts = new(() => TextFacts.Of(text));

    private readonly Lazy<TokenText> _tokens = new(() => TokenText.Of(text));

    public string Text => text;
    public TokenText Tokens => _tokens.Value;
    public TextFacts Facts => _facts.Value;

    /// <summary>Whether it says nothing of its own.</summary>
    public bool IsLeadIn => Facts is { Numbers.Count: 0, Dates.Count: 0, Identifiers.Count: 0, Names.Count: 0, Quoted.Count: 0 }
        && Facts.Stems.Distinct().Sum(stem => Words.Weight(stem)) <= LeadIn
        // Nor does an address.
        && !Words.Split(text).Exists(word => word.Contains('.', StringComparison.Ordinal));

    /// <summary>
    /// Whether nothing is said by what <see cref="IsLeadIn"/> that <paramref name="behind"/> does not say: "No." stands before what is denied or
    /// forbidden, "That is allowed." before what is neither. Of what is asked with a denial nobody knows which of them is right.
    /// </summary>
    public bool LeadsTo(Claim behind, string question) =>
        (Facts.Denied.Count == 0 && !Facts.Poles.Any(Opposites.AreVerdicts))
        || Refuses(behind.Facts) == Refuses(Facts)
        || Refuses(TextFacts.Of(question));

    private static bool Refuses(TextFacts facts) => facts.Denied.Count > 0 || facts.Poles.Any(Opposites.AreRefusals);
}
