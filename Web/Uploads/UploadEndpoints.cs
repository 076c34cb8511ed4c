using System.Globalization;
using AiApp.Contracts;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AiApp.Web.Uploads;

/// <summary>
/// Takes files from the documents page and passes them to the Api. They do not travel through the circuit: its messages are
/// small, and a folder of files would hold up everything else on the page.
/// </summary>
internal static class UploadEndpoints
{
    // That of the Api.
    private const long MaxCheckBytes = 8 * 1024 * 1024;

    public static void AddUploads(this IHostApplicationBuilder builder) =>
        builder.Services.AddOptions<UploadOptions>()
            .BindConfiguration(UploadOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();

    public static void MapUploads(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<UploadOptions>>().Value;
        var uploads = app.MapGroup("/uploads").AddEndpointFilter<OwnPages>();
        uploads.MapPost("/", UploadAsync)
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxFileBytes + options.BytesPerBatch));
        uploads.MapPost("/archive", UploadArchiveAsync)
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxFileBytes + options.BytesPerBatch));
        uploads.MapPost("/check", CheckAsync)
            .WithMetadata(new RequestSizeLimitAttribute(MaxCheckBytes));
    }

    private static async Task<Results<Ok<UploadResultDto>, JsonHttpResult<ProblemDto>>> UploadAsync(
        HttpContext context, AiAppClient api, IOptions<UploadOptions> options, CancellationToken ct)
    {
        if (!context.Request.HasFormContentType)
        {
            return UploadProblems.Refuse(new ProblemDto { Status = 415, Code = ProblemCodes.UnsupportedMedia, Detail = "Files come as multipart/form-data." });
        }
        try
        {
            var limits = new FormOptions { MultipartBodyLengthLimit = options.Value.MaxFileBytes + options.Value.BytesPerBatch };
            var form = await context.Request.ReadFormAsync(limits, ct);
            var paths = form["path"];
            var files = form.Files.Select((file, index) => (Path(paths.ElementAtOrDefault(index), file), file.OpenReadStream()));
            return TypedResults.Ok(await api.UploadAsync(files, ct: ct));
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && UploadProblems.From(exception) is { } problem)
        {
            return UploadProblems.Refuse(problem);
        }
    }

    /// <summary>One archive, whose files become documents of their own.</summary>
    private static async Task<Results<Ok<ArchiveResultDto>, JsonHttpResult<ProblemDto>>> UploadArchiveAsync(
        HttpContext context, AiAppClient api, IOptions<UploadOptions> options, CancellationToken ct)
    {
        if (!context.Request.HasFormContentType)
        {
            return UploadProblems.Refuse(new ProblemDto { Status = 415, Code = ProblemCodes.UnsupportedMedia, Detail = "Files come as multipart/form-data." });
        }
        try
        {
            var limits = new FormOptions { MultipartBodyLengthLimit = options.Value.MaxFileBytes + options.Value.BytesPerBatch };
            var form = await context.Request.ReadFormAsync(limits, ct);
            if (form.Files is not [var file])
            {
                return UploadProblems.Refuse(new ProblemDto { Status = 400, Code = ProblemCodes.Validation, Detail = "Send one archive." });
            }
            await using var archive = file.OpenReadStream();
            return TypedResults.Ok(await api.UploadArchiveAsync(archive, Archive(form), ct));
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && UploadProblems.From(exception) is { } problem)
        {
            return UploadProblems.Refuse(problem);
        }
    }

    /// <summary>Tells the page what an upload would do. Its files stay in the browser: only their ends and hashes come here.</summary>
    private static async Task<Results<Ok<DocumentCheckDto>, JsonHttpResult<ProblemDto>>> CheckAsync(
        DocumentCheckRequest request, AiAppClient api, CancellationToken ct)
    {
        try
        {
            return TypedResults.Ok(await api.CheckDocumentsAsync(request, ct));
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && UploadProblems.From(exception) is { } problem)
        {
            return UploadProblems.Refuse(problem);
        }
    }

    private static ArchiveRequest Archive(IFormCollection form) => new()
    {
        Collection = form["collection"].ToString() is { Length: > 0 } collection ? collection : null,
        Prefix = form["prefix"].ToString() is { Length: > 0 } prefix ? prefix : null,
        Sync = form["sync"] == "true",
        ConfirmedDeletions = int.TryParse(form["confirm"], NumberStyles.None, CultureInfo.InvariantCulture, out var confirmed) ? confirmed : null,
    };

    private static string Path(string? path, IFormFile file) => string.IsNullOrWhiteSpace(path) ? file.FileName : path;
}
