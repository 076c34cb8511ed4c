using System.Net;

namespace AiApp.Rag.Gateway.Protocol;

/// <summary>Looks at what a provider sends before anybody parses it: its type, and how much of it there is.</summary>
internal sealed class BoundedAnswerHandler : DelegatingHandler
{
    // Two thousand vectors of 3,072 numbers in base64; no chat answer comes near.
    private const long MostBytes = 64 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            if (response.Content.Headers.ContentType?.MediaType is not ("application/json" or "text/event-stream"))
            {
                response.Dispose();
                throw new ProtocolViolationException("The model provider sent something that is neither JSON nor an event stream.");
            }
        }
        response.Content = new BoundedContent(response.Content, MostBytes);
        return response;
    }

    private sealed class BoundedContent : HttpContent
    {
        private readonly HttpContent _inner;
        private readonly long _most;

        public BoundedContent(HttpContent inner, long most)
        {
            (_inner, _most) = (inner, most);
            foreach (var (name, values) in inner.Headers)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        protected override async Task<Stream> CreateContentReadStreamAsync() => Bound(await _inner.ReadAsStreamAsync());

        protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
            Bound(await _inner.ReadAsStreamAsync(cancellationToken));

        private BoundedStream Bound(Stream stream) => new(stream, _most, () => new ProtocolViolationException("The model provider sent far more than was asked for."));

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            await (await CreateContentReadStreamAsync()).CopyToAsync(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _inner.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
