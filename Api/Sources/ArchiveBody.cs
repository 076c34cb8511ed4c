using AiApp.Api.OpenApi;
using Microsoft.OpenApi;

namespace AiApp.Api.Sources;

/// <summary>The multipart body of an archive for the OpenAPI document.</summary>
internal sealed class ArchiveBody
{
    public static ArchiveBody Instance { get; } = new();

    public static OpenApiRequestBody Describe() => MultipartBody.Describe(
        new()
        {
            ["collection"] = "'default' when absent.",
            ["prefix"] = "What the paths of the archive's files are put below, such as 'manuals/2026'.",
            ["readers"] = "Who may read new documents, separated by commas; everyone when absent.",
            ["sync"] = "'true': documents below the prefix that an earlier archive made, and that are missing in this one, are deleted.",
            ["confirm"] = "The number of deletions that an earlier answer held back.",
        },
        "The ZIP archive.");
}
