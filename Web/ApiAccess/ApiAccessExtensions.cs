using System.Net.Http.Headers;
using System.Text;
using AiApp.Contracts;
using AiApp.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace AiApp.Web.ApiAccess;

internal static class ApiAccessExtensions
{
    private const string ClientName = "api";

    public static void AddApiAccess(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiOptions>()
            .BindConfiguration(ApiOptions.Section)
            .PostConfigure<IConfiguration>((options, configuration) =>
                options.Address = ServiceAddress.Find(configuration, "api")?.ToString() ?? options.Address)
            .Validate(options => IsHttpAddress(options.Address),
                "The address of the Api is missing or not http(s). Set Api__Address, for example http://localhost:5081.")
            .Validate<IHostEnvironment>((options, host) => host.IsDevelopment() || !string.IsNullOrWhiteSpace(options.Key),
                "Outside Development the web site needs a key for the Api: create one and set Api__Key.")
            .ValidateOnStart();

        // Uploads take long before the Api answers; everything else is bounded by the attempts.
        builder.Services.AddResilientHttpClient(ClientName, (_, _) => { }, new ResilientHttpOptions { TotalTimeout = TimeSpan.FromMinutes(5) })
            // User names hold any letters; servers of ours read headers as UTF-8.
            .UseSocketsHttpHandler((handler, _) => handler.RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8);
        builder.Services.AddScoped<Caller>();
        builder.Services.AddScoped(CreateClient);
    }

    private static AiAppClient CreateClient(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ApiOptions>>().Value;
        // The caller belongs to a scope (a circuit or a request), pooled handlers do not: so it is put around them here.
        var handler = new CallerHandler(services.GetRequiredService<Caller>())
        {
            InnerHandler = services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(ClientName),
        };
        var http = new HttpClient(handler, disposeHandler: false)
        {
            BaseAddress = new Uri(options.Address!.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan, // bounded by the handlers, which know where a stream begins
        };
        if (!string.IsNullOrWhiteSpace(options.Key))
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
        }
        return new AiAppClient(http);
    }

    private static bool IsHttpAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
