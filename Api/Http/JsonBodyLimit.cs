using AiApp.Api.Problems;
using Microsoft.AspNetCore.Http.Metadata;

namespace AiApp.Api.Http;

/// <summary>
/// Reads JSON bodies up to 64 KB, or what the endpoint says by <see cref="JsonBodyBytes"/>. A longer one is read to its end and thrown away: a caller that is still sending when
/// the connection closes sees a reset instead of the answer.
/// </summary>
internal sealed class JsonBodyLimit(RequestDelegate next)
{
    private const int MaxBytes = 64 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("application/json") is not true)
        {
            await next(context);
            return;
        }
        var most = context.GetEndpoint()?.Metadata.GetMetadata<JsonBodyBytes>()?.Most ?? MaxBytes;
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        var total = 0L;
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0; total += read)
        {
            if (total + read <= most)
            {
                body.Write(buffer, 0, read);
            }
        }
        if (total > most)
        {
            await new ProblemResult(new Problem(ProblemCatalogue.TooLarge)).ExecuteAsync(context);
            return;
        }
        body.Position = 0;
        context.Request.Body = body;
        await next(context);
    }
}

/// <summary>The largest JSON body of an endpoint that takes more than others.</summary>
internal sealed record JsonBodyBytes(int Most);
