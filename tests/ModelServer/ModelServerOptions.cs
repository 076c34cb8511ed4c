namespace AiApp.Testing;

public enum AnswerMode
{
    /// <summary>Quotes the sentences of the prompt's passages that share most words with its question, each with its marker.</summary>
    Extract,

    /// <summary>As <see cref="Extract"/>, then one sentence with a marker that no passage has and one with none.</summary>
    BadMarker,

    /// <summary>The given pieces, word for word.</summary>
    Scripted,

    /// <summary>As <see cref="Extract"/>, but every instruction in documents and question is followed: see <see cref="ObedientAnswer"/>.</summary>
    Obey,

    /// <summary>Calls tools and answers in the end, as <see cref="AgentScripts"/> say for the question.</summary>
    Agent,

    /// <summary>What <see cref="ModelServer.Writer"/> makes of the question and the passages that the prompt shows.</summary>
    Written,
}

public sealed class ModelServerOptions
{
    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; }

    /// <summary>Used for every model whose name is not itself a mode.</summary>
    public AnswerMode Mode { get; init; } = AnswerMode.Extract;

    /// <summary>The answer of <see cref="AnswerMode.Scripted"/>; each piece is one chunk of a stream.</summary>
    public IReadOnlyList<string> Script { get; init; } = ["A ", "scripted ", "answer."];

    /// <summary>Between two chunks of a stream.</summary>
    public TimeSpan PieceDelay { get; init; }

    /// <summary>False where calls are counted and nothing else is wanted of them, as in measurements of speed.</summary>
    public bool KeepsCalls { get; init; } = true;

    /// <summary>When set, requests without this bearer token get 401.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Length of embeddings for requests that name none.</summary>
    public int Dimensions { get; init; } = 384;

    /// <summary>Another seed is another embedding space.</summary>
    public int EmbeddingSeed { get; init; } = 1;

    public int SentencesPerAnswer { get; init; } = 3;

    /// <summary>What <see cref="AnswerMode.Extract"/> says when no sentence shares a word with the question.</summary>
    public string NothingFound { get; init; } = "The passages do not contain the answer.";
}
