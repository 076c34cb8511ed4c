using System.Text.Json;

namespace AiApp.Contracts;

/// <summary>What to take out of a text, or out of the current text of a document: one of the two.</summary>
public sealed record ExtractRequest
{
    /// <summary>At most 200 KB in UTF-8.</summary>
    public string? Text { get; init; }
    public Guid? DocumentId { get; init; }

    /// <summary>The JSON schema of the value, at most 32 KB. A keyword that is not checked is refused.</summary>
    public required JsonElement Schema { get; init; }

    /// <summary>What the schema does not say, for the model.</summary>
    public string? Instructions { get; init; }

    /// <summary>Bound of the answer.</summary>
    public int? MaxOutputTokens { get; init; }
}

/// <summary>A value that is valid against the schema, and how it came to be.</summary>
public sealed record ExtractionDto
{
    public required JsonElement Value { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }

    /// <summary>Of all attempts together.</summary>
    public required UsageDto Usage { get; init; }

    /// <summary>Calls of models that it took.</summary>
    public required int Attempts { get; init; }

    /// <summary>The model's first answer was not valid, and its second one is this.</summary>
    public required bool Repaired { get; init; }
}
