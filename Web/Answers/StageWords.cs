namespace AiApp.Web.Answers;

/// <summary>The steps of answering in plain words.</summary>
internal static class StageWords
{
    public static string For(string? stage) => stage switch
    {
        null => "Sending your question",
        "embedding" or "embed" => "Reading your question",
        "rewriting" or "rewrite" => "Putting your question in its context",
        "retrieving" or "retrieve" or "retrieval" or "searching" => "Searching the documents",
        "reranking" or "rerank" => "Choosing the best passages",
        "grounding" or "reading" => "Reading the passages found",
        "writing" or "generating" or "answering" => "Writing the answer",
        "repairing" or "repair" => "Putting right what the sources do not say",
        "verifying" or "checking" => "Checking the sources",
        { Length: > 0 } other => char.ToUpperInvariant(other[0]) + other[1..].Replace('_', ' '),
        _ => "Working",
    };
}
