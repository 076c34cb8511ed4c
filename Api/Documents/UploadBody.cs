using AiApp.Api.OpenApi;
using Microsoft.OpenApi;

namespace AiApp.Api.Documents;

/// <summary>The multipart body of an upload for the OpenAPI document.</summary>
internal sealed class UploadBody
{
    public static UploadBody Instance { get; } = new();

    public static OpenApiRequestBody Describe() => MultipartBody.Describe(
        new()
        {
            ["collection"] = "First, once; 'default' when absent.",
            ["readers"] = "First, once: who may read the files, separated by commas, such as 'group:hr, user:anna'. "
                + "When absent, everyone may read a new document, and an existing one keeps its readers.",
            ["path"] = "Before each file: its relative path.",
        },
        "The file; any number of them.");
}
