using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Native;

namespace AiApp.Polyfills.Tests.Aspire;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_project_gets_connection_strings_addresses_parameters_and_telemetry_settings()
    {
        using var stack = new NativeStack("--Parameters:postgres-password=p1", "--OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317");
        var builder = stack.Builder;
        var password = builder.AddParameter("postgres-password", new GenerateParameterDefault(), secret: true);
        var database = builder.AddPostgres("postgres", password: password).AddDatabase("aiapp");
        var redis = builder.AddRedis("redis", password: builder.AddParameter("redis-password", () => "p2", secret: true));
        var api = builder.AddProject<SampleProject>("api");
        var web = builder.AddProject<SampleProject>("web").WithReference(database).WithReference(redis).WithReference(api)
            .WithEnvironment("Models__Provider", "local").WithEnvironment("Password", password);
        Allocate(builder);

        var environment = await EnvironmentOfAsync(stack, web.Resource);

        Assert.Equal($"Host=127.0.0.1;Port={PortOf(builder, "postgres")};Username=postgres;Password=p1;Database=aiapp", environment["ConnectionStrings__aiapp"]);
        Assert.Equal($"127.0.0.1:{PortOf(builder, "redis")},password=p2", environment["ConnectionStrings__redis"]);
        Assert.Equal($"http://localhost:{PortOf(builder, "api")}", environment["services__api__http__0"]);
        Assert.Equal($"http://localhost:{PortOf(builder, "api")}", environment["API_HTTP"]);
        Assert.Equal($"http://localhost:{PortOf(builder, "web")}", environment["ASPNETCORE_URLS"]);
        Assert.Equal("local", environment["Models__Provider"]);
        Assert.Equal("p1", environment["Password"]);
        Assert.Equal("web", environment["OTEL_SERVICE_NAME"]);
        Assert.Equal("http://collector:4317", environment["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("Development", environment["ASPNETCORE_ENVIRONMENT"]);
    }

    [Fact]
    public async Task An_own_server_is_passed_on_as_configured()
    {
        using var stack = new NativeStack("--ConnectionStrings:aiapp=Host=elsewhere");
        var web = stack.Builder.AddProject<SampleProject>("web").WithReference(stack.Builder.AddConnectionString("aiapp"));

        Assert.Equal("Host=elsewhere", (await EnvironmentOfAsync(stack, web.Resource))["ConnectionStrings__aiapp"]);
    }

    [Fact]
    public void Two_resources_cannot_share_a_name()
    {
        using var stack = new NativeStack();
        stack.AddScript("api", "exit 0");

        Assert.Throws<DistributedApplicationException>(() => stack.AddScript("api", "exit 0"));
    }

    [Fact]
    public void A_persisted_secret_is_generated_once_and_readable_by_its_owner_only()
    {
        using var stack = new NativeStack();
        var path = Path.Combine(stack.Root, "secrets", "password");

        var first = SecretFile.ReadOrCreate(path, new GenerateParameterDefault { MinLength = 32, Special = false }.GetDefaultValue);
        var second = SecretFile.ReadOrCreate(path, () => "another");

        Assert.Equal(first, second);
        Assert.Matches("^[A-Za-z0-9]{32}$", first);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(path).UnixFileMode);
    }

    [Fact]
    public void A_port_that_is_taken_is_replaced_by_a_free_one()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.NotEqual(taken, Ports.Choose(taken));
    }

    [Fact]
    public async Task A_shared_address_passes_over_a_replica_that_is_down()
    {
        using var alive = new TcpListener(IPAddress.Loopback, 0);
        alive.Start();
        var address = Ports.Free();
        using var proxy = ReplicaProxy.Start(address, [Ports.Free(), ((IPEndPoint)alive.LocalEndpoint).Port]);

        for (var i = 0; i < 3; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, address);
            await client.GetStream().WriteAsync(new byte[] { 42 });
            using var served = await alive.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(42, served.GetStream().ReadByte());
        }
    }

    private static void Allocate(DistributedApplicationBuilder builder)
    {
        foreach (var endpoint in builder.Resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>()))
        {
            endpoint.Port = Ports.Free();
        }
    }

    private static int PortOf(DistributedApplicationBuilder builder, string name) =>
        builder.Resources.Single(resource => resource.Name == name).Annotations.OfType<EndpointAnnotation>().Single().Port;

    private static async Task<IReadOnlyDictionary<string, string?>> EnvironmentOfAsync(NativeStack stack, ProjectResource project)
    {
        using var http = new HttpClient();
        var runner = project.Annotations.OfType<NativeRunnerAnnotation>().Single().Runner;
        var start = await runner.PrepareAsync(new NativeContext(stack.Builder, stack.Folder, stack.Log, http), 0, CancellationToken.None);
        return start!.Environment;
    }

    /// <summary>What AppHost.targets generates for a referenced project.</summary>
    private sealed class SampleProject : IProjectMetadata, IBuiltProject
    {
        public string ProjectPath => Path.Combine(AppContext.BaseDirectory, "Aspire", "SampleProject", "SampleProject.csproj");

        public string AssemblyPath => typeof(SampleProject).Assembly.Location;
    }
}
