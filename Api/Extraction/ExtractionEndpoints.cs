using System.Text.Json;
using AiApp.Api.Auth;
using AiApp.Api.Budgets;
using AiApp.Api.Http;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Extraction;
using AiApp.Rag.Gateway.Structured.Schemas;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Extraction;

internal static class ExtractionEndpoints
{
    // A text of 200 KB can take five times as much where its letters are escaped.
    private const int MaxBodyBytes = 1024 * 1024;

    public static void MapExtraction(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/extract", Extract).WithTags("Extraction").WithName("Extract")
            .WithSummary("Takes facts out of a text or a document into the form of a JSON schema.")
            .WithDescription("The value is valid against the schema, or there is none: what a model writes is checked, sent back once with the reasons, "
                + "and then asked of the next model of the route. The text is data: instructions inside of it are not followed.")
            .ProducesProblems(
                ProblemCatalogue.Validation, ProblemCatalogue.TooLarge, ProblemCatalogue.UnsupportedMedia, ProblemCatalogue.NotFound, ProblemCatalogue.NoModel,
                ProblemCatalogue.QuotaExceeded, ProblemCatalogue.ProviderBadOutput, ProblemCatalogue.ProviderError, ProblemCatalogue.ProviderTimeout)
            .WithMetadata(new JsonBodyBytes(MaxBodyBytes))
            .WithExample(Request, Response);

    private static ExtractRequest Request => new()
    {
        Text = "Invoice 2026-114 of Nordic Paper AB, 1,250.00 SEK, due on 31 March 2026.",
        Schema = Parse("""
            {
              "type": "object",
              "properties": {
                "number": { "type": "string" },
                "amount": { "type": "number", "minimum": 0 },
                "due": { "type": ["string", "null"], "format": "date" }
              },
              "required": ["number", "amount", "due"],
              "additionalProperties": false
            }
            """),
    };

    private static ExtractionDto Response => new()
    {
        Value = Parse("""{ "number": "2026-114", "amount": 1250, "due": "2026-03-31" }"""),
        Provider = "openai",
        Model = "gpt-4.1-mini",
        Usage = new() { InputTokens = 310, OutputTokens = 27 },
        Attempts = 1,
        Repaired = false,
    };

    private static async Task<Results<Ok<ExtractionDto>, ProblemResult>> Extract(
        ExtractRequest request, Caller caller, Extractor extractor, BearingBudgets budgets, CancellationToken ct)
    {
        if (ExtractionRules.Check(request) is { } problem)
        {
            return new ProblemResult(problem);
        }
        if (!JsonSchema.TryRead(request.Schema, out var schema, out var faults))
        {
            return new ProblemResult(ExtractionRules.Describe(faults));
        }
        var outcome = await extractor.ExtractAsync(
            new()
            {
                Tenant = caller.Tenant,
                Principals = caller.Principals,
                User = caller.User,
                ApiKey = caller.ApiKey,
                Schema = schema,
                Text = request.Text,
                DocumentId = request.DocumentId,
                Instructions = request.Instructions,
                MaxOutputTokens = request.MaxOutputTokens,
            },
            ct);
        return outcome switch
        {
            ExtractionOutcome.Extracted extracted => TypedResults.Ok(await budgets.CompleteAsync(ToDto(extracted), caller, ct)),
            ExtractionOutcome.TooLong tooLong => new ProblemResult(new Problem(ProblemCatalogue.TooLarge)
            {
                Detail = $"The text is too long for every model of the route 'extract': the roomiest takes {tooLong.MostBytes:N0} bytes of it with this schema and answer.",
            }),
            ExtractionOutcome.NoModel => new ProblemResult(new Problem(ProblemCatalogue.NoModel)),
            _ => new ProblemResult(Problem.NotFound("There is no document with this id, or it has no text yet.")),
        };
    }

    private static ExtractionDto ToDto(ExtractionOutcome.Extracted extracted) => new()
    {
        Value = extracted.Value,
        Provider = extracted.Attempt.Provider,
        Model = extracted.Attempt.Model,
        Usage = new()
        {
            InputTokens = extracted.Attempts.Sum(attempt => attempt.Tokens?.Input),
            OutputTokens = extracted.Attempts.Sum(attempt => attempt.Tokens?.Output),
            TokensAreEstimated = extracted.Attempts.Any(attempt => attempt.Tokens?.AreEstimated is true),
            CostDollars = Money.ToDollars(extracted.Attempts.Sum(attempt => attempt.Cost)),
            PriceVersion = extracted.Attempt.PriceVersion,
        },
        Attempts = extracted.Attempts.Count,
        Repaired = extracted.IsRepaired,
    };

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
