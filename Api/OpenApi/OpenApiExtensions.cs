using System.Text.Json.Serialization;
using AiApp.Api.Auth;
using Microsoft.OpenApi;

namespace AiApp.Api.OpenApi;

internal static class OpenApiExtensions
{
    private const string DocumentPath = "/openapi/v1.json";
    private const string KeyScheme = "ApiKey";

    public static IHostApplicationBuilder AddApiDescription(this IHostApplicationBuilder builder)
    {
        // A number is a number: the document would otherwise say "integer or string" everywhere.
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        builder.Services.AddOpenApi("v1", options =>
        {
            options.AddOperationTransformer<OperationTransformer>();
            options.AddDocumentTransformer((document, _, _) =>
            {
                Describe(document);
                return Task.CompletedTask;
            });
        });
        return builder;
    }

    /// <summary>The pages at <c>/swagger</c>, for a developer on this machine: a browser sends no key.</summary>
    public static void UseSwagger(this WebApplication app) => app.UseWhen(
        DevelopmentAccess.IsLocal,
        local => local.UseSwaggerUI(page =>
        {
            page.SwaggerEndpoint(DocumentPath, "AiApp");
            page.DocumentTitle = "AiApp";
        }));

    /// <summary>The document itself asks for the same as every other endpoint.</summary>
    public static void MapApiDescription(this WebApplication app) => app.MapOpenApi().RequireAuthorization();

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "AiApp",
            Version = "v1",
            Description = "Answers over your own documents, grounded and cited. Errors are problem details (RFC 9457); /problems lists every code.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "aia_...",
                Description = "A key made with 'keys create'. A developer on the machine itself needs none.",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
    }
}
