using Microsoft.OpenApi;

namespace AiApp.Api.Sources;

/// <summary>The multipart body of an archive for the OpenAPI document.</summary>
internal sealed class ArchiveBody
{
    public static ArchiveBody Instance { get; } = new();

    public static OpenApiRequestBody Describe() => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { "file" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["collection"] = Text("'default' when absent."),
                        ["prefix"] = Text("What the paths of the archive's files are put below, such as 'manuals/2026'."),
                        ["readers"] = Text("Who may read new documents, separated by commas; everyone when absent."),
                        ["sync"] = Text("'true': documents below the prefix that an earlier archive made, and that are missing in this one, are deleted."),
                        ["confirm"] = Text("The number of deletions that an earlier answer held back."),
                        ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "The ZIP archive." },
                    },
                },
            },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
