using AiApp.Api.Auth;
using AiApp.Rag.Access;
using AiApp.Rag.Tenants;

namespace AiApp.Api.Keys;

internal sealed class KeyAdministration(ApiKeyStore keys, ApiKeyHasher hasher, TimeProvider clock)
{
    private const int MaxNameLength = 100;

    public async Task<int> CreateAsync(
        string name, string tenant, bool onBehalfOf, IReadOnlyList<string> principals, TextWriter output, CancellationToken ct)
    {
        if (name.Length is 0 or > MaxNameLength || tenant.Length is 0 or > MaxNameLength)
        {
            await output.WriteLineAsync($"A name has 1 to {MaxNameLength} characters.");
            return 1;
        }
        if (principals.Count > 0 && !ReaderSet.TryCreate(principals, out _))
        {
            await output.WriteLineAsync("A principal is a kind and a name, such as group:hr, of at most 200 characters without a comma.");
            return 1;
        }
        var owner = await keys.FindOrAddTenantAsync(tenant, ct);
        var key = ApiKeyText.Create();
        await keys.AddAsync(
            new ApiKey
            {
                TenantId = owner.Value,
                Id = key.Id,
                Name = name,
                Hmac = hasher.Hash(key.Text),
                Scopes = onBehalfOf ? [ApiKey.OnBehalfOf] : [],
                Principals = ReaderSet.TryCreate(principals, out var own) ? [.. own.Principals] : [],
                CreatedAt = clock.GetUtcNow(),
            },
            ct);
        await output.WriteLineAsync(key.Text);
        await output.WriteLineAsync("Keep it now: it is not shown again, and cannot be.");
        return 0;
    }

    public async Task<int> ListAsync(TextWriter output, CancellationToken ct)
    {
        foreach (var (key, tenant) in await keys.ListAsync(ct))
        {
            var state = key.RevokedAt is { } revoked ? $"revoked {revoked:u}" : key.LastUsedAt is { } used ? $"used {used:u}" : "never used";
            await output.WriteLineAsync($"{key.Id}  {tenant,-20}  {key.Name,-24}  {string.Join(',', key.Scopes),-14}  {state}"
                + (key.Principals.Length == 0 ? "" : $"  {string.Join(',', key.Principals)}"));
        }
        return 0;
    }

    public async Task<int> RevokeAsync(string id, TextWriter output, CancellationToken ct)
    {
        var revoked = await keys.RevokeAsync(id, ct);
        await output.WriteLineAsync(revoked ? $"{id} is revoked." : $"There is no key {id}.");
        return revoked ? 0 : 1;
    }
}
