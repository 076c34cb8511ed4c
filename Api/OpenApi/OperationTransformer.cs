using System.Text.Json;
using System.Text.Json.Nodes;
using AiApp.Api.Documents;
using AiApp.Api.Http;
using AiApp.Api.Problems;
using AiApp.Api.Sources;
using AiApp.Contracts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AiApp.Api.OpenApi;

/// <summary>Puts examples, problems and the key into each operation, from the endpoint's own metadata.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<UploadBody>().Any())
        {
            operation.RequestBody = UploadBody.Describe();
        }
        if (metadata.OfType<ArchiveBody>().Any())
        {
            operation.RequestBody = ArchiveBody.Describe();
        }
        foreach (var example in metadata.OfType<OperationExample>())
        {
            Show(operation.RequestBody?.Content, example.Request);
            foreach (var (status, response) in operation.Responses ?? [])
            {
                if (status.StartsWith('2'))
                {
                    Show(response.Content, example.Response);
                }
            }
        }
        foreach (var kinds in metadata.OfType<ProblemMetadata>().SelectMany(problems => problems.Kinds).Distinct().GroupBy(kind => kind.Status))
        {
            if (operation.Responses?.TryGetValue(kinds.Key.ToString(), out var response) is true)
            {
                response.Description = string.Join(" ", kinds.Select(kind => $"{kind.Code}: {kind.Title}"));
                Show(response.Content, new Problem(kinds.First()).ToDto());
            }
        }
        return Task.CompletedTask;
    }

    private static void Show(IDictionary<string, OpenApiMediaType>? content, object? example)
    {
        if (example is null || content is null)
        {
            return;
        }
        var json = JsonSerializer.Serialize(example, example.GetType(), ProblemResult.Json);
        foreach (var (type, media) in content)
        {
            media.Example = type == EventStreamResult.MediaType
                ? JsonValue.Create($"event: {EventName(example)}\ndata: {json}\n\n")
                : JsonNode.Parse(json);
        }
    }

    private static string EventName(object example) => example switch
    {
        DocumentDto => "document",
        QueueDto => "queue",
        _ => AnswerEventNames.Done,
    };
}
