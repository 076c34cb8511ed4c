using System.Net;
using AiApp.Web.Access;
using Microsoft.AspNetCore.Http;

namespace AiApp.Web.Tests.Access;

public sealed class LoopbackGuardTests
{
    [Theory]
    [InlineData("127.0.0.1", "localhost:5080", true)]
    [InlineData("::1", "[::1]:5080", true)]
    [InlineData("127.0.0.1", "web.dev.localhost", true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1", true)]
    [InlineData("192.168.1.7", "localhost", false)]
    [InlineData("127.0.0.1", "evil.example", false)]
    [InlineData("127.0.0.1", "localhost.evil.example", false)]
    [InlineData("127.0.0.1", "192.168.1.7", false)]
    [InlineData("127.0.0.1", "", false)]
    public async Task Only_this_machine_under_its_own_name_gets_in(string address, string host, bool allowed)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Host = new HostString(host);
        context.Response.Body = new MemoryStream();
        var passed = false;

        await new LoopbackGuard(_ =>
        {
            passed = true;
            return Task.CompletedTask;
        }).InvokeAsync(context);

        Assert.Equal(allowed, passed);
        Assert.Equal(allowed ? 200 : 401, context.Response.StatusCode);
    }
}
