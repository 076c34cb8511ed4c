using System.Globalization;
using AiApp.Api.Auth;
using AiApp.Api.Documents;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Documents;
using AiApp.Rag.Sources.Archives;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AiApp.Api.Sources;

internal static class ArchiveEndpoint
{
    private const string DefaultCollection = "default";

    public static void MapArchives(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/documents/archive", Upload).WithTags("Documents").WithName("UploadArchive")
            .WithSummary("Makes a document of each file in a ZIP archive.")
            .WithDescription("multipart/form-data: 'file' is the archive. Each file in it has an outcome of its own: accepted, unchanged, or rejected with a "
                + "problem. With 'sync' what an earlier archive made below the prefix, and is missing now, is deleted; deletions that look like an accident "
                + "are held and counted instead. A ZIP archive sent to POST /api/documents stays one document.")
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .WithMetadata(ArchiveBody.Instance)
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.TooLarge, ProblemCatalogue.UnsupportedMedia, ProblemCatalogue.StorageFull, ProblemCatalogue.EncryptedDocument)
            .WithExample(null, new ArchiveResultDto { Files = Examples.Upload.Files, Deleted = 1, HeldDeletions = 0 });

    private static async Task<Results<Accepted<ArchiveResultDto>, ProblemResult>> Upload(
        HttpRequest request, Caller caller, ArchiveStore store, IOptions<UploadOptions> options, CancellationToken ct)
    {
        if (!request.HasFormContentType)
        {
            return new ProblemResult(new(ProblemCatalogue.UnsupportedMedia) { Detail = "Send the archive as multipart/form-data." });
        }
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = options.Value.MaxRequestBytes, BufferBodyLengthLimit = options.Value.MaxRequestBytes }, ct);
        }
        catch (InvalidDataException)
        {
            return new ProblemResult(new(ProblemCatalogue.TooLarge) { Detail = $"The multipart body is malformed, or larger than {options.Value.MaxRequestBytes >> 20:N0} MB." });
        }
        var (plan, problem) = Read(form);
        if (plan is null)
        {
            return new ProblemResult(problem!);
        }
        using var bytes = new MemoryStream();
        await plan.File.CopyToAsync(bytes, ct);
        var (files, code, reason) = ArchiveFiles.Open(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        if (files is null)
        {
            return new ProblemResult(new(ProblemCatalogue.Find(code!) ?? ProblemCatalogue.UnsupportedMedia) { Detail = reason });
        }
        using (files)
        {
            return TypedResults.Accepted((string?)null, await TakeAsync(files, plan, caller, store, options.Value.MaxFileBytes, ct));
        }
    }

    private static async Task<ArchiveResultDto> TakeAsync(
        ArchiveFiles files, Plan plan, Caller caller, ArchiveStore store, int maxFileBytes, CancellationToken ct)
    {
        var outcomes = new List<UploadDto>();
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files.Read(ct))
        {
            var path = plan.Prefix + file.Name;
            var name = SourceUri.TryNormalize(path, out var uri) ? uri : path;
            if (!present.Add(name))
            {
                outcomes.Add(UploadMapping.Rejected(name, Problem.Invalid("file", "This path stands in the archive twice.")));
                continue;
            }
            outcomes.Add(await TakeAsync(file, path, plan, caller, store, maxFileBytes, ct));
        }
        var (deleted, held) = plan.Sync && !files.IsCutOff
            ? await store.DeleteOthersAsync(caller.Tenant, caller.Principals, plan.Collection, plan.Prefix, present, plan.Confirmed, ct)
            : (0, 0);
        return new ArchiveResultDto { Files = outcomes, Deleted = deleted, HeldDeletions = held };
    }

    private static async Task<UploadDto> TakeAsync(
        ArchiveFile file, string path, Plan plan, Caller caller, ArchiveStore store, int maxFileBytes, CancellationToken ct)
    {
        var unread = file.Code is { } code ? new Problem(ProblemCatalogue.Find(code) ?? ProblemCatalogue.UnsupportedMedia) { Detail = file.Reason }
            : file.Bytes.Length > maxFileBytes ? new(ProblemCatalogue.TooLarge) { Detail = $"A file may have {maxFileBytes >> 20:N0} MB." }
            : null;
        var (document, problem) = UploadGuard.Check(new UploadedFile(plan.Collection, plan.Readers, path, null, file.Bytes, unread), caller);
        if (document is null)
        {
            return UploadMapping.Rejected(path, problem!);
        }
        return await store.AddAsync(caller.Tenant, caller.Principals, document, ct) is { } added
            ? added.ToDto(document.SourceUri)
            : UploadMapping.Rejected(document.SourceUri, new(ProblemCatalogue.Conflict) { Detail = "This path is taken in the collection: choose another." });
    }

    private static (Plan? Plan, Problem? Problem) Read(IFormCollection form)
    {
        if (form.Files is not [{ Name: "file" } file])
        {
            return (null, Problem.Invalid("file", "Send one archive, in a part named 'file'."));
        }
        var prefix = form["prefix"].ToString();
        if (prefix.Length > 0 && !SourceUri.TryNormalize(prefix, out prefix!))
        {
            return (null, Problem.Invalid("prefix", "A prefix is a relative path without '..' in it."));
        }
        var confirm = form["confirm"].ToString();
        if (confirm.Length > 0 && !int.TryParse(confirm, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return (null, Problem.Invalid("confirm", "This must be the number of deletions that were held."));
        }
        var sync = form["sync"].ToString();
        return sync is "" or "true" or "false"
            ? (new Plan(
                file, form["collection"].ToString() is { Length: > 0 } collection ? collection : DefaultCollection, prefix.Length == 0 ? "" : prefix + "/",
                form["readers"].ToString() is { Length: > 0 } readers ? readers : null, sync == "true",
                confirm.Length == 0 ? null : int.Parse(confirm, CultureInfo.InvariantCulture)), null)
            : (null, Problem.Invalid("sync", "This must be true or false."));
    }

    private sealed record Plan(IFormFile File, string Collection, string Prefix, string? Readers, bool Sync, int? Confirmed);
}
