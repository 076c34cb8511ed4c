namespace AiApp.Rag.Gateway;

/// <summary>A budget cannot bear what the call may cost at worst. Nothing was sent to the provider.</summary>
public sealed class QuotaExceededException(string scope, TimeSpan? renewsIn)
    : Exception($"The budget of the {scope} cannot bear this call.")
{
    /// <summary>tenant, user, key, release or job.</summary>
    public string Scope { get; } = scope;

    /// <summary>Until the budget begins anew; null when it never does.</summary>
    public TimeSpan? RenewsIn { get; } = renewsIn;

    /// <summary>False when it is held by calls under way, which may not need all of it.</summary>
    public bool IsSpent { get; init; } = true;
}
