using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Storage.Blobs;

/// <summary>Requests of the Blob service's REST API through a pipeline of Azure.Core.</summary>
internal sealed class BlobRequests
{
    private const string Version = "2021-12-02";
    private const string Scope = "https://storage.azure.com/.default";
    private readonly HttpPipeline _pipeline;

    /// <param name="sign">Signs each request, after what changes it.</param>
    public BlobRequests(BlobClientOptions options, HttpPipelinePolicy? sign) =>
        _pipeline = HttpPipelineBuilder.Build(options, [], sign is null ? [] : [sign], new ResponseClassifier());

    public static HttpPipelinePolicy Bearer(TokenCredential credential) => new BearerTokenAuthenticationPolicy(credential, Scope);

    /// <exception cref="RequestFailedException">The service refused.</exception>
    public async Task<Response> SendAsync(RequestMethod method, Uri address, BinaryData? body, bool buffer, CancellationToken ct)
    {
        var message = _pipeline.CreateMessage();
        message.BufferResponse = buffer;
        message.Request.Method = method;
        message.Request.Uri.Reset(address);
        message.Request.Headers.Add("x-ms-version", Version);
        if (body is not null)
        {
            message.Request.Headers.Add("x-ms-blob-type", "BlockBlob");
            message.Request.Content = RequestContent.Create(body);
        }
        await _pipeline.SendAsync(message, ct).ConfigureAwait(false);
        // A message owns its response, which is returned here: both live until the garbage is collected, as an unread body does not.
        var response = message.Response;
        if (response.IsError)
        {
            throw new RequestFailedException(response);
        }
        if (!buffer)
        {
            response.ContentStream = message.ExtractResponseContent();
        }
        return response;
    }
}
