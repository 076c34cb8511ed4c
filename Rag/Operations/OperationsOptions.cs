using System.ComponentModel.DataAnnotations;
using AiApp.Rag.Access;

namespace AiApp.Rag.Operations;

/// <summary>Who sees how the service does: times, tokens, cost, errors and requests, never what others have asked.</summary>
public sealed class OperationsOptions : IValidatableObject
{
    public const string Section = "Operations";

    /// <summary>Principals; everybody of the tenant when there are none.</summary>
    public IList<string> Readers { get; } = [];

    public bool MayRead(PrincipalSet principals) =>
        Readers.Count == 0 || Readers.Any(reader => Principal.TryNormalize(reader, out var principal) && principals.Names.Contains(principal));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Readers.Where(reader => !Principal.TryNormalize(reader, out _)).Select(reader => new ValidationResult(
            $"Operations:Readers holds '{reader}', which is no principal: write 'user:NAME', 'group:NAME' or '{Principal.Everyone}'."));
}
