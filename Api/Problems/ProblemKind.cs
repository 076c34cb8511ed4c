namespace AiApp.Api.Problems;

/// <summary>One row of the catalogue: what a code always means.</summary>
internal sealed record ProblemKind(string Code, int Status, string Title, string Advice, bool Retryable = false)
{
    public string Type => $"/problems/{Code}";
}
