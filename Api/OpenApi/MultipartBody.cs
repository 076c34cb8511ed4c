using Microsoft.OpenApi;

namespace AiApp.Api.OpenApi;

/// <summary>A multipart body that is read as a stream, so that nothing else tells its shape to the OpenAPI document.</summary>
internal static class MultipartBody
{
    /// <summary>The named text parts, and the file, which is required and comes last.</summary>
    public static OpenApiRequestBody Describe(Dictionary<string, string> texts, string file)
    {
        var properties = texts.ToDictionary(
            text => text.Key, IOpenApiSchema (text) => new OpenApiSchema { Type = JsonSchemaType.String, Description = text.Value });
        properties["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = file };
        return new()
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["multipart/form-data"] = new()
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Object, Required = new HashSet<string> { "file" }, Properties = properties },
                },
            },
        };
    }
}
