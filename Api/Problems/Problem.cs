using System.Text.Json;
using AiApp.Contracts;
using AiApp.ServiceDefaults;

namespace AiApp.Api.Problems;

/// <summary>A problem of one request: a row of the catalogue and what is particular to this case.</summary>
internal sealed record Problem(ProblemKind Kind)
{
    /// <summary>What to do here; the catalogue's advice when there is nothing better to say.</summary>
    public string? Detail { get; init; }
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where whoever runs the service finds what the model answered.</summary>
    public Guid? RejectedOutputId { get; init; }

    /// <summary>What became of each file, when none was taken.</summary>
    public IReadOnlyList<UploadDto>? Files { get; init; }

    public static Problem Invalid(string field, string message) =>
        new(ProblemCatalogue.Validation) { Detail = message, Errors = new Dictionary<string, string[]> { [field] = [message] } };

    public static Problem NotFound(string detail) => new(ProblemCatalogue.NotFound) { Detail = detail };

    public ProblemDto ToDto(HttpContext context)
    {
        var extensions = new Dictionary<string, JsonElement>
        {
            ["instance"] = JsonSerializer.SerializeToElement(context.Request.Path.Value),
        };
        if (Files is not null)
        {
            extensions["files"] = JsonSerializer.SerializeToElement(Files, ProblemResult.Json);
        }
        if (RejectedOutputId is { } rejected)
        {
            extensions["rejectedOutputId"] = JsonSerializer.SerializeToElement(rejected);
        }
        return ToDto() with { TraceId = ProblemBase.TraceId(context), Extensions = extensions };
    }

    public ProblemDto ToDto() => new()
    {
        Type = Kind.Type,
        Title = Kind.Title,
        Status = Kind.Status,
        Detail = Detail ?? Kind.Advice,
        Code = Kind.Code,
        Retryable = Kind.Retryable,
        Errors = Errors,
    };
}
