using System.Net;
using System.Text.Json;
using AiApp.Integration.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.OpenApi;

public sealed class OpenApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_document_lists_every_route_with_its_problems_and_an_example()
    {
        using var http = fixture.Api.CreateHttp();
        using var document = JsonDocument.Parse(await http.GetStringAsync("/openapi/v1.json"));

        var routes = Endpoints().Where(route => route.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal)).ToList();
        Assert.Equal(62, routes.Count);
        foreach (var route in routes)
        {
            var path = "/" + string.Join('/', route.RoutePattern.RawText!.Replace(":guid", "").Split('/', StringSplitOptions.RemoveEmptyEntries));
            var method = route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single().ToLowerInvariant();
            var operation = document.RootElement.GetProperty("paths").GetProperty(path).GetProperty(method);
            Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("summary").GetString()));
            foreach (var response in operation.GetProperty("responses").EnumerateObject())
            {
                if (response.Name[0] != '2')
                {
                    Assert.True(response.Value.GetProperty("content").GetProperty("application/problem+json").TryGetProperty("example", out _));
                }
                else if (response.Name != "204")
                {
                    Assert.All(response.Value.GetProperty("content").EnumerateObject(), media => Assert.True(media.Value.TryGetProperty("example", out _)));
                }
            }
            Assert.True(operation.GetProperty("responses").TryGetProperty("401", out _));
            Assert.True(operation.GetProperty("responses").TryGetProperty("503", out _));
        }
    }

    [Fact]
    public void Only_named_endpoints_are_open()
    {
        var open = Endpoints().Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(route => route.RoutePattern.RawText);

        Assert.Equal(["/alive", "/health", "/problems/", "/problems/{code}"], open.Order());
        var policies = fixture.Api.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        Assert.NotNull(policies.GetFallbackPolicyAsync());
    }

    [Fact]
    public async Task The_pages_at_swagger_show_it()
    {
        using var http = fixture.Api.CreateHttp();

        using var page = await http.GetAsync("/swagger/index.html");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        fixture.Api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
