using Microsoft.OpenApi;

namespace AiApp.Api.Documents;

/// <summary>The multipart body of an upload for the OpenAPI document: it is read as a stream, so nothing else tells its shape.</summary>
internal sealed class UploadBody
{
    public static UploadBody Instance { get; } = new();

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
                        ["collection"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "First, once; 'default' when absent." },
                        ["readers"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Description = "First, once: who may read the files, separated by commas, such as 'group:hr, user:anna'. "
                                + "When absent, everyone may read a new document, and an existing one keeps its readers.",
                        },
                        ["path"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Before each file: its relative path." },
                        ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                    },
                },
            },
        },
    };
}
