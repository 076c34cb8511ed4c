using AiApp.Contracts;

namespace AiApp.Web.Components.Pages.Documents.Checks;

/// <summary>What an upload of a chosen file would do. Outcome: one of <see cref="CheckOutcomes"/>, or unchecked when nobody could say.</summary>
public sealed record CheckedFile(string Name, long SizeBytes, string Outcome, string? Reason, string? DuplicateOf)
{
    public const string Unchecked = "unchecked";
}
