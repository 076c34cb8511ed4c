using AiApp.Contracts;
using AiApp.Web.Answers;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AiApp.Web.Uploads;

/// <summary>
/// Takes files from the documents page and passes them to the Api. They do not travel through the circuit: its messages are
/// small, and a folder of files would hold up everything else on the page.
/// </summary>
internal static class UploadEndpoints
{
    private const string Header = "X-AiApp-Upload";

    public static void AddUploads(this IHostApplicationBuilder builder) =>
        builder.Services.AddOptions<UploadOptions>()
            .BindConfiguration(UploadOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();

    public static void MapUploads(this WebApplication app)
    {
        var limit = app.Services.GetRequiredService<IOptions<UploadOptions>>().Value is var options
            ? options.MaxFileBytes + options.BytesPerBatch
            : 0;
        app.MapPost("/uploads", UploadAsync)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(limit));
    }

    private static async Task<Results<Ok<UploadResultDto>, JsonHttpResult<ProblemDto>>> UploadAsync(
        HttpContext context, AuthenticationStateProvider authentication, AiAppClient api, IOptions<UploadOptions> options, CancellationToken ct)
    {
        if (!IsOwnPage(context.Request))
        {
            return Refuse(new ProblemDto { Status = 403, Code = ProblemCodes.Forbidden, Detail = "Uploads are taken from this site's own pages only." });
        }
        if (authentication is IHostEnvironmentAuthenticationStateProvider host)
        {
            host.SetAuthenticationState(Task.FromResult(new AuthenticationState(context.User)));
        }
        try
        {
            var limits = new FormOptions { MultipartBodyLengthLimit = options.Value.MaxFileBytes + options.Value.BytesPerBatch };
            var form = await context.Request.ReadFormAsync(limits, ct);
            var paths = form["path"];
            var files = form.Files.Select((file, index) => (Path(paths.ElementAtOrDefault(index), file), file.OpenReadStream()));
            return TypedResults.Ok(await api.UploadAsync(files, ct: ct));
        }
        catch (InvalidDataException)
        {
            return Refuse(new ProblemDto { Status = 413, Code = ProblemCodes.TooLarge });
        }
        catch (BadHttpRequestException exception)
        {
            return Refuse(new ProblemDto { Status = exception.StatusCode, Code = exception.StatusCode == 413 ? ProblemCodes.TooLarge : ProblemCodes.Validation });
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && Problems.From(exception) is { } problem)
        {
            return Refuse(problem with { Status = problem.Status ?? 502 });
        }
    }

    // A header of our own cannot be sent across origins without a preflight, which nothing here answers.
    private static bool IsOwnPage(HttpRequest request) =>
        request.Headers.ContainsKey(Header)
        && request.HasFormContentType
        && (request.Headers.Origin.Count == 0
            || (Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value));

    private static string Path(string? path, IFormFile file) => string.IsNullOrWhiteSpace(path) ? file.FileName : path;

    private static JsonHttpResult<ProblemDto> Refuse(ProblemDto problem) =>
        TypedResults.Json(Readable(problem), statusCode: problem.Status ?? 400, contentType: "application/problem+json");

    // The page shows it as it is.
    private static ProblemDto Readable(ProblemDto problem) =>
        problem with { Title = Problems.Sentence(problem), Detail = Problems.WhatToDo(problem) };
}
