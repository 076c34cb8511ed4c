namespace AiApp.Api.OpenApi;

/// <summary>Example bodies of an operation.</summary>
internal sealed record OperationExample(object? Request, object? Response);

internal static class OperationExampleExtensions
{
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, object? request, object? response) =>
        endpoint.WithMetadata(new OperationExample(request, response));
}
