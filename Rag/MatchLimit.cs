namespace AiApp.Rag;

/// <summary>Ends a pattern that has gone wild over a hostile text. It is wall time: a process that stands still for a second must not look like that.</summary>
internal static class MatchLimit
{
    public const int Milliseconds = 5000;
}
