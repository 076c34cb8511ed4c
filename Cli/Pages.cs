using System.Runtime.CompilerServices;
using AiApp.Contracts;

namespace AiApp.Cli;

/// <summary>What comes a page at a time, as one sequence.</summary>
internal static class Pages
{
    /// <summary>Every document, page after page.</summary>
    public static IAsyncEnumerable<DocumentDto> ListAllAsync(this AiAppClient client, string? status, CancellationToken ct) =>
        ReadAsync((cursor, stop) => client.ListDocumentsAsync(cursor, status: status, ct: stop), ct);

    /// <summary><paramref name="read"/> takes the cursor of the page, null for the first.</summary>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Func<string?, CancellationToken, Task<PageDto<T>>> read, [EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await read(cursor, ct);
            foreach (var item in page.Items)
            {
                yield return item;
            }
            cursor = page.Next;
        }
        while (cursor is not null);
    }
}
