using System.Runtime.CompilerServices;
using AiApp.Contracts;

namespace AiApp.Cli;

internal static class DocumentPages
{
    /// <summary>Every document, page after page.</summary>
    public static async IAsyncEnumerable<DocumentDto> ListAllAsync(
        this AiAppClient client, string? status, [EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await client.ListDocumentsAsync(cursor, status: status, ct: ct);
            foreach (var document in page.Items)
            {
                yield return document;
            }
            cursor = page.Next;
        }
        while (cursor is not null);
    }
}
