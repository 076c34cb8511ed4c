using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Native;

internal static class NamedUrls
{
    /// <summary>The address somebody gave a name for people; the others are nobody's business.</summary>
    public static ResourceUrlAnnotation? Find(IResource resource)
    {
        var named = resource.Annotations.OfType<EndpointUrlCallbackAnnotation>().FirstOrDefault();
        var endpoint = resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.Name == named?.EndpointName);
        if (named is null || endpoint is null)
        {
            return null;
        }

        var url = new ResourceUrlAnnotation { Url = endpoint.Url };
        named.Callback(url);
        return url;
    }
}
