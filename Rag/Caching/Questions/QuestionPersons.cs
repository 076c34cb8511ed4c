namespace AiApp.Rag.Caching.Questions;

/// <summary>Who of the two that talk is named, and as what: "Who do I report to?" is not "Who reports to me?". English only.</summary>
internal sealed record QuestionPersons
{
    private QuestionPersons(IReadOnlySet<string> named, IReadOnlySet<string> owners) => (Named, Owners) = (named, owners);

    /// <summary>"I", "me", and "you" before or behind the first word that counts.</summary>
    public IReadOnlySet<string> Named { get; }

    /// <summary>"my", "your".</summary>
    public IReadOnlySet<string> Owners { get; }

    /// <param name="tokens">Of the question, in lower case.</param>
    /// <param name="first">The place of the first word that counts.</param>
    public static QuestionPersons Of(IReadOnlyList<string> tokens, int first)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var owners = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tokens.Count; i++)
        {
            var mark = tokens[i].IndexOf('\'', StringComparison.Ordinal);
            switch (mark > 0 ? tokens[i][..mark] : tokens[i])
            {
                case "i" or "we":
                    named.Add("i");
                    break;
                case "me" or "us":
                    named.Add("me");
                    break;
                case "you":
                    named.Add(i < first ? "you before" : "you behind");
                    break;
                case "my" or "mine" or "our" or "ours":
                    owners.Add("my");
                    break;
                case "your" or "yours":
                    owners.Add("your");
                    break;
            }
        }
        return new(named, owners);
    }

    /// <summary>Where one names nobody, it may be about the one that the other names: "How do I reset it?", "How is it reset?".</summary>
    public bool Agrees(QuestionPersons other) => Agree(Named, other.Named) && Agree(Owners, other.Owners);

    private static bool Agree(IReadOnlySet<string> one, IReadOnlySet<string> other) => one.Count == 0 || other.Count == 0 || one.SetEquals(other);
}
