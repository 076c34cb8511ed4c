using System.Net.Http.Json;

namespace AiApp.Contracts;

/// <summary>The part of the typed client that manages sources.</summary>
public sealed partial class AiAppClient
{
    public async Task<IReadOnlyList<SourceDto>> ListSourcesAsync(CancellationToken ct = default) =>
        (await SendAsync<SourceListDto>(new(HttpMethod.Get, "api/sources"), ct)).Items;

    public Task<SourceDto> GetSourceAsync(Guid id, CancellationToken ct = default) =>
        SendAsync<SourceDto>(new(HttpMethod.Get, $"api/sources/{id}"), ct);

    /// <summary>Makes a source when it can be listed; its first run comes at once.</summary>
    public Task<SourceDto> AddSourceAsync(SourceRequest request, CancellationToken ct = default) =>
        SendAsync<SourceDto>(new(HttpMethod.Post, "api/sources") { Content = JsonContent.Create(request, options: Json) }, ct);

    /// <summary>Lists the first item, and makes nothing.</summary>
    public Task<SourceTestDto> TestSourceAsync(SourceRequest request, CancellationToken ct = default) =>
        SendAsync<SourceTestDto>(new(HttpMethod.Post, "api/sources/test") { Content = JsonContent.Create(request, options: Json) }, ct);

    public Task<SourceDto> ReplaceSourceAsync(Guid id, SourceRequest request, CancellationToken ct = default) =>
        SendAsync<SourceDto>(new(HttpMethod.Put, $"api/sources/{id}") { Content = JsonContent.Create(request, options: Json) }, ct);

    /// <summary>Its documents stay unless they are to go too, which a worker does: the source is shown as being removed meanwhile.</summary>
    public Task RemoveSourceAsync(Guid id, bool documents = false, CancellationToken ct = default) =>
        SendAsync(new(HttpMethod.Delete, $"api/sources/{id}?documents={(documents ? "true" : "false")}"), ct);

    public Task<SourceDto> RunSourceAsync(Guid id, CancellationToken ct = default) =>
        SendAsync<SourceDto>(new(HttpMethod.Post, $"api/sources/{id}/run"), ct);

    /// <summary>Lets the deletions go that the last run held; nothing when <paramref name="seen"/> is given and it held another number.</summary>
    public Task<SourceConfirmationDto> ConfirmSourceAsync(Guid id, int? seen = null, CancellationToken ct = default) =>
        SendAsync<SourceConfirmationDto>(new(HttpMethod.Post, $"api/sources/{id}/confirm{(seen is null ? "" : $"?deletions={seen}")}"), ct);

    public Task<SourceDto> EnableSourceAsync(Guid id, CancellationToken ct = default) =>
        SendAsync<SourceDto>(new(HttpMethod.Post, $"api/sources/{id}/enable"), ct);

    public Task<SourceDto> DisableSourceAsync(Guid id, CancellationToken ct = default) =>
        SendAsync<SourceDto>(new(HttpMethod.Post, $"api/sources/{id}/disable"), ct);

    public Task<SourceRunsDto> ListSourceRunsAsync(Guid id, int limit = 20, CancellationToken ct = default) =>
        SendAsync<SourceRunsDto>(new(HttpMethod.Get, $"api/sources/{id}/runs?limit={limit}"), ct);

    /// <summary>Makes a document of each file in a ZIP archive. See <see cref="ArchiveRequest"/>.</summary>
    public async Task<ArchiveResultDto> UploadArchiveAsync(Stream archive, ArchiveRequest request, CancellationToken ct = default)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in new[]
        {
            ("collection", request.Collection), ("prefix", request.Prefix), ("readers", request.Readers is null ? null : string.Join(',', request.Readers)),
            ("sync", request.Sync ? "true" : null), ("confirm", request.ConfirmedDeletions?.ToString()),
        })
        {
            if (value is not null)
            {
                form.Add(new StringContent(value), name);
            }
        }
        form.Add(new StreamContent(archive), "file", "archive.zip");
        return await SendAsync<ArchiveResultDto>(new(HttpMethod.Post, "api/documents/archive") { Content = form }, ct);
    }
}
