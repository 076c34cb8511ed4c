namespace AiApp.Rag.Sources;

/// <summary>
/// Holds deletions that look like an accident: a drive that is not mounted, a branch that was emptied, a changed prefix.
/// A person lets them go, up to the number that was seen.
/// </summary>
internal static class DeletionGuard
{
    /// <summary>A few files are moved every day: fewer than these are never held, unless nothing is left at all.</summary>
    public const int AlwaysAllowed = 10;

    public static bool Holds(int deletions, int documents, int listed, int? confirmed) =>
        deletions > (confirmed ?? 0)
        && (listed == 0 || (deletions >= AlwaysAllowed && deletions * 2 > documents));
}
